# SPDX-License-Identifier: GPL-3.0-or-later
"""Each page in each guise, to be looked at: light and dark, narrow, large text, high contrast, English. A page may never ask for
more room than a narrow window has."""
import subprocess

import tap
from story import BUTTON, Story

NAMES = {"nl": {"log in": "Inloggen", "username": "Gebruikersnaam", "password": "Wachtwoord", "check": "Code controleren", "code": "Code, 6 cijfers",
                "panels": ("Mijn afspraken", "Mijn dossier", "Mijn gegevens"), "back": "Terug"},
         "en": {"log in": "Log In", "username": "Username", "password": "Password", "check": "Check Code", "code": "Code, 6 digits",
                "panels": ("My Appointments", "My Dossier", "My Details"), "back": "Back"}}


class Guise(Story):
    guise = "licht"
    language = "nl"
    size = None
    dpi = 96

    @classmethod
    def start_app(cls):
        # where GTK under X reads it
        subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", f"Xft.dpi: {cls.dpi}\n"], check=True)
        super().start_app()

    def shoot(self, name):
        self.photo(f"{self.guise}-{name}")
        if self.size is not None:
            frame = self.person.app[0].queryComponent().getSize()
            self.assertLessEqual(frame[0], self.size[0], name)

    def test_pages(self):
        names = NAMES[self.language]
        self.person.find(names["log in"], BUTTON, 20)
        if self.size is not None:
            self.person.resize(*self.size)
        self.shoot("01-inloggen")
        seen = self.portal.settled(".json")
        # by keyboard: in a narrow window a field may have to be scrolled to
        self.person.type("m.debruin")
        self.person.key("Tab")
        self.person.type(self.portal.passwords["m.debruin"])
        self.person.key("Return")
        self.person.find(names["code"], timeout=20)
        self.shoot("02-apparaat-verificatie")
        self.person.type(self.portal.sms_code(seen))
        self.person.key("Return")
        self.person.find(names["panels"][0], BUTTON, 20)
        self.shoot("03-startscherm")
        for panel in names["panels"]:
            while self.person.focus() != panel:
                self.person.key("Tab")
            self.person.key("Return")
            self.person.find(names["back"], BUTTON)
            self.shoot(panel.replace(" ", "-").lower())
            self.person.key("Escape")
            self.person.until(lambda: self.person.focus() == panel, what=f"to be back at {panel}")


class Dark(Guise):
    guise = "donker"
    environment = {"ADW_DEBUG_COLOR_SCHEME": "prefer-dark"}


class Contrast(Guise):
    guise = "contrast"
    environment = {"ADW_DEBUG_HIGH_CONTRAST": "1"}


class Large(Guise):
    guise = "tekst-200"
    dpi = 192


class Narrow(Guise):
    guise = "smal"
    size = (360, 720)


class English(Guise):
    guise = "engels"
    language = "en"
    environment = {"LANGUAGE": "en"}


if __name__ == "__main__":
    tap.main()
