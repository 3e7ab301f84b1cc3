# SPDX-License-Identifier: GPL-3.0-or-later
"""Pieter de Bruin looks after two parents, who are never mixed up."""
import os
import subprocess

import tap
from story import BUTTON, Story

SWITCH = "U kijkt bij {}. Kies een andere cliënt."


class TwoClients(Story):
    def line_colour(self):
        """The colour of the line under the header, as it is drawn."""
        path = self.portal.path("header.png")
        self.person.photo(path)
        pixels = [subprocess.run(["convert", path, "-format", f"%[pixel:p{{500,{y}}}]", "info:"], capture_output=True, text=True,
                                 check=True).stdout for y in range(62, 72)]
        os.unlink(path)
        return pixels

    def test_01_he_chooses_first(self):
        self.get_in("p.debruin")
        self.person.reads("Bij wie wilt u kijken?")
        self.person.find("Wil de Bruin, geboren op 14 mei 1938", BUTTON)
        self.person.find("Henk de Bruin, geboren op 2 november 1935", BUTTON)
        for panel in ("Mijn afspraken", "Mijn berichten", "Mijn dossier", "Mijn gegevens"):
            self.assertFalse(self.person.sees(panel))
        self.photo("09b-bij-wie")

    def test_02_everything_of_his_mother(self):
        self.person.click("Wil de Bruin, geboren op 14 mei 1938", BUTTON)
        self.person.find("Mijn dossier", BUTTON)
        self.person.find(SWITCH.format("Wil de Bruin"), BUTTON)
        self.assertIn("De Lindehof, kamer 12", self.person.description("Mijn gegevens"))
        type(self).colour = self.line_colour()
        self.photo("03h-wil")

    def test_03_switching_while_a_page_is_open(self):
        self.person.click("Mijn dossier", BUTTON)
        self.person.reads("Geschreven door")
        self.person.click(SWITCH.format("Wil de Bruin"), BUTTON)
        self.photo("03i-wisselen")
        self.person.click("Henk de Bruin, geboren op 2 november 1935")
        self.person.reads("U kijkt nu bij Henk de Bruin.")
        self.person.find("Mijn afspraken", BUTTON)

    def test_04_only_what_is_his_of_his_father(self):
        self.person.find(SWITCH.format("Henk de Bruin"), BUTTON)
        self.person.find("Mijn gegevens", BUTTON)
        for panel in ("Mijn dossier", "Mijn berichten"):
            self.assertFalse(self.person.sees(panel))
        self.assertFalse(self.person.sees("Geschreven door"))
        self.assertNotEqual(self.line_colour(), self.colour)
        self.photo("03j-henk")

    def test_05_nothing_of_his_mother_stays(self):
        self.person.gone("U kijkt nu bij Henk de Bruin.")
        seen = self.person.all(lambda n: ("Wil" in (n.name or "").split() or "Wil" in (n.description or "").split()) and self.person.shows(n))
        self.assertEqual([(n.getRoleName(), n.name) for n in seen], [])
        self.person.click("Mijn gegevens", BUTTON)
        self.person.reads("Henk de Bruin")
        self.person.reads("2 november 1935")
        self.photo("12b-gegevens-henk")
        self.person.click("Terug", BUTTON)

    def test_06_and_back(self):
        self.person.click(SWITCH.format("Henk de Bruin"), BUTTON)
        self.person.click("Wil de Bruin, geboren op 14 mei 1938")
        self.person.find("Mijn dossier", BUTTON)
        self.assertEqual(self.line_colour(), self.colour)


if __name__ == "__main__":
    tap.main()
