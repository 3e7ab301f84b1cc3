# SPDX-License-Identifier: GPL-3.0-or-later
"""Marijke gives her aunt Els access to the portal of her mother: the whole way, as both manuals tell it, and back again."""
import datetime

import pyatspi
import tap
from people import ADDRESS, BOX, CHOICE, People
from story import BUTTON


class Careyn(People):
    """The invitation goes out on adding; the code comes before the new password."""

    settings = dict(patients=3, invitations="invitation-with=credentials")

    def test_01_the_list(self):
        self.get_in("m.debruin")
        self.person.find("Mijn afspraken", BUTTON)
        self.open_people()
        self.person.reads("Een vinkje werkt meteen. Weghalen ook.")
        self.person.reads("Cliënt")
        self.photo("11-gebruikersbeheer")
        self.search("Pieter")
        self.person.find("Dossier voor Pieter de Bruin", BOX)
        self.assertTrue(self.is_ticked("Dossier", "Pieter de Bruin"))
        self.assertFalse(self.is_ticked("Instellingen", "Pieter de Bruin"))
        self.search("")
        self.person.click("Meer uitleg", BUTTON)
        self.person.reads("Instellingen: is portaalbeheerder.")
        self.photo("11b-uitleg")
        self.person.key("Escape")

    def test_02_adding_in_two_steps(self):
        self.add_els()
        self.photo("11f-toegevoegd")
        self.assertEqual(len(self.mails()), 1)

    def test_03_rights_before_acceptance_wait(self):
        self.tick("Afspraken")
        self.person.reads("Els de Jong krijgt toegang tot Afspraken na accepteren.")
        self.tick("Gegevens")
        self.person.reads("Els de Jong krijgt toegang tot Gegevens na accepteren.")
        self.tick("Dossier")
        self.person.reads("Waarom mag Els de Jong dit inzien?")
        self.photo("11g-waarom")
        self.person.click("Annuleren", BUTTON)
        self.person.gone("Annuleren", BUTTON)
        self.person.take_focus()
        self.assertFalse(self.is_ticked("Dossier"))
        self.assertTrue(self.is_ticked("Gegevens"))
        self.photo("11h-aangevinkt")

    def test_04_seeing_it_as_she_would(self):
        self.person.click("Keuzes voor Els de Jong", BUTTON)
        self.photo("11i-keuzes")
        known = list(self.person.walk())
        self.person.pick("Bekijk als…")
        self.person.reads("U ziet het portaal zoals Els de Jong het zou zien.")
        self.person.ask_again(known)
        self.person.find("Mijn afspraken", BUTTON)
        self.person.find("Mijn gegevens", BUTTON)
        for panel in ("Mijn dossier", "Mijn berichten", "Uitloggen"):
            self.assertIsNone(self.person.look(panel))
        self.photo("11j-bekijk-als")
        self.person.click("Andere vinkjes proberen…", BUTTON)
        self.person.click("Dossier voor Els de Jong", BOX)
        self.person.find("Mijn dossier", BUTTON)
        self.photo("11o-andere-vinkjes")
        self.person.key("Escape")
        self.person.gone("Dossier voor Els de Jong", BOX)
        self.person.click("Mijn gegevens", BUTTON)
        self.person.reads("De Lindehof, kamer 12")
        self.person.click("Stoppen met bekijken als Els de Jong", BUTTON)
        self.person.find("Gebruiker toevoegen", BUTTON)
        self.assertEqual(self.person.focus(), "Berichten voor Els de Jong")
        self.assertFalse(self.is_ticked("Dossier"), "that changed nothing")

    def test_05_she_comes_in_on_her_own_computer(self):
        password = self.temporary_password()
        els = self.start_of_els()
        self.log_in_els(els, password)
        self.code_of_els(els)
        self.change_password_of_els(els, password)
        self.accept_els(els)
        els.find("Mijn afspraken", BUTTON)
        els.find("Mijn gegevens", BUTTON)
        for panel in ("Mijn dossier", "Mijn berichten"):
            self.assertFalse(els.sees(panel))

    def test_06_unticked_it_disappears(self):
        self.from_elsewhere("profile", False)
        self.hers.person.gone("Mijn gegevens", BUTTON)
        self.hers.person.find("Mijn afspraken", BUTTON)
        self.assertFalse(self.hers.person.sees("Lindehof"))

    def test_07_ticked_it_is_there_again(self):
        self.from_elsewhere("profile", True)
        self.hers.person.find("Mijn gegevens", BUTTON)
        self.back_to_marijke()
        self.open_people()
        self.search("Els de Jong")
        self.person.reads("Geaccepteerd")
        self.tick("Gegevens")
        # At once: the notice with it goes after eight seconds.
        self.person.click("Ongedaan maken", BUTTON)
        self.person.reads("Ongedaan gemaakt")
        self.assertTrue(self.is_ticked("Gegevens"))

    def test_07b_two_at_once(self):
        """While she chooses an end date, another one is set elsewhere: it is told, and nothing that she typed is lost."""
        day = lambda days: datetime.date.today() + datetime.timedelta(days)
        typed = f"{day(40).day}-{day(40).month}-{day(40).year}"
        self.person.click("Keuzes voor Els de Jong", BUTTON)
        self.person.click("Toegang tot en met…")
        self.person.click("Datum kiezen…", CHOICE)
        self.person.fill("Laatste dag", typed)
        self.elsewhere(f"/{self.els()}/until", {"until": day(90).isoformat()})
        self.person.click("Opslaan", BUTTON)
        self.person.reads("Iemand anders heeft dit intussen gewijzigd.")
        self.person.reads(f"Tot en met {day(90).day} ")
        self.photo("11q-intussen-gewijzigd")
        self.assertEqual(self.person.text_of("Laatste dag"), typed)
        self.person.click("Toch opslaan", BUTTON)
        self.person.gone("Toch opslaan", BUTTON)
        self.person.take_focus()
        self.person.reads("Einddatum van Els de Jong gewijzigd in")
        self.person.click("Ongedaan maken", BUTTON)
        self.person.reads("Ongedaan gemaakt")

    def test_08_a_second_client(self):
        """Marijke accepts the portal of her father and adds her aunt there: only the relation is asked."""
        self.person.click("Terug", BUTTON)
        self.person.click("Marijke de Bruin", BUTTON)
        self.person.click("Uitnodigingen")
        self.person.click("Accepteren", BUTTON)
        self.person.reads("U heeft nu toegang tot het cliëntportaal van Henk de Bruin")
        self.person.click("U kijkt bij Wil de Bruin. Kies een andere cliënt.", BUTTON)
        self.person.click("Henk de Bruin, geboren op 2 november 1935")
        self.person.reads("U kijkt nu bij Henk de Bruin.")
        self.person.click("Marijke de Bruin", BUTTON)
        self.person.click("Gebruikersbeheer")
        self.person.reads("Wie mag wat zien van Henk de Bruin?")
        self.person.click("Gebruiker toevoegen", BUTTON)
        self.person.fill("E-mailadres", ADDRESS)
        self.person.click("Toevoegen", BUTTON)
        self.person.reads("Iemand met dit adres gebruikt het portaal al. U hoeft alleen de relatie in te vullen.")
        self.assertIsNone(self.person.look("Mobiel nummer", "text"))
        self.photo("11l-bekend-adres")
        self.person.click("Zus", CHOICE)
        self.person.click("Toevoegen", BUTTON)
        self.person.take_focus()
        self.person.reads(f"{ADDRESS} is toegevoegd en krijgt een uitnodiging per e-mail.")
        self.assertFalse(self.person.sees("Els de Jong"), "until she has accepted there too")
        # The first invitation, that her password was changed, and this one.
        self.assertEqual(len(self.mails()), 3)
        self.assertIn("Het wachtwoord van uw", self.mails()[1])
        self.assertIn("nodigt u uit", self.mails()[2])
        self.assertNotIn("wachtwoord:", self.mails()[2])

    def test_09_narrow_it_is_cards(self):
        self.person.resize(400, 900)
        self.person.find("Berichten voor Marijke de Bruin", BOX)
        self.photo("11m-kaarten")
        self.person.resize(1000, 720)


