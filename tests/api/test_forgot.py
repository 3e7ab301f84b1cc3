# SPDX-License-Identifier: GPL-3.0-or-later
"""Wachtwoord vergeten: by link and by temporary password, and what a link of a mail may do."""
import os
import re

import tap
from case import PortalCase, in_parallel, without_id
from portal import NEW_PASSWORD, mail_text, read_mail, until

OTHER_PASSWORD = "acht natte paarse kamelen"
ENDED = (410, "link-ended")


class ForgotCase(PortalCase):
    def email(self, username):
        return self.portal.value("SELECT email FROM account WHERE username = ?", username)

    def forget(self, username, email=None, **more):
        return self.portal.post("/forgot", body={"username": username, "email": email or self.email(username), **more})

    def mailed(self, username, **more):
        """The text of the mail that comes."""
        seen = self.portal.settled(".eml")
        self.expect(self.forget(username, **more), 204)
        return self.portal.new_mail(seen)

    def look(self, token):
        return self.portal.post("/links/look", body={"token": token})

    def choose(self, token, username, password=NEW_PASSWORD):
        return self.portal.post("/links/password", body={"token": token, "username": username, "new_password": password})

    def expect_ended_link(self, token, username):
        self.expect(self.look(token), *ENDED)
        self.expect(self.choose(token, username), *ENDED)


