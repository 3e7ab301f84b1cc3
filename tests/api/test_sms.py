# SPDX-License-Identifier: GPL-3.0-or-later
"""Text messages through a gateway: three that answer as those of the Netherlands do, with the examples as they are shipped."""
import os
import re
import unittest

import tap
from gateways import GATEWAYS, Spryng
from portal import Portal, until

NEWEST = "SELECT sent IS NOT NULL, failed IS NOT NULL, tries, reason FROM outbox WHERE kind = 1 ORDER BY id DESC LIMIT 1"


def write_secret(portal, secret):
    portal.write("sms-secret", secret)
    os.chmod(portal.path("sms-secret"), 0o600)


class Gateways(unittest.TestCase):
    """test-sms as the operator tries it: the request as each gateway wants it, and what each answer means."""

    @classmethod
    def setUpClass(cls):
        cls.portal = Portal(clock=True, people=False, patients=1, days=1)
        cls.addClassCleanup(cls.portal.__exit__)

    def setUp(self):
        write_secret(self.portal, Spryng.secret)

    def send(self, number="+31612345678"):
        return self.portal.command("test-sms", "--to", number, check=False)

    def each(self):
        for kind in GATEWAYS:
            with self.subTest(kind.name), kind() as gateway:
                self.portal.configure(gateway.section())
                yield gateway

    def refused(self, result, reason):
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, reason)
        self.assertNotIn("31600000099", result.stderr)

    def test_accepted(self):
        for gateway in self.each():
            result = self.send()
            self.assertEqual((result.returncode, result.stderr), (0, ""))
            self.assertIn("gateway takes it", result.stdout)
            self.assertEqual(gateway.sent, [("31612345678", "Zorggroep De Linde: this is a test of the text messages.", "De Linde")])

    def test_a_number_that_it_cannot_use(self):
        for gateway in self.each():
            self.refused(self.send("+" + gateway.refused_number), r"the gateway answers with 4\d\d$")

    def test_limit(self):
        for gateway in self.each():
            gateway.replies = ["limit"]
            self.refused(self.send(), r"the gateway answers with 429$")

    def test_wrong_key(self):
        write_secret(self.portal, "something else")
        for gateway in self.each():
            self.refused(self.send(), r"the gateway answers with 40[01]$")
            self.assertEqual(gateway.sent, [])

    def test_no_answer(self):
        for gateway in self.each():
            gateway.replies = ["down"]
            self.refused(self.send(), r"the gateway: the connection was broken off$")

    def test_configurations_that_are_refused(self):
        right = {"url": "https://sms.example/send", "body": '{"to":"{to}","text":"{text}"}', "sender": "Linde"}
        for changed, reason in (
                ({"url": "http://sms.example/send"}, r"\[sms\] url: needs https"),
                ({"url": "https://sms.example/{to}"}, r"\[sms\] url: takes placeholders behind its question mark"),
                ({"body": '{"to":"{to}"}'}, r"\[sms\] body: has no \{text\}"),
                ({"body": '{"text":"{text}"}'}, r"\[sms\] body: has no \{text\}, or neither"),
                ({"body": '{"to":"{too}","text":"{text}"}'}, r"\[sms\] body: has a placeholder that is none of"),
                ({"body": '{"to":{to},"text":"{text}"}'}, r"\[sms\] body: is not JSON"),
                ({"headers": "Authorization"}, r"\[sms\] headers: needs the form"),
                ({"headers": "X-Text: {text}"}, r"\[sms\] headers: \{text\} does not fit"),
                ({"sender": ""}, r"\[sms\] sender: is required"),
                ({"sender": "Liëtte"}, r"\[sms\] sender: has a letter"),
                ({"accepted": "200;yes"}, r"\[sms\] accepted: needs HTTP statuses"),
                ({"accepted-answer": "("}, r"\[sms\] accepted-answer: "),
                ({"per-hour": "0"}, r"\[sms\] per-hour: “0” is not a number from 1"),
                ({"secret-file": "none"}, r"\[sms\] secret-file: .*none"),
                ({}, None)):
            with self.subTest(changed):
                keys = {**right, **changed}
                self.portal.configure("\n[sms]\n" + "".join(f"{key}={value}\n" for key, value in keys.items()))
                result = self.portal.command("check-config", check=False)
                self.assertEqual(result.returncode, 1 if reason else 0, result.stderr)
                self.assertRegex(result.stderr, rf"portal\.conf:\d+: {reason}" if reason else "^$")

    def test_only_a_number_is_tried(self):
        with Spryng() as gateway:
            self.portal.configure(gateway.section())
            for number in ("0612345678", "+31612345678\n", "+31 6", "x", " "):
                self.assertEqual(self.send(number).returncode, 1)
            self.assertEqual(gateway.requests, 0)


