# SPDX-License-Identifier: GPL-3.0-or-later
"""The window is closed, wherever one is: nobody is in any more on the server, and the program is not in the way."""
import signal

import portal
import tap
from people import BOX
from story import BUTTON, Story

FULL = 3


class Closing(Story):
    settings = dict(clock=True)

    def press_close(self):
        self.person.take_focus()
        self.person.key("ctrl+q")
        self.person.until(lambda: not self.person.windows(), what="the window to go")

    def close_window(self):
        self.press_close()
        self.app.wait()

    def open_again(self):
        self.app.close()
        self.portal.advance(minutes=1)     # so that the next code may be sent
        self.start_app()

    def assert_nobody_is_in(self):
        portal.until(lambda: self.portal.value("SELECT count(*) FROM session WHERE ended IS NULL AND kind = ?", FULL) == 0, "the end of the session")

    def test_01_when_one_is_in(self):
        self.get_in("w.debruin")
        self.person.find("Mijn afspraken", BUTTON)
        self.assertEqual(self.portal.value("SELECT count(*) FROM session WHERE ended IS NULL AND kind = ?", FULL), 1)
        self.close_window()
        self.assert_nobody_is_in()

    def test_02_the_device_stays_known(self):
        """It is no leaving for good: no code is asked."""
        self.open_again()
        self.log_in("w.debruin")
        self.person.find("Mijn afspraken", BUTTON)
        self.assertFalse(self.asks_code())
        self.close_window()
        self.assert_nobody_is_in()

    def test_03_when_a_code_is_asked(self):
        self.open_again()
        self.log_in("j.hofstra")
        self.person.reads("Apparaat verificatie")
        self.close_window()
        self.assert_nobody_is_in()
        self.open_again()
        self.person.find("Inloggen", BUTTON)
        self.assertFalse(self.person.sees("Apparaat verificatie"))

    def test_04_when_a_password_has_to_be_changed(self):
        self.get_in("s.visser")
        self.person.find("Wachtwoord wijzigen", BUTTON)
        self.close_window()
        self.assert_nobody_is_in()
        self.open_again()
        self.log_in("s.visser")
        self.person.find("Wachtwoord wijzigen", BUTTON)     # the temporary one was not used up by that
        self.close_window()

    def test_05_when_a_tick_is_under_way(self):
        """The server hears it too late: that is said, and the program ends."""
        self.open_again()
        self.get_in("m.debruin")
        self.person.click("Marijke de Bruin", BUTTON)
        self.person.click("Gebruikersbeheer")
        self.person.click("Persoon zoeken")
        self.person.type("Pieter")
        box = self.person.find("Berichten voor Pieter de Bruin", BOX)
        self.portal.process.send_signal(signal.SIGSTOP)
        try:
            self.person.click_on(box)
            self.press_close()
            self.person.reads("Misschien zijn niet al uw laatste wijzigingen in Gebruikersbeheer opgeslagen.")
            self.photo("13c-misschien-niet-opgeslagen")
            self.person.click("Sluiten", BUTTON)
            self.app.wait()
        finally:
            self.portal.process.send_signal(signal.SIGCONT)


if __name__ == "__main__":
    tap.main()
