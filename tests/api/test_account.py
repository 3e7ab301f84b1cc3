# SPDX-License-Identifier: GPL-3.0-or-later
"""One's own account: name, number, devices, sessions, the end; and what the desk can do."""
import json

import tap
from case import LOGIN_DEVICE
from own import HOSTILE, WRONG, AccountCase


class Profile(AccountCase):
    def test_what_it_tells(self):
        token, _, _ = self.enter("p.debruin")
        account = self.account(token)
        self.assertEqual({key: account[key] for key in ("name", "username", "email", "masked", "language", "totp", "sheet_left")},
                         {"name": "Pieter de Bruin", "username": "p.debruin", "email": "pieter@debruin.example",
                          "masked": account["masked"], "language": "nl", "totp": False, "sheet_left": 0})
        self.assertRegex(account["masked"], r"^06-••••••\d\d$")
        self.assertNotIn("email_waiting", account)
        self.assertEqual([session["current"] for session in account["sessions"]], [True])
        self.assertEqual([device["current"] for device in account["devices"]], [True])

    def test_name_and_language(self):
        token, _, _ = self.enter("t.bakker")
        answer = self.expect(self.portal.call("PUT", "/account", token, {"name": "  Piet  de Bruin ", "language": "en"}), 200).json
        self.assertEqual((answer["name"], answer["language"]), ("Piet  de Bruin", "en"))
        session = self.portal.get("/session", token).json
        self.assertEqual((session["name"], session["given_name"], session["language"]), ("Piet  de Bruin", "Piet", "en"))
        self.assertEqual(self.audited(50, "t.bakker"), 1)
        for name in ("Pieter de Bruin", "مريم", "Ω" * 100, "Søren 😀", "O'Neill; DROP TABLE"):
            with self.subTest(name):
                self.expect(self.portal.call("PUT", "/account", token, {"name": name, "language": "nl"}), 200)
        for name in HOSTILE + ["12345", "😀"]:
            with self.subTest(name[:20]):
                answer = self.portal.call("PUT", "/account", token, {"name": name, "language": "nl"})
                self.assertIn((answer.status, answer.code), ((422, "invalid-field"), (400, "bad-request"), (413, "too-large")))
                if answer.code == "invalid-field":
                    self.assertEqual(answer.json["field"], "name")
        answer = self.expect(self.portal.call("PUT", "/account", token, {"name": "Piet", "language": "fr"}), 422, "invalid-field")
        self.assertEqual(answer.json["field"], "language")


class Clients(AccountCase):
    def clients(self, token):
        return [(patient["name"], patient.get("place", 0)) for patient in self.portal.get("/session", token).json["patients"]]

    def change(self, what, client):
        self.portal.stop()
        self.portal.change(f"UPDATE membership SET {what} WHERE account = ? AND patient = (SELECT id FROM patient WHERE name = ?)",
                           self.portal.account("p.debruin"), client)
        self.portal.start()

    def test_each_keeps_its_place(self):
        """The colour of a client follows from it: two parents are never mixed up."""
        token, _, _ = self.enter("p.debruin")
        before = self.clients(token)
        [(first, _), (second, _)] = before
        self.assertNotEqual(before[0][1], before[1][1])
        accepted = self.portal.value("SELECT max(accepted) FROM membership")
        for client in (first, second):
            with self.subTest(client):
                self.change("ended = 1", client)
                self.assertEqual(self.clients(token), [row for row in before if row[0] != client])
                self.change(f"ended = NULL, accepted = {accepted + 1}", client)
                self.assertEqual(self.clients(token), before)


