# SPDX-License-Identifier: GPL-3.0-or-later
"""Getting in: what the answer tells, the device, the code, and how long a session lives."""
import glob
import os
import re

import tap
from case import PortalCase, in_parallel, without_id
from portal import mail_text, read_mail


class SameAnswer(PortalCase):
    @classmethod
    def prepare(cls):
        cls.portal.change("DELETE FROM credential WHERE account = ?", cls.portal.account("t.bakker"))

    def test_nobody_learns_which_accounts_exist(self):
        answers = {
            "unknown user": self.first_step("nobody.here", "not the password"),
            "wrong password": self.first_step("m.debruin", "not the password"),
            "no password": self.first_step("t.bakker", "not the password"),
            "temporary password, wrong": self.first_step("s.visser", "not the password"),
            "a name that cannot be": self.first_step("é ☃ ' -- " + "x" * 150, "not the password"),
        }
        self.expect(answers["wrong password"], 403, "login-failed")
        for kind, answer in answers.items():
            with self.subTest(kind):
                self.assertEqual(without_id(answer), without_id(answers["wrong password"]))

    def test_the_user_name_is_forgiving_about_case_and_spaces(self):
        self.expect(self.first_step(" M.deBruin ", self.portal.passwords["m.debruin"]), 200)

    def test_a_log_names_nobody(self):
        self.first_step("m.debruin", "not the password")
        self.enter("w.debruin")
        log = self.portal.log_text()
        for word in ("debruin", "Marijke", "not the password", self.portal.passwords["w.debruin"], "+316", "127.0.0.1"):
            self.assertNotIn(word, log)


class Order(PortalCase):
    def steps(self, username, **kwargs):
        _, _, answers = self.enter(username, **kwargs)
        return [answer.json["next"] for answer in answers]

    def test_own_password(self):
        self.assertEqual(self.steps("m.debruin"), ["verify-device", "in"])

    def test_temporary_password_after_the_code(self):
        self.assertEqual(self.steps("s.visser"), ["verify-device", "change-password", "invitations"])

    def test_every_step_has_a_new_token_and_ends_the_one_before(self):
        token, _, answers = self.enter("w.debruin")
        tokens = [answer.json["token"] for answer in answers]
        self.assertEqual(len(set(tokens)), len(tokens))
        for old in tokens[:-1]:
            self.expect_ended(old)
        self.expect_open(token)


class PasswordFirst(Order):
    options = {"order": "password-first"}

    def test_temporary_password_after_the_code(self):
        """The other way about here."""
        self.assertEqual(self.steps("s.visser"), ["change-password", "verify-device", "invitations"])


