# SPDX-License-Identifier: GPL-3.0-or-later
"""Plannen: the daughter reads the plan, sees what the care team changed in it, and saves it as a PDF."""
import os
import re
import subprocess

import tap
from story import BUTTON, Story


class Plans(Story):
    settings = dict(patients=2, days=400)

    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        _, cls.goal = cls.change_goal()

    def test_01_the_plan_is_open(self):
        self.get_in("m.debruin")
        self.person.click("Mijn dossier", BUTTON)
        self.person.click("Plannen")
        self.person.reads("Actueel")
        self.person.reads("Vervallen")
        self.person.reads("Versie 2")
        self.person.reads(self.goal + ", elke dag")
        self.photo("08-plannen")

    def test_02_what_changed(self):
        self.assertFalse(self.person.sees("Nieuw:"))
        self.person.click("Wijzigingen tonen sinds versie 1")
        self.person.reads("Onder nieuwe woorden staat een streep.")
        self.person.reads("1 wijziging")
        # what the marks say to who does not see them
        self.person.reads(self.goal + ". Nieuw: elke dag")
        self.photo("08b-plannen-wijzigingen")

    def test_03_as_a_file(self):
        path = self.portal.path("plan.pdf")
        self.person.click("Afdrukken", BUTTON)
        self.person.reads("Op dit papier staan persoonlijke gegevens.")
        self.photo("08c-afdrukken")
        self.person.click("Opslaan als pdf…", BUTTON)
        self.person.find("Naam:", "text")
        # what a window manager does when a window opens
        subprocess.run(["xdotool", "windowfocus", "--sync", self.person.windows()[-1]], check=True)
        self.person.key("ctrl+a")
        self.person.type(path)
        self.person.key("Return")
        self.person.until(lambda: os.path.exists(path) and os.path.getsize(path) > 0, what="the file")
        text = subprocess.run(["pdftotext", "-layout", path, "-"], capture_output=True, text=True, check=True).stdout
        for words in ("Wil de Bruin, geboren op", "Gegevens van", "Bladzijde 1 van", self.goal + ", elke dag"):
            self.assertIn(re.sub(r"\s+", " ", words), re.sub(r"\s+", " ", text))
        self.assertEqual(os.stat(path).st_mode & 0o077, 0)
        self.person.reads("De pdf is opgeslagen.")
        self.photo("08d-pdf-opgeslagen")


if __name__ == "__main__":
    tap.main()
