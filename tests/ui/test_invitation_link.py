# SPDX-License-Identifier: GPL-3.0-or-later
"""Els comes in by the link of her mail, as most organisations choose: no password is ever written down."""
import tap
from people import ADDRESS, People
from portal import NEW_PASSWORD
from story import BUTTON

ELS = {"email": ADDRESS, "relation": "sister", "name": "Els de Jong", "username": "e.dejong", "mobile": "06 1234 5678"}


class ByLink(People):
    def test_01_the_mail_has_a_link_and_no_password(self):
        before = self.portal.settled(".eml")
        self.elsewhere("", ELS)
        type(self).invitation = self.portal.new_link(before)
        [mail] = self.mails()
        self.assertIn("Uw gebruikersnaam is: e.dejong", mail)
        self.assertNotIn("achtwoord: ", mail)
        self.assertNotIn("Bruin\n", mail.replace("Marijke de Bruin", ""))

    def test_02_the_link_opens_the_program(self):
        self.person.find("Inloggen", BUTTON)
        self.app.open(self.link("invitation", self.invitation))
        self.person.reads("U bent uitgenodigd")
        self.assertEqual(self.person.focus(), "Gebruikersnaam")
        self.photo("01k-uitgenodigd-link")

    def test_03_a_name_of_somebody_else_is_refused(self):
        self.person.fill("Gebruikersnaam", "m.debruin")
        self.person.fill("Nieuwe wachtwoord", NEW_PASSWORD)
        self.person.click("Wachtwoord opslaan", BUTTON)
        self.person.reads("Deze gebruikersnaam hoort niet bij deze link.")
        self.assertEqual(self.person.text_of("Nieuwe wachtwoord"), NEW_PASSWORD, "nothing typed is lost")

    def test_04_the_password_is_chosen_and_not_asked_again(self):
        self.person.fill("Gebruikersnaam", "e.dejong")
        self.person.click("Wachtwoord opslaan", BUTTON)
        self.person.reads("Uw wachtwoord is opgeslagen. U kunt er nu mee inloggen.")
        self.log_in_els(self.person, NEW_PASSWORD)
        self.code_of_els(self.person)
        self.accept_els(self.person)
        self.person.reads("U heeft nog geen toegang tot onderdelen")
        self.assertFalse(self.person.sees("Oude wachtwoord"))
        self.photo("03f-nog-geen-onderdelen")

    def test_05_ticked_it_appears_by_itself(self):
        self.from_elsewhere("appointments", True)
        self.person.find("Mijn afspraken", BUTTON)
        self.assertFalse(self.person.sees("Mijn gegevens"))

    def test_06_the_second_time_the_link_says_so(self):
        self.log_out()
        self.app.open(self.link("invitation", self.invitation))
        self.person.reads("Deze uitnodiging werkt niet meer")
        self.person.reads("Heeft u al een wachtwoord gekozen? Dan kunt u gewoon inloggen.")
        self.person.click("Terug naar inloggen", BUTTON)
        self.person.reads("U heeft een uitnodiging van Zorggroep De Linde geopend. Log in om deze te bekijken.")
        self.person.find("Inloggen", BUTTON)


if __name__ == "__main__":
    tap.main()