class Number(AccountCase):
    def change(self, token, mobile, username="m.debruin"):
        self.portal.advance(31)
        return self.confirmed("/account/mobile", token, username, mobile=mobile)

    def tearDown(self):
        self.portal.command("account number", "--username", "m.debruin", "--mobile", "+31612345612")

    def test_the_way_there(self):
        token, _, _ = self.enter("m.debruin")
        seen, mails = self.seen(), self.portal.settled(".eml")
        answer = self.expect(self.change(token, "06 87 65 43 21"), 200).json
        self.assertEqual(answer["masked"], "06-••••••21")
        typed = self.portal.sms_code(seen)
        new = [name for name in self.seen() if name not in seen]
        self.assertEqual([json.load(open(name))["to"] for name in new], ["+31687654321"])
        self.assertEqual(self.portal.value("SELECT mobile FROM account WHERE username = 'm.debruin'")[-2:], "12", "not yet")
        self.expect(self.portal.post("/account/mobile/code", token, {"code": self.wrong_code(typed)}), 403, "code-wrong")
        self.expect(self.portal.post("/account/mobile/code", token, {"code": typed}), 204)
        self.assertEqual(self.portal.value("SELECT mobile FROM account WHERE username = 'm.debruin'"), "+31687654321")
        self.assertEqual([mail["subject"] for mail in self.mails(mails)], ["Uw mobiele nummer is gewijzigd"])
        told = [json.load(open(name)) for name in self.seen() if name not in seen and name not in new]
        self.assertEqual([message["to"][-2:] for message in told], ["12"], "the number of before is told")
        self.expect(self.portal.post("/account/mobile/code", token, {"code": typed}), 409, "conflict")

    def test_a_wrong_password_sends_nothing(self):
        token, _, _ = self.enter("m.debruin")
        seen = self.seen()
        answer = self.expect(self.portal.post("/account/mobile", token, {"mobile": "0687654321", "password": WRONG}), 403, "password-wrong")
        self.assertEqual(answer.json["field"], "password")
        self.assertEqual(self.seen(), seen)

    def test_numbers_that_get_no_message(self):
        token, _, _ = self.enter("m.debruin")
        for mobile, code in (("", "mobile-unknown"), ("06 12", "mobile-length"), ("020 123 4567", "mobile-landline"),
                             ("0900 1234", "mobile-special"), ("085 012 3456", "mobile-special"), ("0612345678 x1", "mobile-extension"),
                             ("0470 12 34 56", "mobile-foreign"), ("bel mij", "mobile-unknown"), ("😀", "mobile-unknown"),
                             ("\u202e0612345678x", "mobile-unknown"), ("6" * 500, "mobile-unknown")):
            with self.subTest(mobile[:20]):
                answer = self.expect(self.confirmed("/account/mobile", token, "m.debruin", mobile=mobile), 422, code)
                self.assertEqual(answer.json["field"], "mobile")
        self.assertEqual(self.portal.value("SELECT count(*) FROM login_attempt WHERE purpose = 1 AND mobile IS NULL"), 0)

    def test_three_tries_and_another_code(self):
        token, _, _ = self.enter("m.debruin")
        seen = self.seen()
        self.expect(self.change(token, "+32470123456"), 200)
        typed = self.portal.sms_code(seen)
        for code in ("code-wrong", "code-wrong", "code-used-up"):
            self.expect(self.portal.post("/account/mobile/code", token, {"code": self.wrong_code(typed)}), 403, code)
        self.expect(self.portal.post("/account/mobile/code", token, {"code": typed}), 403, "code-used-up")
        self.expect(self.change(token, "+32 470 12 34 56"), 200)
        # The same number: the code that came late works too.
        self.expect(self.portal.post("/account/mobile/code", token, {"code": typed}), 204)

    def test_another_code_without_the_password(self):
        token, _, _ = self.enter("m.debruin")
        self.expect(self.portal.post("/account/mobile/again", token), 409, "conflict")
        seen = self.seen()
        answer = self.expect(self.change(token, "0687654321"), 200).json
        self.assert_at(answer["resend_at"], self.portal.now() + 30)
        self.assertEqual(answer["resend_seconds"], 30)
        first = self.portal.sms_code(seen)
        for code in ("code-wrong", "code-wrong", "code-used-up"):
            self.expect(self.portal.post("/account/mobile/code", token, {"code": self.wrong_code(first)}), 403, code)
        self.expect(self.portal.post("/account/mobile/again", token), 429, "codes-later")
        other, _, _ = self.enter("w.debruin")
        self.expect(self.portal.post("/account/mobile/again", other), 409, "conflict")
        seen = self.seen()
        answer = self.expect(self.portal.post("/account/mobile/again", token), 200).json
        self.assertEqual(answer["masked"], "06-••••••21")
        self.assert_at(answer["code_until"], self.portal.now() + 300)
        self.portal.sms_code(seen)
        self.assertEqual([json.load(open(name))["to"] for name in self.seen() if name not in seen], ["+31687654321"])
        # The one that came first works too, and then nothing waits any more.
        self.expect(self.portal.post("/account/mobile/code", token, {"code": first}), 204)
        self.expect(self.portal.post("/account/mobile/again", token), 409, "conflict")

    def test_another_code_works_no_longer_than_the_number_waits(self):
        token, _, _ = self.enter("m.debruin")
        self.expect(self.change(token, "0687654321"), 200)
        self.portal.advance(minutes=13)
        answer = self.expect(self.portal.post("/account/mobile/again", token), 200).json
        self.assert_at(answer["code_until"], self.portal.now() + 120, 3)
        self.portal.advance(minutes=2)
        self.expect(self.portal.post("/account/mobile/again", token), 409, "conflict")

    def test_limits_are_those_of_other_codes(self):
        token, _, _ = self.enter("m.debruin")
        self.expect(self.change(token, "0687654321"), 200)
        self.expect(self.confirmed("/account/mobile", token, "m.debruin", mobile="0687654322"), 429, "codes-later")
        self.expect(self.change(token, "0687654322"), 200)
        self.expect(self.change(token, "0687654323"), 429, "codes-later")

    def test_back_to_a_window_that_was_closed(self):
        """The code that is under way counts still, and there is no other way to where it is typed."""
        token, _, _ = self.enter("m.debruin")
        seen = self.seen()
        self.assertNotIn("refused", self.expect(self.change(token, "0687654321"), 200).json)
        typed, sent = self.portal.sms_code(seen), self.seen()
        self.portal.advance(5)
        again = self.expect(self.confirmed("/account/mobile", token, "m.debruin", mobile="06 87 65 43 21"), 200).json
        self.assertEqual((again["refused"], again["masked"]), ("codes-later", "06-••••••21"))
        self.assert_at(again["code_until"], self.portal.now() + 295, 3)
        self.assertIn(again["resend_seconds"], range(20, 26))
        self.assertEqual(self.seen(), sent, "none was sent")
        self.expect(self.portal.post("/account/mobile/code", token, {"code": typed}), 204)

    def test_back_to_a_window_at_a_limit(self):
        token, _, _ = self.enter("m.debruin")
        ask = lambda password: self.portal.post("/account/mobile", token, {"mobile": "0687654321", "password": password})
        # The login was one code of three in a quarter of an hour.
        for _ in range(2):
            seen = self.seen()
            self.expect(self.change(token, "0687654321"), 200)
            typed = self.portal.sms_code(seen)
        self.portal.advance(31)
        again = self.expect(ask(self.portal.passwords["m.debruin"]), 200).json
        self.assertEqual(again["refused"], "codes-later")
        self.assertGreater(again["resend_seconds"], 600)
        self.expect(ask(WRONG), 403, "password-wrong")
        # That code is over: there is nothing to type, and this says from when there can be.
        self.portal.advance(minutes=5)
        self.expect(ask(self.portal.passwords["m.debruin"]), 429, "codes-later")
        self.expect(self.portal.post("/account/mobile/code", token, {"code": typed}), 403, "code-expired")

    def test_no_way_back_to_a_code_that_was_tried_too_often(self):
        token, _, _ = self.enter("m.debruin")
        self.expect(self.change(token, "0687654321"), 200)
        for _ in range(3):
            self.portal.post("/account/mobile/code", token, {"code": "000000"})
        self.expect(self.confirmed("/account/mobile", token, "m.debruin", mobile="0687654321"), 429, "codes-later")

    def test_a_right_password_is_no_try_also_when_the_number_must_wait(self):
        token, _, _ = self.enter("m.debruin")
        seen = self.seen()
        self.expect(self.change(token, "0687654321"), 200)
        typed = self.portal.sms_code(seen)
        for _ in range(12):
            self.expect(self.confirmed("/account/mobile", token, "m.debruin", mobile="0687654322"), 429, "codes-later")
        # Nothing else came of it: the number of before still waits.
        self.expect(self.portal.post("/account/mobile/code", token, {"code": typed}), 204)
        self.assertEqual(self.portal.value("SELECT mobile FROM account WHERE username = 'm.debruin'"), "+31687654321")

    def test_codes_of_a_login_and_of_a_number_are_not_the_same(self):
        token, _, _ = self.enter("m.debruin")
        seen = self.seen()
        self.expect(self.change(token, "0687654321"), 200)
        typed = self.portal.sms_code(seen)
        self.portal.advance(31)
        pending = self.first_step("m.debruin").json["token"]
        self.expect(self.portal.post("/login/code", pending, {"code": typed}), 403, "code-wrong")

    def test_somebody_elses_number_does_not_wait_for_me(self):
        token, _, _ = self.enter("m.debruin")
        seen = self.seen()
        self.expect(self.change(token, "0687654321"), 200)
        typed = self.portal.sms_code(seen)
        other, _, _ = self.enter("w.debruin")
        self.expect(self.portal.post("/account/mobile/code", other, {"code": typed}), 409, "conflict")

    def test_nobody_keeps_an_owner_out_by_claiming_the_number(self):
        """Codes that others had sent to it, to make it theirs, do not count when its owner logs in."""
        number = self.portal.value("SELECT mobile FROM account WHERE username = 'p.debruin'")
        token, _, _ = self.enter("m.debruin")
        self.portal.stop()
        self.portal.change("UPDATE account SET mobile = '+31612340987' WHERE username = 'p.debruin'")
        self.portal.start()
        for _ in range(3):
            self.portal.advance(minutes=6)
            self.expect(self.confirmed("/account/mobile", token, "m.debruin", mobile="+31612340987"), 200)
        seen = self.seen()
        first = self.first_step("p.debruin")
        self.portal.sms_code(seen)
        self.assertEqual(first.json["next"], "verify-device")
        self.portal.stop()
        self.portal.change("UPDATE account SET mobile = ? WHERE username = 'p.debruin'", number)
        self.portal.start()

    def test_a_code_that_went_to_the_number_of_before(self):
        """The telephone may be stolen: who holds it and knows the password has a login under way."""
        seen = self.seen()
        pending = self.expect(self.first_step("m.debruin"), 200).json["token"]
        typed = self.portal.sms_code(seen)
        self.portal.command("account number", "--username", "m.debruin", "--mobile", "+31687654321")
        self.expect(self.portal.post("/login/code", pending, {"code": typed}), 403, "code-wrong")
        self.portal.advance(31)
        seen = self.seen()
        self.expect(self.portal.post("/login/challenge", pending), 200)
        typed = self.portal.sms_code(seen)
        self.expect(self.portal.post("/login/code", pending, {"code": typed}), 200)

    def test_a_quarter_of_an_hour(self):
        token, _, _ = self.enter("m.debruin")
        seen = self.seen()
        self.expect(self.change(token, "0687654321"), 200)
        typed = self.portal.sms_code(seen)
        self.portal.advance(minutes=5, seconds=1)
        self.expect(self.portal.post("/account/mobile/code", token, {"code": typed}), 403, "code-expired")
        self.portal.advance(minutes=9, seconds=59)
        self.expect(self.portal.post("/account/mobile/code", token, {"code": typed}), 409, "conflict")


