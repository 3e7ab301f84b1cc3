# SPDX-License-Identifier: GPL-3.0-or-later
"""The power goes, the disk is full, the server is told to stop: what was acknowledged is there, once."""
import http.client
import os
import resource
import signal
import socket
import sqlite3
import threading
import time
import unittest

import tap
from portal import PARTS, Portal, slowness, until
from test_audit import COLUMNS, broken_row

READING = ["start", "appointments", "dossier", "care-plans", "profile"]
SOON = 2  # seconds until the server is ready again


class FaultCase(unittest.TestCase):
    def setUp(self):
        self.portal = Portal(clock=True, days=10)
        self.addCleanup(self.portal.__exit__)
        self.portal.command("sync")
        self.wil = self.portal.patient("wil")

    def invite(self, n):
        """Accounts with an open invitation to Wil each. Returns (token, invitation) of each."""
        invited = []
        now = int(self.portal.now() * 1e6)
        db = sqlite3.connect(self.portal.path("portal.db"))
        with db:
            for i in range(n):
                account = db.execute("INSERT INTO account (public_id, username, name, given_name, email, mobile, created)"
                                     " VALUES (?, ?, 'A B', 'A', ?, '+31611111111', 0)", (f"a{i:021}", f"load.{i}", f"{i}@load.example"))
                membership = db.execute("INSERT INTO membership (public_id, account, patient, state, created) VALUES (?, ?, 1, 1, 0)",
                                        (f"m{i:021}", account.lastrowid))
                for part in range(len(PARTS)):
                    db.execute("INSERT INTO membership_part (membership, part, given) VALUES (?, ?, 0)", (membership.lastrowid, 1 << part))
                db.execute("INSERT INTO invitation (public_id, membership, state, created, expires) VALUES (?, ?, 0, 0, ?)",
                           (f"i{i:021}", membership.lastrowid, now + int(86400e6)))
                invited.append((account.lastrowid, f"i{i:021}"))
        db.close()
        return [(self.portal.add_session(account), invitation) for account, invitation in invited]

    def start_timed(self):
        slow = slowness()
        begin = time.monotonic()
        self.portal.start()
        self.assertEqual(self.portal.get("/version").status, 200)
        took = time.monotonic() - begin
        self.assertLess(took, SOON * max(slow, slowness()))

    def accept_all(self, invited, said):
        """Accepts one after the other until the server is gone; said takes what was answered."""
        for token, invitation in invited:
            try:
                said[invitation] = self.portal.post(f"/invitations/{invitation}/accept", token).status
            except (OSError, http.client.HTTPException):
                return
            except AssertionError as wrong:
                self.wrong.append(wrong)
                return

    def log_in_again_and_again(self, username, device, said):
        while True:
            try:
                answer = self.portal.post("/login", body={"username": username, "password": self.portal.passwords[username],
                                                          "device_token": device})
            except (OSError, http.client.HTTPException):
                return
            except AssertionError as wrong:
                self.wrong.append(wrong)
                return
            if answer.status == 200:
                device = answer.json["device_token"]
                said.append((answer.json["token"], device))

    def begin_load(self, invited):
        """Until some were acknowledged and others are under way. The logins come first: they are slow, and the accepts would be over by then.
        Returns what the threads were told, and the threads."""
        accepts, logins, threads = {}, {}, []
        self.wrong = []
        for username in ("w.debruin", "m.debruin"):
            _, device, _ = self.portal.login(username)
            logins[username] = []
            threads.append(threading.Thread(target=self.log_in_again_and_again, args=(username, device, logins[username])))
        for thread in threads:
            thread.start()
        until(lambda: all(len(said) > 1 for said in logins.values()), "logins")
        accepting = [threading.Thread(target=self.accept_all, args=(invited[i::3], accepts)) for i in range(3)]
        for thread in accepting:
            thread.start()
        while sum(status == 204 for status in list(accepts.values())) <= 15 and any(thread.is_alive() for thread in accepting):
            time.sleep(0.001)
        self.assertTrue(any(thread.is_alive() for thread in accepting), "nothing is under way any more")
        return accepts, logins, accepting + threads

    def end_load(self, threads):
        for thread in threads:
            thread.join()
        self.assertEqual(self.wrong, [])

    def check_accepts(self, accepts, all_answered=False):
        done = dict(self.portal.query("SELECT i.public_id, (SELECT count(*) FROM audit a WHERE a.action = 10 AND a.membership = m.id)"
                                      " FROM invitation i JOIN membership m ON m.id = i.membership"
                                      " WHERE i.public_id LIKE 'i00000000%' AND i.state = 1 AND m.state = 2 AND m.accepted = i.answered"))
        half = self.portal.value("SELECT count(*) FROM invitation i JOIN membership m ON m.id = i.membership"
                                 " WHERE (i.state = 1) <> (m.state = 2) AND i.public_id LIKE 'i00000000%'")
        self.assertEqual(half, 0)
        self.assertEqual(set(done.values()) - {1}, set(), "each once")
        told = {invitation for invitation, status in accepts.items() if status == 204}
        self.assertLessEqual(told, set(done), "what was acknowledged is there")
        if all_answered:
            self.assertEqual(set(done), told, "what was done was told")
        self.assertEqual(self.portal.query("PRAGMA integrity_check"), [("ok",)])
        self.assertIsNone(broken_row(self.portal.query(f"SELECT {COLUMNS}, h FROM audit ORDER BY id")))


