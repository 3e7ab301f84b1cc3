# SPDX-License-Identifier: GPL-3.0-or-later
"""./dev run, the main job: a demo organisation, its server and the app; closing the app stops the server."""
import glob
import json
import os
import re
import signal
import tempfile
import unittest

import tap
from demo import Demo, PATIENCE
from person import Person
from story import BUTTON


class DevRun(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        folder = tempfile.TemporaryDirectory()
        cls.addClassCleanup(folder.cleanup)
        cls.demo = Demo(folder.name, display=True)

    def test_01_from_nothing_to_the_start_screen_and_closed(self):
        run, said = self.demo.start(until="A password that you change")
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
        self.demo.wait_until_free()

    def test_02_the_app_alone_goes_with_ctrl_c(self):
        server, _ = self.demo.start("--server", until="The server runs")
        run = self.demo.begin("--app")
        person = Person("clientportaal")
        person.find("Inloggen", BUTTON)
        run.send_signal(signal.SIGINT)
        self.assertEqual(run.wait(PATIENCE), 130)
        person.until(lambda: not os.path.exists(f"/proc/{person.pid}"), "the app to go")
        self.assertEqual(self.demo.stop(server)[0], 0)

    @staticmethod
    def code(person, said):
        """Out of the outbox that ./dev named."""
        outbox = re.search(r"land in (\S+):", said).group(1)
        [sms] = person.until(lambda: glob.glob(outbox + "/*.json"), "a text message")
        with open(sms, encoding="utf-8") as file:
            return re.search(r"\b\d{6}\b", json.load(file)["text"]).group()


if __name__ == "__main__":
    tap.main()