class Devices(AccountCase):
    options = {"hold": True}

    def log_in(self, name=None, username="m.debruin", shared=False):
        """On a device of that name: its session token and its device token."""
        self.portal.advance(31)
        seen = self.seen()
        body = {"username": username, "password": self.portal.passwords[username], "shared": shared}
        if name is not None:
            body["device_name"] = name
        first = self.expect(self.portal.post("/login", body=body), 200).json
        answer = self.expect(self.portal.post("/login/code", first["token"], {"code": self.portal.sms_code(seen)}), 200).json
        return answer["token"], answer.get("device_token")

    def named(self, token, what="devices"):
        return {row.get("name"): row for row in self.account(token)[what]}

    def setUp(self):
        super().setUp()
        self.portal.command("account end-sessions", "--username", "m.debruin")

    def test_names(self):
        token, device = self.log_in("laptop boven")
        row = self.named(token)["laptop boven"]
        self.assertTrue(row["current"])
        self.assert_at(row["last_visit"], self.portal.now(), 3)
        self.assert_at(row["until"], self.portal.now() + 90 * 86400, 3)
        self.expect(self.portal.post(f"/account/devices/{row['id']}", token, {"name": " Laptop thuis "}), 204)
        self.assertIn("Laptop thuis", self.named(token))
        self.assertIn("Laptop thuis", self.named(token, "sessions"))
        # The app goes on calling it as before; the person's name stays.
        again = self.expect(self.portal.post("/login", body={"username": "m.debruin", "password": self.portal.passwords["m.debruin"],
                                                             "device_token": device, "device_name": "laptop boven"}), 200).json
        self.assertEqual(list(self.named(again["token"])), ["Laptop thuis"])

    def test_a_name_stays_when_trust_is_renewed_after_90_days(self):
        token, device = self.log_in("laptop boven")
        row = self.named(token)["laptop boven"]
        self.expect(self.portal.post(f"/account/devices/{row['id']}", token, {"name": "Laptop thuis"}), 204)
        self.portal.advance(days=91)
        seen = self.seen()
        first = self.expect(self.portal.post("/login", body={"username": "m.debruin", "password": self.portal.passwords["m.debruin"],
                                                             "device_token": device, "device_name": "laptop boven"}), 200).json
        self.assertEqual(first["challenge"]["reason"], "long-ago")
        answer = self.portal.post("/login/code", first["token"], {"code": self.portal.sms_code(seen)}).json
        self.assertEqual(list(self.named(answer["token"])), ["Laptop thuis"])

    def test_bad_names(self):
        token, _ = self.log_in("laptop")
        row = self.named(token)["laptop"]
        for name in HOSTILE:
            with self.subTest(name[:20]):
                answer = self.portal.post(f"/account/devices/{row['id']}", token, {"name": name})
                self.assertIn((answer.status, answer.code), ((422, "invalid-field"), (400, "bad-request"), (413, "too-large")))
        self.assertEqual(list(self.named(token)), ["laptop"])
        # At login nobody is kept out by it.
        token, _ = self.log_in("a\nb")
        self.assertEqual({device.get("name") for device in self.account(token)["devices"]}, {"laptop", None})

    def test_ending_another_device(self):
        here, _ = self.log_in("hier")
        there, device = self.log_in("daar")
        row = self.named(here)["daar"]
        self.expect(self.portal.call("DELETE", f"/account/devices/{row['id']}", here), 204)
        self.expect_ended(there, "session-ended-elsewhere")
        self.expect_open(here)
        self.assertEqual(self.expect(self.first_step("m.debruin", device=device), 200).json["next"], "verify-device")
        self.assertEqual(list(self.named(here)), ["hier"])
        self.expect(self.portal.call("DELETE", f"/account/devices/{row['id']}", here), 404, "not-found")
        object = self.portal.value("SELECT id FROM device WHERE public_id = ?", row["id"])
        self.assertEqual(self.portal.value("SELECT count(*) FROM audit WHERE action = 60 AND object = ?", object), 1)

    def test_a_login_under_way_does_not_outlive_its_device(self):
        """Logins on it that wait to be hashed while its trust ends: a code is asked."""
        here, _ = self.log_in("hier")
        _, device = self.log_in("daar")
        row = self.named(here)["daar"]
        with self.held():
            threads, logins = self.begin(LOGIN_DEVICE, *[lambda: self.first_step("m.debruin", device=device)] * 2)
            self.expect(self.portal.call("DELETE", f"/account/devices/{row['id']}", here), 204)
            self.assertEqual(logins, [], "both wait still")
        for thread in threads:
            thread.join()
        self.assertEqual([self.expect(answer, 200).json["next"] for answer in logins], ["verify-device"] * 2)
        self.assertEqual(list(self.named(here)), ["hier"])

    def test_ending_this_device(self):
        here, device = self.log_in("hier")
        row = self.named(here)["hier"]
        self.expect(self.portal.call("DELETE", f"/account/devices/{row['id']}", here), 204)
        self.expect_ended(here)
        self.assertEqual(self.expect(self.first_step("m.debruin", device=device), 200).json["next"], "verify-device")

    def test_ending_one_session(self):
        here, _ = self.log_in("hier")
        there, device = self.log_in("daar")
        row = self.named(here, "sessions")["daar"]
        self.expect(self.portal.call("DELETE", f"/account/sessions/{row['id']}", here), 204)
        self.expect_ended(there, "session-ended-elsewhere")
        self.assertEqual(self.expect(self.first_step("m.debruin", device=device), 200).json["next"], "in", "it stays trusted")

    def test_ending_all_others(self):
        here, _ = self.log_in("hier")
        others = [self.log_in("daar")[0], self.log_in("ginds", shared=True)[0]]
        pending = self.first_step("m.debruin").json["token"]
        self.expect(self.portal.post("/account/sessions/end-others", here), 204)
        for token in others:
            self.expect_ended(token, "session-ended-elsewhere")
        self.expect(self.portal.post("/login/code", pending, {"code": "000000"}), 401, "session-ended-elsewhere")
        self.expect_open(here)
        self.assertEqual(list(self.named(here, "sessions")), ["hier"])

    def test_a_shared_computer_is_a_session_and_no_device(self):
        token, device = self.log_in("huiskamer", shared=True)
        self.assertIsNone(device)
        self.assertNotIn("huiskamer", self.named(token))
        self.assertTrue(self.named(token, "sessions")["huiskamer"]["shared"])

    def test_a_session_that_is_over_is_not_shown(self):
        self.log_in("daar")
        self.portal.advance(minutes=17)
        here, _ = self.log_in("hier")
        self.assertEqual(list(self.named(here, "sessions")), ["hier"])
        other, _ = self.log_in("ginds")
        self.expect(self.portal.call("DELETE", "/session", other), 204)
        self.assertEqual(list(self.named(here, "sessions")), ["hier"])


class End(AccountCase):
    OTHERS = ("UPDATE membership_part SET ended = {} WHERE part = 16 AND membership IN (SELECT id FROM membership"
              " WHERE patient = (SELECT id FROM patient WHERE public_id = ?) AND account <> ?)")

    def others_hold(self, ended):
        self.portal.stop()
        self.portal.change(self.OTHERS.format(ended), self.portal.patient("wil"), self.portal.account("m.debruin"))
        self.portal.change("UPDATE membership SET ended = 1 WHERE account = ? AND patient <> (SELECT id FROM patient WHERE public_id = ?)",
                           self.portal.account("m.debruin"), self.portal.patient("wil"))
        self.portal.start()

    def test_the_last_administrator_stays(self):
        self.others_hold("1")
        token, _, _ = self.enter("m.debruin")
        for _ in range(12):
            answer = self.expect(self.confirmed("/account/end", token, "m.debruin"), 409, "last-settings")
        self.assertEqual(answer.json["field"], self.portal.patient("wil"))
        self.expect_open(token)
        # One whose access is over, or was never accepted, is no other.
        self.others_hold("NULL")
        self.portal.stop()
        change = "UPDATE membership SET {} WHERE account <> ? AND patient = (SELECT id FROM patient WHERE public_id = ?)"
        for closed in ("until = 9999999999999999", "until = 1", "until = NULL, ended = 1", "ended = NULL, accepted = NULL"):
            with self.subTest(closed):
                self.portal.change(change.format(closed), self.portal.account("m.debruin"), self.portal.patient("wil"))
                self.portal.start()
                self.expect(self.confirmed("/account/end", token, "m.debruin"), 409, "last-settings")
                self.portal.stop()
        self.portal.change(change.format("state = 2, accepted = 1, ended = NULL, until = NULL"), self.portal.account("m.debruin"), self.portal.patient("wil"))
        self.portal.start()
        self.others_hold("NULL")
        self.expect(self.confirmed("/account/end", token, "m.debruin"), 204)

    def test_the_end(self):
        token, device, _ = self.enter("p.debruin")
        other, _, _ = self.enter("p.debruin")
        account = self.portal.account("p.debruin")
        address = self.account(token)["email"]
        self.expect(self.portal.post("/account/end", token, {"password": WRONG}), 403, "password-wrong")
        mails = self.portal.settled(".eml")
        self.expect(self.confirmed("/account/end", token, "p.debruin"), 204)
        # Each says why, for a screen may hear of the end before it has the answer.
        self.expect_ended(token, "session-ended-account")
        self.expect_ended(other, "session-ended-account")
        self.assertFalse([row for row in self.portal.query("SELECT email FROM account WHERE id = ? AND ended IS NULL", account)])
        manager, _, _ = self.enter("w.debruin")
        listed = self.expect(self.portal.get(f"/patients/{self.portal.patient('wil')}/members", manager), 200).json["members"]
        self.assertNotIn("ended:", str([row.get("email") for row in listed]), "who has gone is nobody to invite")
        self.assertIn("pieter@debruin.example", [row.get("email") for row in listed], "the EHR knows this person still")
        self.expect(self.first_step("p.debruin", device=device), 403, "login-failed")
        self.assertEqual([(mail["to"].addresses[0].addr_spec, mail["subject"] is not None) for mail in self.mails(mails)], [(address, True)])
        self.assertEqual(self.portal.query("SELECT count(*) FROM membership WHERE account = ? AND ended IS NULL", account), [(0,)])
        self.assertEqual(self.portal.query("SELECT count(*) FROM membership_part p JOIN membership m ON m.id = p.membership WHERE m.account = ?"
                                           " AND p.ended IS NULL", account), [(0,)])
        memberships = self.portal.value("SELECT count(*) FROM membership WHERE account = ?", account)
        self.assertGreater(memberships, 0)
        self.assertEqual(self.portal.value("SELECT count(*) FROM audit WHERE action = 63 AND account = ?", account), memberships + 1)
        self.assertEqual(self.portal.query("SELECT name, mobile FROM account WHERE id = ?", account), [("Pieter de Bruin", None)])
        # Name and address are free again.
        self.assertEqual(self.portal.query("SELECT 1 FROM account WHERE username = 'p.debruin' OR email = ?", address), [])


class Desk(AccountCase):
    def run_desk(self, what, *more, username="w.debruin"):
        return self.portal.command(f"account {what}", "--username", username, *more)

    def test_each_is_recorded_and_told(self):
        token, _, _ = self.enter("w.debruin")
        for what, action, told, more in (("code", 58, 1, ()), ("number", 54, 1, ("--mobile", "06 11 22 33 44")), ("unlock", 64, 0, ()),
                                         ("reset-second-step", 65, 1, ()), ("show", 66, 0, ()), ("end-sessions", 62, 0, ())):
            with self.subTest(what):
                mails, rows = self.portal.settled(".eml"), self.audited(action, "w.debruin")
                self.assertNotEqual(self.run_desk(what, *more), "")
                self.assertEqual(len(self.mails(mails)), told)
                self.assertEqual(self.audited(action, "w.debruin"), rows + 1)
        self.expect_ended(token, "session-ended-elsewhere")
        self.assertEqual(self.portal.value("SELECT mobile FROM account WHERE username = 'w.debruin'"), "+31611223344")

    def test_show_tells_no_secret_and_nothing_of_a_client(self):
        text = self.run_desk("show")
        self.assertIn("w.debruin", text)
        for word in ("+316", "Henk", "DL-0000", "hash", self.portal.passwords["w.debruin"]):
            self.assertNotIn(word, text)

    def test_who_forgot_the_user_name_is_found_by_address(self):
        rows = self.audited(66, "m.debruin")
        [(address,)] = self.portal.query("SELECT email FROM account WHERE username = 'm.debruin'")
        self.assertIn("m.debruin", self.portal.command("account show", "--email", address.upper()))
        self.assertEqual(self.audited(66, "m.debruin"), rows + 1)
        for more, word in ((("--email", "nobody@debruin.example"), "no account of this --email"), ((), "no account"),
                           (("--email", address, "--username", "m.debruin"), "not both")):
            result = self.portal.command("account show", *more, check=False)
            self.assertNotEqual(result.returncode, 0)
            self.assertIn(word, result.stderr)
        # What changes something is for a name, of which there is no mistaking.
        self.assertNotEqual(self.portal.command("account unlock", "--email", address, check=False).returncode, 0)

    def test_unlock(self):
        for _ in range(10):
            self.expect(self.first_step("w.debruin", WRONG), 403, "login-failed")
        self.expect(self.first_step("w.debruin"), 429, "throttled")
        self.run_desk("unlock")
        self.expect(self.first_step("w.debruin"), 200)

    def test_without_a_server(self):
        self.portal.stop()
        typed = self.run_desk("code").splitlines()[0]
        self.portal.start()
        self.portal.advance(31)
        pending = self.first_step("w.debruin").json["token"]
        self.expect(self.portal.post("/login/code", pending, {"code": typed, "method": "desk"}), 200)

    def test_what_it_refuses(self):
        for what, more, username, word in (("code", (), "nobody.here", "no account"), ("number", (), "w.debruin", "--mobile"),
                                           ("number", ("--mobile", "020 123 4567"), "w.debruin", "landline"),
                                           ("code", ("--mobile", "0612345678"), "w.debruin", "mobile")):
            with self.subTest(what=what, more=more):
                result = self.portal.command(f"account {what}", "--username", username, *more, check=False)
                self.assertNotEqual(result.returncode, 0)
                self.assertIn(word, result.stderr)
        self.assertNotEqual(self.portal.command("account", check=False).returncode, 0)
        self.assertNotEqual(self.portal.command("account everything", check=False).returncode, 0)


if __name__ == "__main__":
    tap.main()
