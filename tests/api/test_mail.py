# SPDX-License-Identifier: GPL-3.0-or-later
"""Mails through a real mail server: safe or not at all, once, and nothing lost, whatever the server does."""
import os
import re
import threading
import time
import unittest
from contextlib import closing

import tap
from mail_server import PASSWORD, MailServer
from portal import Portal, until
from ports import HeldPort

WAITING = "SELECT count(*) FROM outbox WHERE sent IS NULL AND failed IS NULL"


class MailCase(unittest.TestCase):
    number = 0
    server_options = {}

    @classmethod
    def setUpClass(cls):
        cls.server = MailServer(**cls.server_options).start()
        cls.addClassCleanup(cls.server.stop)
        cls.portal = Portal(clock=True, patients=2, days=1, invitations="invitation-with=credentials", more=cls.server.section())
        cls.addClassCleanup(cls.portal.__exit__)
        cls.write_password(PASSWORD)
        # Nobody is told that access ends soon: here each mail is one that a test asked for.
        cls.portal.change("UPDATE membership SET until = NULL")
        cls.portal.start()

    @classmethod
    def write_password(cls, password):
        cls.portal.write("mail-password", password + "\n")
        os.chmod(cls.portal.path("mail-password"), 0o600)

    def setUp(self):
        self.server.mails.clear()

    def enrol(self, known=False, **more):
        """A person gets a mail: with a temporary password, or without one who has an account already. Returns the address."""
        MailCase.number += 1
        n = MailCase.number
        person = {"username": "m.debruin", "email": "marijke@debruin.example"} if known else \
            {"username": f"nieuw.{n}", "email": f"nieuw.{n}@noord.example"}
        person.update({"identifier": f"https://zorggroep-de-linde.example/client|DL-7{n:05}", "source": "ecd", "client": "Anna Kok",
                       "name": "Noël Noord", "mobile": f"+3161002{n:04}", "relation": "partner", **more})
        self.portal.command("enrol", *[word for name, value in person.items() for word in ("--" + name, value)])
        return person["email"]

    def state(self):
        """Of the newest row: sent, failed, tries, reason."""
        return self.portal.query("SELECT sent IS NOT NULL, failed IS NOT NULL, tries, reason FROM outbox ORDER BY id DESC LIMIT 1")[0]

    def settle(self, seconds=60):
        """Three tries more wait 35 seconds at most, and each lane a second longer."""
        until(lambda: self.portal.value(WAITING) == 0, "an outbox without waiting rows", seconds)

    def one_mail(self):
        self.settle()
        self.assertEqual(len(self.server.mails), 1)
        return self.server.mails[0]

    def row(self):
        return str(self.portal.value("SELECT max(id) FROM outbox"))

    def tried(self, n=1):
        until(lambda: self.state()[2] >= n, f"try {n}")
        return self.state()

    def expect_no_trace(self, *words):
        log = self.portal.log_text()
        for word in words:
            self.assertNotIn(word, log)


