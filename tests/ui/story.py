# SPDX-License-Identifier: GPL-3.0-or-later
"""What the stories share: the portal, the app beside it, and the steps that every person takes to get in.

Every screen is photographed into the directory SCREENSHOTS, to be looked at beside the design.
"""
import json
import os
import subprocess
import unittest

import portal
from app import App

BUTTON = ("push button", "button")


class Story(unittest.TestCase):
    """One story in steps: unittest runs them in the order of their names. A story tells its portal in `settings`."""

    settings = {}
    environment = {}
    arguments = ()

    @classmethod
    def setUpClass(cls):
        cls.portal = portal.Portal(**dict(dict(patients=2, days=40), **cls.settings))
        cls.addClassCleanup(cls.portal.remove)
        cls.portal.start()
        portal.until(lambda: "never" not in cls.portal.command("sync", "--status"), "the first fetch", 60)
        cls.start_app()

    @classmethod
    def start_app(cls):
        cls.app = App(cls.portal, *cls.arguments, environment=cls.environment)
        cls.addClassCleanup(cls.app.close)
        cls.person = cls.app.person

    @classmethod
    def read_resources(cls, name):
        with open(cls.portal.path(f"ehr/{name}.ndjson")) as file:
            return [json.loads(line) for line in file]

    @classmethod
    def change_goal(cls):
        """The care team adds words to the first goal of the first client's plan, and the portal fetches them. Returns the plan
        and what the goal was."""
        plan = next(plan for plan in cls.read_resources("CarePlan")
                    if plan["subject"]["reference"] == "Patient/client-1" and plan["status"] == "active" and "partOf" not in plan)
        goals = cls.read_resources("Goal")
        goal = next(goal for goal in goals if "Goal/" + goal["id"] == plan["goal"][0]["reference"])
        before = goal["description"]["text"]
        goal["description"]["text"] += ", elke dag"
        cls.portal.write("ehr/Goal.ndjson", "".join(json.dumps(goal) + "\n" for goal in goals))
        cls.portal.command("sync")
        return plan, before

    def setUp(self):
        # A story is over at the first step that fails: what follows would only fail too.
        if getattr(type(self), "ended", False):
            self.skipTest("an earlier step failed")

    def run(self, result=None):
        before = len(result.failures) + len(result.errors)
        super().run(result)
        if len(result.failures) + len(result.errors) > before:
            type(self).ended = True
            print("".join("# app: " + line for line in self.app.log_lines()), end="", flush=True)
            if self.person.windows():
                self.photo("failed-" + type(self).__name__ + "-" + self._testMethodName)

    def photo(self, name):
        directory = os.environ["SCREENSHOTS"]
        os.makedirs(directory, exist_ok=True)
        self.person.photo(os.path.join(directory, name + ".png"))

    def fill_in(self, username, password=None):
        """Name and password on the login page; `seen` is for sms_code afterwards."""
        type(self).seen = self.portal.settled(".json")
        self.person.find("Inloggen", BUTTON)
        self.person.fill("Gebruikersnaam", username)
        self.person.fill("Wachtwoord", password or self.portal.passwords[username])

    def log_in(self, username, password=None):
        self.fill_in(username, password)
        self.person.click("Inloggen", BUTTON)

    def type_code(self, code=None):
        self.person.reads("Apparaat verificatie")
        code = code or self.portal.sms_code(self.seen)
        self.person.click("Code, 6 cijfers")
        self.person.key("ctrl+a")
        self.person.type(code)
        self.person.click("Code controleren", BUTTON)

    def get_in(self, username, password=None):
        """To what comes after the code."""
        self.log_in(username, password)
        self.type_code()
        self.person.gone("Code controleren", BUTTON)

    def log_out(self):
        self.person.click("Uitloggen", BUTTON)
        dialog = self.person.find("Annuleren", BUTTON).parent
        self.person.click_on(next(n for n in self.person.walk(dialog) if n.name == "Uitloggen"))
        return self.person.reads("U bent uitgelogd")

    def link(self, kind, token):
        """What the button of the page behind a mail's link opens."""
        return f"clientportaal://127.0.0.1:{self.portal.port}/{kind}#{token}"

    def keyring(self, what, username):
        """secret-tool search or clear, for this person's device token."""
        return subprocess.run(["secret-tool", what, "address", f"127.0.0.1:{self.portal.port}", "username", username],
                              capture_output=True, text=True)

    def asks_code(self):
        """Whether a text message went out since fill_in."""
        return self.portal.settled(".json") != self.seen
