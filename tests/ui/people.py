# SPDX-License-Identifier: GPL-3.0-or-later
"""The administrator Marijke and her aunt Els, in more than one story."""
import email
import email.policy

import pyatspi
from app import App
from portal import NEW_PASSWORD
from story import BUTTON, Story

BOX = ("check box", "toggle button")
CHOICE = ("radio button", "check box")
ADDRESS = "els@dejong.example"


class People(Story):
    """What the stories share."""

    token = None  # of the other machine: the portal and the session

    def open_people(self):
        self.person.click("Marijke de Bruin", BUTTON)
        self.person.click("Gebruikersbeheer")
        self.person.reads("Wie mag wat zien van Wil de Bruin?")
        self.person.find("Berichten voor Marijke de Bruin", BOX)

    def search(self, text):
        """The list is longer than the window."""
        self.person.click("Persoon zoeken")
        self.person.key("ctrl+a", "BackSpace")
        self.person.type(text)

    def add_els(self):
        self.person.resize(1000, 1000)
        self.person.click("Gebruiker toevoegen", BUTTON)
        self.person.reads("Stap 1 van 2.")
        self.photo("11c-toevoegen-1")
        self.person.fill("E-mailadres", ADDRESS)
        self.person.click("Toevoegen", BUTTON)
        self.person.reads("Stap 2 van 2.")
        self.person.fill("Naam", "Els de Jong")
        self.person.click("Zus", CHOICE)
        self.person.fill("Gebruikersnaam", "e.dejong")
        self.person.fill("Mobiel nummer", "020 123 45 67 8901234")
        self.person.click("Toevoegen", BUTTON)
        self.person.reads("te weinig of te veel cijfers")
        self.photo("11d-toevoegen-fout")
        self.assertEqual(self.person.text_of("Naam"), "Els de Jong", "nothing typed is lost")
        self.person.fill("Mobiel nummer", "06 1234 5678")
        self.photo("11e-toevoegen-2")
        self.person.click("Toevoegen", BUTTON)
        self.person.gone("Toevoegen", BUTTON)
        self.person.take_focus()
        self.person.reads("Heeft nog geen rechten. Vink aan wat Els de Jong mag inzien.")

    def tick(self, part, name="Els de Jong"):
        self.person.click(f"{part} voor {name}", BOX)

    def is_ticked(self, part, name="Els de Jong"):
        return self.person.find(f"{part} voor {name}", BOX).getState().contains(pyatspi.STATE_CHECKED)

    def mails(self):
        found = []
        for name in self.portal.settled(".eml"):
            with open(name, "rb") as f:
                mail = email.message_from_binary_file(f, policy=email.policy.default)
            if ADDRESS in mail["To"]:
                found.append(mail.get_body(("plain",)).get_content())
        return found

    def temporary_password(self):
        text = self.mails()[-1]
        return next(line.split(": ")[1] for line in text.splitlines() if line.startswith("Tijdelijk wachtwoord: "))

    def start_of_els(self):
        """Her computer takes the place of the first one: the program runs once in a session."""
        self.app.close()
        type(self).hers = App(self.portal)
        self.addClassCleanup(self.hers.close)
        els = self.hers.person
        els.find("Inloggen", BUTTON)
        return els

    def back_to_marijke(self):
        self.hers.close()
        type(self).start_app()
        self.log_in("m.debruin")
        self.person.find("Mijn afspraken", BUTTON)

    def elsewhere(self, path, body):
        """What Marijke does on another machine to the people of her mother; path is behind the list's."""
        if People.token is None or People.token[0] is not self.portal:
            People.token = self.portal, self.portal.login("m.debruin")[0]
        path = f"/patients/{self.portal.patient('wil')}/members{path}"
        answer = self.portal.post(path, People.token[1], body, headers=self.portal.seen(path, People.token[1]))
        self.assertEqual(answer.status, 200, answer)

    def els(self):
        return self.portal.value("SELECT m.public_id FROM membership m JOIN account a ON a.id = m.account WHERE a.email = ?", ADDRESS)

    def from_elsewhere(self, part, held):
        self.elsewhere(f"/{self.els()}/parts", {"part": part, "held": held})

    def log_in_els(self, els, password):
        type(self).seen = self.portal.settled(".json")
        els.fill("Gebruikersnaam", "e.dejong")
        els.fill("Wachtwoord", password)
        els.click("Inloggen", BUTTON)

    def code_of_els(self, els):
        els.reads("Apparaat verificatie")
        code = self.portal.sms_code(self.seen)
        els.click("Code, 6 cijfers")
        els.type(code)
        els.click("Code controleren", BUTTON)

    def change_password_of_els(self, els, old):
        els.find("Oude wachtwoord")
        els.fill("Oude wachtwoord", old)
        els.fill("Nieuwe wachtwoord", NEW_PASSWORD)
        els.click("Wachtwoord wijzigen", BUTTON)

    def accept_els(self, els):
        els.click("Uitnodigingen", BUTTON)
        els.reads("Marijke de Bruin nodigt u uit voor het cliëntportaal van W. de Bruin")
        els.reads("Als: Zus")
        els.click("Accepteren", BUTTON)
        els.reads("U heeft nu toegang tot het cliëntportaal van Wil de Bruin.")
