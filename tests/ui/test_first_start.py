# SPDX-License-Identifier: GPL-3.0-or-later
"""The first start: which care organisation, and later another one."""
import re
import socket

import tap
from app import App
from story import BUTTON, Story

FIELD = "Adres van de zorgorganisatie"


class FirstStart(Story):
    @classmethod
    def start_app(cls):
        # As where the organisation's certificate is of an authority that the computer knows
        cls.app = App(cls.portal, preset=False)
        cls.addClassCleanup(cls.app.close)
        cls.person = cls.app.person

    def refuses(self, address, words):
        self.person.fill(FIELD, address)
        self.person.key("Return")
        self.person.reads(words)
        self.assertEqual(self.person.text_of(FIELD), address)

    def address(self):
        return f"127.0.0.1:{self.portal.port}"

    def test_01_which_care_organisation(self):
        self.person.reads("Welkom")
        self.person.reads("Welke zorgorganisatie?")
        self.person.reads("Heeft u een e-mail met een uitnodiging gekregen?")
        self.assertEqual(self.person.focus(), FIELD)
        self.photo("00-welkom")
        self.person.click("Volgende", BUTTON)
        self.person.reads("Vul het adres van de zorgorganisatie in.")

    def test_02_each_wrong_address_has_its_words(self):
        self.refuses("portaal de linde", "Dit is geen internetadres. Neem het over uit uw e-mail of brief, zonder spaties.")
        self.photo("00b-geen-adres")
        with socket.socket() as nobody:
            nobody.bind(("127.0.0.1", 0))
            self.refuses(f"127.0.0.1:{nobody.getsockname()[1]}", "Op dit adres vonden wij geen cliëntportaal.")

    def test_02b_the_link_of_an_email(self):
        """The only place where an e-mail has the address; what the link opens is not for here."""
        seen = self.portal.settled(".eml")
        email = self.portal.value("SELECT email FROM account WHERE username = 'm.debruin'")
        self.portal.post("/forgot", body={"username": "m.debruin", "email": email})
        [link] = re.findall(r"https://\S+", self.portal.new_mail(seen))
        self.assertGreater(len(link), 40)
        self.person.fill(FIELD, link)
        self.person.key("Return")
        self.person.reads("Is dit uw zorgorganisatie?")
        self.person.reads("Wij vonden Zorggroep De Linde op " + self.address())
        self.person.click("Nee, ander adres", BUTTON)
        self.person.until(lambda: self.person.focus() == FIELD, what="the focus on the address")
        self.assertEqual(self.person.text_of(FIELD), self.address())

    def test_03_is_this_it(self):
        self.person.fill(FIELD, self.address())
        self.person.key("Return")
        self.person.reads("Is dit uw zorgorganisatie?")
        self.person.reads("Wij vonden Zorggroep De Linde op " + self.address())
        self.photo("00c-gevonden")
        self.person.click("Nee, ander adres", BUTTON)
        self.person.until(lambda: self.person.focus() == FIELD, what="the focus on the address")

    def test_04_yes(self):
        self.person.key("Return")
        self.person.find("Ja, ga verder", BUTTON)
        self.assertEqual(self.person.focus(), "Ja, ga verder")
        self.person.key("Return")
        self.person.find("Inloggen", BUTTON)
        self.person.reads("Zorggroep De Linde")

    def test_05_another_one(self):
        self.person.click("Andere zorgorganisatie", BUTTON)
        self.person.find("Zorggroep De Linde", BUTTON)
        self.photo("00d-andere")
        self.person.click("Terug", BUTTON)
        self.person.find("Inloggen", BUTTON)
        self.person.click("Andere zorgorganisatie", BUTTON)
        self.person.click("Zorggroep De Linde", BUTTON)
        self.person.find("Ja, ga verder", BUTTON)


if __name__ == "__main__":
    tap.main()
