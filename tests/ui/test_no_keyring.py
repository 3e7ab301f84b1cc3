# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a keyring (NO_KEYRING of lib/desktop-session) everything works, every login asks a code, and the screen says why."""
import os
import unittest

import tap
from story import BUTTON, Story


@unittest.skipUnless(os.environ.get("NO_KEYRING"), "this session has a keyring")
class NoKeyring(Story):
    def says_why(self):
        """And promises nothing that does not hold; what is not there cannot be unlocked."""
        self.person.reads("Deze computer kan niet veilig onthouden wie u bent.")
        self.assertFalse(self.person.sees("sleutelbos"))
        self.assertFalse(self.person.sees("90 dagen"))
        self.assertFalse(self.person.sees("niet (meer) bekend"))

    def test_01_the_first_time(self):
        self.log_in("w.debruin")
        self.says_why()
        self.photo("02i-geen-sleutelbos")
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)
        self.log_out()

    def test_02_the_second_time(self):
        self.log_in("w.debruin")
        self.says_why()
        # So soon after the first code: the server sends no other one yet, and the screen does not say that it did.
        self.person.reads("Daarom is er nog geen nieuwe code gestuurd.")
        self.assertFalse(self.person.sees("Wij stuurden een sms"))
        self.assertFalse(self.asks_code())
        self.photo("02c-nog-geen-nieuwe-code")

    def test_03_a_new_code_can_be_asked_when_the_count_is_down(self):
        self.person.click("Nieuwe code sturen", BUTTON, wait=30)
        self.person.reads("Een nieuwe code is onderweg naar")
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)
        self.assertEqual(self.portal.value("SELECT count(*) FROM device"), 0)


if __name__ == "__main__":
    tap.main()
