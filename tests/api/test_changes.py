# SPDX-License-Identifier: GPL-3.0-or-later
"""The change feed: who waits is told at once and nobody else is, nothing is missed, and waiting costs the server nothing."""
import contextlib
import http.client
import resource
import socket
import sqlite3
import statistics
import threading
import time
import unittest

import tap
from portal import NEW_PASSWORD, Portal, until

PROMISED = 0.1  # seconds from the answer to who made a change, to the answer to who waits for it
AT_ONCE = 1     # the same for a single one, which another program on this machine may hold up
WAITS = 0.6     # seconds after which a request that is not answered waits
HELD = 55       # seconds that it waits at most
SECOND = int(1e6)


class Waiting(threading.Thread):
    """A request that may wait, on a connection of its own."""

    def __init__(self, portal, token, cursor=None, headers=None):
        super().__init__(daemon=True)
        self.portal, self.token, self.headers = portal, token, headers
        self.path = "/changes" + (f"?since={cursor}" if cursor is not None else "")
        self.connection = portal.connection()
        self.connection.timeout = HELD + 20
        self.connection.connect()
        self.answer = self.failed = self.at = None
        self.begun = time.monotonic()
        self.start()

    def run(self):
        try:
            self.answer = self.portal.get(self.path, self.token, headers=self.headers, connection=self.connection)
        except (OSError, http.client.HTTPException) as error:
            self.failed = error
        self.at = time.monotonic()

    def is_held(self):
        self.join(max(0, self.begun + WAITS - time.monotonic()))
        return self.is_alive()

    def result(self, within=HELD + 20):
        self.join(within)
        if self.is_alive() or self.failed is not None:
            raise AssertionError(f"no answer within {within} s: {self.failed}")
        return self.answer

    def leave(self):
        """Closes the connection in the middle of it."""
        with contextlib.suppress(OSError):
            self.connection.sock.shutdown(socket.SHUT_RDWR)


class FeedCase(unittest.TestCase):
    """A portal with sessions; `prepared` comes before the server starts."""

    start_with = {}

    @classmethod
    def setUpClass(cls):
        cls.portal = Portal(clock=True, days=10)
        cls.addClassCleanup(cls.portal.__exit__)
        cls.prepare()
        cls.portal.start(**cls.start_with)

    @classmethod
    def prepare(cls):
        pass

    @classmethod
    def session(cls, username, **kwargs):
        return cls.portal.add_session(cls.portal.account(username), **kwargs)

    def ask(self, token, cursor=None):
        """What is answered at once."""
        waiting = Waiting(self.portal, token, cursor)
        answer = waiting.result(5)
        self.assertEqual(answer.status, 200, answer)
        return answer.json

    def cursor(self, token):
        answer = self.ask(token)
        self.assertEqual((answer["reset"], answer["topics"]), (True, []))
        return answer["cursor"]

    def wait(self, token, cursor=None, **kwargs):
        """A request that waits now."""
        waiting = Waiting(self.portal, token, cursor or self.cursor(token), **kwargs)
        self.assertTrue(waiting.is_held(), waiting.answer)
        return waiting

    def wait_all(self, tokens):
        """As wait() for each, all at the same time: in no order."""
        waiting = [Waiting(self.portal, token, self.cursor(token)) for token in tokens]
        for one in waiting:
            self.assertTrue(one.is_held(), one.answer)
        return waiting

    def expect_told(self, waiting, *topics, since=None, within=AT_ONCE):
        """since: the moment after which it must be told; without one, it is told already or is about to be."""
        answer = waiting.result(5)
        self.assertEqual((answer.status, answer.json and sorted(answer.json["topics"])), (200, sorted(topics)), answer)
        self.assertFalse(answer.json["reset"])
        if since is not None:
            self.assertLess(waiting.at - since, within)
        return answer.json["cursor"]

    def expect_ended(self, waiting, code, since=None, within=AT_ONCE):
        answer = waiting.result(5)
        self.assertEqual((answer.status, answer.code), (401, code), answer)
        if since is not None:
            self.assertLess(waiting.at - since, within)


