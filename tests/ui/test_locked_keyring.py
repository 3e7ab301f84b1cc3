# SPDX-License-Identifier: GPL-3.0-or-later
"""With a keyring that is locked the device that it knows is out of reach: a code, the reason, and no other device."""
import subprocess

import tap
from story import BUTTON, Story

DEFAULT = "/org/freedesktop/secrets/aliases/default"


class LockedKeyring(Story):
    settings = dict(clock=True)

    def test_01_open(self):
        self.get_in("w.debruin")
        self.person.find("Mijn afspraken", BUTTON)
        self.log_out()

    def test_02_locked(self):
        subprocess.run(["gdbus", "call", "--session", "--dest", "org.freedesktop.secrets", "--object-path", "/org/freedesktop/secrets",
                        "--method", "org.freedesktop.Secret.Service.Lock", f"[objectpath '{DEFAULT}']"], check=True, stdout=subprocess.DEVNULL)
        self.portal.advance(minutes=1)     # so that the next code may be sent
        self.log_in("w.debruin")
        self.person.reads("De sleutelbos van deze computer zit op slot.")
        self.photo("02j-sleutelbos-op-slot")
        self.assertFalse(self.person.sees("90 dagen"))
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)
        self.assertEqual(self.portal.value("SELECT count(*) FROM device"), 1)


if __name__ == "__main__":
    tap.main()
