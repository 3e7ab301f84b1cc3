# SPDX-License-Identifier: GPL-3.0-or-later
"""Everything without a mouse: the focus is somewhere sensible on each page, and Tab, Enter and Escape go the way one expects."""
import tap
from story import BUTTON, Story


class Keyboard(Story):
    def focused(self, name):
        self.person.until(lambda: self.person.focus() == name, f"the focus on '{name}', not '{self.person.focus()}'")

    def tab_to(self, name, most=12):
        """Presses Tab until that has the focus; returns what had it on the way."""
        passed = []
        while self.person.focus() != name:
            passed.append(self.person.focus())
            self.assertLess(len(passed), most, f"'{name}' is not reached by Tab: {passed}")
            self.person.key("Tab")
        return passed

    def test_01_log_in(self):
        type(self).seen = self.portal.settled(".json")
        self.person.find("Inloggen", BUTTON)
        self.focused("Gebruikersnaam")
        self.person.type("w.debruin")
        self.assertEqual(self.tab_to("Wachtwoord"), ["Gebruikersnaam"])
        self.assertIn("Tonen", self.tab_to("Dit is een gedeelde computer"))
        self.tab_to("Inloggen")
        self.person.key("shift+Tab", "shift+Tab", "shift+Tab")
        while self.person.focus() != "Wachtwoord":
            self.person.key("shift+Tab")
        self.person.type(self.portal.passwords["w.debruin"])
        self.person.key("Return")
        self.person.reads("Apparaat verificatie")

    def test_02_the_code(self):
        self.focused("Code, 6 cijfers")
        self.person.type(self.portal.sms_code(self.seen))
        self.person.key("Return")
        self.person.find("Mijn afspraken", BUTTON)

    def test_03_the_panels(self):
        self.focused("Mijn afspraken")
        self.assertEqual(self.tab_to("Mijn dossier"), ["Mijn afspraken"])
        self.assertEqual(self.tab_to("Mijn gegevens"), ["Mijn dossier"])
        self.person.key("Return")
        self.person.reads("Wil de Bruin-Hofstra")
        self.assertIsNotNone(self.person.focus())

    def test_04_escape_goes_back_to_where_one_was(self):
        self.person.key("Escape")
        self.person.find("Mijn afspraken", BUTTON)
        self.focused("Mijn gegevens")

    def test_05_alt_left_too(self):
        self.tab_to("Mijn dossier")
        self.person.key("Return")
        self.person.reads("Geschreven door")
        self.assertIsNotNone(self.person.focus())
        self.person.key("alt+Left")
        self.person.find("Mijn afspraken", BUTTON)
        self.focused("Mijn dossier")

    def test_06_the_menu(self):
        self.tab_to("Wil de Bruin")
        self.person.key("Return")
        self.person.find("Uitnodigingen")
        self.person.key("Escape")
        self.person.until(lambda: self.person.look("Uitnodigingen") is None, what="the menu to close")
        self.focused("Wil de Bruin")
        self.person.key("Return")
        self.person.find("Uitnodigingen")
        self.tab_to("Profielinstellingen")
        self.person.key("Return")
        self.focused("Profiel bewerken")

    def test_07_what_was_changed_keeps_the_focus(self):
        """The rows are made anew then, with the button from which the window came."""
        self.tab_to("Meldingen wijzigen…", 25)
        self.person.key("Return")
        self.focused("Stuur mij een e-mail als er iets nieuws is")
        self.person.key("space")
        self.tab_to("Opslaan")
        self.person.key("Return")
        self.person.reads("U krijgt geen e-mail als er iets nieuws is.")
        self.person.gone("Opslaan", BUTTON)
        self.person.take_focus()
        self.focused("Meldingen wijzigen…")
        self.person.key("Escape")
        self.focused("Mijn dossier")

    def test_08_logging_out(self):
        self.tab_to("Uitloggen")
        self.person.key("Return")
        self.focused("Annuleren")
        self.person.key("Escape")
        self.person.gone("Annuleren", BUTTON)
        self.person.take_focus()
        self.focused("Uitloggen")
        self.person.key("Return")
        self.focused("Annuleren")
        self.tab_to("Uitloggen")
        self.person.key("Return")
        self.person.reads("U bent uitgelogd.")
        self.person.take_focus()
        self.focused("Wachtwoord")


if __name__ == "__main__":
    tap.main()
