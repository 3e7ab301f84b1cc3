# SPDX-License-Identifier: GPL-3.0-or-later
"""Time does not tell which accounts, tokens and patients exist.

What is measured is the time that the server computes, taken from the scheduler in nanoseconds, not the time that passes:
on a machine with other work on it that one wanders by tens of milliseconds. Waiting for the disk is the same for both by
construction: each login begins and ends with one change in the writer. The tries are interleaved, and each is compared with
its neighbour, so that what slows the machine for a while slows both.
"""
import os
import statistics

import tap
from case import PortalCase

WRONG = "not the password"
UNKNOWN = "AAAAAAAAAAAAAAAAAAAAAA"
# Milliseconds. A sanitizer makes all work cost several times as much.
BOUND = 4.0 if "ASAN_OPTIONS" in os.environ else 1.0
HASH_THREAD = "hash"


class TimingCase(PortalCase):
    def spent(self):
        """Milliseconds of each thread until now: (those that hash, all others)."""
        hashing = others = 0
        tasks = f"/proc/{self.portal.process.pid}/task"
        for task in os.listdir(tasks):
            with open(f"{tasks}/{task}/schedstat") as stat, open(f"{tasks}/{task}/comm") as name:
                nanoseconds = int(stat.read().split()[0])
                if name.read().startswith(HASH_THREAD):
                    hashing += nanoseconds
                else:
                    others += nanoseconds
        return hashing / 1e6, others / 1e6

    def compare(self, n, one, other, before=lambda i: None):
        """one and other are asked n times in turns. Returns the medians of one, hashing and all else, and those of the
        difference between neighbours."""
        spent = {one: [], other: []}
        for i in range(n):
            before(i)
            for ask in (one, other) if i % 2 else (other, one):
                begin = self.spent()
                ask()
                spent[ask].append([now - then for now, then in zip(self.spent(), begin)])
        pairs = list(zip(spent[one], spent[other]))
        medians = [statistics.median(values) for values in zip(*spent[one])]
        differences = [statistics.median(a[k] - b[k] for a, b in pairs) for k in range(2)]
        total = statistics.median(sum(a) - sum(b) for a, b in pairs)
        print(f"# {self._testMethodName}: hashing {medians[0]:.3f} ms, all else {medians[1]:.3f} ms; difference of {n} pairs:"
              f" hashing {differences[0]:.3f}, all else {differences[1]:.3f}, together {total:.3f}", flush=True)
        return medians, differences, total


class Hashing(TimingCase):
    def test_it_leaves_room_for_all_else(self):
        """A worker less than there are cores, but one, and all else goes before it."""
        tasks = f"/proc/{self.portal.process.pid}/task"
        nice = []
        for task in os.listdir(tasks):
            with open(f"{tasks}/{task}/stat") as stat:
                name, fields = stat.read().split("(", 1)[1].rsplit(")", 1)
            if name.startswith(HASH_THREAD):
                nice.append(int(fields.split()[16]))  # the 19th of proc(5), counted from the third here
        self.assertEqual(nice, [19] * max(1, len(os.sched_getaffinity(0)) - 1))


class Login(TimingCase):
    PAIRS = 180

    def ask(self, username, **kwargs):
        connection = self.portal.connection()
        body = {"username": username, "password": WRONG, **kwargs}
        return lambda: self.expect(self.portal.post("/login", body=body, connection=connection), 403, "login-failed")

    def make_room(self, i):
        """Before a limit is reached."""
        if i % 9 == 0:
            self.portal.advance(minutes=16)

    def test_an_unknown_user(self):
        medians, differences, total = self.compare(self.PAIRS, self.ask("m.debruin"), self.ask("nobody.here"), self.make_room)
        self.assertLess(abs(total), BOUND)
        self.assertLess(abs(differences[1]), BOUND / 4, "all that is not hashing is steady, so that less is seen")
        self.assertGreater(medians[0], 5, "both were hashed")

    def test_a_device_of_somebody_else(self):
        """A device token that exists, but not for this account."""
        _, device, _ = self.enter("w.debruin")
        _, differences, _ = self.compare(40, self.ask("m.debruin", device_token=device), self.ask("m.debruin", device_token="A" * 43),
                                         lambda i: self.portal.advance(minutes=16) if i % 4 == 0 else None)
        self.assertLess(abs(differences[1]), BOUND / 4)