class Codes(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.gateway = Spryng()
        cls.gateway.__enter__()
        cls.addClassCleanup(cls.gateway.__exit__)
        cls.portal = Portal(clock=True, patients=2, days=1, more=cls.gateway.section(per_hour=8))
        cls.addClassCleanup(cls.portal.__exit__)
        write_secret(cls.portal, Spryng.secret)
        cls.portal.start()

    def setUp(self):
        self.portal.advance(days=2)
        self.gateway.sent.clear()
        self.gateway.replies.clear()

    def ask(self, username="w.debruin"):
        return self.portal.post("/login", body={"username": username, "password": self.portal.passwords[username]})

    def state(self):
        return self.portal.query(NEWEST)[0]

    def code(self, n=0):
        until(lambda: len(self.gateway.sent) > n, "a code at the gateway", 60)
        return re.search(r"\b(\d{6})\b", self.gateway.sent[n][1]).group(1)

    def test_a_code_lets_in(self):
        token = self.ask().json["token"]
        code = self.code()
        self.assertEqual(self.gateway.sent[0][0], "31600000001")
        self.assertEqual(self.portal.post("/login/code", token, {"code": code}).status, 200)
        for word in (code, "31600000001", Spryng.secret, "uw code is"):
            self.assertNotIn(word, self.portal.log_text())

    def test_a_gateway_that_is_busy_is_asked_again(self):
        self.gateway.replies = ["limit", 503]
        self.ask()
        self.code()
        until(lambda: self.state()[0], "the answer")
        self.assertEqual((self.state()[:3], len(self.gateway.sent)), ((1, 0, 3), 1))

    def test_both_codes_count_when_an_answer_was_lost(self):
        self.gateway.replies = ["lose"]
        token = self.ask().json["token"]
        first, second = self.code(0), self.code(1)
        self.assertNotEqual(first, second)
        self.assertEqual(self.portal.post("/login/code", token, {"code": first}).status, 200)

    def test_after_a_minute_it_is_given_up(self):
        self.gateway.replies = [503] * 50
        self.ask()
        until(lambda: self.state()[2] >= 1, "the first try")
        self.portal.advance(61)
        until(lambda: self.state()[1] == 1, "giving it up")
        self.assertEqual(self.state()[3], "the gateway answers with 503")
        self.assertIn("login-code", self.portal.command("outbox"))

    def test_who_had_the_number_is_told_when_the_gateway_is_back(self):
        self.gateway.replies = [503] * 50
        told = self.portal.value("SELECT mobile FROM account WHERE username = 'p.debruin'").lstrip("+")
        self.portal.command("account number", "--username", "p.debruin", "--mobile", "+31612345670")
        until(lambda: self.state()[2] >= 1, "the first try")
        self.portal.advance(120)
        until(lambda: self.state()[2] >= 2, "another try")
        self.assertEqual(self.state()[:2], (0, 0))
        self.gateway.replies.clear()
        self.portal.advance(3600)
        until(lambda: self.state()[0], "the answer")
        self.assertEqual(self.gateway.sent[-1][0], told)

    def test_a_refused_number_is_not_asked_again(self):
        self.gateway.replies = [422]
        self.ask()
        until(lambda: self.state()[1] == 1, "the refusal")
        self.assertEqual(self.state()[2], 1)

    def give_up(self, username="w.debruin"):
        """A code that the gateway never takes. Returns the answer to the login."""
        self.gateway.replies[:] = [422]
        answer = self.ask(username).json
        until(lambda: self.portal.value("SELECT count(*) FROM outbox WHERE kind = 1 AND sent IS NULL AND failed IS NULL") == 0,
              "a gateway that refuses")
        self.assertEqual(self.state()[:2], (0, 1))
        return answer

    def test_what_a_dead_gateway_did_not_take_uses_up_no_day(self):
        for _ in range(5):
            self.portal.advance(minutes=16)
            self.give_up()
        self.portal.advance(31)
        token = self.ask().json["token"]
        self.assertEqual(self.portal.post("/login/code", token, {"code": self.code()}).status, 200)

    def test_nor_is_a_gateway_that_fails_asked_without_end(self):
        """It may have sent them all the same."""
        for _ in range(15):
            self.portal.advance(minutes=16)
            answer = self.give_up()
            self.assertIsNone(answer["challenge"].get("refused"))
        self.portal.advance(minutes=16)
        self.assertEqual(self.ask().json["challenge"]["refused"], "codes-today")
        self.assertEqual(self.portal.value("SELECT count(*) FROM outbox WHERE created > ?", int((self.portal.now() - 86000) * 1e6)), 15)

    def test_three_in_a_quarter_whether_they_came_or_not(self):
        for _ in range(3):
            self.portal.advance(31)
            self.give_up()
        self.portal.advance(31)
        self.assertEqual(self.ask().json["challenge"]["refused"], "codes-later")

    def test_the_breaker(self):
        """Nobody makes the organisation pay for more than so many in an hour; who has a trusted device comes in all the same."""
        token = self.ask().json["token"]
        device = self.portal.post("/login/code", token, {"code": self.code()}).json["device_token"]
        for _ in range(12):
            self.portal.advance(31)
            for username in ("m.debruin", "p.debruin", "t.bakker"):
                answer = self.ask(username)
        self.assertEqual(answer.json["next"], "verify-device")
        # The screen says that it is the organisation's limit, and not the person's.
        self.assertEqual(answer.json["challenge"]["refused"], "sms-budget")
        hour = self.portal.value("SELECT count(*) FROM outbox WHERE kind = 1 AND created > ?", int((self.portal.now() - 3600) * 1e6))
        self.assertEqual(hour, 8)
        refused = self.portal.post("/login/challenge", answer.json["token"])
        self.assertEqual((refused.status, refused.code), (503, "sms-budget"))
        self.assertIn("no more text messages are sent", self.portal.log_text())
        body = {"username": "w.debruin", "password": self.portal.passwords["w.debruin"], "device_token": device}
        self.assertEqual(self.portal.post("/login", body=body).json["next"], "in")
        self.portal.advance(3600)
        self.gateway.sent.clear()
        self.ask("m.debruin")
        self.code()


if __name__ == "__main__":
    tap.main()