class Killed(FaultCase):
    def test_nothing_acknowledged_is_lost(self):
        invited = self.invite(240)
        accepts = {}
        for part in range(3):
            with self.subTest(part):
                self.start_timed()
                told, logins, threads = self.begin_load(invited[part::3])
                self.portal.kill()
                self.end_load(threads)
                accepts.update(told)
                self.check_accepts(accepts)
                self.start_timed()
                for username, said in logins.items():
                    self.assertTrue(said)
                    for token, _ in said:
                        self.assertEqual(self.portal.get("/session", token).status, 200)
                    answer = self.portal.post("/login", body={"username": username, "password": self.portal.passwords[username],
                                                              "device_token": said[-1][1]})
                    self.assertEqual(answer.json["next"], "in")
                self.portal.stop()
                self.portal.advance(31)

    def test_told_to_stop(self):
        invited = self.invite(120)
        self.portal.start()
        told, logins, threads = self.begin_load(invited)
        self.assertEqual(self.portal.stop(), 0)
        self.end_load(threads)
        self.assertLessEqual(set(told.values()), {204, 503})
        self.check_accepts(told, all_answered=True)

    def hangs_up_on_others(self):
        """Whether the server takes no connections any more."""
        with socket.socket() as other:
            return other.connect_ex(("127.0.0.1", self.portal.port)) != 0

    def test_told_to_stop_twice(self):
        """As Ctrl-C in a terminal does: each program there is told, and then one tells the other."""
        self.portal.start()
        connection = self.portal.connection()
        self.addCleanup(connection.close)
        connection.request("POST", "/api/v1/login", headers={"Content-Type": "application/json", "Content-Length": "2",
                                                             "Expect": "100-continue"})
        self.assertIn(b"100 Continue", connection.sock.recv(1000))
        self.portal.process.send_signal(signal.SIGINT)
        until(self.hangs_up_on_others, "stopping")
        for again in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            self.portal.process.send_signal(again)
        connection.send(b"{}")
        self.assertEqual(connection.getresponse().status, 400)
        self.assertEqual(self.portal.stop(), 0)