class Device(PortalCase):
    def test_the_second_login_asks_no_code(self):
        _, device, _ = self.enter("m.debruin")
        again = self.expect(self.first_step("m.debruin", device=device), 200).json
        self.assertEqual(again["next"], "in")
        self.assertNotEqual(again["device_token"], device)

    def test_another_device_asks_one(self):
        self.enter("m.debruin")
        challenge = self.first_step("m.debruin").json["challenge"]
        self.assertEqual(challenge["reason"], "new-device")
        self.assertEqual(challenge["masked"], "06-••••••12")

    def test_the_first_login_says_so(self):
        self.assertEqual(self.first_step("j.hofstra").json["challenge"]["reason"], "first-login")

    def test_the_device_of_somebody_else_is_none(self):
        _, device, _ = self.enter("m.debruin")
        self.assertEqual(self.first_step("w.debruin", device=device).json["next"], "verify-device")

    def test_garbage_for_a_device_token_is_none(self):
        self.enter("m.debruin")
        for garbage in ("x", "A" * 43, "é" * 43, "A" * 100):
            with self.subTest(garbage):
                answer = self.first_step("m.debruin", device=garbage)
                self.assertEqual((answer.status, answer.json["next"]), (200, "verify-device"))

    def test_ninety_days_to_the_minute(self):
        _, device, _ = self.enter("m.debruin")
        self.portal.advance(days=90, seconds=30)
        answer = self.first_step("m.debruin", device=device).json
        self.assertEqual(answer["next"], "in")
        self.portal.advance(days=90, seconds=90)
        answer = self.first_step("m.debruin", device=answer["device_token"]).json
        self.assertEqual((answer["next"], answer["challenge"]["reason"]), ("verify-device", "long-ago"))

    def test_an_expired_device_is_replaced(self):
        _, old, _ = self.enter("m.debruin")
        self.portal.advance(days=91)
        _, new, _ = self.enter("m.debruin", device_token=old)
        self.assertEqual(self.first_step("m.debruin", device=new).json["next"], "in")
        self.portal.advance(31)
        self.assertEqual(self.first_step("m.debruin", device=old).json["challenge"]["reason"], "new-device")

    def test_the_previous_token_counts_until_the_new_one_is_used(self):
        _, first, _ = self.enter("m.debruin")
        self.assertEqual(self.first_step("m.debruin", device=first).json["next"], "in")  # and the answer got lost
        second = self.first_step("m.debruin", device=first).json["device_token"]
        self.assertEqual(self.first_step("m.debruin", device=second).json["next"], "in")
        self.portal.advance(31)
        self.assertEqual(self.first_step("m.debruin", device=first).json["next"], "verify-device")

    def test_a_shared_computer_is_never_trusted(self):
        _, device, _ = self.enter("m.debruin")
        self.portal.advance(31)
        token, none, answers = self.portal.login("m.debruin", device_token=device, shared=True)
        self.assertEqual(answers[0].json["challenge"]["reason"], "shared")
        self.assertIsNone(none)
        session = self.portal.get("/session", token).json
        self.assertEqual((session["shared"], session["idle_seconds"]), (True, 300))

    def test_a_computer_without_a_keyring_is_never_trusted(self):
        """Nor is it kept as one more device; its owner hears of each login all the same, in words that are so."""
        devices = "SELECT count(*), sum(ended IS NULL) FROM device WHERE account = ?"
        account = self.portal.account("m.debruin")
        _, device, _ = self.enter("m.debruin")
        before = self.portal.query(devices, account)
        for _ in range(2):
            mails = self.portal.settled(".eml")
            token, none, answers = self.enter("m.debruin", device_token=device, no_keyring=True)
            self.assertEqual(answers[0].json["challenge"]["reason"], "no-keyring")
            self.assertIsNone(none)
            session = self.portal.get("/session", token).json
            self.assertEqual((session["shared"], session["idle_seconds"]), (False, 900))
            [mail] = set(self.portal.settled(".eml")) - set(mails)
            self.assertTrue(mail.endswith("-login-not-kept.eml"), mail)
            text = " ".join(mail_text(read_mail(mail)).split())
            self.assertIn("op een computer die wij niet kunnen onthouden", text)
            self.assertNotIn("niet (meer) kennen", text)
        self.assertEqual(self.portal.query(devices, account), before)
        self.assertEqual(self.first_step("m.debruin", device=device).json["next"], "in", "the device from before still counts")

    def test_the_first_login_without_a_keyring_tells_no_ninety_days(self):
        self.assertEqual(self.portal.post("/login", body={"username": "j.hofstra", "password": self.portal.passwords["j.hofstra"],
                                                          "no_keyring": True}).json["challenge"]["reason"], "no-keyring")

    def test_no_mobile_number(self):
        self.portal.stop()
        self.portal.change("UPDATE account SET mobile = NULL WHERE username = 'p.debruin'")
        self.portal.start()
        answer = self.expect(self.first_step("p.debruin"), 200).json
        self.assertNotIn("masked", answer["challenge"])
        self.assertNotIn("code_until", answer["challenge"])
        self.expect(self.portal.post("/login/challenge", answer["token"]), 409, "no-mobile-number")


class NewDevice(PortalCase):
    """A mail tells of a login on a device that is not known."""

    def told(self, address, where="apparaat dat wij niet (meer) kennen"):
        mails = [read_mail(name) for name in self.portal.settled(".eml")]
        return [mail_text(mail) for mail in mails if address in mail["To"] and mail["Subject"] == "Er is ingelogd op een " + where]

    def test_each_device_once(self):
        self.enter("w.debruin")
        self.assertEqual(self.told("wil@debruin.example"), [], "the first login is no news")
        self.portal.advance(31)
        seen = self.seen()
        step = self.portal.post("/login", body={"username": "w.debruin", "password": self.portal.passwords["w.debruin"],
                                                "device_name": "Laptop <b>van</b> Wil"})
        self.assertEqual(self.told("wil@debruin.example"), [], "nobody is in yet")
        device = self.expect(self.portal.post("/login/code", step.json["token"], {"code": self.portal.sms_code(seen)}), 200).json["device_token"]
        [text] = self.told("wil@debruin.example")
        self.assertIn("Apparaat: Laptop <b>van</b> Wil\n", text)
        self.assertRegex(text, r"Wanneer: \w+ \d+ \w+ \d{4}, \d\d:\d\d uur")
        _, device, _ = self.enter("w.debruin", device_token=device)
        self.portal.advance(days=91)
        self.enter("w.debruin", device_token=device)
        self.assertEqual(len(self.told("wil@debruin.example")), 1, "it is known, also after a long time")
        self.enter("w.debruin")
        self.assertIn("Apparaat: apparaat zonder naam\n", self.told("wil@debruin.example")[-1])
        self.assertEqual(len(self.told("wil@debruin.example")), 2)

    def test_a_shared_computer_is_no_way_around(self):
        for _ in range(2):
            self.enter("p.debruin", shared=True)
        [text] = self.told("pieter@debruin.example", "gedeelde computer")
        self.assertEqual(self.told("pieter@debruin.example"), [])
        # It is in no list of devices, so the mail names where it is.
        self.assertIn("Die computer wordt dan ook uitgelogd.", " ".join(text.split()))


class Countries(PortalCase):
    """A number was taken when its country was in the list; then the list got shorter."""

    @classmethod
    def prepare(cls):
        cls.portal.change("UPDATE account SET mobile = '+32470123456' WHERE username = 'w.debruin'")
        with open(cls.portal.path("portal.conf"), "a") as f:
            f.write("\n[sms]\ncountries=NL\n")
        cls.row = cls.portal.change("INSERT INTO outbox (kind, template, account, created, give_up, next_try) VALUES (1, 'mobile-replaced', ?, 1, ?, 1)",
                                    cls.portal.account("w.debruin"), int((cls.portal.now() + 86400) * 1e6))

    def test_no_code_goes_there_and_another_way_does(self):
        seen = self.seen()
        answer = self.expect(self.first_step("w.debruin"), 200).json
        self.assertNotIn("masked", answer["challenge"])
        self.assertEqual(answer["challenge"]["methods"], ["desk"])
        self.expect(self.portal.post("/login/challenge", answer["token"]), 409, "no-mobile-number")
        self.assertEqual(self.seen(), seen)
        self.assertEqual(self.portal.value("SELECT count(*) FROM audit WHERE action = 19 AND account = ?", self.portal.account("w.debruin")), 2)
        code = self.portal.command("account code", "--username", "w.debruin").splitlines()[0]
        self.expect(self.portal.post("/login/code", answer["token"], {"code": code, "method": "desk"}), 200)
        self.enter("m.debruin")

    def test_what_waited_in_the_outbox_goes_nowhere(self):
        self.assertEqual(self.seen(), [name for name in self.seen() if "32470123456" not in open(name).read()])
        self.assertEqual(self.portal.query("SELECT sent, failed IS NOT NULL, reason FROM outbox WHERE id = ?", self.row),
                         [(None, 1, "no text messages go to the country of this number; see [sms] countries")])


class Code(PortalCase):
    def begin(self, username="m.debruin"):
        """Returns (token, code, answer)."""
        seen = self.seen()
        answer = self.expect(self.first_step(username), 200).json
        return answer["token"], self.portal.sms_code(seen), answer

    def another(self, token):
        """A new code for the same attempt."""
        self.portal.advance(31)
        seen = self.seen()
        answer = self.expect(self.portal.post("/login/challenge", token), 200).json
        self.assertNotIn("token", answer)
        return self.portal.sms_code(seen), answer["challenge"]

    def say(self, token, code):
        return self.portal.post("/login/code", token, {"code": code})

    def test_what_the_challenge_says(self):
        _, _, answer = self.begin()
        challenge, now = answer["challenge"], self.portal.now()
        self.assert_at(challenge["code_until"], now + 300)
        self.assert_at(challenge["resend_at"], now + 30)
        self.assertEqual(challenge["resend_seconds"], 30)
        self.assert_at(challenge["attempt_until"], now + 900)
        self.assertEqual(challenge["tries_left"], 3)
        self.assertNotIn("refused", challenge)

    def test_pasted_with_spaces_and_dashes(self):
        token, code, _ = self.begin()
        self.expect(self.say(token, f" {code[:3]} – {code[3:]}-"), 200)

    def test_not_a_code_costs_no_try(self):
        token, code, _ = self.begin()
        for text in ("", "12345", "1234567", "12345a", "١٢٣٤٥٦"):
            with self.subTest(text):
                self.assertEqual(self.expect(self.say(token, text), 422, "invalid-field").json["field"], "code")
        self.assertEqual(self.say(token, self.wrong_code(code)).json["tries_left"], 2)

    def test_three_tries(self):
        token, code, _ = self.begin()
        wrong = self.wrong_code(code)
        self.assertEqual(self.expect(self.say(token, wrong), 403, "code-wrong").json["tries_left"], 2)
        self.assertEqual(self.expect(self.say(token, wrong), 403, "code-wrong").json["tries_left"], 1)
        self.expect(self.say(token, wrong), 403, "code-used-up")
        self.expect(self.say(token, code), 403, "code-used-up")
        fresh, challenge = self.another(token)
        self.assertEqual(challenge["tries_left"], 3)
        self.assertEqual(self.expect(self.say(token, self.wrong_code(fresh)), 403, "code-wrong").json["tries_left"], 2)
        self.expect(self.say(token, fresh), 200)

    def test_tries_at_the_same_time_share_nothing(self):
        token, code, _ = self.begin()
        answers = in_parallel(12, lambda connection: self.portal.post("/login/code", token, {"code": self.wrong_code(code)},
                                                                      connection=connection), self.portal)
        self.assertEqual(sorted(answer.code for answer in answers), ["code-used-up"] * 10 + ["code-wrong"] * 2)
        self.assertEqual(sorted(a.json["tries_left"] for a in answers if a.code == "code-wrong"), [1, 2])
        self.expect(self.say(token, code), 403, "code-used-up")

    def test_a_right_code_lets_in_once(self):
        token, code, _ = self.begin()
        answers = in_parallel(8, lambda connection: self.portal.post("/login/code", token, {"code": code}, connection=connection),
                              self.portal)
        self.assertEqual(sorted(answer.status for answer in answers), [200] + [401] * 7)

    def test_the_code_of_another_attempt_is_wrong(self):
        _, code, _ = self.begin()
        self.portal.advance(31)
        token, _, _ = self.begin()
        self.expect(self.say(token, code), 403, "code-wrong")

    def begin_without_code(self, username="m.debruin"):
        """A login so soon after another that no code goes out for it. Returns (token, what its screen says)."""
        seen = self.seen()
        answer = self.expect(self.first_step(username), 200).json
        self.assertEqual((answer["challenge"]["refused"], self.seen()), ("codes-later", seen))
        return answer["token"], answer["challenge"]

    def test_a_login_without_a_code_takes_that_of_the_one_before(self):
        _, code, _ = self.begin()
        sent = self.portal.now()
        self.portal.advance(5)
        token, challenge = self.begin_without_code()
        self.assert_at(challenge["code_until"], sent + 300)
        self.assertEqual(challenge["tries_left"], 3)
        self.expect(self.say(token, code), 200)

    def test_the_code_of_the_one_before_counts_beside_a_new_one(self):
        _, first, _ = self.begin()
        token, _ = self.begin_without_code()
        fresh, _ = self.another(token)
        self.assertEqual(self.expect(self.say(token, self.wrong_code(fresh)), 403, "code-wrong").json["tries_left"], 2)
        self.expect(self.say(token, first), 200)

    def test_logging_in_again_gives_no_new_tries(self):
        _, code, _ = self.begin()
        wrong = self.wrong_code(code)
        for left in (2, 1):
            token, challenge = self.begin_without_code()
            self.assertEqual(challenge["tries_left"], left + 1)
            self.assertEqual(self.expect(self.say(token, wrong), 403, "code-wrong").json["tries_left"], left)
        self.expect(self.say(token, wrong), 403, "code-used-up")
        token, challenge = self.begin_without_code()
        self.assertNotIn("code_until", challenge)
        self.expect(self.say(token, code), 403, "code-used-up")
        fresh, _ = self.another(token)
        self.expect(self.say(token, fresh), 200)

    def test_a_code_that_another_login_took_counts_no_more(self):
        before, code, _ = self.begin()
        token, _ = self.begin_without_code()
        self.expect(self.say(token, code), 200)
        token, challenge = self.begin_without_code()
        self.assertNotIn("code_until", challenge)
        self.expect(self.say(token, code), 403, "code-wrong")
        self.expect(self.say(before, code), 401, "attempt-ended")

    def test_nor_does_one_that_let_its_own_login_in(self):
        token, code, _ = self.begin()
        self.expect(self.say(token, code), 200)
        token, challenge = self.begin_without_code()
        self.assertNotIn("code_until", challenge)
        self.expect(self.say(token, code), 403, "code-wrong")

    def test_nor_that_of_a_later_login(self):
        self.begin()
        token, _ = self.begin_without_code()
        self.portal.advance(31)
        _, code, _ = self.begin()
        self.expect(self.say(token, code), 403, "code-wrong")

    def test_a_late_code_counts_until_its_own_end(self):
        token, first, _ = self.begin()
        self.another(token)
        self.portal.advance(300 - 31 - 5)
        self.expect(self.say(token, first), 200)

    def test_after_its_end_it_says_so(self):
        token, first, _ = self.begin()
        second, _ = self.another(token)
        self.portal.advance(300 - 31 + 1)
        self.assertEqual(self.expect(self.say(token, first), 403, "code-expired").json["tries_left"], 2)
        self.expect(self.say(token, second), 200)

    def test_the_attempt_lives_a_quarter(self):
        token, _, _ = self.begin()
        self.portal.advance(14 * 60)
        code, challenge = self.another(token)
        self.assert_at(challenge["attempt_until"], self.portal.now() + 29)
        self.portal.advance(30)
        self.expect(self.say(token, code), 401, "attempt-ended")
        self.expect(self.portal.post("/login/challenge", token), 401, "attempt-ended")

    def later(self, token, code="codes-later"):
        answer = self.expect(self.portal.post("/login/challenge", token), 429, code)
        self.assertGreater(int(answer.headers["retry-after"]), 0)
        return answer.json["until"]

    def test_how_many_codes(self):
        token, _, _ = self.begin()
        start = self.portal.now()
        self.assert_at(self.later(token), start + 30)
        self.another(token)
        self.another(token)
        self.portal.advance(31)
        self.assert_at(self.later(token), start + 15 * 60)
        self.portal.advance(15 * 60)
        token, _, _ = self.begin()
        self.another(token)
        self.portal.advance(31)
        self.assert_at(self.later(token, "codes-today"), start + 86400)
        # A login is not refused for it: the screen that asks for the code says from when.
        self.portal.advance(300)
        seen = self.seen()
        answer = self.expect(self.first_step("m.debruin"), 200).json
        self.assertNotIn("code_until", answer["challenge"])
        self.assert_at(answer["challenge"]["resend_at"], start + 86400)
        self.assertAlmostEqual(answer["challenge"]["resend_seconds"], start + 86400 - self.portal.now(), delta=2)
        self.assertEqual(answer["challenge"]["refused"], "codes-today")
        self.assertEqual(self.seen(), seen)
        self.portal.advance(86400)
        self.begin()

    def test_the_clock_set_back_keeps_no_code_away(self):
        self.portal.advance(days=1)
        self.begin("p.debruin")
        self.portal.advance(days=-1)
        token, code, _ = self.begin("p.debruin")
        self.expect(self.say(token, code), 200)
        self.portal.advance(days=1)

    def test_a_device_of_a_fast_clock_is_trusted_no_more(self):
        """Nor is it in the list of those that are."""
        def listed():
            return {row["id"] for row in self.expect(self.portal.get("/account", here), 200).json["devices"]}

        here, _, _ = self.enter("p.debruin")
        before = listed()
        self.portal.advance(hours=1)
        _, device, _ = self.enter("p.debruin")
        self.portal.advance(hours=-1)
        self.assertEqual(self.expect(self.first_step("p.debruin", device=device), 200).json["next"], "verify-device")
        self.assertEqual(listed(), before)

    def set_mobile(self, mobile, *usernames):
        self.portal.stop()
        for username in usernames:
            self.portal.change("UPDATE account SET mobile = ? WHERE username = ?", mobile, username)
        self.portal.start()

    def test_two_people_with_one_number_share_its_limit(self):
        """A couple with one telephone: both have been in with it."""
        self.enter("w.debruin")
        self.enter("k.visser")
        self.set_mobile("+31611111101", "w.debruin", "k.visser")
        self.portal.advance(minutes=16)
        self.begin("w.debruin")
        answer = self.first_step("k.visser").json
        self.assertNotIn("code_until", answer["challenge"])
        self.later(answer["token"])
        self.portal.advance(31)
        self.expect(self.portal.post("/login/challenge", answer["token"]), 200)

    def expect_none_today(self, username):
        self.portal.advance(minutes=16)
        self.assertEqual(self.first_step(username).json["challenge"]["refused"], "codes-today")

    def use_up(self, username):
        """Every code of the day of an account that somebody else made, and that nobody gets in with."""
        for _ in range(5):
            self.portal.advance(minutes=16)
            self.begin(username)
        self.expect_none_today(username)

    def test_an_account_that_never_came_in_keeps_nobody_from_their_number(self):
        """A portal administrator adds a person with the number of another, and logs in as that one."""
        self.enter("p.debruin")
        self.set_mobile("+31611111102", "p.debruin", "t.bakker", "e.bakker")
        self.use_up("t.bakker")
        token, code, _ = self.begin("p.debruin")
        self.expect(self.say(token, code), 200)
        # Nor somebody who never came in either.
        token, code, _ = self.begin("e.bakker")
        self.expect(self.say(token, code), 200)

    def test_many_that_never_came_in_flood_nobodys_telephone(self):
        """All together they have three times the limit of one; the owner's own come beside it."""
        self.enter("w.debruin")
        crowd = ["s.visser", "r.smit", "a.mulder", "n.peters"]
        self.set_mobile("+31611111103", "w.debruin", *crowd)
        for username in crowd[:3]:
            self.use_up(username)
        self.expect_none_today("n.peters")
        self.begin("w.debruin")

    def test_no_code_is_kept_in_clear(self):
        token, code, _ = self.begin()
        for table in ("sms_code", "outbox", "login_attempt"):
            for row in self.portal.query(f"SELECT * FROM {table}"):
                self.assertNotRegex(str(row), rf"(?<!\d){code}(?!\d)", table)
        for name in [*glob.glob(self.portal.path("portal.db*")), self.portal.path("server.log")]:
            if os.path.isfile(name):
                with open(name, "rb") as file:
                    data = file.read()
                self.assertFalse(token.encode() in data, name)
                self.assertIsNone(re.search(rb"(?<![0-9])%s(?![0-9])" % code.encode(), data), name)


class Session(PortalCase):
    def test_idle(self):
        token, _, _ = self.enter("m.debruin")
        for _ in range(3):
            self.portal.advance(14 * 60 + 55)
            self.expect_open(token)
        self.portal.advance(16 * 60 + 1)
        self.expect_ended(token)

    def test_a_login_on_a_shared_computer_has_its_fifteen_minutes(self):
        token = self.first_step("m.debruin", shared=True).json["token"]
        self.portal.advance(minutes=14)
        self.expect(self.portal.post("/login/challenge", token), 200)
        self.portal.advance(minutes=2)
        self.expect(self.portal.post("/login/challenge", token), 401, "attempt-ended")

    def test_idle_on_a_shared_computer(self):
        token, _, _ = self.enter("m.debruin", shared=True)
        for _ in range(3):
            self.portal.advance(4 * 60 + 55)
            self.expect_open(token)
        self.portal.advance(6 * 60 + 1)
        self.expect_ended(token)

    def test_what_the_app_asks_by_itself_does_not_extend_it(self):
        token, _, _ = self.enter("m.debruin")
        refresh = {"Cp-Cause": "refresh"}
        self.portal.advance(12 * 60)
        self.expect(self.portal.get("/session", token, headers=refresh), 200)
        self.portal.advance(5 * 60)
        self.expect_ended(token)

    def test_last_used_is_written_once_a_minute(self):
        token, _, _ = self.enter("m.debruin")
        last_used = lambda: self.portal.value("SELECT last_used FROM session WHERE token_hash = ?", self.portal.hash("session", token))
        begin = last_used()
        self.portal.advance(20)
        self.expect_open(token)
        self.assertEqual(last_used(), begin)
        self.portal.advance(45)
        self.expect_open(token)
        self.assertAlmostEqual(last_used() / 1e6, self.portal.now(), delta=30)

    def test_the_absolute_end(self):
        token, _, _ = self.enter("m.debruin")
        session = self.portal.get("/session", token).json
        self.assert_at(session["ends_at"], self.portal.now() + 8 * 3600)
        self.assertAlmostEqual(session["seconds_left"], 8 * 3600, delta=60)
        for _ in range(47):
            self.portal.advance(600)
            self.expect_open(token)
        self.assertAlmostEqual(self.portal.get("/session", token).json["seconds_left"], 600, delta=60)
        self.portal.advance(610)
        self.expect_ended(token)

    def test_log_out_ends_the_token_and_keeps_the_device(self):
        token, device, _ = self.enter("m.debruin")
        self.assertEqual(self.portal.call("DELETE", "/session", token).status, 204)
        self.expect_ended(token)
        self.expect(self.portal.call("DELETE", "/session", token), 401, "session-ended")
        self.assertEqual(self.first_step("m.debruin", device=device).json["next"], "in")

    def test_a_restart_keeps_sessions_and_devices(self):
        token, device, _ = self.enter("m.debruin")
        self.assertEqual(self.portal.stop(), 0)
        self.portal.start()
        self.expect_open(token)
        self.assertEqual(self.first_step("m.debruin", device=device).json["next"], "in")

    def test_only_the_bearer_scheme_carries_a_token(self):
        token, _, _ = self.enter("m.debruin")
        for headers in ({"Authorization": token}, {"Authorization": "Basic " + token}, {"Cookie": "token=" + token},
                        {"Authorization": "Bearer " + token[:-1]}, {"Authorization": "Bearer " + token + "A"}):
            with self.subTest(headers):
                self.expect(self.portal.get("/session", headers=headers), 401, "session-ended")
        self.expect(self.portal.get("/session?token=" + token), 401, "session-ended")


if __name__ == "__main__":
    tap.main()