class Telling(FeedCase):
    @classmethod
    def prepare(cls):
        cls.sanne, cls.elsewhere = cls.session("s.visser"), cls.session("s.visser")
        cls.wil, cls.pieter, cls.marijke = cls.session("w.debruin"), cls.session("p.debruin"), cls.session("m.debruin")
        cls.joke = cls.session("j.hofstra")

    def test_an_unknown_place_is_looked_at_again(self):
        theirs = self.cursor(self.wil)
        for cursor in (None, "", "A", "A" * 43, "A" * 1500, "%C3%A9", theirs[:-1], theirs.swapcase(), theirs):
            with self.subTest(cursor):
                answer = self.ask(self.sanne, cursor)
                self.assertEqual((answer["reset"], answer["topics"]), (True, []))
                self.assertNotEqual(answer["cursor"], cursor)

    def test_a_cursor_shows_nothing(self):
        """Not even that something happened to somebody else."""
        cursors = [self.cursor(self.wil) for _ in range(3)]
        self.assertEqual(len(set(cursors)), 3)
        self.assertEqual(len({len(cursor) for cursor in cursors}), 1)

    def test_a_right_comes(self):
        """Who accepts on one computer sees it on the other; who manages the access of the client sees it too; nobody else."""
        [invitation] = self.portal.get("/invitations", self.elsewhere).json["invitations"]
        before = self.cursor(self.sanne)
        waiting = self.wait_all([self.sanne, self.wil, self.pieter, self.joke])
        self.assertEqual(self.portal.post(f"/invitations/{invitation['id']}/accept", self.elsewhere).status, 204)
        done = time.monotonic()
        after = self.expect_told(waiting[0], "rights", "invitations", since=done)
        self.expect_told(waiting[1], "members", since=done)
        for one in waiting[2:]:
            self.assertTrue(one.is_held())
            one.leave()
        # The place before is still one, that after has no news.
        self.assertEqual(sorted(self.ask(self.sanne, before)["topics"]), ["invitations", "rights"])
        self.wait(self.sanne, after).leave()

    def test_an_invitation_comes(self):
        waiting = self.wait(self.pieter)
        self.portal.command("enrol", "--identifier", "https://zorggroep-de-linde.example/client|DL-900001", "--source", "ecd",
                            "--client", "Anna Kok", "--username", "p.debruin", "--name", "Pieter de Bruin", "--email",
                            "pieter@debruin.example", "--mobile", "+31610010001", "--relation", "son")
        self.expect_told(waiting, "invitations", since=time.monotonic())

    def test_declining(self):
        [invitation] = [i for i in self.portal.get("/invitations", self.marijke).json["invitations"] if i["state"] == "open"]
        waiting = self.wait(self.marijke)
        self.assertEqual(self.portal.post(f"/invitations/{invitation['id']}/decline", self.marijke).status, 204)
        self.expect_told(waiting, "invitations", since=time.monotonic())

    def test_what_failed_is_not_told(self):
        waiting = self.wait(self.pieter)
        self.assertEqual(self.portal.post(f"/invitations/{'A' * 22}/accept", self.pieter).status, 404)
        self.assertTrue(waiting.is_held())
        waiting.leave()

    def test_the_fifth_takes_the_place_of_the_first(self):
        waiting = [self.wait(self.marijke), *self.wait_all(3 * [self.marijke])]
        fifth = self.wait(self.marijke)
        self.expect_told(waiting[0], since=fifth.begun)
        self.assertTrue(all(one.is_held() for one in waiting[1:]))
        for one in waiting[1:] + [fifth]:
            one.leave()

    def test_who_waits_holds_no_transaction(self):
        """A checkpoint of the whole log needs that nobody reads an older state."""
        waiting = self.wait(self.wil)
        db = sqlite3.connect(self.portal.path("portal.db"))
        db.execute("PRAGMA busy_timeout=100")
        self.assertEqual(db.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0], 0)
        db.close()
        waiting.leave()


class Quick(FeedCase):
    @classmethod
    def prepare(cls):
        cls.people = []
        for n in range(9):
            account = cls.portal.change("INSERT INTO account (public_id, username, name, given_name, email, created)"
                                        " VALUES (?, ?, 'A B', 'A', ?, 0)", f"q{n:021}", f"quick.{n}", f"{n}@quick.example")
            membership = cls.portal.change("INSERT INTO membership (public_id, account, patient, state, created) VALUES (?, ?, 1, 1, 0)",
                                           f"q{n:021}", account)
            cls.portal.change("INSERT INTO invitation (public_id, membership, state, created, expires) VALUES (?, ?, 0, 0, ?)",
                              f"q{n:021}", membership, int((cls.portal.now() + 86400) * 1e6))
            cls.people.append((f"q{n:021}", cls.portal.add_session(account)))

    def test_a_change_is_told_within_a_tenth_of_a_second(self):
        took = []
        for (invitation, token), waiting in zip(self.people, self.wait_all([token for _, token in self.people])):
            self.assertEqual(self.portal.post(f"/invitations/{invitation}/accept", token).status, 204)
            done = time.monotonic()
            self.expect_told(waiting, "rights", "invitations")
            took.append(waiting.at - done)
        self.assertLess(statistics.median(took), PROMISED)


