# SPDX-License-Identifier: GPL-3.0-or-later
"""A computer in the lounge: a code each time, a count-down, and nothing stays behind."""
import os
import resource
import signal

import tap
from story import BUTTON, Story


class SharedComputer(Story):
    settings = dict(sessions="shared-idle-seconds=30")

    @classmethod
    def start_app(cls):
        # As where whoever set up the computer lets programs that crash leave their memory behind.
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        super().start_app()

    def log_in_shared(self, username):
        self.fill_in(username)
        self.person.click("Dit is een gedeelde computer")
        self.person.click("Inloggen", BUTTON)

    def idle(self):
        self.person.reads("Bent u er nog?", wait=20)
        self.person.find("Ingelogd blijven", BUTTON)

    def test_01_a_code_is_asked_and_why(self):
        self.log_in_shared("w.debruin")
        self.person.reads("Op een gedeelde computer vragen wij elke keer een code.")
        self.assertFalse(self.person.sees("90 dagen"))
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)

    def test_02_the_count_down_can_be_stopped(self):
        self.idle()
        self.assertEqual(self.person.focus(), "Ingelogd blijven")
        self.person.find("Nu uitloggen", BUTTON)
        self.assertTrue(any((n.name or "").startswith("U wordt over") for n in self.person.walk()))
        self.photo("14b-aftellen")
        self.person.click("Ingelogd blijven", BUTTON)
        self.person.gone("Ingelogd blijven", BUTTON)
        self.person.click("Mijn gegevens", BUTTON)
        self.person.click("Wil de Bruin-Hofstra", "label")
        self.person.key("ctrl+a", "ctrl+c")

    def test_03_left_alone_it_logs_out(self):
        self.idle()
        words = self.person.reads("U bent uitgelogd", wait=20)
        self.assertIn("omdat er 30 seconden niets gebeurde", words)
        self.assertFalse(self.person.sees("Bruin"))
        self.assertFalse(self.person.sees("Hofstra"))
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "")
        self.person.click("Gebruikersnaam", "text")
        self.person.key("ctrl+v")
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "", "the clipboard is emptied")
        self.assertEqual(self.portal.value("SELECT count(*) FROM session WHERE ended IS NULL AND kind = 3"), 0)
        self.photo("01c-vanzelf-uitgelogd")

    def test_04_nothing_is_left(self):
        self.assertNotIn("secret = ", self.keyring("search", "w.debruin").stdout)
        self.assertEqual(self.portal.value("SELECT count(*) FROM device"), 0)
        for directory in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME"):
            for root, _, names in os.walk(os.environ[directory]):
                for name in names:
                    with open(os.path.join(root, name), "rb") as f:
                        self.assertNotIn(b"Bruin", f.read(), os.path.join(root, name))

    def test_05_a_code_again_and_leaving(self):
        self.log_in_shared("w.debruin")
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)
        self.person.click("Uitloggen", BUTTON)
        self.person.reads("Er blijft niets achter op deze computer.")
        self.photo("13c-uitloggen-gedeeld")
        self.person.key("Escape")
        self.assertEqual(self.log_out(), "U bent uitgelogd. Er is niets op deze computer achtergebleven.")

    def test_06_a_crash_leaves_nothing_either(self):
        self.log_in_shared("m.debruin")
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)
        # A limit of 0 would still give its memory to a program that cores are piped to.
        with open(f"/proc/{self.app.process.pid}/limits") as limits:
            self.assertRegex(limits.read(), r"Max core file size +1 +1 ")
        self.app.expected = -signal.SIGSEGV
        os.kill(self.app.process.pid, signal.SIGSEGV)
        end = os.waitid(os.P_PID, self.app.process.pid, os.WEXITED | os.WNOWAIT)
        self.assertEqual((end.si_status, end.si_code), (signal.SIGSEGV, os.CLD_KILLED), "its memory is not written to the disk")


if __name__ == "__main__":
    tap.main()