class Mails(MailCase):
    def test_a_mail_as_it_arrives(self):
        address = self.enrol()
        mail = self.one_mail()
        message = mail.message
        self.assertTrue(mail.encrypted)
        self.assertEqual((mail.sender, mail.recipients, mail.host), ("portaal@delinde.example", [address], "127.0.0.1"))
        self.assertEqual(message["From"], "Zorggroep De Linde <portaal@delinde.example>")
        self.assertEqual(message["To"], address)
        self.assertEqual(message["Subject"], "Uw inloggegevens voor het cliëntportaal van Zorggroep De Linde")
        self.assertEqual((message["Auto-Submitted"], message["MIME-Version"]), ("auto-generated", "1.0"))
        self.assertRegex(message["Message-ID"], r"^<outbox-\d+-\d+-1@127\.0\.0\.1>$")
        self.assertAlmostEqual(message["Date"].datetime.timestamp(), self.portal.now(), delta=60)
        self.assertEqual([part.get_content_type() for part in message.walk()], ["multipart/alternative", "text/plain", "text/html"])
        for part in list(message.walk())[1:]:
            self.assertEqual((part.get_content_charset(), part["Content-Transfer-Encoding"]), ("utf-8", "quoted-printable"))
        self.assertIn("Gebruikersnaam: nieuw.", mail.text())
        self.assertIn("één keer", mail.text("html"))
        self.expect_no_trace(address, "nieuw.", re.search(r"wachtwoord: (\S+)", mail.text()).group(1))

    def test_lines_are_those_of_the_standard(self):
        self.enrol()
        raw = self.one_mail().raw
        lines = raw.split(b"\r\n")
        self.assertNotIn(b"\n", b"".join(lines))
        self.assertNotIn(b"\r", b"".join(lines))
        self.assertLessEqual(max(map(len, lines)), 78)
        self.assertTrue(raw.isascii())

    def test_lines_that_a_protocol_takes_for_its_own(self):
        with open(self.portal.path("portal.conf")) as f:
            config = f.read()
        for name in (".", "From Linde"):
            with self.subTest(name):
                self.server.mails.clear()
                self.portal.stop()
                self.portal.write("portal.conf", re.sub(r"(?m)^name=.*$", f"name={name}", config))
                self.portal.start()
                self.enrol(known=True)
                mail = self.one_mail()
                self.assertIn(f"\nMet vriendelijke groet,\n{name}\n\nVragen?", mail.text())
                self.assertNotRegex(mail.raw, rb"(?m)^From ")
        self.portal.stop()
        self.portal.write("portal.conf", config)
        self.portal.start()

    def test_html_fetches_nothing(self):
        self.enrol(known=True)
        html = self.one_mail().text("html")
        self.assertNotRegex(html, r"(?i)<img|<script|<link|<iframe|url\(|@import|src=|background=")
        self.assertRegex("".join(set(re.findall(r'href="([^"]*)"', html))), r"\Ahttps://127\.0\.0\.1:\d+/\Z")
        self.assertIn("prefers-color-scheme: dark", html)

    def test_a_name_is_in_no_header(self):
        """The address may be mistyped, and of a client's own account the name says who is in care."""
        address = self.enrol(name="Eve <b>“&amp;”</b>, @x.example; .From")
        mail = self.one_mail()
        self.assertEqual((mail.recipients, mail.message["To"]), ([address], address))
        self.assertNotIn("Eve", str(mail.message.items()))

    def test_a_refused_recipient_is_seen_and_sent_again(self):
        self.server.handler.recipient_replies = ["550 5.1.1 nieuw@noord.example is unknown here"]
        address = self.enrol()
        self.settle()
        self.assertEqual(self.state(), (0, 1, 1, "the recipient: refused with 550 5.1.1"))
        self.expect_no_trace(address, "unknown here")
        listed = self.portal.command("outbox")
        self.assertRegex(listed, rf"(?m)^ *{self.row()} +mail +invitation-credentials +nieuw\.\d+ .*failed .*550 5\.1\.1$")
        self.assertNotIn("@", listed)
        self.portal.command("outbox", "--retry", self.row())
        self.assertEqual(self.one_mail().recipients, [address])
        self.assertNotRegex(self.portal.command("outbox"), rf"(?m)^ *{self.row()} ")

    def test_what_the_operator_drops_is_not_sent(self):
        self.server.handler.recipient_replies = ["550 5.1.1 no"]
        self.enrol()
        self.settle()
        self.portal.command("outbox", "--drop", self.row())
        self.assertEqual(self.state()[3], "dropped")
        self.assertNotIn(f"{self.row()} ", self.portal.command("outbox"))
        for option in ("--retry", "--drop"):
            result = self.portal.command("outbox", option, self.row(), check=False)
            self.assertEqual((result.returncode, "no such" in result.stderr), (1, True), result.stderr)
        self.assertEqual(self.server.mails, [])

    def test_greylisting(self):
        self.server.handler.recipient_replies = ["451 4.7.1 come back later", "452 4.2.2 full for a moment"]
        self.enrol()
        self.assertEqual(self.tried(1)[:3], (0, 0, 1))
        mail = self.one_mail()
        self.assertEqual(self.state()[2], 3)
        # Each try has a password of its own, so each is a mail of its own; only the last one was taken.
        self.assertIn("-3@", mail.id)

    def test_a_message_that_is_refused(self):
        self.server.handler.data_replies = ["554 5.6.0 not like this"]
        self.enrol()
        self.settle()
        self.assertEqual(self.state()[:2] + self.state()[3:], (0, 1, "the message: refused with 554 5.6.0"))

    def test_a_server_that_does_not_take_this_sender_says_so_late(self):
        """Of the recipient, as Postfix does, or of the message, as Exchange Online does: no mail is given up for it."""
        self.server.handler.recipient_replies = ["554 5.7.1 relay access denied", "550 5.1.8 sender rejected"]
        self.server.handler.data_replies = ["554 5.2.252 SendAsDenied"]
        address = self.enrol()
        self.assertEqual(self.tried(1), (0, 0, 1, "the recipient: refused with 554 5.7.1"))
        self.assertEqual(self.one_mail().recipients, [address])
        self.assertEqual(self.state()[:3], (1, 0, 4))

    def test_cut_in_the_middle(self):
        self.server.handler.data_replies = ["cut"]
        self.enrol()
        self.assertEqual(self.tried(1)[:2], (0, 0))
        self.one_mail()

    def test_a_lost_answer_can_be_told(self):
        """The mail has arrived and nobody here knows: the second one is the same mail, unless it has a new secret."""
        for known in (True, False):
            with self.subTest(known=known):
                self.setUp()
                self.server.handler.data_replies = ["lose"]
                self.enrol(known=known)
                self.settle()
                ids = [mail.id for mail in self.server.mails]
                self.assertEqual((len(ids), len(set(ids))), (2, 1 if known else 2))

    def test_a_server_that_is_gone_for_a_while(self):
        self.server.stop()
        addresses = [self.enrol() for _ in range(3)]
        self.assertRegex(self.tried(2)[3], "^the mail server: ")
        self.portal.pause()
        self.portal.advance(hours=20)
        self.portal.start()
        self.server.start()
        self.settle()
        self.assertEqual(sorted(mail.recipients[0] for mail in self.server.mails), sorted(addresses))

    def test_a_server_that_does_not_answer_holds_up_nobody(self):
        """Who logs in gets the code; and the portal stops in time."""
        handler = self.server.handler
        handler.received.clear()
        handler.hold.clear()
        try:
            address = self.enrol()
            self.assertTrue(handler.received.wait(20))
            seen = self.portal.sent(".json")
            token = self.portal.post("/login", body={"username": "w.debruin", "password": self.portal.passwords["w.debruin"]}).json["token"]
            code = self.portal.sms_code(seen)
            self.assertEqual(self.portal.post("/login/code", token, {"code": code}).status, 200)
            start = time.monotonic()
            self.portal.pause()
            self.assertLess(time.monotonic() - start, 15)
            waiting = self.portal.value(WAITING)
        finally:
            handler.hold.set()
        self.portal.start()
        self.settle()
        self.assertEqual((waiting, self.server.mails[-1].recipients), (1, [address]))

    def test_killed_around_the_hand_over(self):
        """Nothing is lost, and nothing doubled but what was under way when the server died."""
        handler = self.server.handler
        addresses = []
        for round in range(3):
            addresses += [self.enrol() for _ in range(3)]
            handler.received.clear()
            if round == 1:
                handler.hold.clear()
                addresses.append(self.enrol())
                self.assertTrue(handler.received.wait(20))
            self.portal.kill()
            handler.hold.set()
            self.portal.start()
        self.portal.advance(minutes=2)
        self.settle(90)
        got = [mail.recipients[0] for mail in self.server.mails]
        self.assertEqual(set(got), set(addresses))
        self.assertLessEqual(len(got), len(addresses) + 3)