class NoUse(FeedCase):
    """Waiting is not using, whatever the request says; and it shows nothing that is to be recorded."""

    @classmethod
    def prepare(cls):
        cls.wil = cls.session("w.debruin")
        cls.portal.change("UPDATE session SET last_used = last_used - ?", 300 * SECOND)

    def test_it_keeps_no_session_alive(self):
        rows = "SELECT (SELECT max(last_used) FROM session), (SELECT count(*) FROM audit)"
        before = self.portal.query(rows)
        for headers in ({}, {"Cp-Cause": "refresh"}):
            waiting = self.wait(self.wil, headers=headers)
            waiting.leave()
        self.assertEqual(self.portal.query(rows), before)
        self.assertEqual(self.portal.get("/session", self.wil).status, 200)
        self.assertNotEqual(self.portal.query(rows), before)


class Ending(FeedCase):
    @classmethod
    def prepare(cls):
        cls.tokens = [cls.session("w.debruin") for _ in range(3)]
        cls.marijke = [cls.session("m.debruin") for _ in range(2)]
        cls.over, cls.idle = cls.session("p.debruin", lives=600), cls.session("p.debruin")
        cls.ends = cls.portal.query("SELECT expires, last_used + 960000000 FROM session ORDER BY id DESC LIMIT 2")

    def test_z_a_session_that_ends_by_itself(self):
        """Last, for it moves the clock."""
        for token, end in ((self.over, self.ends[1][0]), (self.idle, self.ends[0][1])):
            self.portal.advance(end / 1e6 - 3 - self.portal.now())
            self.expect_ended(self.wait(token), "session-ended")
            late = self.portal.now() - end / 1e6
            self.assertGreaterEqual(late, 0)
            self.assertLess(late, 1)

    def test_logging_out(self):
        gone, stays = self.wait(self.tokens[0]), self.wait(self.tokens[1])
        self.assertEqual(self.portal.call("DELETE", "/session", self.tokens[0]).status, 204)
        self.expect_ended(gone, "session-ended", since=time.monotonic())
        self.assertTrue(stays.is_held())
        stays.leave()

    def test_another_password(self):
        waiting = self.wait(self.marijke[0])
        answer = self.portal.post("/password", self.marijke[1], {"old_password": self.portal.passwords["m.debruin"],
                                                                 "new_password": NEW_PASSWORD})
        self.assertEqual(answer.status, 200, answer)
        self.expect_ended(waiting, "session-ended-password", since=time.monotonic())
        self.wait(answer.json["token"]).leave()


class Time(FeedCase):
    """What ends by itself is told when it does, by the clock, although nobody changes anything."""

    @classmethod
    def prepare(cls):
        cls.pieter, cls.sanne = cls.session("p.debruin"), cls.session("s.visser")
        cls.end = int(cls.portal.now() * 1e6) + 600 * SECOND
        cls.portal.change("UPDATE membership SET until = ? WHERE account = ? AND patient = 1", cls.end, cls.portal.account("p.debruin"))
        cls.portal.change("UPDATE invitation SET expires = ? WHERE membership IN (SELECT id FROM membership WHERE account = ?)", cls.end,
                          cls.portal.account("s.visser"))

    def test_the_end_of_a_right_and_of_an_invitation(self):
        self.portal.advance(self.end / 1e6 - 5 - self.portal.now())
        before = self.cursor(self.pieter)
        waiting = self.wait_all([self.pieter, self.sanne])
        cursor = self.expect_told(waiting[0], "rights")
        late = self.portal.now() - self.end / 1e6
        self.assertGreaterEqual(late, 0)
        self.assertLess(late, 1)
        self.expect_told(waiting[1], "invitations")
        wil = self.portal.patient("wil")
        self.assertNotIn(wil, [patient["id"] for patient in self.portal.get("/session", self.pieter).json["patients"]])
        self.assertEqual(self.ask(self.pieter, before)["topics"], ["rights"])  # who was away meanwhile
        self.wait(self.pieter, cursor).leave()


