# SPDX-License-Identifier: GPL-3.0-or-later
"""From the first login to log out, as a person goes: the real app beside the real server, through AT-SPI by role and name."""
import tap
from story import BUTTON, Story


class Daughter(Story):
    settings = dict(patients=3, days=400)

    def test_01_wrong_password_keeps_the_name(self):
        self.person.find("Inloggen", BUTTON)
        self.photo("01-inloggen")
        self.log_in("m.debruin", "dit klopt echt niet")
        self.person.reads("horen niet bij elkaar")
        self.photo("01b-inloggen-fout")
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "m.debruin")
        self.assertEqual(self.person.text_of("Wachtwoord"), "")
        self.person.find("Wachtwoord vergeten?", BUTTON)

    def test_02_wrong_code_says_how_many_tries_are_left(self):
        self.log_in("m.debruin")
        self.person.reads("Apparaat verificatie")
        self.person.reads("06\u2011••••••12")
        self.photo("02-apparaat-verificatie")
        self.type_code("000000")
        self.person.reads("U kunt het nog 2 keer proberen")
        self.photo("02b-verkeerde-code")

    def test_03_right_code_opens_the_start_screen(self):
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)
        for panel in ("Mijn dossier", "Mijn gegevens"):
            self.person.find(panel, BUTTON)
        self.assertIsNone(self.person.look("Mijn berichten", BUTTON), "messages have no page yet")
        self.person.reads("Er zijn nog geen berichten.")
        self.person.reads("Wil de Bruin")
        self.person.reads("Stand van")
        self.assertTrue(self.person.description("Mijn dossier"))
        self.photo("03-startscherm")

    def test_04_nothing_has_the_same_name_twice(self):
        names = [(n.getRoleName(), n.name) for n in self.person.walk() if n.getRoleName() in BUTTON + ("toggle button", "text", "menu item")
                 and n.name and self.person.shows(n)]
        self.assertEqual(sorted(set(names)), sorted(names))

    def test_05_every_panel_opens_its_page_and_back(self):
        for panel, shot in (("Mijn afspraken", "09-afspraken"), ("Mijn dossier", "07-dossier"), ("Mijn gegevens", "12-gegevens")):
            self.person.click(panel, BUTTON)
            self.person.find("Terug", BUTTON)
            self.photo(shot)
            self.person.click("Terug", BUTTON)
            self.person.find("Mijn afspraken", BUTTON)

    def test_06_a_report_opens(self):
        self.person.click("Mijn dossier", BUTTON)
        self.person.reads("Geschreven door")
        self.photo("07b-rapportage")
        self.person.click("Plannen")
        self.person.reads("Actueel")
        self.photo("08-plannen")
        self.person.key("Escape")
        self.person.find("Mijn afspraken", BUTTON)

    def test_07_invitation_for_a_second_client(self):
        self.person.click("Marijke de Bruin")
        self.photo("03b-menu")
        self.person.click("Uitnodigingen")
        self.person.reads("H. de Bruin")
        self.assertFalse(self.person.sees("Henk"))
        self.photo("10-uitnodigingen")
        self.person.click("Accepteren", BUTTON)
        self.person.reads("U heeft nu toegang tot het cliëntportaal van Henk de Bruin")
        self.photo("10b-geaccepteerd")
        # without a mouse: what lies over the page comes after it
        while self.person.focus() != "Nu bekijken":
            self.person.key("shift+Tab")
        self.photo("10b-nu-bekijken")
        self.person.key("Return")
        self.person.find("U kijkt bij Henk de Bruin. Kies een andere cliënt.", BUTTON)
        self.person.reads("U kijkt nu bij Henk de Bruin.")
        self.person.find("Mijn dossier", BUTTON)
        self.assertFalse(self.person.sees("Nu bekijken"))
        self.photo("10b-nu-bekeken")
        self.person.click("U kijkt bij Henk de Bruin. Kies een andere cliënt.", BUTTON)
        self.photo("03b-clienten")
        self.person.key("Escape")

    def test_08_logging_out_asks(self):
        self.person.find("Uitloggen", BUTTON)
        self.person.click("Uitloggen", BUTTON)
        self.person.find("Annuleren", BUTTON)
        self.photo("13-uitloggen")
        self.assertEqual(self.person.focus(), "Annuleren")
        self.person.key("Escape")
        self.person.gone("Annuleren", BUTTON)
        self.log_out()
        self.photo("13b-uitgelogd")

    def test_09_second_login_asks_no_code(self):
        self.log_in("m.debruin")
        self.person.reads("Bij wie wilt u kijken?")
        self.photo("09-keuze")
        self.assertFalse(self.asks_code())


if __name__ == "__main__":
    tap.main()
