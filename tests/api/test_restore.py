# SPDX-License-Identifier: GPL-3.0-or-later
"""A copy of the database that is put back as docs/operations.md says opens nothing that was open when it was made."""
import os
import re
import sqlite3

import tap
from case import PortalCase


def statements():
    with open(os.path.join(os.environ["SOURCE_ROOT"], "docs", "operations.md"), encoding="utf-8") as f:
        [found] = re.findall(r'sqlite3 portal\.db "\n(.*?)"', f.read(), re.DOTALL)
    return found


class Restore(PortalCase):
    def test_what_was_open_is_closed(self):
        token, device, _ = self.portal.login("m.debruin")
        self.portal.stop()
        link = self.portal.add_link("reset", self.portal.account("m.debruin"))
        with sqlite3.connect(self.portal.path("portal.db")) as database:
            database.executescript(statements())
            self.assertEqual(database.execute("PRAGMA foreign_key_check").fetchall(), [])
        self.portal.start()
        self.expect_ended(token)
        self.expect(self.portal.post("/links/look", body={"token": link}), 410, "link-ended")
        answer = self.portal.post("/login", body={"username": "m.debruin", "password": self.portal.passwords["m.debruin"],
                                                  "device_token": device})
        self.assertEqual(answer.json["next"], "verify-device", "the device is not trusted any more")
        self.portal.advance(minutes=5)     # until another code may be sent
        self.portal.login("m.debruin")


if __name__ == "__main__":
    tap.main()
