# SPDX-License-Identifier: GPL-3.0-or-later
"""Without a keyring (NO_KEYRING of lib/desktop-session) everything works, and every login asks a code."""
import os
import unittest

import tap
from story import BUTTON, Story


@unittest.skipUnless(os.environ.get("NO_KEYRING"), "this session has a keyring")
class NoKeyring(Story):
    def test_01_the_first_time(self):
        self.get_in("w.debruin")
        self.person.find("Mijn afspraken", BUTTON)
        self.log_out()

    def test_02_the_second_time(self):
        self.log_in("w.debruin")
        self.person.reads("Voor de veiligheid controleren wij")
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


if __name__ == "__main__":
    tap.main()
