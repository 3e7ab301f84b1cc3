# SPDX-License-Identifier: GPL-3.0-or-later
"""Another e-mail address of one's own account."""
import tap
from own import HOSTILE, WRONG, AccountCase
from portal import NEW_PASSWORD


class Address(AccountCase):
    def test_a_link_goes_to_the_new_address_and_nothing_changes_yet(self):
        token, _, _ = self.enter("m.debruin")
        before = self.account(token)["email"]
        self.expect(self.confirmed("/account/email", token, "m.debruin", email=" marijke@nieuw.example "), 204)
        account = self.account(token)
        self.assertEqual((account["email"], account["email_waiting"]), (before, "marijke@nieuw.example"))
        row = self.portal.query("SELECT link_kind, link_object, to_sealed IS NOT NULL FROM outbox WHERE template = 'email-confirm'")
        self.assertEqual(row, [(3, self.portal.value("SELECT id FROM email_change"), 1)])
        self.assertEqual(self.audited(51, "m.debruin"), 1)
        self.portal.advance(days=1)
        token, _, _ = self.enter("m.debruin")
        self.assertNotIn("email_waiting", self.account(token))

    def test_none_waits_after_a_password_was_chosen(self):
        """Who knew the one before may have asked for it, and would have the account's mail a day later."""
        thief, _, _ = self.enter("t.bakker")
        token, _, _ = self.enter("t.bakker")
        mails = self.portal.settled(".eml")
        self.expect(self.confirmed("/account/email", thief, "t.bakker", email="thief@nieuw.example"), 204)
        link = self.portal.new_link(mails)
        answer = self.portal.post("/password", token, {"old_password": self.portal.passwords["t.bakker"], "new_password": NEW_PASSWORD})
        self.portal.passwords["t.bakker"] = NEW_PASSWORD
        self.assertNotIn("email_waiting", self.account(self.expect(answer, 200).json["token"]))
        self.expect(self.portal.post("/links/confirm", body={"token": link}), 410, "link-ended")
        self.assertNotEqual(self.portal.value("SELECT email FROM account WHERE username = 't.bakker'"), "thief@nieuw.example")

    def test_none_waits_after_logging_out_everywhere_else(self):
        """What somebody else asked for, from a session that is ended by that, would move the account's mail a day later."""
        thief, _, _ = self.enter("j.hofstra")
        token, _, _ = self.enter("j.hofstra")
        mails = self.portal.settled(".eml")
        self.expect(self.confirmed("/account/email", thief, "j.hofstra", email="thief@elders.example"), 204)
        link = self.portal.new_link(mails)
        self.expect(self.portal.post("/account/sessions/end-others", token), 204)
        self.assertNotIn("email_waiting", self.account(token))
        self.expect(self.portal.post("/links/confirm", body={"token": link}), 410, "link-ended")
        self.assertNotEqual(self.portal.value("SELECT email FROM account WHERE username = 'j.hofstra'"), "thief@elders.example")

    def test_what_is_refused(self):
        token, _, _ = self.enter("m.debruin")
        self.expect(self.portal.post("/account/email", token, {"email": "a@b.example", "password": WRONG}), 403, "password-wrong")
        self.assertEqual(self.audited(67, "m.debruin"), 1)
        for address in HOSTILE + ["a", "a@b", "a b@c.example", "<a@b.example>", "a@b.example\r\nBcc: c@d.example", "é@b.example"]:
            with self.subTest(address[:30]):
                answer = self.confirmed("/account/email", token, "m.debruin", email=address)
                self.assertIn((answer.status, answer.code), ((422, "invalid-field"), (400, "bad-request"), (413, "too-large")))
                if answer.status == 422:
                    self.assertEqual(answer.json["field"], "email")
        self.assertNotIn("email_waiting", self.account(token))

    def test_an_address_that_somebody_has_is_not_told(self):
        """Or one could ask who uses the portal. Whose it is hears of it, and cannot give it away by mistake."""
        token, _, _ = self.enter("t.bakker")
        told = lambda address: [mail.get_body(("plain",)).get_content() for mail in self.mails(before) if address in mail["To"].lower()]
        answers = []
        for address in ("pieter@debruin.example", "PIETER@debruin.example", "niemand@nieuw.example"):
            before = self.portal.settled(".eml")
            answer = self.confirmed("/account/email", token, "t.bakker", email=address)
            self.expect(answer, 204)
            account = self.account(token)
            self.assertEqual(account["email_waiting"], address)
            answers.append((answer.status, answer.text))
            [text] = told(address.lower())
            self.assertEqual("bevestigen" in text, address.startswith("niemand"))
            self.assertEqual("U gebruikt dit adres daar zelf al" in text, not address.startswith("niemand"))
        self.assertEqual(len(set(answers)), 1)
        self.assertEqual(self.portal.value("SELECT count(*) FROM account WHERE email = 'pieter@debruin.example'"), 1)

    def test_an_address_that_somebody_has_is_counted(self):
        """Each is a mail to somebody."""
        token, _, _ = self.enter("t.bakker")
        ask = lambda address: self.confirmed("/account/email", token, "t.bakker", email=address)
        for _ in range(5):
            self.expect(ask("pieter@debruin.example"), 204)
        for _ in range(12):
            self.expect(ask("pieter@debruin.example"), 429, "throttled")
        # That was about addresses: the password was right each time.
        self.expect(self.confirmed("/account/mobile", token, "t.bakker", mobile="020 123 4567"), 422, "mobile-landline")
        self.expect(self.confirmed("/account/sheet", token, "t.bakker"), 200)

    def test_five_in_a_day(self):
        token, _, _ = self.enter("m.debruin")
        for n in range(5):
            self.expect(self.confirmed("/account/email", token, "m.debruin", email=f"m{n}@nieuw.example"), 204)
        self.expect(self.confirmed("/account/email", token, "m.debruin", email="m6@nieuw.example"), 429, "throttled")


if __name__ == "__main__":
    tap.main()