class ByLink(ForgotCase):
    def link(self, username):
        seen = self.portal.settled(".eml")
        self.expect(self.forget(username), 204)
        return self.portal.new_link(seen)

    def test_the_whole_way(self):
        old = self.portal.passwords["m.debruin"]
        here, device, _ = self.enter("m.debruin")
        mail = self.mailed("m.debruin")
        self.assertIn("Geachte heer, mevrouw", mail)
        address = re.search(r"https://(\S+)/reset/([\w-]+)", mail)
        self.assertEqual(address.group(1), f"127.0.0.1:{self.portal.port}", "the configured host")
        token = address.group(2)
        found = self.expect(self.look(token), 200).json
        self.assertEqual(set(found), {"kind", "until", "seconds_left"})
        self.assertEqual(found["kind"], "reset")
        self.assert_at(found["until"], self.portal.now() + 300, within=15)
        self.expect_open(here)
        seen = self.portal.settled(".eml")
        self.expect(self.choose(token, " M.deBruin "), 204)
        self.expect_ended(here, "session-ended-password")
        self.expect(self.first_step("m.debruin", old), 403, "login-failed")
        self.portal.passwords["m.debruin"] = NEW_PASSWORD
        self.assertIn("gewijzigd", self.portal.new_mail(seen))
        self.portal.advance(31)
        _, _, answers = self.enter("m.debruin", device_token=device)
        self.assertEqual(answers[0].json["challenge"]["reason"], "new-device", "no trust is left")
        # It may be the person's own: neither that it is new nor that somebody else must have been there is told.
        [mail] = [" ".join(mail_text(read_mail(name)).split()) for name in self.portal.settled("-new-device.eml") if name not in seen]
        self.assertNotIn("nieuw apparaat", mail)
        for words in ("niet (meer) kennen", "kort geleden een nieuw wachtwoord"):
            self.assertIn(words, mail)
        self.expect_ended_link(token, "m.debruin")

    def test_the_old_password_works_meanwhile(self):
        self.link("p.debruin")
        self.expect(self.first_step("p.debruin"), 200)

    def test_five_minutes(self):
        token = self.link("p.debruin")
        self.portal.advance(minutes=4, seconds=45)
        self.expect(self.look(token), 200)
        self.portal.advance(16)
        self.expect_ended_link(token, "p.debruin")
        self.expect(self.first_step("p.debruin"), 200)

    def test_a_fast_clock_that_is_set_right_lengthens_nothing(self):
        """Neither a link, nor a session, nor the trust in a device; and a session does not come back to life."""
        self.portal.advance(days=1)
        link = self.link("p.debruin")
        token, device, _ = self.enter("p.debruin")
        self.expect_open(token)
        self.portal.advance(days=-1)
        self.portal.advance(minutes=17)
        self.expect_ended(token)
        self.expect_ended_link(link, "p.debruin")
        self.assertEqual(self.expect(self.first_step("p.debruin", device=device), 200).json["next"], "verify-device")
        self.portal.stop()
        self.portal.start()
        until(lambda: self.portal.value("SELECT count(*) FROM session WHERE last_used > ? AND expires > 0",
                                        int(self.portal.now() + 60) * 1000000) == 0, "the end of what a fast clock made")
        self.portal.advance(days=1, minutes=-16)
        self.expect_ended(token)

    def test_waiting_in_the_outbox_does_not_eat_its_time(self):
        """Handed over ten minutes after it was asked for."""
        seen = self.portal.settled(".eml")
        outbox, away = self.portal.path("outbox"), self.portal.path("away")
        os.rename(outbox, away)
        self.portal.write("outbox", "in the way")
        self.expect(self.forget("p.debruin"), 204)
        until(lambda: self.portal.value("SELECT max(tries) FROM outbox WHERE sent IS NULL AND template = 'reset-link'"), "a try")
        self.portal.advance(minutes=10)
        os.remove(outbox)
        os.rename(away, outbox)
        until(lambda: [n for n in self.portal.sent(".eml") if n not in seen], "the mail", seconds=60)
        look = self.look(self.portal.new_link(seen)).json
        self.assert_at(look["until"], self.portal.now() + 300, within=30)
        self.assertAlmostEqual(look["seconds_left"], 300, delta=30)

    def test_a_wrong_user_name_keeps_the_link_and_counts(self):
        token = self.link("p.debruin")
        for _ in range(8):
            self.expect(self.choose(token, "m.debruin"), 403, "link-user")
        self.expect(self.choose(token, "p.debruin", "kort"), 422, "password-short")
        self.expect(self.choose(token, "p.debruin", "mijn cliëntportaal"), 422, "password-context")
        for _ in range(2):
            self.expect(self.choose(token, "m.debruin"), 403, "link-user")
        answer = self.expect(self.choose(token, "p.debruin"), 429, "throttled")
        self.assertGreater(answer.json["wait_seconds"], 800)
        self.expect(self.first_step("p.debruin"), 200)

    def test_a_rule_is_told_only_to_who_knows_the_name(self):
        token = self.link("p.debruin")
        self.expect(self.choose(token, "m.debruin", "kort"), 403, "link-user")
        self.expect(self.choose(token, "p.debruin", "hallo Pieter 12"), 422, "password-personal")

    def test_two_at_once_is_one(self):
        old = self.portal.passwords["t.bakker"]
        token = self.link("t.bakker")
        passwords = [NEW_PASSWORD, OTHER_PASSWORD]
        answers = in_parallel(2, lambda connection: self.portal.post("/links/password", connection=connection, body={
            "token": token, "username": "t.bakker", "new_password": passwords.pop()}), self.portal)
        self.assertEqual(sorted(a.status for a in answers), [204, 410])
        self.expect(self.first_step("t.bakker", old), 403, "login-failed")
        self.assertEqual(sorted(self.first_step("t.bakker", p).status for p in (NEW_PASSWORD, OTHER_PASSWORD)), [200, 403])

    def test_every_way_to_a_new_password_ends_the_links(self):
        links = [self.link("w.debruin"), self.link("w.debruin")]
        token, _, _ = self.enter("w.debruin")
        self.expect(self.look(links[0]), 200)
        self.expect(self.portal.post("/password", token, {"old_password": self.portal.passwords["w.debruin"],
                                                          "new_password": NEW_PASSWORD}), 200)
        self.portal.passwords["w.debruin"] = NEW_PASSWORD
        for link in links:
            self.expect_ended_link(link, "w.debruin")

    def test_it_is_nowhere_in_clear(self):
        token = self.link("p.debruin")
        self.look(token)
        for table in ("link", "outbox", "audit", "throttle"):
            self.assertNotIn(token, str(self.portal.query(f"SELECT * FROM {table}")))
        self.assertNotIn(token, self.portal.log_text())

    def test_a_reset_link_confirms_nothing(self):
        token = self.link("p.debruin")
        self.expect(self.portal.post("/links/confirm", body={"token": token}), *ENDED)
        self.expect(self.look(token), 200)

    def test_what_is_recorded(self):
        account = self.portal.account("p.debruin")
        token = self.link("p.debruin")
        self.choose(token, "m.debruin")
        self.forget("p.debruin", "somebody@else.example")
        self.forget("nobody.here", "somebody@else.example")
        rows = self.portal.query("SELECT action, account FROM audit ORDER BY id DESC LIMIT 4")
        self.assertEqual(rows[::-1], [(40, account), (43, account), (40, 0), (40, 0)])


