# SPDX-License-Identifier: GPL-3.0-or-later
"""The computer of a care home, set up with GSettings: its organisation and that one's authority, and that others use it too."""
import os

import tap
from app import App
from story import BUTTON, Story

PRESET = """[nl/clientportaal/Clientportaal]
organisation='127.0.0.1:{port}'
ca-file='{ca}'
shared-computer=true
"""


class CareHome(Story):
    @classmethod
    def start_app(cls):
        # The backend that keeps settings in a file.
        cls.kept = os.path.join(os.environ["XDG_CONFIG_HOME"], "glib-2.0", "settings", "keyfile")
        os.makedirs(os.path.dirname(cls.kept))
        with open(cls.kept, "w") as f:
            f.write(PRESET.format(port=cls.portal.port, ca=cls.portal.path("ca.pem")))
        cls.app = App(cls.portal, environment={"GSETTINGS_BACKEND": "keyfile"}, demo=False)
        cls.addClassCleanup(cls.app.close)
        cls.person = cls.app.person

    def test_01_it_is_at_its_organisation(self):
        self.person.find("Inloggen", BUTTON)
        self.person.reads("Zorggroep De Linde")
        self.person.reads("Dit is een gedeelde computer. Log uit als u klaar bent.")
        self.photo("01e-zorghuis")

    def test_02_nothing_is_left_to_choose(self):
        self.assertIsNone(self.person.look("Andere zorgorganisatie", BUTTON))
        self.assertIsNone(self.person.look("Dit is een gedeelde computer"))

    def test_03_it_is_not_known_afterwards(self):
        self.log_in("w.debruin")
        self.person.reads("Op een gedeelde computer vragen wij elke keer een code.")
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)
        self.assertEqual(self.log_out(), "U bent uitgelogd. Er is niets op deze computer achtergebleven.")
        self.assertEqual(self.portal.value("SELECT count(*) FROM device"), 0)
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "")
        self.app.close()
        with open(self.kept) as f:
            self.assertNotIn("organisations", f.read())


if __name__ == "__main__":
    tap.main()
