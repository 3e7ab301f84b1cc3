# SPDX-License-Identifier: GPL-3.0-or-later
"""Each page in one guise, to be looked at. A page may never ask for more room than a narrow window has."""
import subprocess

from story import BUTTON, Story

# One's own name is the name of the menu.
NAMES = {"nl": {"log in": "Inloggen", "username": "Gebruikersnaam", "password": "Wachtwoord", "check": "Code controleren", "code": "Code, 6 cijfers",
                "panels": ("Mijn afspraken", "Mijn dossier", "Mijn gegevens"), "back": "Terug", "forgot": "Wachtwoord vergeten?",
                "new password": "Nieuwe wachtwoord", "profile": "Profielinstellingen", "edit": "Profiel bewerken", "name": "Uw naam",
                "invitations": "Uitnodigingen", "accept": "Accepteren",
                "people": "Gebruikersbeheer", "add": "Gebruiker toevoegen", "email": "E-mailadres", "cancel": "Annuleren",
                "search": "Persoon zoeken", "view as": "Bekijk als…", "choices": "Keuzes voor Pieter de Bruin", "end": "Toegang beëindigen…", "stop": "Stoppen met bekijken als Pieter de Bruin"},
         "en": {"log in": "Log In", "username": "Username", "password": "Password", "check": "Check Code", "code": "Code, 6 digits",
                "panels": ("My Appointments", "My Dossier", "My Details"), "back": "Back", "forgot": "Forgot Password?",
                "new password": "New Password", "profile": "Profile Settings", "edit": "Edit Profile", "name": "Your Name",
                "invitations": "Invitations", "accept": "Accept",
                "people": "User Management", "add": "Add User", "email": "E-mail Address", "cancel": "Cancel",
                "search": "Search a Person", "view as": "View as…", "choices": "Choices for Pieter de Bruin", "end": "End Access…", "stop": "Stop Viewing as Pieter de Bruin"}}


class Guise(Story):
    guise = None  # the name of the photos
    language = "nl"
    size = None
    dpi = 96

    @classmethod
    def start_app(cls):
        # where GTK under X reads it
        subprocess.run(["xprop", "-root", "-f", "RESOURCE_MANAGER", "8s", "-set", "RESOURCE_MANAGER", f"Xft.dpi: {cls.dpi}\n"], check=True)
        super().start_app()

    @property
    def names(self):
        return NAMES[self.language]

    def shoot(self, name):
        self.photo(f"{self.guise}-{name}")
        if self.size is not None:
            frame = self.person.app[0].queryComponent().getSize()
            self.assertLessEqual(frame[0], self.size[0], name)

    def choose(self, name, row):
        """A row of the menu of that name."""
        self.person.click(name, BUTTON)
        self.person.click(row, BUTTON)

    def test_1_before_logging_in(self):
        self.person.find(self.names["log in"], BUTTON)
        if self.size is not None:
            self.person.resize(*self.size)
        self.shoot("01-inloggen")
        self.person.press(self.names["forgot"])
        self.person.find(self.names["email"], "text")
        self.shoot("01c-wachtwoord-vergeten")
        self.person.press(self.names["back"])
        self.person.find(self.names["log in"], BUTTON)

    def test_2_a_link(self):
        seen = self.portal.settled(".eml")
        self.portal.post("/forgot", body={"username": "w.debruin", "email": self.portal.value(
            "SELECT email FROM account WHERE username = 'w.debruin'")})
        link = f"clientportaal://127.0.0.1:{self.portal.port}/reset#{self.portal.new_link(seen)}"
        self.app.open(link)
        self.person.find(self.names["new password"])
        self.shoot("01e-wachtwoord-herstellen")
        self.person.press(self.names["back"])
        self.person.find(self.names["log in"], BUTTON)

    def test_3_the_panels(self):
        seen = self.portal.settled(".json")
        # by keyboard: in a narrow window a field may have to be scrolled to
        while self.person.focus() != self.names["username"]:
            self.person.key("Tab")
        self.person.type("m.debruin")
        self.person.key("Tab")
        self.person.type(self.portal.passwords["m.debruin"])
        self.person.key("Return")
        self.person.find(self.names["code"])
        self.shoot("02-apparaat-verificatie")
        self.person.type(self.portal.sms_code(seen))
        self.person.key("Return")
        self.person.find(self.names["panels"][0], BUTTON)
        self.shoot("03-startscherm")
        for panel in self.names["panels"]:
            while self.person.focus() != panel:
                self.person.key("Tab")
            self.person.key("Return")
            self.person.find(self.names["back"], BUTTON)
            self.shoot(panel.replace(" ", "-").lower())
            self.person.key("Escape")
            self.person.until(lambda: self.person.focus() == panel, what=f"to be back at {panel}")

    def test_4_ones_own(self):
        self.choose("Marijke de Bruin", self.names["profile"])
        self.person.find(self.names["edit"], BUTTON)
        self.shoot("18-profielinstellingen")
        self.person.click(self.names["edit"], BUTTON)
        self.person.find(self.names["name"], "text")
        self.shoot("18b-profiel-bewerken")
        self.person.key("Escape")
        self.person.gone(self.names["name"], "text")
        self.person.take_focus()
        self.person.key("Escape")
        self.person.find(self.names["panels"][0], BUTTON)
        self.choose("Marijke de Bruin", self.names["invitations"])
        self.person.find(self.names["accept"], BUTTON)
        self.shoot("05-uitnodigingen")
        self.person.key("Escape")
        self.person.find(self.names["panels"][0], BUTTON)

    def test_5_the_people(self):
        self.choose("Marijke de Bruin", self.names["people"])
        self.person.find(self.names["add"], BUTTON)
        self.shoot("11-gebruikersbeheer")
        self.person.click(self.names["add"], BUTTON)
        self.person.find(self.names["email"], "text")
        self.shoot("11c-toevoegen")
        self.person.click(self.names["cancel"], BUTTON)
        self.person.gone(self.names["cancel"], BUTTON)
        self.person.take_focus()
        # the list is longer than the window
        self.person.click(self.names["search"])
        self.person.type("Pieter")
        self.person.click(self.names["choices"], BUTTON)
        self.person.find(self.names["end"], BUTTON)
        self.person.pick(self.names["view as"])
        self.person.find(self.names["stop"], BUTTON)
        self.person.find(self.names["panels"][0], BUTTON)
        self.shoot("11j-bekijk-als")


