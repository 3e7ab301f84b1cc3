# SPDX-License-Identifier: GPL-3.0-or-later
"""Wachtwoord wijzigen: the rules, what a change ends, and the temporary password."""
import re
import unicodedata

import tap
from case import LOGIN_ACCOUNT, LOGIN_DEVICE, OWN_PASSWORD, PortalCase
from portal import NEW_PASSWORD, mail_text, read_mail, until

# Of Marijke de Bruin, m.debruin, at Zorggroep De Linde.
REFUSED = [
    ("elf tekens!", "password-short"),
    ("e\u0301" * 11, "password-short"),
    ("", "password-short"),
    ("lang" * 256 + "!", "password-long"),
    ("é" * 513, "password-long"),
    ("welkomwelkom", "password-common"),
    ("Wachtwoord2026!", "password-common"),
    ("123456789012", "password-common"),
    ("abcdefghijklmn", "password-common"),
    ("aaaaaaaaaaaaaa", "password-common"),
    ("!!!!!!!!!!!!!!", "password-common"),
    ("hallo Marijke 7", "password-personal"),
    ("m-a-r-i-j-k-e-7-7", "password-personal"),
    ("fam. de Bruin 1948", "password-personal"),
    ("MDEBRUINMDEBRUIN", "password-personal"),
    ("Zorggroep De Linde!", "password-context"),
    ("mijn clientportaal", "password-context"),
    ("mijn cliëntportaal", "password-context"),
]


class Rules(PortalCase):
    def test_each_rule_says_what_is_wrong(self):
        token, _, _ = self.enter("m.debruin")
        old = self.portal.passwords["m.debruin"]
        for new, code in REFUSED:
            with self.subTest(new[:30]):
                body = {"old_password": old, "new_password": new}
                self.expect(self.portal.post("/password", token, body), 422, code)
        self.expect(self.portal.post("/password", token, {"old_password": old, "new_password": old}), 422, "password-same")
        self.expect_open(token)

    def test_the_old_one_must_be_right(self):
        token, _, _ = self.enter("m.debruin")
        body = {"old_password": "not the password", "new_password": NEW_PASSWORD}
        self.expect(self.portal.post("/password", token, body), 403, "password-old-wrong")
        for _ in range(9):
            self.portal.post("/password", token, body)
        answer = self.expect(self.portal.post("/password", token, body), 429, "throttled")
        self.assertEqual(self.portal.value("SELECT count(*) FROM audit WHERE action = 67 AND account = ? AND session <> 0",
                                           self.portal.account("m.debruin")), 10, "who guesses at an open session is seen")
        self.assertAlmostEqual(int(answer.headers["retry-after"]), 900, delta=60)
        body["old_password"] = self.portal.passwords["m.debruin"]
        self.expect(self.portal.post("/password", token, body), 429, "throttled")
        self.expect_open(token)

    def test_it_is_the_same_on_every_keyboard(self):
        """Unicode counts and compares in NFC."""
        new = unicodedata.normalize("NFC", "Één café, twee zoëven")
        token, _, _ = self.enter("p.debruin")
        self.expect(self.portal.post("/password", token,
                                     {"old_password": self.portal.passwords["p.debruin"], "new_password": new}), 200)
        self.expect(self.first_step("p.debruin", unicodedata.normalize("NFD", new)), 200)
        self.expect(self.first_step("p.debruin", new.replace("é", "e")), 403, "login-failed")