class Answers(ForgotCase):
    def test_one_answer_for_all(self):
        known = self.expect(self.forget("m.debruin"), 204)
        for username, email in (("nobody.here", "m@x.example"), ("m.debruin", "other@x.example"), ("x" * 200, "a@b.example"),
                                ("' OR 1=1 --", "a@b.example"), ("nobody.here", self.email("m.debruin"))):
            with self.subTest(username[:20]):
                self.assertEqual(without_id(self.forget(username, email)), without_id(known))

    def test_nobody_else_gets_a_mail(self):
        seen = self.portal.settled(".eml")
        self.forget("nobody.here", "m@x.example")
        self.forget("m.debruin", "other@x.example")
        self.portal.settled(".eml")
        self.assertEqual(self.portal.settled(".eml"), seen)
        self.assertEqual(self.portal.value("SELECT count(*) FROM outbox WHERE failed IS NOT NULL AND account IS NULL") >= 2, True)

    def test_capitals_and_spaces_make_no_difference(self):
        self.assertIn("https://", self.mailed(" M.deBruin ", email=" " + self.email("m.debruin").upper() + " "))

    def test_an_address_that_is_none(self):
        for email in ("", "m.debruin", "a b@c.example", "<a@b.example>", "a@b.example,c@d.example", "a@b.example\u202e", "é" * 400):
            with self.subTest(email[:20]):
                answer = self.portal.post("/forgot", body={"username": "m.debruin", "email": email})
                self.assertEqual((answer.status, answer.code, answer.json.get("field")), (422, "invalid-field", "email"), answer)

    def test_a_language_is_kept_until_the_first_login(self):
        self.assertIn("Dear Sir or Madam", self.mailed("j.hofstra", language="en"))
        language = "SELECT language FROM account WHERE username = 'j.hofstra'"
        self.assertEqual(self.portal.value(language), "en")
        self.assertIn("Dear Sir or Madam", self.mailed("j.hofstra", language="<xx>"), "what no account can have leaves it as it is")
        self.assertEqual(self.portal.value(language), "en")

    def test_an_organisation_says_which_way(self):
        organisation = self.portal.get("/organisation").json
        self.assertEqual((organisation["forgotten"], organisation["forgotten_minutes"], organisation["invitation_days"], organisation["device_days"]),
                         ("link", 5, 7, 90))
        self.assertEqual((organisation["idle_seconds"], organisation["shared_idle_seconds"]), (900, 300))