class Login(MailCase):
    """TLS from the first byte, with a password."""

    server_options = {"security": "tls", "login": True}

    def test_it_logs_in(self):
        self.enrol()
        mail = self.one_mail()
        self.assertTrue(mail.encrypted)
        self.assertEqual(mail.user, "portaal@delinde.example")

    def test_a_wrong_password_is_for_the_operator(self):
        self.write_password("not the password")
        try:
            self.enrol()
            self.assertRegex(self.tried()[3], r"^logging in: refused with 535")
        finally:
            self.write_password(PASSWORD)
        self.portal.command("outbox", "--retry", self.row())
        self.one_mail()
        self.expect_no_trace("not the password", PASSWORD)

    def test_a_password_that_others_can_read(self):
        os.chmod(self.portal.path("mail-password"), 0o644)
        result = self.portal.command("check-config", check=False)
        self.write_password(PASSWORD)
        self.assertIn("[mail] password-file", result.stderr)
        self.assertIn("chmod 600", result.stderr)

    def test_the_operator_tries_it(self):
        said = self.portal.command("test-mail", "--to", "beheer@delinde.example")
        self.assertIn("takes it", said)
        mail = self.server.mails[-1]
        self.assertEqual(mail.recipients, ["beheer@delinde.example"])
        self.write_password("not the password")
        result = self.portal.command("test-mail", "--to", "beheer@delinde.example", check=False)
        self.write_password(PASSWORD)
        self.assertEqual(result.returncode, 1)
        self.assertIn("logging in: refused with 535", result.stderr)
        for wrong in ("beheer", "a@b.example\nBcc: x@y.example", "<a@b.example>"):
            self.assertEqual(self.portal.command("test-mail", "--to", wrong, check=False).returncode, 1)


