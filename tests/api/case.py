# SPDX-License-Identifier: GPL-3.0-or-later
"""A test case with a running portal of its own."""
import contextlib
import datetime
import os
import re
import threading
import unittest
import zoneinfo

from portal import Portal, until

# Of CpdThrottle.
LOGIN_DEVICE, LOGIN_ACCOUNT, OWN_PASSWORD = 1, 2, 5
# What differs between two answers that are the same otherwise.
VARYING_HEADERS = {"date"}


class PortalCase(unittest.TestCase):
    """One portal for all tests of the class. Each test has days of its own, so that the limits of the day begin anew. With
    same_day the EHR is of today, and is not read meanwhile: no answer changes by itself, nor does what it says of its age."""

    options = {}
    same_day = False

    @classmethod
    def setUpClass(cls):
        cls.portal = Portal(clock=True, **cls.options)
        cls.addClassCleanup(cls.portal.__exit__)
        cls.prepare()
        cls.portal.start()

    @classmethod
    def prepare(cls):
        """Before the server starts: what the class needs in the database."""

    def setUp(self):
        if self.same_day:
            self.portal.until_read()
        else:
            self.portal.advance(days=2)

    def expect(self, answer, status, code=None):
        self.assertEqual((answer.status, answer.code), (status, code), answer)
        return answer

    def expect_ended(self, token, code="session-ended"):
        self.expect(self.portal.get("/session", token), 401, code)

    def expect_open(self, token):
        self.expect(self.portal.get("/session", token), 200)

    def assert_at(self, text, moment, within=2):
        """text is the time of moment, in seconds since 1970."""
        self.assertAlmostEqual(datetime.datetime.fromisoformat(text).timestamp(), moment, delta=within)

    def end_of_day(self, days):
        """Seconds from now until the day that many days from now ends."""
        now = datetime.datetime.fromtimestamp(self.portal.now(), zoneinfo.ZoneInfo("Europe/Amsterdam"))
        day = now.date() + datetime.timedelta(days=days + 1)
        return datetime.datetime(day.year, day.month, day.day, tzinfo=now.tzinfo).timestamp() - now.timestamp()

    def seen(self):
        return self.portal.settled(".json")

    def first_step(self, username, password=None, device=None, shared=False):
        """POST /login alone."""
        body = {"username": username, "password": password or self.portal.passwords[username]}
        if device:
            body["device_token"] = device
        if shared:
            body["shared"] = True
        return self.portal.post("/login", body=body)

    def enter(self, username, **kwargs):
        """A whole login. Half a minute after the one before, so that a code may be sent."""
        self.portal.advance(31)
        return self.portal.login(username, **kwargs)

    @contextlib.contextmanager
    def held(self):
        """Meanwhile no password is compared, in a portal with the option hold: what is begun waits for the end."""
        self.portal.write("hold", "")
        try:
            yield
        finally:
            os.remove(self.portal.path("hold"))

    def begin(self, bucket, *calls):
        """Begins calls with a password, held: each has been counted as a try in that bucket (CpdThrottle), and read what it
        compares. Returns their threads and the list in which they put their answers."""
        began, answers = int(self.portal.now() * 1e6), []
        threads = [threading.Thread(target=lambda call=call: answers.append(call())) for call in calls]
        for thread in threads:
            thread.start()
        until(lambda: self.portal.value("SELECT total (count) FROM throttle WHERE bucket = ? AND window_start >= ?", bucket, began) == len(calls),
              "tries that are counted")
        return threads, answers

    def wrong_code(self, code):
        return "%06d" % ((int(code) + 1) % 1000000)


class ReadingCase(PortalCase):
    """w.debruin reads her own portal, p.debruin a part of Henk's."""

    same_day = True

    @classmethod
    def prepare(cls):
        cls.portal.command("sync")
        cls.tokens = {username: cls.portal.add_session(cls.portal.account(username)) for username in cls.portal.passwords}
        cls.wil, cls.henk = cls.portal.patient("wil"), cls.portal.patient("henk")

    def read(self, what, username="w.debruin", patient=None, **kwargs):
        return self.portal.get(f"/patients/{patient or self.wil}/{what}", self.tokens[username], **kwargs)

    def pages(self, what, username="w.debruin", patient=None):
        """Every item of a list, page after page."""
        items, cursor = [], None
        while True:
            mark = "&" if "?" in what else "?"
            page = self.expect(self.read(what + (f"{mark}cursor={cursor}" if cursor else ""), username, patient), 200).json
            items += page["items"]
            cursor = page.get("next_cursor")
            if cursor is None:
                return items
            self.assertEqual(len(page["items"]), 200 if "month=" in what else 50)


def without_id(answer):
    """Everything that may tell two answers apart: status, headers, body, without the id of the request."""
    headers = {name: value for name, value in answer.headers.items() if name not in VARYING_HEADERS}
    return answer.status, headers, re.sub(r'"id":"[^"]*"', '"id":""', answer.text) if answer.status >= 400 else answer.text


def in_parallel(n, call, portal):
    """call(connection) from n threads at once, each with a connection that is open already."""
    barrier = threading.Barrier(n)
    answers = []

    def work():
        connection = portal.connection()
        connection.connect()
        barrier.wait()
        answers.append(call(connection))
        connection.close()

    threads = [threading.Thread(target=work) for _ in range(n)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers
