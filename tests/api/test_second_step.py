# SPDX-License-Identifier: GPL-3.0-or-later
"""The second step by an app, a sheet and the desk; one counter for all; and nobody is locked out by it."""
import re
import urllib.parse

import tap
from case import PortalCase, in_parallel
from totp import code

PASSWORD_WRONG = "not the password"
TRIES_A_DAY = 15


class StepCase(PortalCase):
    def setUp(self):
        super().setUp()
        for username in ("m.debruin", "w.debruin"):
            self.portal.command("account reset-second-step", "--username", username)

    def edit(self, *statements):
        """What only time, or a thief, could bring about."""
        self.portal.stop()
        for statement, *values in statements:
            self.portal.change(statement, *values)
        self.portal.start()

    def confirm(self, route, token, username="m.debruin", status=200, **more):
        return self.expect(self.portal.post(route, token, {"password": self.portal.passwords[username], **more}), status)

    def set_up_app(self, token):
        setup = self.confirm("/account/totp", token).json
        self.expect(self.portal.post("/account/totp/code", token, {"code": code(setup["key"], self.portal.now())}), 204)
        return setup["key"]

    def new_sheet(self, token):
        return self.confirm("/account/sheet", token).json["codes"]

    def desk_code(self, username="m.debruin"):
        return self.portal.command("account code", "--username", username).splitlines()[0]

    def challenge(self, username="m.debruin"):
        """A login on a new device: its token and what it asks."""
        self.portal.advance(61)
        answer = self.expect(self.first_step(username), 200).json
        self.assertEqual(answer["next"], "verify-device")
        return answer["token"], answer["challenge"]

    def answer(self, token, typed, method):
        return self.portal.post("/login/code", token, {"code": typed, "method": method})

    def app_code(self, key):
        return code(key, self.portal.now())


class App(StepCase):
    def test_the_way_there(self):
        token, _, _ = self.enter("m.debruin")
        self.expect(self.portal.post("/account/totp", token, {"password": PASSWORD_WRONG}), 403, "password-wrong")
        setup = self.confirm("/account/totp", token).json
        uri = urllib.parse.urlparse(setup["uri"])
        self.assertEqual((uri.scheme, uri.netloc), ("otpauth", "totp"))
        self.assertEqual(urllib.parse.unquote(uri.path), "/Zorggroep De Linde:m.debruin")
        query = urllib.parse.parse_qs(uri.query)
        self.assertEqual(query, {"secret": [setup["key"]], "issuer": ["Zorggroep De Linde"], "algorithm": ["SHA1"], "digits": ["6"],
                                 "period": ["30"]})
        self.assertRegex(setup["key"], r"^[A-Z2-7]{32}$")
        side = round(len(setup["modules"]) ** 0.5)
        self.assertEqual(side * side, len(setup["modules"]))
        self.assertEqual(side % 4, 1, "the side of a QR code is 17 + 4 n")
        for row in (0, 6):  # the edges of the finder pattern
            self.assertEqual(setup["modules"][row * side:row * side + 8], "11111110")
        # Nothing of it counts yet.
        self.assertFalse(self.portal.get("/account", token).json["totp"])
        self.assertEqual(self.challenge()[1]["method"], "sms")
        wrong = self.wrong_code(self.app_code(setup["key"]))
        self.expect(self.portal.post("/account/totp/code", token, {"code": wrong}), 403, "code-wrong")
        self.expect(self.portal.post("/account/totp/code", token, {"code": self.app_code(setup["key"])}), 204)
        self.assertTrue(self.portal.get("/account", token).json["totp"])
        self.expect(self.portal.post("/account/totp/code", token, {"code": self.app_code(setup["key"])}), 409, "conflict")
        self.expect(self.portal.post("/account/totp", token, {"password": self.portal.passwords["m.debruin"]}), 409, "conflict")

    def test_no_message_unless_asked_for(self):
        token, _, _ = self.enter("m.debruin")
        key = self.set_up_app(token)
        seen = self.seen()
        pending, challenge = self.challenge()
        self.assertEqual(challenge["method"], "totp")
        self.assertEqual(challenge["methods"], ["sms", "totp", "desk"])
        self.assertNotIn("code_until", challenge)
        self.assertEqual(self.seen(), seen)
        self.expect(self.portal.post("/login/challenge", pending), 200)
        sent = self.portal.sms_code(seen)
        self.expect(self.answer(pending, sent, "sms"), 200)
        pending, _ = self.challenge()
        self.assertEqual(self.expect(self.answer(pending, self.app_code(key), "totp"), 200).json["next"], "in")

    def test_each_code_once(self):
        token, _, _ = self.enter("m.debruin")
        key = self.set_up_app(token)
        pending, _ = self.challenge()
        used = self.app_code(key)
        self.expect(self.answer(pending, used, "totp"), 200)
        again = self.expect(self.first_step("m.debruin"), 200).json["token"]
        self.expect(self.answer(again, used, "totp"), 403, "code-wrong")
        # Nor the one before it, which was not used: it is older.
        self.expect(self.answer(again, code(key, self.portal.now() - 30), "totp"), 403, "code-wrong")
        self.portal.advance(30)
        self.expect(self.answer(again, self.app_code(key), "totp"), 200)

    def test_the_code_that_confirmed_opens_nothing(self):
        token, _, _ = self.enter("m.debruin")
        setup = self.confirm("/account/totp", token).json
        first = self.app_code(setup["key"])
        self.expect(self.portal.post("/account/totp/code", token, {"code": first}), 204)
        pending = self.expect(self.first_step("m.debruin"), 200).json["token"]
        self.expect(self.answer(pending, first, "totp"), 403, "code-wrong")

    def test_a_clock_may_be_one_step_off(self):
        token, _, _ = self.enter("m.debruin")
        key = self.set_up_app(token)
        for drift, status in ((-60, 403), (60, 403), (-30, 200), (30, 200)):
            with self.subTest(drift):
                self.portal.advance(minutes=5)
                self.portal.advance(15 - self.portal.now() % 30)  # in the middle of a step
                pending, _ = self.challenge()
                self.assertEqual(self.answer(pending, code(key, self.portal.now() + drift), "totp").status, status)

    def test_off_again(self):
        token, _, _ = self.enter("m.debruin")
        key = self.set_up_app(token)
        self.expect(self.portal.post("/account/totp/off", token, {"password": PASSWORD_WRONG}), 403, "password-wrong")
        mails = self.portal.settled(".eml")
        for _ in range(12):  # the password is right each time: none of these is a try
            self.expect(self.portal.post("/account/totp", token, {"password": self.portal.passwords["m.debruin"]}), 409, "conflict")
        self.confirm("/account/totp/off", token, status=204)
        self.confirm("/account/totp/off", token, status=204)
        self.assertEqual(len(self.portal.settled(".eml")) - len(mails), 1)
        pending, challenge = self.challenge()
        self.assertEqual(challenge["method"], "sms")
        self.expect(self.answer(pending, self.app_code(key), "totp"), 403, "code-wrong")

    def test_the_seed_is_sealed_and_bound_to_its_account(self):
        token, _, _ = self.enter("m.debruin")
        key = self.set_up_app(token)
        seed = __import__("base64").b32decode(key)
        (sealed,), = self.portal.query("SELECT seed_sealed FROM totp")
        self.assertNotIn(seed, sealed)
        with open(self.portal.path("portal.db"), "rb") as database:
            self.assertNotIn(seed, database.read())
        # In the row of somebody else it opens nothing.
        self.edit(("INSERT INTO totp (account, seed_sealed, created, confirmed) SELECT ?, seed_sealed, created, confirmed FROM totp",
                   self.portal.account("w.debruin")))
        pending, _ = self.challenge("w.debruin")
        self.expect(self.answer(pending, self.app_code(key), "totp"), 500, "internal")


class Sheet(StepCase):
    def test_ten_codes_once_each(self):
        token, _, _ = self.enter("m.debruin")
        codes = self.new_sheet(token)
        self.assertEqual(len(set(codes)), 10)
        for text in codes:
            self.assertRegex(text, r"^\d{8}$")
        for n, text in enumerate(codes[:3]):
            pending, challenge = self.challenge()
            self.assertIn("sheet", challenge["methods"])
            answer = self.expect(self.answer(pending, f"{text[:4]} {text[4:]}", "sheet"), 200).json
            self.assertTrue(answer["sheet_used"])
            self.assertEqual(answer["sheet_left"], 9 - n)
        pending, _ = self.challenge()
        self.expect(self.answer(pending, codes[0], "sheet"), 403, "code-wrong")
        self.assertEqual(self.portal.get("/account", token).json["sheet_left"], 7)

    def test_an_empty_sheet_is_no_way(self):
        token, _, _ = self.enter("m.debruin")
        self.assertNotIn("sheet", self.challenge()[1]["methods"])
        self.new_sheet(token)
        self.edit(("UPDATE given_code SET used = 1",))
        self.assertNotIn("sheet", self.challenge()[1]["methods"])

    def test_a_new_sheet_ends_the_old_one(self):
        token, _, _ = self.enter("m.debruin")
        old = self.new_sheet(token)
        new = self.new_sheet(token)
        self.assertFalse(set(old) & set(new))
        pending, _ = self.challenge()
        self.expect(self.answer(pending, old[0], "sheet"), 403, "code-wrong")
        self.expect(self.answer(pending, new[0], "sheet"), 200)

    def test_no_code_is_in_the_database(self):
        token, _, _ = self.enter("m.debruin")
        codes = self.new_sheet(token)
        with open(self.portal.path("portal.db"), "rb") as database:
            content = database.read()
        for text in codes:
            self.assertNotIn(text.encode(), content)
        self.assertNotIn(codes[0], self.portal.log_text())

    def test_the_sheet_of_somebody_else(self):
        token, _, _ = self.enter("m.debruin")
        codes = self.new_sheet(token)
        pending, _ = self.challenge("w.debruin")
        self.expect(self.answer(pending, codes[0], "sheet"), 403, "code-wrong")
        pending, _ = self.challenge()
        self.expect(self.answer(pending, codes[0], "desk"), 403, "code-wrong")
        self.expect(self.answer(pending, codes[0], "sheet"), 200)

    def test_two_at_once_with_one_code(self):
        token, _, _ = self.enter("m.debruin")
        typed = self.new_sheet(token)[0]
        pendings = [self.challenge()[0] for _ in range(4)]
        answers = in_parallel(4, lambda c: self.portal.call("POST", "/login/code", pendings.pop(), {"code": typed, "method": "sheet"},
                                                            connection=c), self.portal)
        self.assertEqual(sorted(a.status for a in answers), [200, 403, 403, 403])


class Desk(StepCase):
    def test_a_code_of_the_desk(self):
        mails = self.portal.settled(".eml")
        typed = self.desk_code()
        self.assertRegex(typed, r"^\d{4} \d{4}$")
        self.assertEqual(len(self.portal.settled(".eml")) - len(mails), 1)
        pending, challenge = self.challenge()
        self.assertIn("desk", challenge["methods"])
        self.expect(self.answer(pending, typed, "desk"), 200)
        pending, _ = self.challenge()
        self.expect(self.answer(pending, typed, "desk"), 403, "code-wrong")

    def test_a_quarter_of_an_hour(self):
        typed = self.desk_code()
        self.portal.advance(minutes=13, seconds=58)
        pending, _ = self.challenge()
        self.edit(("UPDATE login_attempt SET expires = expires + 900000000",), ("UPDATE session SET expires = expires + 900000000",))
        self.portal.advance(3)
        self.expect(self.answer(pending, typed, "desk"), 403, "code-expired")

    def test_the_newest_one_counts(self):
        old, new = self.desk_code(), self.desk_code()
        pending, _ = self.challenge()
        self.expect(self.answer(pending, old, "desk"), 403, "code-wrong")
        self.expect(self.answer(pending, new, "desk"), 200)


class OneCounter(StepCase):
    def test_three_tries_whatever_the_method(self):
        token, _, _ = self.enter("m.debruin")
        key, codes = self.set_up_app(token), self.new_sheet(token)
        desk = self.desk_code()
        pending, challenge = self.challenge()
        self.assertEqual(challenge["tries_left"], 3)
        wrong = self.expect(self.answer(pending, "00000000", "sheet"), 403, "code-wrong")
        self.assertEqual(wrong.json["tries_left"], 2)
        wrong = self.expect(self.answer(pending, self.wrong_code(self.app_code(key)), "totp"), 403, "code-wrong")
        self.assertEqual(wrong.json["tries_left"], 1)
        self.expect(self.answer(pending, "00000000", "desk"), 403, "code-used-up")
        for typed, method in ((self.app_code(key), "totp"), (codes[0], "sheet"), (desk, "desk"), ("000000", "sms")):
            with self.subTest(method):
                self.expect(self.answer(pending, typed, method), 403, "code-used-up")
        # And none of them was used up by it.
        pending, _ = self.challenge()
        self.expect(self.answer(pending, codes[0], "sheet"), 200)

    def test_a_new_code_of_the_desk_gives_new_tries(self):
        """Who calls the desk after three wrong codes goes on where they were: name and password are not asked again."""
        pending, _ = self.challenge()
        old = self.desk_code()
        for code in ("code-wrong", "code-wrong", "code-used-up"):
            self.expect(self.answer(pending, "00000000", "desk"), 403, code)
        self.expect(self.answer(pending, old, "desk"), 403, "code-used-up")
        typed = self.desk_code()
        self.assertEqual(self.expect(self.answer(pending, old, "desk"), 403, "code-wrong").json["tries_left"], 2)
        self.expect(self.answer(pending, typed, "desk"), 200)

    def test_that_of_another_account_gives_none(self):
        pending, _ = self.challenge()
        for code in ("code-wrong", "code-wrong", "code-used-up"):
            self.expect(self.answer(pending, "00000000", "desk"), 403, code)
        self.desk_code("w.debruin")
        self.expect(self.answer(pending, "00000000", "desk"), 403, "code-used-up")

    def test_many_at_once_share_the_count(self):
        token, _, _ = self.enter("m.debruin")
        self.set_up_app(token)
        pending, _ = self.challenge()
        answers = in_parallel(8, lambda c: self.portal.call("POST", "/login/code", pending, {"code": "000000", "method": "totp"},
                                                            connection=c), self.portal)
        self.assertEqual(sorted(a.code for a in answers), ["code-used-up"] * 6 + ["code-wrong"] * 2)
        self.assertEqual(self.portal.value("SELECT tries FROM login_attempt ORDER BY id DESC LIMIT 1"), 3)

    def test_guessing_ends_after_some_in_a_day(self):
        """A right password gives as many attempts as one likes, but not as many codes of an app."""
        token, _, _ = self.enter("m.debruin")
        key, codes = self.set_up_app(token), self.new_sheet(token)
        tried = 0
        while tried < TRIES_A_DAY:
            pending, _ = self.challenge()
            for _ in range(3):
                self.assertIn(self.answer(pending, "000000", "totp").code, ("code-wrong", "code-used-up"))
                tried += 1
        pending, _ = self.challenge()
        answer = self.expect(self.answer(pending, self.app_code(key), "totp"), 429, "throttled")
        self.assertGreater(answer.json["wait_seconds"], 80000)
        # Every other way is as it was: nobody is locked out by the one that is used up.
        self.expect(self.answer(pending, codes[0], "sheet"), 200)
        pending, _ = self.challenge()
        self.expect(self.answer(pending, self.desk_code(), "desk"), 200)
        seen = self.seen()
        pending, _ = self.challenge()
        self.expect(self.portal.post("/login/challenge", pending), 200)
        self.expect(self.answer(pending, self.portal.sms_code(seen), "sms"), 200)
        self.portal.advance(days=1)
        pending, _ = self.challenge()
        self.expect(self.answer(pending, self.app_code(key), "totp"), 200)

    def test_bad_codes(self):
        pending, _ = self.challenge()
        for method in ("sms", "totp", "sheet", "desk"):
            for typed in ("", "abc", "١٢٣٤٥٦", "1" * 7, "1" * 1000, "12345\u202e", "😀😀😀😀😀😀"):
                with self.subTest(method=method, typed=typed):
                    answer = self.expect(self.answer(pending, typed, method), 422, "invalid-field")
                    self.assertEqual(answer.json["field"], "code")
        self.expect(self.answer(pending, "123456", "carrier pigeon"), 400, "bad-request")
        self.assertEqual(self.portal.value("SELECT tries FROM login_attempt ORDER BY id DESC LIMIT 1"), 0)


class Attack(StepCase):
    """Nobody can lock somebody else out, whatever they try and from wherever."""

    @classmethod
    def prepare(cls):
        config = cls.portal.path("portal.conf")
        with open(config) as file:
            text = file.read()
        cls.portal.write("portal.conf", text.replace("[server]\n", "[server]\nproxies=127.0.0.1\n"))

    def test_thousands_of_wrong_tries(self):
        token, device, _ = self.enter("m.debruin")
        codes = self.new_sheet(token)
        _, stranger, _ = self.enter("w.debruin")
        username, statuses = "m.debruin", set()

        def attack(connection, tries=400):
            for n in range(tries):
                body = {"username": username, "password": PASSWORD_WRONG}
                if n % 3 == 1:
                    body["device_token"] = stranger          # a trusted one, of another account
                elif n % 3 == 2:
                    body["device_token"] = "A" * 43          # of nobody
                answer = self.portal.call("POST", "/login", None, body, connection=connection,
                                          headers={"X-Forwarded-For": f"203.0.113.{n % 250}"})
                statuses.add(answer.status)

        in_parallel(8, attack, self.portal)
        self.assertEqual(statuses, {403, 429})
        self.expect(self.first_step(username), 429, "throttled")
        for _ in range(3):
            answer = self.expect(self.first_step(username, device=device), 200).json
            self.assertEqual(answer["next"], "in")
            device = answer["device_token"]
        # When it is over, a sheet opens a new device too.
        self.portal.advance(minutes=16)
        pending, _ = self.challenge()
        self.expect(self.answer(pending, codes[0], "sheet"), 200)

    def test_who_knows_the_password_cannot_use_up_everything(self):
        token, device, _ = self.enter("m.debruin")
        codes = self.new_sheet(token)
        for _ in range(8):  # every message of the day, and every try of each
            self.portal.advance(minutes=16)
            pending = self.expect(self.first_step("m.debruin"), 200).json["token"]
            self.seen()
            for _ in range(3):
                self.answer(pending, "000000", "sms")
                self.answer(pending, "000000", "totp")
        pending = self.expect(self.first_step("m.debruin"), 200).json["token"]
        self.expect(self.portal.post("/login/challenge", pending), 429, "codes-today")
        answer = self.expect(self.first_step("m.debruin", device=device), 200).json
        self.assertEqual(answer["next"], "in")
        self.expect(self.answer(pending, codes[0], "sheet"), 200)
        pending, _ = self.challenge()
        self.expect(self.answer(pending, re.sub(r"\D", "", self.desk_code()), "desk"), 200)


if __name__ == "__main__":
    tap.main()