class Szr(People):
    """The invitation goes out with the first right, after a minute in which it can be undone; the password comes first."""

    settings = dict(patients=3, order="password-first", invitations="invitation-at=first-right\ninvitation-with=credentials")

    def test_01_adding_sends_nothing(self):
        self.fill_in("m.debruin")
        self.person.click("Inloggen", BUTTON)
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)
        self.open_people()
        self.add_els()
        self.assertEqual(self.mails(), [])

    def test_02_the_first_tick_waits_and_can_be_undone(self):
        self.tick("Afspraken")
        self.person.reads("Els de Jong: De uitnodiging gaat over")
        self.photo("11n-wacht")
        self.person.click("Ongedaan maken: Els de Jong", BUTTON)
        self.person.gone("Ongedaan maken: Els de Jong", BUTTON)
        self.assertFalse(self.is_ticked("Afspraken"))
        self.assertEqual(self.mails(), [])

    def test_03_sent_now(self):
        self.tick("Afspraken")
        self.person.click("Nu versturen: Els de Jong", BUTTON)
        self.person.reads(f"Uitnodiging verstuurd naar {ADDRESS}")
        self.person.reads("Uitgenodigd, tot en met")
        self.assertEqual(len(self.mails()), 1)

    def test_04_a_contact_of_the_health_record(self):
        """Somebody whom only the care team knows is completed with the first tick, and left: nothing is changed."""
        name = self.portal.value("SELECT name FROM contact WHERE patient = 1 AND hidden = 0 AND name NOT IN (SELECT name FROM account) ORDER BY name")
        self.search(name)
        self.tick("Berichten", name)
        self.person.reads("Aanvullen wat ontbreekt")
        self.photo("11o-aanvullen")
        self.person.click("Annuleren", BUTTON)
        self.person.take_focus()
        self.person.reads(f"Zonder e-mailadres en mobiel nummer kan {name} geen toegang krijgen. Er is niets gewijzigd.")
        self.assertFalse(self.is_ticked("Berichten", name))
        self.search("")

    def test_05_she_comes_in(self):
        password = self.temporary_password()
        els = self.start_of_els()
        self.log_in_els(els, password)
        self.change_password_of_els(els, password)
        self.code_of_els(els)
        self.accept_els(els)
        els.find("Mijn afspraken", BUTTON)
        self.assertFalse(els.sees("Mijn gegevens"))

    def test_06_access_is_ended(self):
        self.back_to_marijke()
        self.open_people()
        self.search("Els de Jong")
        self.person.click("Keuzes voor Els de Jong", BUTTON)
        self.person.click("Toegang beëindigen…")
        self.person.reads("Toegang van Els de Jong beëindigen?")
        self.photo("11p-beeindigen")
        self.assertTrue(self.person.find("Annuleren", BUTTON).getState().contains(pyatspi.STATE_FOCUSED))
        self.person.click("Toegang beëindigen", BUTTON)
        self.person.take_focus()
        self.person.reads("Toegang beëindigd op")


if __name__ == "__main__":
    tap.main()
