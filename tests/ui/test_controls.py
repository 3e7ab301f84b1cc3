# SPDX-License-Identifier: GPL-3.0-or-later
"""Every page, as a screen reader meets it: each control has a name, and no two of a window have the same."""
import re

import pyatspi
import tap
from story import BUTTON, Story

# What GTK tells of a widget that has no name.
CLASS = re.compile(r"(Gtk|Adw|Cpa)[A-Z]\w*")
EXPLAINED = ", met uitleg"  # a word that comes twice has the same explanation twice


class Controls(Story):
    settings = dict(days=100)

    def is_control(self, node):
        """What one can come to. What only moves what is in it says nothing."""
        states = node.getState()
        return (states.contains(pyatspi.STATE_FOCUSABLE) and states.contains(pyatspi.STATE_SENSITIVE) and self.person.shows(node)
                and node.getRoleName() != "scroll pane")

    @staticmethod
    def tell(node):
        """A row of a GTK 4.8 list has no name; what is in it does."""
        says = node[0] if node.getRoleName() == "list item" and not node.name and node.childCount else node
        return node.getRoleName(), says.name or "", says.description or ""

    def sweep(self, place):
        """The photo is to be looked at."""
        self.photo("controls-" + place)
        for window in self.person.children(self.person.app, strict=True):
            found = self.person.until(lambda: [self.tell(node) for node in self.person.all(self.is_control, window)], "controls")
            self.assertEqual([told for told in found if not told[1] or CLASS.fullmatch(told[1])], [], f"{place}: without a name")
            # Words that can be chosen to copy them do nothing; a card beside those in sight is not fetched yet.
            doing = [told for told in found if told[0] != "label" and not told[1].endswith(EXPLAINED) and told[1] != "Wordt opgehaald…"]
            self.assertEqual({told for told in doing if doing.count(told) > 1}, set(), f"{place}: of one name")

    def test_01_before_logging_in(self):
        self.person.find("Inloggen", BUTTON)
        self.sweep("login")
        self.person.press("Wachtwoord vergeten?")
        self.person.find("E-mailadres", "text")
        self.sweep("forgot")
        self.person.press("Terug")

    def test_02_the_code(self):
        self.log_in("m.debruin")
        self.person.reads("Apparaat verificatie")
        self.sweep("verify")
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)

    def test_03_the_panels(self):
        self.sweep("start")
        self.person.click("Mijn afspraken", BUTTON)
        self.person.find("Terug", BUTTON)
        self.person.reads("Douchen")
        self.sweep("appointments")
        self.person.click("Terug", BUTTON)
        self.person.click("Mijn gegevens", BUTTON)
        self.person.reads("Dokter Van Leeuwen")
        self.sweep("profile")
        self.person.click("Terug", BUTTON)
        self.person.find("Mijn afspraken", BUTTON)

    def test_04_the_dossier(self):
        self.person.click("Mijn dossier", BUTTON)
        self.person.find("Tijdbalk", "slider")
        self.person.reads("Geschreven door")
        self.sweep("timeline")
        self.person.click("Lezen")
        self.person.find("Rapportage Algemeen", BUTTON)
        self.person.reads("Zoals vastgelegd")
        self.sweep("reading")
        self.person.click("Groot lezen", BUTTON)
        self.person.find("Groot lezen sluiten", BUTTON)
        self.sweep("large")
        self.person.click("Groot lezen sluiten", BUTTON)
        self.person.gone("Groot lezen sluiten", BUTTON)
        self.person.click("Plannen")
        self.person.reads("Actueel")
        self.sweep("plans")
        self.person.click("Afdrukken", BUTTON)
        self.person.find("Opslaan als pdf…", BUTTON)
        self.sweep("print")
        self.person.click("Annuleren", BUTTON)
        self.person.gone("Opslaan als pdf…", BUTTON)
        self.person.take_focus()
        self.person.click("Terug", BUTTON)
        self.person.find("Mijn afspraken", BUTTON)

    def test_05_the_menu(self):
        self.person.click("Marijke de Bruin", BUTTON)
        self.person.find("Profielinstellingen", BUTTON)
        self.sweep("menu")
        self.person.click("Profielinstellingen", BUTTON)
        self.person.find("Profiel bewerken", BUTTON)
        self.sweep("account")
        self.person.click("Profiel bewerken", BUTTON)
        self.person.find("Uw naam", "text")
        self.sweep("account-form")
        self.person.key("Escape")
        self.person.gone("Uw naam", "text")
        self.person.take_focus()
        self.person.click("Terug", BUTTON)

    def test_06_the_people(self):
        self.person.click("Marijke de Bruin", BUTTON)
        self.person.click("Gebruikersbeheer", BUTTON)
        self.person.find("Berichten voor Marijke de Bruin")
        self.sweep("people")
        self.person.click("Gebruiker toevoegen", BUTTON)
        self.person.find("E-mailadres", "text")
        self.sweep("people-form")


if __name__ == "__main__":
    tap.main()
