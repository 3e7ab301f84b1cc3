# SPDX-License-Identifier: GPL-3.0-or-later
"""When a code is asked: known by its keyring, this computer is trusted for 90 days."""
import tap
from story import BUTTON, Story


class Device(Story):
    settings = dict(clock=True)

    def comes_in(self):
        self.person.find("Mijn afspraken", BUTTON)
        self.log_out()

    def test_01_the_first_time(self):
        self.get_in("w.debruin")
        self.comes_in()

    def test_02_the_second_time_without(self):
        self.log_in("w.debruin")
        self.comes_in()
        self.assertFalse(self.asks_code())

    def test_03_also_after_the_program_was_closed(self):
        self.app.close()
        self.start_app()
        self.log_in("w.debruin")
        self.comes_in()
        self.assertFalse(self.asks_code())

    def test_04_after_more_than_90_days(self):
        self.portal.advance(days=91)
        self.log_in("w.debruin")
        self.person.reads("Uw laatste bezoek met dit apparaat is meer dan 90 dagen geleden.")
        self.photo("02f-lang-geleden")
        self.type_code()
        self.comes_in()

    def test_05_on_another_device(self):
        self.portal.advance(minutes=1)     # so that the next code may be sent
        self.assertIn("secret = ", self.keyring("search", "w.debruin").stdout)
        self.assertEqual(self.keyring("clear", "w.debruin").returncode, 0)
        self.log_in("w.debruin")
        self.person.reads("Dit apparaat is hier niet (meer) bekend.")
        self.type_code()
        self.comes_in()

    def test_06_another_person_here(self):
        self.log_in("j.hofstra")
        self.person.reads("U logt voor de eerste keer in.")
        self.assertTrue(self.asks_code())


if __name__ == "__main__":
    tap.main()