class Crowd(FeedCase):
    """A server that may have 16 connections at once lets 12 wait."""

    start_with = {"preexec": lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (144, 144))}

    @classmethod
    def prepare(cls):
        cls.tokens = []
        for n in range(14):
            account = cls.portal.change("INSERT INTO account (public_id, username, name, given_name, email, created)"
                                        " VALUES (?, ?, 'A B', 'A', ?, 0)", f"c{n:021}", f"crowd.{n}", f"{n}@crowd.example")
            cls.tokens.append(cls.portal.add_session(account))

    def test_one_too_many(self):
        waiting = self.wait_all(self.tokens[:12])
        answer = self.portal.get("/changes?since=" + self.cursor(self.tokens[12]), self.tokens[12])
        self.assertEqual((answer.status, answer.code), (503, "busy"), answer)
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        self.assertEqual(self.portal.get("/session", self.tokens[12]).status, 200)
        self.assertTrue(all(one.is_held() for one in waiting))
        # Who leaves makes room, long before the time of their request is over.
        waiting[0].leave()
        until(self.takes_one_more, "room for one more").leave()

    def takes_one_more(self):
        one = Waiting(self.portal, self.tokens[12], self.cursor(self.tokens[12]))
        if one.is_held():
            return one
        self.assertEqual(one.answer.code, "busy", one.answer)
        return None


class Stopping(unittest.TestCase):
    def setUp(self):
        self.portal = Portal(clock=True, days=10)
        self.addCleanup(self.portal.__exit__)
        self.token = self.portal.add_session(self.portal.account("w.debruin"))
        self.sanne = self.portal.add_session(self.portal.account("s.visser"))
        self.portal.start()
        self.cursor = self.portal.get("/changes", self.token).json["cursor"]

    def wait(self):
        waiting = [Waiting(self.portal, self.token, self.cursor) for _ in range(4)]
        self.assertTrue(all(one.is_held() for one in waiting))
        return waiting

    def expect_the_same_place(self):
        """The cursor outlives the server: what happens afterwards is told, and nothing is missed."""
        self.portal.start()
        waiting = self.wait()
        [invitation] = self.portal.get("/invitations", self.sanne).json["invitations"]
        self.assertEqual(self.portal.post(f"/invitations/{invitation['id']}/accept", self.sanne).status, 204)
        for one in waiting:
            self.assertEqual(one.result(5).json["topics"], ["members"])

    def test_told_to_stop(self):
        waiting = self.wait()
        begin = time.monotonic()
        self.assertEqual(self.portal.stop(), 0)
        self.assertLess(time.monotonic() - begin, 5)
        for one in waiting:
            answer = one.result(1)
            self.assertEqual((answer.status, answer.json["topics"], answer.json["reset"]), (200, [], False))
            self.assertEqual(answer.headers["connection"], "close")
        self.expect_the_same_place()

    def test_killed(self):
        waiting = self.wait()
        self.portal.kill()
        for one in waiting:
            one.join(5)
            self.assertIsNotNone(one.failed)
        self.expect_the_same_place()

    def test_what_was_forgotten_is_looked_at_again(self):
        """Rows are kept for a day: a place from before that is none any more, the newest always is one."""
        self.portal.stop()
        account = self.portal.account("w.debruin")
        old = int((self.portal.now() - 86400 - 60) * 1e6)
        add = "INSERT INTO change (account, topic, at) VALUES (?, 1, ?)"
        self.portal.change(add, account, old)
        self.portal.change("UPDATE change SET at = ?", old)
        self.portal.change(add, account, int(self.portal.now() * 1e6))
        self.portal.start()  # and tidies
        until(lambda: self.portal.value("SELECT count(*) FROM change") == 1, "the old rows to go")
        answer = self.portal.get("/changes?since=" + self.cursor, self.token).json
        self.assertEqual((answer["reset"], answer["topics"]), (True, []))
        self.cursor = answer["cursor"]
        for one in self.wait():
            one.leave()


class WholeWait(FeedCase):
    """The last, but asked for when the first begins: it takes a minute."""

    @classmethod
    def setUpClass(cls):
        pass                           # by begin()

    @classmethod
    def begin(cls):
        super().setUpClass()
        cls.cursor_before = cls.portal.get("/changes", cls.wil).json["cursor"]
        cls.waiting = Waiting(cls.portal, cls.wil, cls.cursor_before)

    @classmethod
    def prepare(cls):
        cls.wil = cls.session("w.debruin")

    def test_without_news_it_is_answered_before_a_minute(self):
        answer = self.waiting.result()
        self.assertEqual((answer.status, answer.json["topics"], answer.json["reset"]), (200, [], False))
        self.assertNotEqual(answer.json["cursor"], self.cursor_before)
        self.assertAlmostEqual(self.waiting.at - self.waiting.begun, HELD, delta=1)
        self.wait(self.wil, answer.json["cursor"]).leave()


def setUpModule():
    unittest.addModuleCleanup(WholeWait.doClassCleanups)  # for when its test is not asked for
    WholeWait.begin()


if __name__ == "__main__":
    tap.main()
