# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev run, the main job: a demo organisation, its server and the app; closing the app stops the server."""
import glob
import json
import re
import tempfile
import unittest

import tap
from demo import Demo, PATIENCE
from person import Person
from story import BUTTON


class DevRun(unittest.TestCase):
    def test_from_nothing_to_the_start_screen_and_closed(self):
        with tempfile.TemporaryDirectory() as folder:
            demo = Demo(folder, display=True)
            run, said = demo.start(until="A password that you change")
            self.addCleanup(run.kill)
            person = Person("clientportaal")
            person.find("Inloggen", BUTTON)
            person.fill("Gebruikersnaam", "m.debruin")
            person.fill("Wachtwoord", re.search(r"m\.debruin +(\S+)", said).group(1))
            person.click("Inloggen", BUTTON)
            person.reads("Apparaat verificatie")
            person.fill("Code, 6 cijfers", self.code(person, said))
            person.click("Code controleren", BUTTON)
            person.find("Mijn afspraken", BUTTON)
            person.take_focus()
            person.key("ctrl+q")
            rest = run.stdout.read()
            self.assertEqual(run.wait(PATIENCE), 0, rest)
            self.assertNotIn("dev:", rest)
            demo.wait_until_free()

    @staticmethod
    def code(person, said):
        """Out of the outbox that ./dev named."""
        outbox = re.search(r"land in (\S+):", said).group(1)
        [sms] = person.until(lambda: glob.glob(outbox + "/*.json"), "a text message")
        with open(sms, encoding="utf-8") as file:
            return re.search(r"\b\d{6}\b", json.load(file)["text"]).group()


if __name__ == "__main__":
    tap.main()
