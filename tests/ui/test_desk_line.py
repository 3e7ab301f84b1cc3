# SPDX-License-Identifier: GPL-3.0-or-later
"""The organisation's desk, its telephone number and its hours stand on every screen before one is in."""
import tap
from story import BUTTON, Story

DESK = "Hulp nodig? Bel de servicedesk: 088\u00a0000\u00a012\u00a000 (werkdagen 8.30 tot 16.30 uur)."


class DeskLine(Story):
    def has_desk(self):
        self.person.reads(DESK)

    def test_01_log_in(self):
        self.person.find("Inloggen", BUTTON)
        self.has_desk()

    def test_02_a_forgotten_password(self):
        self.person.click("Wachtwoord vergeten?", BUTTON)
        self.person.find("E-mail versturen", BUTTON)
        self.has_desk()
        type(self).mails = self.portal.settled(".eml")
        self.person.fill("Gebruikersnaam", "w.debruin")
        self.person.fill("E-mailadres", self.portal.value("SELECT email FROM account WHERE username = 'w.debruin'"))
        self.person.click("E-mail versturen", BUTTON)
        self.person.reads("Kijk in uw e-mail")
        self.has_desk()

    def test_03_the_link_of_a_mail(self):
        token = self.portal.new_link(self.mails)
        self.app.open(self.link("reset", token))
        self.person.find("Nieuwe wachtwoord")
        self.has_desk()
        self.person.click("Terug", BUTTON)

    def test_04_the_code(self):
        self.log_in("s.visser")
        self.person.reads("Apparaat verificatie")
        self.has_desk()
        self.person.click("Andere manier…", BUTTON)
        self.has_desk()

    def test_05_the_first_password(self):
        self.type_code()
        self.person.find("Wachtwoord wijzigen", BUTTON)
        self.has_desk()

    def test_06_another_organisation(self):
        self.person.click("Terug", BUTTON)
        self.person.click("Andere zorgorganisatie", BUTTON)
        self.person.click("Zorggroep De Linde", BUTTON)
        self.person.reads("Is dit uw zorgorganisatie?")
        self.photo("00e-is-dit-uw-zorgorganisatie")

    def test_07_no_way_to_the_server(self):
        self.person.click("Ja, ga verder", BUTTON)
        self.portal.pause()
        self.log_in("w.debruin")
        self.person.reads("Wij kregen geen antwoord van Zorggroep De Linde.")
        self.has_desk()


if __name__ == "__main__":
    tap.main()