class Full(FaultCase):
    def fill_disk(self, full=True):
        """No file of the server grows any more: a write beyond the limit fails, as on a full disk."""
        hard = resource.RLIM_INFINITY
        resource.prlimit(self.portal.process.pid, resource.RLIMIT_FSIZE, (1 if full else hard, hard))

    def start(self):
        self.portal.start(preexec=lambda: signal.signal(signal.SIGXFSZ, signal.SIG_IGN))

    def expect_full(self, answer):
        self.assertEqual((answer.status, answer.code), (503, "server-full"), answer)
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        self.assertNotIn(self.portal.directory, answer.text)

    def test_nothing_is_shown_or_changed_and_it_recovers(self):
        invited = self.invite(3)
        token = self.portal.add_session(self.portal.account("w.debruin"))
        self.start()
        get = lambda what: self.portal.get(f"/patients/{self.wil}/{what}", token)
        accept = lambda n: self.portal.post(f"/invitations/{invited[n][1]}/accept", invited[n][0])
        for answer in (get("profile"), self.portal.get("/session", token), self.portal.get("/invitations", invited[2][0])):
            self.assertEqual(answer.status, 200)  # so that there is a row of each already
        self.assertEqual(accept(0).status, 204)

        self.fill_disk()
        self.expect_full(accept(1))
        for what in [*READING, "profile", "profile"]:  # of the profile there is a row already
            with self.subTest(what):
                self.expect_full(get(what))
        for path in ("/session", "/invitations"):
            with self.subTest(path):
                self.expect_full(self.portal.get(path, invited[2][0] if path == "/invitations" else token))
        self.expect_full(self.portal.post("/login", body={"username": "w.debruin", "password": "not the password"}))
        for path in ("/version", "/organisation", "/organisation/logo"):
            self.assertEqual(self.portal.get(path).status, 200)

        self.fill_disk(False)
        for what in READING:
            self.assertEqual(get(what).status, 200)
        self.assertEqual(accept(1).status, 204)
        self.check_accepts({invited[0][1]: 204, invited[1][1]: 204})
        self.assertEqual(self.portal.stop(), 0)

    LOGGED_OUT = "SELECT count(*) FROM session s JOIN audit a ON a.session = s.id AND a.action = 8 AND a.at = s.ended"

    def test_logging_out_works(self):
        """The token is refused at once, everywhere; the row follows as soon as the disk takes it."""
        invited = self.invite(3)
        self.start()
        self.fill_disk()
        for token, invitation in invited[:2]:
            self.assertEqual(self.portal.call("DELETE", "/session", token).status, 204)
            for answer in (self.portal.get("/session", token), self.portal.get(f"/patients/{self.wil}/start", token),
                           self.portal.post(f"/invitations/{invitation}/accept", token), self.portal.call("DELETE", "/session", token)):
                self.assertEqual((answer.status, answer.code), (401, "session-ended"))
        self.assertEqual(self.portal.value(self.LOGGED_OUT), 0)

        self.fill_disk(False)
        self.assertEqual(self.portal.get("/session", invited[0][0]).status, 401)
        until(lambda: self.portal.value(self.LOGGED_OUT) == 2, "the rows of both")
        self.assertEqual(self.portal.get("/session", invited[0][0]).status, 401)
        self.assertEqual(self.portal.get("/session", invited[2][0]).status, 200)
        self.assertIsNone(broken_row(self.portal.query(f"SELECT {COLUMNS}, h FROM audit ORDER BY id")))

    def test_logging_out_reaches_the_disk_when_the_server_stops(self):
        [(token, _)] = self.invite(1)
        self.start()
        self.fill_disk()
        self.assertEqual(self.portal.call("DELETE", "/session", token).status, 204)
        self.fill_disk(False)
        self.assertEqual(self.portal.stop(), 0)
        self.assertEqual(self.portal.value(self.LOGGED_OUT), 1)
        self.start()
        self.assertEqual(self.portal.get("/session", token).status, 401)

    def test_killed_while_it_is_full(self):
        invited = self.invite(2)
        self.start()
        accept = lambda n: self.portal.post(f"/invitations/{invited[n][1]}/accept", invited[n][0])
        self.assertEqual(accept(0).status, 204)
        self.fill_disk()
        self.expect_full(accept(1))
        self.portal.kill()
        self.start_timed()
        self.check_accepts({invited[0][1]: 204}, all_answered=True)
        self.assertEqual(accept(1).status, 204)

    def test_a_code_is_not_lost(self):
        """The text message waits while the place that it goes to takes nothing."""
        self.portal.start()
        self.portal.advance(60)
        seen = self.portal.settled(".json")
        place, aside = self.portal.path("outbox"), self.portal.path("outbox-aside")
        os.rename(place, aside)
        self.portal.write("outbox", "no folder")
        answer = self.portal.post("/login", body={"username": "w.debruin", "password": self.portal.passwords["w.debruin"]})
        self.assertEqual(answer.status, 200, answer)
        until(lambda: self.portal.value("SELECT reason FROM outbox WHERE tries > 0 AND sent IS NULL AND failed IS NULL"), "a try that failed")
        os.remove(place)
        os.rename(aside, place)
        self.portal.advance(60)
        code = self.portal.sms_code(seen)
        self.assertEqual(self.portal.post("/login/code", answer.json["token"], {"code": code}).status, 200)


if __name__ == "__main__":
    tap.main()