class Limits(ForgotCase):
    def test_an_account(self):
        """Who knows name and address gets five mails an hour; somebody else takes nothing away from that."""
        for n in range(20):
            self.expect(self.forget("m.debruin", f"guess{n}@x.example"), 204)
        for _ in range(5):
            self.expect(self.forget("m.debruin"), 204)
        answer = self.expect(self.forget("m.debruin"), 429, "throttled")
        self.assertAlmostEqual(answer.json["wait_seconds"], 3600, delta=60)
        self.expect(self.forget("p.debruin"), 204)
        self.portal.advance(minutes=61)
        self.expect(self.forget("m.debruin"), 204)

    def test_an_unknown_one_just_the_same(self):
        for _ in range(5):
            self.expect(self.forget("nobody.here", "a@b.example"), 204)
        self.expect(self.forget("nobody.here", "a@b.example"), 429, "throttled")

    def test_an_address_block(self):
        for n in range(100):
            self.expect(self.forget(f"nobody.{n}", "a@b.example"), 204)
        self.expect(self.forget("m.debruin"), 429, "throttled")
        self.expect(self.first_step("m.debruin"), 200)

    def test_all_together(self):
        self.expect(self.forget("nobody.here", "a@b.example"), 204)
        self.portal.stop()
        self.portal.change("UPDATE throttle SET count = 9999 WHERE bucket = 17")
        self.portal.start()
        self.expect(self.forget("nobody.here", "a@b.example"), 204)
        self.expect(self.forget("m.debruin"), 429, "throttled")
        self.portal.advance(minutes=61)
        self.expect(self.forget("m.debruin"), 204)

    def test_rows_for_nobody_do_not_stay(self):
        self.expect(self.forget("nobody.here", "a@b.example"), 204)
        self.portal.settled(".eml")
        self.portal.advance(hours=30)
        self.portal.pause()
        self.portal.start()
        until(lambda: self.portal.value("SELECT count(*) FROM outbox WHERE account IS NULL") == 0, "tidying")


class Networks(ForgotCase):
    options = {"more": "[server]\nproxies=127.0.0.1"}

    number = 0

    def forget_from(self, address, username="nobody.here"):
        self.number += 1
        return self.portal.post("/forgot", body={"username": username, "email": f"a{self.number}@b.example"}, headers={"X-Forwarded-For": address})

    def test_many_addresses_of_one_network_are_one(self):
        for block in range(3):
            for _ in range(100):
                self.expect(self.forget_from(f"2001:db8:1:{block:x}::1"), 204)
        for block in (0, 3, 0xffff):
            self.expect(self.forget_from(f"2001:db8:1:{block:x}::1"), 429, "throttled")
        for address in ("2001:db8:2::1", "2001:db8::1", "192.0.2.1"):
            self.expect(self.forget_from(address), 204)
        self.portal.advance(minutes=61)
        self.expect(self.forget_from("2001:db8:1:0::1"), 204)

    def test_a_few_networks_keep_nobody_from_asking(self):
        """Ten of them, each until it is told to wait, leave most of what all have."""
        self.expect(self.forget_from("2001:db8:1::1"), 204)
        self.portal.stop()
        self.portal.change("UPDATE throttle SET count = ? WHERE bucket = 17", 10 * 300)
        self.portal.start()
        self.expect(self.forget("m.debruin"), 204)


class ByTemporaryPassword(ForgotCase):
    options = {"password": "forgotten=temporary\ntemporary-minutes=60"}

    def temporary(self, username):
        return re.search(r"Tijdelijk wachtwoord: (\S+)", self.mailed(username)).group(1)

    def test_the_whole_way(self):
        self.assertEqual(self.portal.get("/organisation").json["forgotten"], "temporary")
        temporary = self.temporary("m.debruin")
        here, device, _ = self.enter("m.debruin")
        answer = self.expect(self.first_step("m.debruin", temporary, device), 200).json
        self.assertEqual(answer["next"], "change-password")
        self.assertFalse(answer.get("first_change", False))
        self.expect_open(here)
        self.expect(self.first_step("m.debruin"), 200)
        answer = self.expect(self.portal.post("/password", answer["token"], {"old_password": temporary, "new_password": NEW_PASSWORD}), 200)
        self.assertEqual(answer.json["next"], "in")
        self.expect(self.first_step("m.debruin"), 403, "login-failed")
        self.expect(self.first_step("m.debruin", temporary), 403, "login-failed")
        self.expect(self.first_step("m.debruin", NEW_PASSWORD), 200)
        self.portal.passwords["m.debruin"] = NEW_PASSWORD

    def test_an_hour(self):
        temporary = self.temporary("p.debruin")
        self.portal.advance(minutes=59)
        self.expect(self.first_step("p.debruin", temporary), 200)
        self.portal.advance(minutes=2)
        answer = self.expect(self.first_step("p.debruin", temporary), 403, "temporary-password-expired")
        self.assertNotIn("reason", answer.json)
        self.expect(self.first_step("p.debruin"), 200)


    def test_a_fast_clock_that_is_set_right_lengthens_nothing(self):
        self.portal.advance(days=1)
        temporary = self.temporary("p.debruin")
        self.expect(self.first_step("p.debruin", temporary), 200)
        self.portal.advance(days=-1)
        self.expect(self.first_step("p.debruin", temporary), 403, "temporary-password-expired")
        self.portal.advance(days=1)


