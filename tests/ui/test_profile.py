# SPDX-License-Identifier: GPL-3.0-or-later
"""Profielinstellingen: name, address, number, the other ways to the second step, devices, and the end."""
import re

import tap
from portal import until
from story import BUTTON, Story
from totp import code

LONG = "Wil " + "de " * 40 + "Bruin"
WRONG = "not the password"


class Profile(Story):
    settings = dict(clock=True)

    def password(self):
        return self.portal.passwords["w.debruin"]

    def open_page(self, name="Wil de Bruin"):
        self.person.click(name, BUTTON + ("toggle button",))
        self.person.click("Profielinstellingen", BUTTON)
        self.person.reads("Uw gebruikersnaam is w.debruin.")

    def confirm(self, button, password=None):
        self.person.fill("Wachtwoord", password or self.password())
        self.person.click(button, BUTTON)

    def dialog_is_gone(self):
        self.person.gone("Vul voor de veiligheid eerst uw wachtwoord in.")
        self.person.take_focus()

    def get_in_by(self, way, typed, digits):
        """On a computer that is not known (any more)."""
        self.keyring("clear", "w.debruin")
        self.portal.advance(seconds=61)
        self.log_in("w.debruin")
        self.person.find("Code controleren", BUTTON)
        if way:
            self.person.click("Andere manier…", BUTTON)
            self.person.click(way, BUTTON)
        self.person.click(f"Code, {digits} cijfers")
        self.person.type(typed)
        self.person.click("Code controleren", BUTTON)

    def test_01_the_page(self):
        self.get_in("w.debruin")
        self.person.find("Mijn afspraken", BUTTON)
        self.open_page()
        for words in ("wil@debruin.example", "06-••••••", "Code uit een app", "Codeblad", "Uw apparaten", "Waar u bent ingelogd",
                      "Dit apparaat"):
            self.person.reads(words)
        self.photo("18a-profielinstellingen")

    def test_02_name(self):
        self.person.click("Profiel bewerken", BUTTON)
        self.person.find("Uw naam", "text")
        for typed, sentence in (("  ", "Vul uw naam in."), (LONG, "te lang. Er passen hoogstens 100 tekens."), ("123", "tekens die wij niet")):
            self.person.fill("Uw naam", typed)
            self.person.click("Opslaan", BUTTON)
            self.person.reads(sentence)
            self.assertEqual(self.person.text_of("Uw naam"), typed, "what was typed stays")
        self.photo("18b-naam-fout")
        self.person.fill("Uw naam", "Wil de Bruin-Visser")
        self.person.click("Opslaan", BUTTON)
        self.person.gone("Opslaan", BUTTON)
        self.person.take_focus()
        self.person.find("Wil de Bruin-Visser", BUTTON + ("toggle button",))
        self.assertEqual(self.portal.value("SELECT name FROM account WHERE username = 'w.debruin'"), "Wil de Bruin-Visser")

    def test_03_address(self):
        self.person.click("E-mailadres wijzigen…", BUTTON)
        self.person.find("E-mailadres", "text")
        for typed, sentence in (("", "Vul uw e-mailadres in."), ("wil", "Dit is geen e-mailadres."), ("a b@c.example", "zonder spaties")):
            self.person.fill("E-mailadres", typed)
            self.person.click("Wijzigen", BUTTON)
            self.person.reads(sentence)
        self.person.fill("E-mailadres", "marijke@debruin.example")
        self.confirm("Wijzigen")
        self.dialog_is_gone()
        # that it is her daughter's is told to her daughter only
        self.person.reads("gestuurd naar marijke@debruin.example")
        self.person.click("E-mailadres wijzigen…", BUTTON)
        self.person.fill("E-mailadres", "wil@nieuw.example")
        self.confirm("Wijzigen", WRONG)
        self.person.reads("Dit wachtwoord klopt niet.")
        self.assertEqual(self.person.text_of("E-mailadres"), "wil@nieuw.example")
        self.confirm("Wijzigen")
        self.dialog_is_gone()
        self.person.reads("gestuurd naar wil@nieuw.example")

    def test_04_number(self):
        self.portal.advance(seconds=31)
        self.person.click("Mobiel nummer wijzigen…", BUTTON)
        self.person.find("Mobiel nummer", "text")
        for typed, sentence in (("020 123 4567", "Dit is een vast nummer."), ("0900 1234", "betaald of bijzonder"), ("bel mij", "geen telefoonnummer")):
            self.person.fill("Mobiel nummer", typed)
            self.confirm("Wijzigen")
            self.person.reads(sentence)
            self.assertEqual(self.person.text_of("Mobiel nummer"), typed)
        self.photo("18c-nummer-fout")
        seen = self.portal.settled(".json")
        self.person.fill("Mobiel nummer", "06 87654321")
        self.confirm("Wijzigen")
        self.person.reads("Wij hebben een sms met een code gestuurd naar 06\u2011••••••21.")
        sent = self.portal.sms_code(seen)
        self.person.click("Code, 6 cijfers")
        self.person.type("%06d" % ((int(sent) + 1) % 1000000))
        self.person.click("Code controleren", BUTTON)
        self.person.reads("Deze code klopt niet.")
        self.person.click("Code, 6 cijfers")
        self.person.type(sent)
        self.person.click("Code controleren", BUTTON)
        self.person.gone("Code controleren", BUTTON)
        self.person.take_focus()
        self.person.reads("06-••••••21")
        self.assertEqual(self.portal.value("SELECT mobile FROM account WHERE username = 'w.debruin'"), "+31687654321")

    def test_05_an_app(self):
        self.person.click("App instellen…", BUTTON)
        self.confirm("Volgende")
        text = self.person.reads("Typ deze sleutel over in de app:")
        self.person.find("Plaatje om te scannen met uw app voor codes")
        self.photo("18d-app-instellen")
        type(self).key = re.search(r"((?:[A-Z2-7]{4} ?){8})$", text).group(1).replace(" ", "")
        self.person.click("Code controleren", BUTTON)
        self.person.reads("Vul de 6 cijfers van de code in.")
        self.person.click("Code, 6 cijfers")
        self.person.type(code(self.key, self.portal.now()))
        self.person.click("Code controleren", BUTTON)
        self.person.find("App uitzetten…", BUTTON)
        self.person.take_focus()

    def codes_in_sight(self):
        """The window of the question becomes that of the sheet: what is looked at meanwhile may go."""
        codes = [name for name in self.person.names() if re.fullmatch(r"\d{4} \d{4}", name)]
        return codes if len(codes) == 10 else None

    def test_06_a_sheet(self):
        self.person.click("Codeblad maken…", BUTTON)
        self.confirm("Codeblad maken")
        self.person.reads("U ziet ze alleen deze keer.")
        type(self).codes = self.person.until(self.codes_in_sight)
        self.photo("18e-codeblad")
        self.person.click("Afdrukken…", BUTTON)
        self.person.reads("Dit codeblad. Dit is 1 bladzijde.")
        self.person.key("Escape")
        self.person.gone("Annuleren", BUTTON)
        self.person.take_focus(-1)
        # They are nowhere else: one Escape asks.
        self.person.key("Escape")
        self.person.reads("Heeft u de codes afgedrukt of opgeschreven?")
        self.photo("18e2-codeblad-sluiten")
        self.person.key("Escape")
        self.person.gone("Heeft u de codes afgedrukt of opgeschreven?")
        self.person.take_focus(-1)
        self.assertIsNotNone(self.codes_in_sight())
        self.person.key("Escape")
        self.person.click("Ja, sluiten", BUTTON)
        self.person.gone("Afdrukken…", BUTTON)
        self.person.take_focus()
        self.person.reads("U heeft nog 10 codes op uw blad.")
        self.log_out()

    def test_07_in_with_the_app(self):
        self.get_in_by(None, code(self.key, self.portal.now() + 61), 6)
        self.person.find("Mijn afspraken", BUTTON)
        self.assertFalse(self.asks_code(), "no text message was sent")
        self.log_out()

    def test_08_in_with_the_sheet(self):
        self.keyring("clear", "w.debruin")
        self.portal.advance(seconds=61)
        self.log_in("w.debruin")
        self.person.reads("De app toont elke 30 seconden een nieuwe code.")
        self.photo("04f-code-uit-app")
        self.person.click("Andere manier…", BUTTON)
        self.photo("04g-andere-manier")
        self.person.click("Code van uw codeblad", BUTTON)
        self.person.click("Code, 8 cijfers")
        self.person.type("1234")
        self.person.click("Code controleren", BUTTON)
        self.person.reads("De code heeft 8 cijfers. U heeft er 4 ingevuld.")
        self.person.click("Code, 8 cijfers")
        self.person.key("ctrl+a")
        self.person.type("00000000")
        self.person.click("Code controleren", BUTTON)
        self.person.reads("Deze code klopt niet of is al gebruikt.")
        self.photo("04h-codeblad-fout")
        self.person.click("Code, 8 cijfers")
        self.person.type(self.codes[0].replace(" ", ""))
        self.person.click("Code controleren", BUTTON)
        self.person.reads("U heeft nog 9 codes op uw blad.")
        self.log_out()

    def test_09_in_with_a_code_of_the_desk(self):
        typed = self.portal.command("account code", "--username", "w.debruin").splitlines()[0].replace(" ", "")
        self.get_in_by("Code die u kreeg van de servicedesk", typed, 8)
        self.person.find("Mijn afspraken", BUTTON)

    def test_10_devices_and_sessions(self):
        self.portal.advance(seconds=31)
        first = self.portal.post("/login", body={"username": "w.debruin", "password": self.password(), "device_name": "computer van Henk"}).json
        other = self.portal.post("/login/code", first["token"], {"code": code(self.key, self.portal.now()), "method": "totp"}).json["token"]
        self.open_page("Wil de Bruin-Visser")
        self.person.reads("computer van Henk, sinds")
        self.photo("18f-apparaten")
        self.person.press("Uitloggen op dat apparaat")
        until(lambda: self.portal.get("/account", other).status == 401, "the other session to end")
        until(lambda: not self.person.sees("computer van Henk, sinds"), "its row to go away")
        self.person.press("Naam wijzigen…", "computer van Henk")
        self.person.fill("Naam van dit apparaat", "   ")
        self.person.click("Opslaan", BUTTON)
        self.person.reads("Geef dit apparaat een naam, bijvoorbeeld: laptop thuis.")
        self.person.fill("Naam van dit apparaat", "laptop thuis")
        self.person.click("Opslaan", BUTTON)
        self.person.gone("Opslaan", BUTTON)
        self.person.take_focus()
        self.person.reads("laptop thuis")
        self.person.press("Uitloggen op dit apparaat", "laptop thuis")
        self.person.reads("Dat apparaat vraagt de volgende keer weer een code.")
        self.photo("18g-apparaat-uitloggen")
        self.person.press("Uitloggen op dit apparaat", "")
        self.person.reads("Uitgelogd op laptop thuis")
        self.person.take_focus()

    def test_11_the_end(self):
        self.person.press("Mijn account beëindigen…")
        self.person.reads("U kunt dit niet terugdraaien.")
        self.confirm("Mijn account beëindigen", WRONG)
        self.person.reads("Dit wachtwoord klopt niet.")
        self.confirm("Mijn account beëindigen")
        self.person.reads("Uw account is beëindigd.")
        self.person.take_focus()
        self.log_in("w.debruin")
        self.person.reads("horen niet bij elkaar")


if __name__ == "__main__":
    tap.main()