class Reader(Guise):
    """Also with what is read: reports, a form, a plan and what changed in it; and the question before one leaves."""

    # a form is filled in each four months
    settings = dict(patients=2, days=130)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        cls.plan, _ = cls.change_goal()

    def look_for(self, text):
        self.person.dictate("Zoeken in het dossier", text)

    def read_large(self, name, words):
        self.person.press("Groot lezen")
        self.person.find("Groot lezen sluiten", BUTTON)
        self.person.reads(words)
        self.shoot(name)
        self.person.press("Groot lezen sluiten")
        self.person.gone("Groot lezen sluiten", BUTTON)

    def test_6_reading(self):
        # which leads back to the list
        self.person.press(self.names["stop"])
        self.person.find(self.names["add"], BUTTON)
        self.person.press(self.names["back"])
        self.person.press(self.names["panels"][1])
        self.person.find("Tijdbalk", "slider")
        self.person.click("Lezen")
        self.person.find("Rapportage Algemeen", BUTTON)
        self.person.find("Groot lezen", BUTTON)
        self.shoot("07-lezen")
        self.read_large("07i-groot-lezen", "Geschreven door")
        tight = not self.person.look("Zoeken in het dossier")
        if tight:
            self.person.click("Rapportage Algemeen")
            self.person.find("Zoeken in het dossier")
        self.person.reads("Zoals vastgelegd in het elektronisch zorgdossier")
        self.look_for("Afspraak = afspraak")
        self.person.reads("gevonden in 1 rapportage")
        if tight:
            self.person.click("Minder tonen")
        self.shoot("07e-lezen-zoeken")
        self.read_large("07h-formulier-groot", "Verteld door")

    def test_7_plans(self):
        self.person.click("Plannen")
        # a narrow window shows the list first
        self.person.press(self.plan["title"])
        self.person.reads("Versie 2. Sinds")
        self.shoot("08-plannen")
        self.person.click("Wijzigingen tonen sinds versie 1")
        self.person.reads("1 wijziging")
        self.person.bring_into_sight(self.person.until(
            lambda: next((n for n in self.person.walk() if "Nieuw: elke dag" in n.name), None), "the change"), 240)
        self.shoot("08b-plannen-wijzigingen")

    def test_8_leaving(self):
        if self.person.look("Uitloggen", BUTTON):
            self.person.press("Uitloggen")
        else:
            self.choose("Marijke de Bruin", "Uitloggen")
        self.person.find("Annuleren", BUTTON)
        self.shoot("13-uitloggen")
