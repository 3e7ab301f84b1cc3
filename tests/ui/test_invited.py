# SPDX-License-Identifier: GPL-3.0-or-later
"""Sanne Visser comes in for the first time: a temporary password, an invitation, and only the parts that are ticked."""
import tap
from portal import NEW_PASSWORD
from story import BUTTON, Story


class Invited(Story):
    """As Careyn does it: the code first, then the password."""

    def change_password(self, password):
        self.person.fill("Nieuwe wachtwoord", password)
        self.person.click("Wachtwoord wijzigen", BUTTON)

    def refuses(self, password, words):
        self.change_password(password)
        self.person.reads(words)
        self.assertEqual(self.person.text_of("Oude wachtwoord"), self.portal.passwords["s.visser"], "nothing typed is lost")
        self.assertEqual(self.person.text_of("Nieuwe wachtwoord"), password)

    def test_01_the_code_is_asked_first(self):
        self.log_in("s.visser")
        self.type_code()
        self.person.reads("tijdelijk wachtwoord" if self.settings else "eerste keer")
        self.person.find("Oude wachtwoord")
        self.photo("04-wachtwoord-wijzigen")

    def test_02_the_rules_are_ticked_while_typing(self):
        self.person.fill("Oude wachtwoord", self.portal.passwords["s.visser"])
        self.person.fill("Nieuwe wachtwoord", "vier losse")
        self.person.reads("Nog 2 tekens")
        self.person.type(" gekke")
        self.person.reads("Lang genoeg")
        self.photo("04b-wachtwoord-regels")

    def test_03_each_refusal_has_its_words_and_keeps_what_was_typed(self):
        self.refuses("te kort", "Dit wachtwoord is te kort. Kies er een van minstens 12 tekens.")
        self.photo("04c-wachtwoord-te-kort")
        self.refuses("sanne houdt van taart", "Uw naam of gebruikersnaam staat in dit wachtwoord.")
        self.refuses("zorggroep de linde taart", "De naam van Zorggroep De Linde of van het portaal staat in dit wachtwoord.")

    def test_04_nothing_of_the_client_before_acceptance(self):
        self.change_password(NEW_PASSWORD)
        button = self.person.find("Uitnodigingen", BUTTON)
        self.person.reads("U bent uitgenodigd. Accepteer eerst de uitnodiging. Daarna ziet u het cliëntportaal.")
        self.assertTrue(any("Uitnodigingen (1)" in (n.name or "") for n in self.person.walk(button)))
        for panel in ("Mijn afspraken", "Mijn berichten", "Mijn dossier", "Mijn gegevens"):
            self.assertFalse(self.person.sees(panel))
        self.assertFalse(self.person.sees("Bruin"))
        self.assertEqual(self.person.focus(), "Uitnodigingen")
        self.photo("03c-uitgenodigd")

    def test_05_the_invitation_says_who_for_whom_and_what(self):
        self.person.click("Uitnodigingen", BUTTON)
        self.person.reads("Zorggroep De Linde nodigt u uit voor het cliëntportaal van W. de Bruin")
        self.person.reads("Als: Kleinkind")
        self.person.reads("U mag inzien: Berichten, Afspraken")
        self.person.reads("U kunt accepteren tot en met")
        self.assertFalse(self.person.sees("Wil de Bruin"))
        self.photo("10c-uitnodiging")

    def test_06_accepted_only_what_is_ticked(self):
        self.person.click("Accepteren", BUTTON)
        self.person.reads("U heeft nu toegang tot het cliëntportaal van Wil de Bruin.")
        self.person.find("Mijn afspraken", BUTTON)
        self.person.reads("Mijn berichten")
        for panel in ("Mijn dossier", "Mijn gegevens"):
            self.assertFalse(self.person.sees(panel))
        self.photo("03d-alleen-afspraken")

    def test_07_the_new_password_is_hers(self):
        self.log_out()
        self.portal.passwords["s.visser"] = NEW_PASSWORD
        self.log_in("s.visser")
        self.person.find("Mijn afspraken", BUTTON)
        self.assertFalse(self.asks_code())


class Declined(Story):
    """As SZR does it: the password first, then the code; and she declines."""

    settings = dict(order="password-first")

    def test_01_the_password_is_asked_first(self):
        self.log_in("s.visser")
        self.person.find("Oude wachtwoord")
        self.assertFalse(self.asks_code())

    def test_02_the_code_comes_then(self):
        self.person.fill("Oude wachtwoord", self.portal.passwords["s.visser"])
        self.person.fill("Nieuwe wachtwoord", NEW_PASSWORD)
        self.person.click("Wachtwoord wijzigen", BUTTON)
        self.type_code()
        self.person.find("Uitnodigingen", BUTTON)

    def test_03_declining_asks(self):
        self.person.click("Uitnodigingen", BUTTON)
        self.person.click("Weigeren", BUTTON)
        self.person.reads("Uitnodiging weigeren?")
        self.photo("10d-weigeren")
        self.assertEqual(self.person.focus(), "Annuleren")
        self.person.key("Escape")
        self.person.gone("Annuleren", BUTTON)
        self.assertEqual(self.portal.value("SELECT count(*) FROM membership JOIN account ON account.id = account"
                                           " WHERE username = 's.visser' AND accepted IS NOT NULL"), 0)

    def test_04_declined_there_is_nothing(self):
        self.person.click("Weigeren", BUTTON)
        dialog = self.person.find("Annuleren", BUTTON).parent
        self.person.click_on(next(n for n in self.person.walk(dialog) if n.name == "Weigeren"))
        self.person.reads("U heeft de uitnodiging geweigerd.")
        self.person.reads("U heeft op dit moment geen toegang tot een cliëntportaal van Zorggroep De Linde.")
        self.assertFalse(self.person.sees("Bruin"))
        self.photo("10e-geweigerd")


if __name__ == "__main__":
    tap.main()