class Change(PortalCase):
    options = {"hold": True}

    def change(self, token, old, new):
        return self.portal.post("/password", token, {"old_password": old, "new_password": new})

    def test_what_it_keeps_and_what_it_ends(self):
        old = self.portal.passwords["m.debruin"]
        here, device, _ = self.enter("m.debruin")
        elsewhere, other_device, _ = self.enter("m.debruin")
        answer = self.expect(self.change(here, old, NEW_PASSWORD), 200).json
        self.assertEqual(answer["next"], "in")
        self.expect_open(answer["token"])
        self.expect_ended(here)
        self.expect_ended(elsewhere, "session-ended-password")
        self.expect(self.first_step("m.debruin", old, answer["device_token"]), 403, "login-failed")
        for token in (device, other_device):
            self.assertEqual(self.first_step("m.debruin", NEW_PASSWORD, token).json["next"], "verify-device")
        self.assertEqual(self.first_step("m.debruin", NEW_PASSWORD, answer["device_token"]).json["next"], "in")

    def test_a_login_under_way_does_not_outlive_it(self):
        """Logins with the old password that wait to be hashed while it is changed."""
        old = self.portal.passwords["p.debruin"]
        here, device, _ = self.enter("p.debruin")
        with self.held():
            change, changes = self.begin(OWN_PASSWORD, lambda: self.change(here, old, NEW_PASSWORD))
            tries, logins = self.begin(LOGIN_DEVICE, *[lambda: self.first_step("p.debruin", old, device)] * 8)
        for thread in [*change, *tries]:
            thread.join()
        self.expect(changes[0], 200)
        self.expect_open(changes[0].json["token"])
        for answer in logins:
            if answer.status == 200:
                self.expect_ended(answer.json["token"], "session-ended-password")
            else:
                self.expect(answer, 403, "login-failed")
        self.expect(self.first_step("p.debruin", old), 403, "login-failed")

    def test_on_a_shared_computer_no_trust_begins(self):
        token, _, _ = self.enter("w.debruin", shared=True)
        answer = self.expect(self.change(token, self.portal.passwords["w.debruin"], NEW_PASSWORD), 200).json
        self.assertNotIn("device_token", answer)
        self.assertTrue(self.portal.get("/session", answer["token"]).json["shared"])


class Cost(PortalCase):
    options = {"hold": True}

    def stored(self):
        return self.portal.value("SELECT hash FROM credential WHERE kind = 0 AND account = ?", self.portal.account("m.debruin"))

    def since(self):
        return self.portal.value("SELECT created FROM credential WHERE kind = 0 AND account = ?", self.portal.account("m.debruin"))

    def raise_passes(self):
        """Once more work than what is stored."""
        passes = int(re.search(r"t=(\d+)", self.stored()).group(1))
        self.portal.stop()
        with open(self.portal.path("portal.conf")) as f:
            text = f.read()
        self.portal.write("portal.conf", re.sub(r"argon2-passes=\d+", f"argon2-passes={passes + 1}", text))
        self.portal.start()

    def test_an_older_hash_is_renewed_at_a_login(self):
        """With the right password only; and it is the same password afterwards."""
        old = self.stored()
        self.raise_passes()
        self.expect(self.first_step("m.debruin", "not the password"), 403, "login-failed")
        self.assertEqual(self.stored(), old)
        self.expect(self.first_step("m.debruin"), 200)
        renewed = self.stored()
        self.assertNotEqual(renewed, old)
        self.expect(self.first_step("m.debruin"), 200)
        self.assertEqual(self.stored(), renewed)

    def test_of_two_logins_at_once_both_come_in(self):
        """The one that is hashed last was right under the hash of before."""
        since = self.since()
        self.raise_passes()
        old = self.stored()
        with self.held():
            threads, logins = self.begin(LOGIN_ACCOUNT, *[lambda: self.first_step("m.debruin")] * 2)
        for thread in threads:
            thread.join()
        for answer in logins:
            self.expect(answer, 200)
        self.assertNotEqual(self.stored(), old)
        self.assertEqual(self.since(), since, "it is no other password")
        self.expect(self.first_step("m.debruin"), 200)


class Temporary(PortalCase):
    """A temporary password comes with the mail of an enrolment."""

    options = {"invitations": "invitation-with=credentials"}
    number = 0

    def setUp(self):
        super().setUp()
        Temporary.number += 1
        self.username = f"nieuw.{self.number}"
        before = self.portal.settled(".eml")
        self.portal.command("enrol", "--identifier", f"https://zorggroep-de-linde.example/client|DL-9{self.number:05}", "--source", "ecd",
                            "--client", "Anna Kok", "--username", self.username, "--name", "Nico Noord", "--email",
                            f"{self.username}@noord.example", "--mobile", f"+3161000{self.number:04}", "--relation", "partner")
        [name] = until(lambda: [n for n in self.portal.sent(".eml") if n not in before], "the mail")
        text = mail_text(read_mail(name))
        self.temporary = re.search(r"Tijdelijk wachtwoord: (\S+)", text).group(1)

    def forced(self):
        """Up to the forced change. Returns its token."""
        seen = self.seen()
        token = self.expect(self.first_step(self.username, self.temporary), 200).json["token"]
        answer = self.expect(self.portal.post("/login/code", token, {"code": self.portal.sms_code(seen)}), 200).json
        self.assertEqual((answer["next"], answer.get("first_change")), ("change-password", True))
        return answer["token"]

    def change(self, token, old, new=NEW_PASSWORD):
        return self.portal.post("/password", token, {"old_password": old, "new_password": new})

    def test_it_must_be_changed_and_works_once(self):
        token = self.forced()
        self.expect(self.portal.get("/session", token), 401, "session-ended")
        self.expect(self.change(token, "not the password"), 403, "password-old-wrong")
        self.expect(self.change(token, self.temporary, self.temporary), 422, "password-same")
        answer = self.expect(self.change(token, self.temporary), 200).json
        self.assertEqual(answer["next"], "invitations")
        self.expect_open(answer["token"])
        self.expect(self.first_step(self.username, self.temporary), 403, "login-failed")
        self.portal.advance(31)
        self.assertEqual(self.first_step(self.username, NEW_PASSWORD).json["next"], "verify-device")

    def test_it_works_until_it_was_changed(self):
        self.forced()
        self.portal.advance(31)
        self.expect(self.change(self.forced(), self.temporary), 200)

    def test_its_end_is_told_only_to_who_knows_it(self):
        self.portal.advance(self.end_of_day(7) - 10)
        self.expect(self.first_step(self.username, self.temporary), 200)
        self.portal.advance(20)
        answer = self.expect(self.first_step(self.username, self.temporary), 403, "temporary-password-expired")
        self.assertEqual(answer.json["reason"], "invitation")
        self.expect(self.first_step(self.username, "not the password"), 403, "login-failed")

    def test_it_changes_nothing_once_it_is_over(self):
        self.portal.advance(self.end_of_day(7) - 60)
        token = self.forced()
        self.portal.advance(90)
        self.expect(self.change(token, self.temporary), 403, "password-old-wrong")

    def test_the_attempt_ends_the_change_too(self):
        token = self.forced()
        self.portal.advance(minutes=17)
        self.expect(self.change(token, self.temporary), 401, "attempt-ended")

    def test_it_is_nowhere_in_clear(self):
        for table in ("credential", "outbox", "audit"):
            self.assertNotIn(self.temporary, str(self.portal.query(f"SELECT * FROM {table}")))
        self.assertNotIn(self.temporary, self.portal.log_text())


class ShortInvitation(PortalCase):
    """An invitation that lives no longer than a password that was asked for may."""
    options = {"invitations": "invitation-with=credentials", "password": "invitation-days=1\ntemporary-minutes=1440\nforgotten=temporary"}

    def enrol(self):
        before = self.portal.settled(".eml")
        self.portal.command("enrol", "--identifier", "https://zorggroep-de-linde.example/client|DL-980001", "--source", "ecd", "--client",
                            "Anna Kok", "--username", "nieuw", "--name", "Nico Noord", "--email", "nieuw@noord.example", "--mobile",
                            "+31610000980", "--relation", "partner")
        return self.temporary(before)

    def temporary(self, before):
        return re.search(r"Tijdelijk wachtwoord: (\S+)", self.portal.new_mail(before)).group(1)

    def late(self, username, password, lives=86400):
        self.portal.advance(lives + 10)
        return self.expect(self.first_step(username, password), 403, "temporary-password-expired").json.get("reason")

    def test_where_it_came_from_is_known(self):
        self.assertEqual(self.late("nieuw", self.enrol(), self.end_of_day(1)), "invitation")
        before = self.portal.settled(".eml")
        self.expect(self.portal.post("/forgot", body={"username": "nieuw", "email": "nieuw@noord.example"}), 204)
        self.assertIsNone(self.late("nieuw", self.temporary(before)), "it was asked for, by somebody who has no own one yet")


if __name__ == "__main__":
    tap.main()