class Invitation(ForgotCase):
    """Somebody is invited who has no password yet."""

    @classmethod
    def prepare(cls):
        cls.portal.passwords["nico"] = ""
        cls.accounts, cls.links = [], []
        for n in range(4):
            account = cls.portal.change("INSERT INTO account (public_id, username, name, given_name, email, mobile, created)"
                                        " VALUES (?, ?, 'Nico Noord', 'Nico', ?, ?, 0)", f"N{n:021}", f"nico.{n}", f"nico{n}@x.example",
                                        f"+3161111{n:04}")
            membership = cls.portal.change("INSERT INTO membership (public_id, account, patient, state, created) VALUES (?, ?, 1, 1, 0)",
                                           f"N{n:021}", account)
            now = int(cls.portal.now() * 1e6)
            invitation = cls.portal.change("INSERT INTO invitation (public_id, membership, state, created, expires) VALUES (?, ?, 0, ?, ?)",
                                           f"N{n:021}", membership, now, now + int(30 * 86400e6))
            cls.accounts.append((account, invitation))
            cls.links.append(cls.portal.add_link("invitation", account, invitation, lives=30 * 86400))
        cls.second = cls.portal.add_link("invitation", cls.accounts[0][0], cls.accounts[0][1], lives=30 * 86400)
        cls.portal.change("UPDATE invitation SET state = 4 WHERE id = ?", cls.accounts[2][1])
        cls.portal.change("UPDATE invitation SET expires = ? WHERE id = ?", now + int(86400e6), cls.accounts[3][1])

    def test_choosing_a_password_accepts_nothing(self):
        found = self.expect(self.look(self.links[0]), 200).json
        self.assertEqual(found["kind"], "invitation")
        self.expect(self.choose(self.links[0], "nico.1"), 403, "link-user")
        self.expect(self.choose(self.links[0], "nico.0"), 204)
        self.portal.advance(31)
        answer = self.enter("nico.0", password=NEW_PASSWORD)[2][-1].json
        self.assertEqual(answer["next"], "invitations")
        self.assertEqual(self.portal.value("SELECT state FROM invitation WHERE id = ?", self.accounts[0][1]), 0)
        self.assertNotIn("change-password", answer["next"])
        for link in (self.links[0], self.second):
            self.expect_ended_link(link, "nico.0")

    def test_a_forgotten_password_before_the_first(self):
        """Who lost the invitation may ask for a link; the one of the invitation ends with it."""
        seen = self.portal.settled(".eml")
        self.expect(self.forget("nico.1"), 204)
        self.expect(self.choose(self.portal.new_link(seen), "nico.1"), 204)
        self.expect_ended_link(self.links[1], "nico.1")
        self.assertEqual(self.portal.value("SELECT state FROM invitation WHERE id = ?", self.accounts[1][1]), 0)

    def test_an_invitation_that_is_not_open(self):
        self.expect_ended_link(self.links[2], "nico.2")
        self.expect_ended_link(self.links[3], "nico.3")


class Hostile(ForgotCase):
    def test_tokens_that_are_none(self):
        for token in ("", "A" * 43, "A" * 100, "../../etc/passwd", "' OR 1=1 --", "é", "A" * 42 + "\n"):
            with self.subTest(token):
                self.expect(self.look(token), *ENDED)
                self.expect(self.choose(token, "m.debruin"), *ENDED)
                self.expect(self.portal.post("/links/confirm", body={"token": token}), *ENDED)
        self.expect(self.look("A" * 101), 422, "invalid-field")


if __name__ == "__main__":
    tap.main()
