# SPDX-License-Identifier: GPL-3.0-or-later
"""The server under the system calls that its systemd unit allows: whatever it does, no call kills it.

Needs systemd-analyze, which knows the groups of calls, and python3-seccomp.
"""
import os
import re
import shutil
import socket
import subprocess
import tempfile
import unittest

import tap
from mail_server import MailServer, PASSWORD
from portal import Portal, until

try:
    import seccomp
except ImportError:
    seccomp = None

# Without these it could do more than it needs when somebody takes it over.
CONFINED = """User=clientportaald
StateDirectoryMode=0700
UMask=0077
ProtectSystem=strict
ProtectHome=yes
PrivateTmp=yes
PrivateDevices=yes
PrivateUsers=yes
ProtectProc=invisible
ProtectKernelLogs=yes
ProtectKernelModules=yes
ProtectKernelTunables=yes
ProtectControlGroups=yes
NoNewPrivileges=yes
CapabilityBoundingSet=
AmbientCapabilities=
RestrictSUIDSGID=yes
RestrictNamespaces=yes
RestrictAddressFamilies=AF_INET AF_INET6 AF_UNIX
MemoryDenyWriteExecute=yes
LimitCORE=0""".split("\n")

UNIT = os.path.join(os.environ["SOURCE_ROOT"], "server", "data", "clientportaald.service.in")


def group(name):
    """The calls of a group like @system-service, those of the groups in it too."""
    told = subprocess.run(["systemd-analyze", "syscall-filter", name], check=True, capture_output=True, text=True).stdout
    words = [line.strip() for line in told.splitlines()[1:] if line.strip() and not line.strip().startswith("#")]
    return calls(words)


def calls(words):
    found = set()
    for word in words:
        found |= group(word) if word.startswith("@") else {word}
    return found


def allowed():
    """As systemd.exec(5) reads the lines, of which the first is a list of what is allowed."""
    found = set()
    with open(UNIT, encoding="utf-8") as f:
        for line in re.findall(r"(?m)^SystemCallFilter=(.*)$", f.read()):
            if line.startswith("~"):
                found -= calls(line[1:].split())
            else:
                found |= calls(line.split())
    if os.geteuid() == 0:
        found.add("fchown")  # SQLite's, for root only, who does not run the unit
    return found


def confine():
    """From here on any other call ends the process, as in the unit."""
    rules = seccomp.SyscallFilter(seccomp.KILL_PROCESS)
    for name in allowed():
        try:
            rules.add_rule(seccomp.ALLOW, name)
        except (ValueError, RuntimeError):
            continue                   # a call of another architecture
    return rules.load


class Manager:
    """What systemd does for a service of Type=notify."""

    def __init__(self):
        self.directory = tempfile.mkdtemp(prefix="manager-")
        self.path = os.path.join(self.directory, "notify")
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
        self.socket.bind(self.path)
        self.socket.settimeout(30)

    def environment(self, patience):
        return {"NOTIFY_SOCKET": self.path, "WATCHDOG_USEC": str(int(patience * 1e6))}

    def told(self):
        return self.socket.recv(100).decode()

    def close(self):
        self.socket.close()
        shutil.rmtree(self.directory)


class Notify(unittest.TestCase):
    def setUp(self):
        self.manager = Manager()
        self.addCleanup(self.manager.close)

    def start(self, **more):
        portal = Portal(people=False, environment={**self.manager.environment(patience=1), **more})
        self.addCleanup(portal.remove)
        portal.start()
        self.assertEqual(self.manager.told(), "READY=1")
        return portal

    def test_all_is_well_until_it_stops(self):
        portal = self.start()
        for _ in range(3):
            self.assertEqual(self.manager.told(), "WATCHDOG=1")
        portal.stop()
        told = self.manager.told()
        while told == "WATCHDOG=1":
            told = self.manager.told()
        self.assertEqual(told, "STOPPING=1")
        self.assertNotIn("?", portal.log_text(), "what it asks itself is not news")

    def test_what_is_asked_of_another_process(self):
        portal = self.start(WATCHDOG_PID="1")
        portal.stop()
        self.assertEqual(self.manager.told(), "STOPPING=1")

    def test_the_unit_asks_for_it(self):
        with open(UNIT, encoding="utf-8") as f:
            text = f.read()
        self.assertIn("\nType=notify\n", text)
        self.assertRegex(text, r"\nWatchdogSec=\d")
        self.assertEqual([line for line in CONFINED if text.count(f"\n{line}\n") != 1], [])


@unittest.skipIf(os.environ.get("SANITIZED"), "a sanitizer makes calls of its own")
@unittest.skipUnless(seccomp and shutil.which("systemd-analyze"), "needs python3-seccomp and systemd-analyze")
class Unit(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.mails = MailServer().start()
        cls.addClassCleanup(cls.mails.stop)
        cls.manager = Manager()
        cls.addClassCleanup(cls.manager.close)
        cls.portal = Portal(patients=2, days=20, more=cls.mails.section(), environment=cls.manager.environment(patience=2))
        cls.addClassCleanup(cls.portal.remove)
        cls.portal.write("mail-password", PASSWORD + "\n")
        os.chmod(cls.portal.path("mail-password"), 0o600)
        cls.portal.start(preexec=confine())

    def test_the_filter_is_there(self):
        """What is asked here is not asked of an unconfined server."""
        with open(f"/proc/{self.portal.process.pid}/status") as f:
            self.assertIn("Seccomp:\t2", f.read())

    def test_the_service_manager_is_told(self):
        self.assertEqual(self.manager.told(), "READY=1")
        self.assertEqual(self.manager.told(), "WATCHDOG=1")

    def test_a_day_of_the_server(self):
        """Fetched, commanded, logged in, read, a change waited for, mails sent; then it ends as it should."""
        self.assertIn("Observation", self.portal.command("sync", "--status"))
        self.portal.command("sync")
        token, _, _ = self.portal.login("m.debruin")
        wil = self.portal.patient("wil")
        for path in ("start", "timeline", "dossier", "dossier/search?text=koffie", "care-plans", "appointments", "profile", "members"):
            self.assertEqual(self.portal.get(f"/patients/{wil}/{path}", token).status, 200, path)
        self.assertEqual(self.portal.get("/organisation/logo").status, 200)
        self.assertEqual(self.portal.post("/forgot", body={"username": "m.debruin", "email": "marijke@debruin.example"}).status, 204)
        until(lambda: any("wachtwoord" in mail.message["Subject"] for mail in self.mails.mails), "the mail")
        self.assertIsNone(self.portal.process.poll(), self.portal.log_text())


if __name__ == "__main__":
    tap.main()