class Safety(unittest.TestCase):
    """What is not safe is not sent; the operator sees why."""

    @classmethod
    def setUpClass(cls):
        cls.portal = Portal(clock=True, people=False, patients=1, days=1)
        cls.addClassCleanup(cls.portal.__exit__)

    def refused(self, server, section, reason):
        self.portal.configure(section)
        result = self.portal.command("test-mail", "--to", "beheer@delinde.example", check=False)
        self.assertEqual(result.returncode, 1)
        self.assertRegex(result.stderr, reason)
        self.assertEqual(server.mails, [])

    def test_no_starttls(self):
        with MailServer(offers_tls=False) as server:
            self.refused(server, server.section(), "the mail server: ")

    def test_wrong_authority(self):
        for security in ("starttls", "tls"):
            with self.subTest(security), MailServer(security) as server:
                self.refused(server, server.section(**{"ca-file": None}), "the mail server: .*(certificate|CA)")

    def test_wrong_name(self):
        for security in ("starttls", "tls"):
            with self.subTest(security), MailServer(security, host="127.0.0.2") as server:
                self.refused(server, server.section(), "the mail server: .*certificate")

    def test_nobody_there(self):
        with MailServer() as server, closing(HeldPort()) as nobody:
            section = server.section(server=f"127.0.0.1:{nobody.number}")
            self.refused(server, section, "the mail server: ")

    def test_plain_on_loopback(self):
        with MailServer("none") as server:
            self.portal.configure(server.section())
            self.portal.command("test-mail", "--to", "beheer@delinde.example")
            self.assertEqual([mail.encrypted for mail in server.mails], [False])

    def test_configurations_that_are_refused(self):
        for section, reason in (
                ("[mail]\nserver=mail.delinde.example\nsecurity=none\n", r"\[mail\] security: none is for a loopback"),
                ("[mail]\nserver=mail.delinde.example\nuser=x\n", r"\[mail\] user: .*go together"),
                ("[mail]\nserver=https://mail.delinde.example\n", r"\[mail\] server: is not a host"),
                ("[mail]\nserver=mail.delinde.example/x\n", r"\[mail\] server: is not a host"),
                ("[mail]\nserver=mail.delinde.example\nfrom=nobody\n", r"\[mail\] from: needs an e-mail address"),
                ("[mail]\nserver=mail.delinde.example\nsecurity=ssl\n", r"\[mail\] security: “ssl” is not one of"),
                ("[mail]\nserver=mail.delinde.example\nca-file=none.pem\n", r"\[mail\] ca-file: .*none\.pem")):
            with self.subTest(section):
                self.portal.configure(section)
                result = self.portal.command("check-config", check=False)
                self.assertEqual(result.returncode, 1)
                self.assertRegex(result.stderr, r"portal\.conf:\d+: " + reason)

    def test_files_are_for_what_has_no_other_way(self):
        mail = "[mail]\nserver=mail.delinde.example\n"
        sms = "[sms]\nsender=Linde\nurl=https://sms.example/?to={to}&text={text}\n"
        self.portal.configure("")
        with open(self.portal.path("portal.conf")) as f:
            config = f.read().replace("directory=outbox\n", "")
        for more, right in (("", False), (mail, False), (sms, False), (mail + sms, True)):
            with self.subTest(more):
                self.portal.write("portal.conf", config + more)
                result = self.portal.command("check-config", check=False)
                self.assertEqual((result.returncode == 0, "[outgoing] directory: is required" in result.stderr), (right, not right))
        self.portal.write("portal.conf", config.replace("[outgoing]\n", "[outgoing]\ndirectory=outbox\n"))


if __name__ == "__main__":
    tap.main()
