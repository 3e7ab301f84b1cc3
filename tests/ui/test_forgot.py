# SPDX-License-Identifier: GPL-3.0-or-later
"""Wachtwoord vergeten, both ways: the mail, the page that the link opens in the app, and logging in again."""
import re

import tap
from portal import NEW_PASSWORD
from story import BUTTON, Story

UNKNOWN = "A" * 43


class Forgot(Story):
    def email(self, username):
        return self.portal.value("SELECT email FROM account WHERE username = ?", username)

    def ask(self, username, email=None):
        """From the login page to "Kijk in uw e-mail"; `mails` are those from before."""
        type(self).mails = self.portal.settled(".eml")
        self.person.find("Inloggen", BUTTON)
        self.person.fill("Gebruikersnaam", username)
        self.person.click("Wachtwoord vergeten?", BUTTON)
        self.person.find("E-mail versturen", BUTTON)
        self.assertEqual(self.person.text_of("Gebruikersnaam"), username)
        self.person.fill("E-mailadres", email or self.email(username))
        self.person.click("E-mail versturen", BUTTON)
        self.person.reads("Kijk in uw e-mail")

    def choose(self, password, username=None):
        if username:
            self.person.fill("Gebruikersnaam", username)
        self.person.fill("Nieuwe wachtwoord", password)
        self.person.click("Wachtwoord wijzigen", BUTTON)


class ByLink(Forgot):
    def test_01_what_is_missing_is_said(self):
        self.person.find("Inloggen", BUTTON)
        self.person.click("Wachtwoord vergeten?", BUTTON)
        self.person.reads("U krijgt een e-mail met een link.")
        self.person.click("E-mail versturen", BUTTON)
        self.person.reads("Vul uw gebruikersnaam in.")
        self.person.fill("Gebruikersnaam", "m.debruin")
        self.person.fill("E-mailadres", "geen adres")
        self.person.click("E-mail versturen", BUTTON)
        self.person.reads("Vul één e-mailadres in, zonder spaties.")
        self.assertEqual(self.person.text_of("E-mailadres"), "geen adres", "nothing typed is lost")
        self.photo("01c-wachtwoord-vergeten")
        self.person.click("Terug", BUTTON)
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "m.debruin")

    def test_02_the_same_words_for_nobody(self):
        self.ask("niemand.hier", "iemand@nergens.example")
        self.person.reads("De link werkt 5 minuten en één keer.")
        self.person.reads("Die staat in de e-mail met uw uitnodiging.")
        self.person.click("Terug naar inloggen", BUTTON)

    def test_03_the_mail_has_a_link(self):
        self.ask("m.debruin")
        self.person.reads("De link werkt 5 minuten en één keer.")
        self.photo("01d-kijk-in-uw-e-mail")
        type(self).token = self.portal.new_link(self.mails)

    def test_04_the_link_opens_the_program_that_runs(self):
        self.app.open(self.link("reset", self.token))
        self.person.reads("Vul uw gebruikersnaam in en kies een nieuw wachtwoord.")
        self.person.reads("Deze link werkt nog")
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "m.debruin")
        self.assertEqual(self.person.focus(), "Nieuwe wachtwoord")
        self.photo("01e-wachtwoord-herstellen")

    def test_05_mistakes_lose_nothing(self):
        self.choose("kort")
        self.person.reads("Dit wachtwoord is te kort.")
        self.choose(NEW_PASSWORD, "p.debruin")
        self.person.reads("Deze gebruikersnaam hoort niet bij deze link.")
        self.assertEqual(self.person.text_of("Nieuwe wachtwoord"), NEW_PASSWORD)
        self.choose("hallo Marijke 77", "m.debruin")
        self.person.reads("Uw naam of gebruikersnaam staat in dit wachtwoord.")

    def test_06_chosen_and_in_with_a_code(self):
        self.choose(NEW_PASSWORD)
        self.person.reads("Uw nieuwe wachtwoord is opgeslagen. U kunt er nu mee inloggen.")
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "m.debruin")
        self.photo("01f-wachtwoord-opgeslagen")
        self.portal.passwords["m.debruin"] = NEW_PASSWORD
        self.fill_in("m.debruin")
        self.person.key("Return")
        self.type_code()
        self.person.find("Mijn dossier", BUTTON)

    def test_07_who_is_in_is_asked_first(self):
        self.person.click("Mijn gegevens", BUTTON)
        self.app.open(self.link("reset", self.token))
        self.person.reads("Uitloggen en de link openen?")
        self.photo("01g-uitloggen-voor-link")
        self.assertEqual(self.person.focus(), "Annuleren")
        self.person.key("Escape")
        self.person.gone("Annuleren", BUTTON)
        self.person.take_focus()
        self.person.reads("Wil de Bruin-Hofstra")

    def test_08_a_used_link_says_so(self):
        self.app.open(self.link("reset", self.token))
        dialog = self.person.find("Annuleren", BUTTON).parent
        self.person.click_on(next(n for n in self.person.walk(dialog) if n.name == "Uitloggen"))
        self.person.reads("Deze link werkt niet meer")
        self.person.reads("Dan werkt uw oude wachtwoord nog.")
        self.photo("01h-link-werkt-niet-meer")
        self.person.click("Nieuwe link aanvragen", BUTTON)
        self.person.find("E-mail versturen", BUTTON)
        self.person.click("Terug", BUTTON)
        self.person.find("Inloggen", BUTTON)

    def test_09_what_is_no_link_opens_nothing(self):
        for link in ("clientportaal://", "clientportaal://x y/", self.link("reset", "x"), self.link("delete", UNKNOWN),
                     self.link("reset", UNKNOWN) + "&x", f"clientportaal://user@127.0.0.1:{self.portal.port}/reset#{UNKNOWN}"):
            with self.subTest(link):
                self.app.open(link)
                self.person.reads("Deze link hoort niet bij het portaal")
                self.person.click("Terug", BUTTON)
                self.person.gone("Terug", BUTTON)
                self.person.take_focus()
        self.person.find("Inloggen", BUTTON)

    def test_10_another_organisation_is_asked_about(self):
        self.app.open(f"clientportaal://portal.elders.example/reset#{UNKNOWN}")
        self.person.reads("Deze link hoort bij portal.elders.example, niet bij Zorggroep De Linde.")
        self.photo("01i-andere-organisatie")
        self.person.click("Annuleren", BUTTON)
        self.person.take_focus()
        self.person.find("Inloggen", BUTTON)


class ByTemporaryPassword(Forgot):
    settings = dict(password="forgotten=temporary")

    def test_01_the_mail_has_a_password(self):
        self.ask("w.debruin")
        self.person.reads("Het tijdelijke wachtwoord werkt 60 minuten en één keer.")
        self.assertFalse(self.person.sees("Open de link daar."))
        self.photo("01j-tijdelijk-wachtwoord")
        type(self).temporary = re.search(r"Tijdelijk wachtwoord: (\S+)", self.portal.new_mail(self.mails)).group(1)
        self.person.click("Terug naar inloggen", BUTTON)

    def test_02_it_must_be_changed(self):
        self.get_in("w.debruin", self.temporary)
        self.person.reads("Kies nu een eigen wachtwoord.")
        self.person.fill("Oude wachtwoord", self.temporary)
        self.person.fill("Nieuwe wachtwoord", NEW_PASSWORD)
        self.person.click("Wachtwoord wijzigen", BUTTON)
        self.person.find("Mijn dossier", BUTTON)

    def test_03_the_new_one_counts(self):
        self.log_out()
        self.portal.passwords["w.debruin"] = NEW_PASSWORD
        self.log_in("w.debruin")
        self.person.find("Mijn dossier", BUTTON)


if __name__ == "__main__":
    tap.main()