class CostChanged(TimingCase):
    """The organisation made hashing dearer: whose password is of before costs what it did, until they log in."""

    @classmethod
    def prepare(cls):
        with open(cls.portal.path("portal.conf")) as f:
            text = f.read()
        assert "argon2-passes=2" in text
        cls.portal.write("portal.conf", text.replace("argon2-passes=2", "argon2-passes=20"))

    def cost(self, username):
        """Milliseconds of hashing for a wrong password: of two tries the one that less else came between."""
        self.portal.advance(minutes=16)
        tries = []
        for _ in range(2):
            before, _ = self.spent()
            self.expect(self.portal.post("/login", body={"username": username, "password": WRONG}), 403, "login-failed")
            tries.append(self.spent()[0] - before)
        return min(tries)

    def is_dear(self, username, cheap):
        """Whether it costs more than three times what cheap costs at this moment; the new cost is about ten times the old."""
        return self.cost(username) > 3 * self.cost(cheap)

    def test_the_time_of_a_failure_tells_of_nobody(self):
        names = [row[0] for row in self.portal.query("SELECT a.username FROM account a JOIN credential c ON c.account = a.id"
                                                     " WHERE c.kind = 0 ORDER BY a.id")]
        for n in range(6):
            self.assertFalse(self.is_dear(f"nobody.{n}", names[-1]))
        # Half of them have been in since.
        accounts = [row[0] for row in self.portal.query("SELECT account FROM credential WHERE kind = 0 ORDER BY account")]
        self.expect(self.first_step(names[0]), 200)
        dear = self.portal.value("SELECT hash FROM credential WHERE kind = 0 AND account = ?", accounts[0])
        self.assertIn("t=20", dear)
        self.portal.stop()
        self.portal.change("UPDATE credential SET hash = ? WHERE kind = 0 AND account <= ?", dear, accounts[len(accounts) // 2])
        self.portal.start()
        self.assertTrue(self.is_dear(names[0], names[-1]))
        found = {}
        for n in range(60):  # about one in two is dear
            username = f"nobody.{n}"
            found.setdefault(self.is_dear(username, names[-1]), username)
            if len(found) == 2:
                break
        self.assertEqual(set(found), {True, False})
        for is_dear, username in found.items():
            self.assertEqual(self.is_dear(username, names[-1]), is_dear, "one name, one cost")


class Forgot(TimingCase):
    PAIRS = 150

    def ask(self, username, email):
        connection = self.portal.connection()
        body = {"username": username, "email": email, "language": "nl"}
        return lambda: self.expect(self.portal.post("/forgot", body=body, connection=connection), 204)

    def make_room(self, i):
        if i % 4 == 0:
            self.portal.advance(minutes=61)

    def check(self, one, other):
        _, _, total = self.compare(self.PAIRS, one, other, self.make_room)
        self.assertLess(abs(total), BOUND / 4)

    def test_an_unknown_user(self):
        email = self.portal.value("SELECT email FROM account WHERE username = 'm.debruin'")
        self.check(self.ask("m.debruin", email), self.ask("x.debruin", email))

    def test_an_address_of_somebody_else(self):
        email = self.portal.value("SELECT email FROM account WHERE username = 'm.debruin'")
        self.check(self.ask("m.debruin", email), self.ask("m.debruin", "x" + email[1:]))


class LookUp(TimingCase):
    PAIRS = 200

    @classmethod
    def prepare(cls):
        cls.ended = cls.portal.add_session(cls.portal.account("m.debruin"))
        cls.pending = cls.portal.add_session(cls.portal.account("m.debruin"), "pending-sms")
        cls.portal.change("UPDATE session SET ended = 1, end_reason = 1")
        cls.link = cls.portal.add_link("reset", cls.portal.account("m.debruin"), lives=-1)
        cls.henk, = cls.portal.query("SELECT public_id FROM patient ORDER BY id LIMIT 1 OFFSET 1")[0]

    def ask(self, status, method, path, token, body=None):
        connection = self.portal.connection()
        return lambda: self.assertEqual(self.portal.call(method, path, token, body, connection=connection).status, status)

    def check(self, one, other):
        _, _, total = self.compare(self.PAIRS, one, other)
        self.assertLess(abs(total), BOUND / 4)

    def test_a_token(self):
        self.check(self.ask(401, "GET", "/session", self.ended), self.ask(401, "GET", "/session", "A" * 43))

    def test_a_token_of_a_login(self):
        code = {"code": "123456"}
        self.check(self.ask(401, "POST", "/login/code", self.pending, code), self.ask(401, "POST", "/login/code", "A" * 43, code))

    def test_a_link_that_is_over(self):
        more = {"username": "m.debruin", "new_password": "vier losse gekke fietsbellen"}
        for path, more in (("/links/look", {}), ("/links/password", more)):
            with self.subTest(path):
                _, _, total = self.compare(
                    self.PAIRS, self.ask(410, "POST", path, None, {"token": self.link, **more}),
                    self.ask(410, "POST", path, None, {"token": "A" * 43, **more}),
                    lambda i: self.portal.advance(minutes=16) if i % 8 == 0 else None)
                self.assertLess(abs(total), BOUND / 4)

    def test_a_patient_of_somebody_else(self):
        token, _, _ = self.enter("w.debruin")
        for what in ("start", "dossier", "profile"):
            with self.subTest(what):
                self.check(self.ask(404, "GET", f"/patients/{self.henk}/{what}", token),
                           self.ask(404, "GET", f"/patients/{UNKNOWN}/{what}", token))


if __name__ == "__main__":
    tap.main()
