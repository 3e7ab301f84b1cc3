# SPDX-License-Identifier: GPL-3.0-or-later
"""A computer in the lounge: a code each time, a count-down, and nothing stays behind."""
import base64
import os
import resource
import signal
import stat

import pyatspi
import tap
from gi.repository import Gio, GLib
from person import clipboard_is_taken
from portal import until
from story import BUTTON, Story

# A picture, and behind it a word that no program writes by itself.
PICTURE = base64.b64decode("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==") + b"kanariepiet"
TITLE = "Foto van kanariepiet"


class SharedComputer(Story):
    settings = dict(sessions="shared-idle-seconds=30")

    @classmethod
    def start_app(cls):
        cls.portal.stop()
        cls.portal.add_documents(photo=("client-1", TITLE, "image/png", PICTURE))
        cls.portal.command("sync")
        cls.portal.start()
        # In the home folder of the session, as all its other places are.
        cls.environment = {"TMPDIR": os.path.join(os.environ["HOME"], "tmp")}
        os.mkdir(cls.environment["TMPDIR"])
        # As where whoever set up the computer lets programs that crash leave their memory behind.
        _, most = resource.getrlimit(resource.RLIMIT_CORE)
        resource.setrlimit(resource.RLIMIT_CORE, (most, most))
        super().start_app()

    def log_in_shared(self, username, password=None):
        """The tick is still there after who did not get in."""
        self.fill_in(username, password)
        if not self.person.find("Dit is een gedeelde computer", "check box").getState().contains(pyatspi.STATE_CHECKED):
            self.person.click("Dit is een gedeelde computer")
        self.person.click("Inloggen", BUTTON)

    def lock_screen(self):
        """As the desktop tells it."""
        bus = Gio.bus_get_sync(Gio.BusType.SESSION)
        bus.call_sync("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus", "RequestName",
                      GLib.Variant("(su)", ("org.gnome.ScreenSaver", 0)), None, Gio.DBusCallFlags.NONE, -1)
        bus.emit_signal(None, "/org/gnome/ScreenSaver", "org.gnome.ScreenSaver", "ActiveChanged", GLib.Variant("(b)", (True,)))
        bus.flush_sync()

    def expect_nobody(self, words, wait=0):
        """A login page that says so, with nothing on it, and nothing to go on with on the server."""
        self.person.reads(words, wait=wait)
        self.person.find("Inloggen", BUTTON)
        self.assertEqual(self.person.text_of("Gebruikersnaam"), "")
        self.assertEqual(self.person.text_of("Wachtwoord"), "")
        until(lambda: self.portal.value("SELECT count(*) FROM session WHERE ended IS NULL") == 0, "no session")

    def files(self):
        """Everything that the session has: settings, data, cache, what is for one run and what is temporary."""
        for place in ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_CACHE_HOME", "XDG_RUNTIME_DIR"):
            self.assertTrue(os.environ[place].startswith(os.environ["HOME"] + "/"), place)
        for root, _, names in os.walk(os.environ["HOME"]):
            for path in (os.path.join(root, name) for name in names):
                if stat.S_ISREG(os.lstat(path).st_mode):
                    yield path

    def expect_nowhere(self, word):
        looked = 0
        for path in self.files():
            with open(path, "rb") as f:
                self.assertFalse(word.encode() in path.encode() + f.read(), path)
            looked += 1
        self.assertGreater(looked, 2)

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
        self.assertFalse(clipboard_is_taken(), "what is read can be copied")
        # what somebody types can be
        self.person.click("Terug", BUTTON)
        self.person.click("Mijn dossier", BUTTON)
        self.person.click("Lezen")
        self.person.fill("Zoeken in het dossier", "suiker")
        self.person.key("ctrl+a", "ctrl+c")
        self.person.until(clipboard_is_taken, "a copy on the clipboard")

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
        self.expect_nowhere("Bruin")

    def test_05_a_code_again_and_leaving(self):
        self.log_in_shared("w.debruin")
        self.type_code()
        self.person.find("Mijn afspraken", BUTTON)
        self.person.click("Uitloggen", BUTTON)
        self.person.reads("Er blijft niets achter op deze computer.")
        self.photo("13c-uitloggen-gedeeld")
        self.person.key("Escape")
        self.assertEqual(self.log_out(), "U bent uitgelogd. Er is niets op deze computer achtergebleven.")

    def test_06_who_goes_away_halfway_leaves_nothing(self):
        self.log_in_shared("s.visser")
        self.type_code()
        self.person.fill("Oude wachtwoord", self.portal.passwords["s.visser"])
        self.idle()
        self.photo("04d-aftellen-halverwege")
        self.assertEqual(self.portal.value("SELECT count(*) FROM session WHERE ended IS NULL AND kind = 2"), 1)
        self.expect_nobody("omdat er 30 seconden niets gebeurde", wait=20)
        self.photo("04e-halverwege-uitgelogd")

    def test_07_nor_when_the_screen_is_locked(self):
        self.log_in_shared("w.debruin")
        self.person.reads("Apparaat verificatie")
        self.person.click("Code, 6 cijfers")
        self.person.type("12")
        self.lock_screen()
        self.expect_nobody("omdat het scherm op slot ging")

    def test_08_nor_who_could_not_log_in(self):
        self.log_in_shared("w.debruin", "niet het wachtwoord")
        self.person.reads("horen niet bij elkaar")
        self.lock_screen()
        self.expect_nobody("omdat het scherm op slot ging")

    def test_09_a_crash_leaves_nothing_either(self):
        self.log_in_shared("m.debruin")
        self.type_code()
        self.person.click("Mijn dossier", BUTTON)
        self.person.find("Tijdbalk", "slider")
        self.person.click("Lezen")
        self.person.click("Zoeken in het dossier")
        self.person.type("kanariepiet")
        self.person.click("Groot lezen", BUTTON)
        self.person.click("Bijlage openen: " + TITLE, BUTTON)
        self.person.find("Bijlage sluiten", BUTTON)
        self.photo("14c-bijlage-gedeeld")
        # A limit of 0 would still give its memory to a program that cores are piped to.
        with open(f"/proc/{self.app.process.pid}/limits") as limits:
            self.assertRegex(limits.read(), r"Max core file size +1 +1 ")
        self.app.expected = -signal.SIGSEGV
        os.kill(self.app.process.pid, signal.SIGSEGV)
        end = os.waitid(os.P_PID, self.app.process.pid, os.WEXITED | os.WNOWAIT)
        self.assertEqual((end.si_status, end.si_code), (signal.SIGSEGV, os.CLD_KILLED), "its memory is not written to the disk")
        self.expect_nowhere("kanariepiet")
        self.expect_nowhere("Bruin")


if __name__ == "__main__":
    tap.main()
