# SPDX-License-Identifier: GPL-3.0-or-later
"""Uitnodigingen: nothing before acceptance, each answer once, and what is sent to whom."""
import email.utils
import json
import os
import re

import tap
from case import PortalCase, in_parallel
from portal import NEW_PASSWORD, PARTS, mail_text, read_mail, until

WIL = "https://zorggroep-de-linde.example/client|DL-000001"
READING = ["start", "appointments", "dossier", "care-plans", "profile"]
# GSM 03.38, the basic table, as far as text messages here use it.
GSM7 = set("@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿"
           "abcdefghijklmnopqrstuvwxyzäöñüà")


class InvitationCase(PortalCase):
    number = 0

    def invitations(self, token):
        return self.expect(self.portal.get("/invitations", token), 200).json["invitations"]

    def answer(self, token, invitation, what="accept"):
        return self.portal.post(f"/invitations/{invitation}/{what}", token)

    def patients(self, token):
        return {patient["id"]: patient for patient in self.portal.get("/session", token).json["patients"]}

    def expect_nothing_of(self, token, patient):
        for what in READING:
            self.expect(self.portal.get(f"/patients/{patient}/{what}", token), 404, "not-found")
        self.assertNotIn(patient, self.patients(token))

    def enrol(self, username=None, client="Anna Kok", typed=(), **replaced):
        """A new client and a new person, unless told otherwise; typed: which of it is typed as lines. Returns the arguments."""
        InvitationCase.number += 1
        n = self.number
        username = username or f"nieuw.{n}"
        arguments = {"identifier": f"https://zorggroep-de-linde.example/client|DL-8{n:05}", "source": "ecd", "client": client,
                     "username": username, "name": "Nico Noord", "email": f"{username}@noord.example", "mobile": f"+3161001{n:04}",
                     "relation": "partner"}
        arguments.update(replaced)
        words = [word for name, value in arguments.items() for word in ("--" + name, "-" if name in typed else value)]
        self.said = self.portal.command("enrol", *words, typed="".join(arguments[name] + "\n" for name in arguments if name in typed))
        return arguments

    def invited_after(self, before):
        """The mails with an invitation; the portal may have told somebody meanwhile that their access ends ("eindigt"), or
        that it has ("is beëindigd")."""
        return [n for n in self.portal.sent(".eml") if n not in before and "indigt" not in read_mail(n)["Subject"]
                and "indigd" not in read_mail(n)["Subject"]]

    def mail_after(self, before):
        [name] = until(lambda: self.invited_after(before), "the mail")
        return read_mail(name)

    def choose_password(self, mail, username):
        """By the link of that mail."""
        token = re.search(r"https://\S+/invitation/([\w-]{43})", mail_text(mail)).group(1)
        self.expect(self.portal.post("/links/password", body={"token": token, "username": username, "new_password": NEW_PASSWORD}), 204)
        self.portal.passwords[username] = NEW_PASSWORD


class Enrolling(InvitationCase):
    def test_a_mistyped_identifier_opens_nobodys_dossier(self):
        name = self.portal.value("SELECT name FROM patient WHERE id = 1")
        members = self.portal.value("SELECT count(*) FROM membership WHERE patient = 1")
        for client in ("Anna Kok", "Henk de Bruin"):
            with self.assertRaises(AssertionError) as caught:
                self.enrol(identifier=WIL, client=client)
            self.assertIn("another name", str(caught.exception))
            self.assertNotIn(name, str(caught.exception))
        self.assertEqual(self.portal.value("SELECT count(*) FROM membership WHERE patient = 1"), members)
        self.enrol(identifier=WIL, client=name.lower())
        self.assertEqual(self.portal.value("SELECT count(*) FROM membership WHERE patient = 1"), members + 1)


class Demo(InvitationCase):
    """What ./dev run does with a demo organisation that is older than its invitations may be."""

    def states(self):
        self.token, _, _ = self.enter("m.debruin")
        return {i["client"]: i["state"] for i in self.invitations(self.token)}

    def test_open_invitations_live_on(self):
        self.portal.advance(days=8)
        self.assertEqual(self.states(), {"H. de Bruin": "expired"})
        accepted = self.portal.query("SELECT * FROM invitation WHERE state <> 0")
        self.assertEqual(self.portal.command("demo-people", "--renew"), "")
        self.assertEqual(self.portal.query("SELECT * FROM invitation WHERE state <> 0"), accepted)
        self.portal.advance(days=7, seconds=-120)
        self.assertEqual(self.states(), {"H. de Bruin": "open"})
        [invitation] = self.invitations(self.token)
        self.assertEqual(self.answer(self.token, invitation["id"]).status, 204)


class FastClock(InvitationCase):
    """The clock of the server is a day ahead for a while, and then put right."""

    def new_client(self, name):
        self.enrolled = self.enrol("m.debruin", email="marijke@debruin.example", client=name)
        return self.portal.value("SELECT public_id FROM patient ORDER BY id DESC LIMIT 1")

    def test_what_was_done_meanwhile_counts(self):
        self.portal.advance(days=1)
        accepted = self.new_client("Nel Vos")
        token, _, _ = self.enter("m.debruin")
        self.assertEqual(self.answer(token, self.invitations(token)[0]["id"]).status, 204)
        self.assertIn(accepted, self.patients(token))
        self.enrol(identifier=self.enrolled["identifier"], client="Nel Vos")
        invited = self.new_client("Piet Baas")
        self.portal.settled(".eml")
        self.portal.stop()
        self.portal.advance(days=-1)
        token = self.portal.add_session(self.portal.account("m.debruin"))
        self.portal.start()
        self.assertEqual(self.patients(token)[accepted]["parts"], PARTS)
        for what in READING:
            self.expect(self.portal.get(f"/patients/{accepted}/{what}", token), 200)
        members = self.portal.get(f"/patients/{accepted}/members", token).json["members"]
        self.assertEqual({row["state"] for row in members if row["kind"] == "member"}, {"active", "invited"})
        invitation = self.invitations(token)[0]
        self.assertEqual((invitation["client"], invitation["state"]), ("P. Baas", "open"))
        count = self.portal.get("/session", token).json["open_invitations"]
        self.expect_nothing_of(token, invited)
        self.assertEqual(self.answer(token, invitation["id"]).status, 204)
        self.assertIn(invited, self.patients(token))
        self.assertEqual(self.portal.get("/session", token).json.get("open_invitations", 0), count - 1)


class Accepting(InvitationCase):
    """Each test invites m.debruin, who is in already, to a client of her own."""

    def setUp(self):
        super().setUp()
        self.enrol("m.debruin", email="marijke@debruin.example", client="Anna Sophie van der Kok")
        self.patient = self.portal.value("SELECT public_id FROM patient ORDER BY id DESC LIMIT 1")
        self.token, _, _ = self.enter("m.debruin")
        self.invitation = self.invitations(self.token)[0]  # the newest
        self.ours = self.invitation["id"]

    def state(self):
        [invitation] = [i for i in self.invitations(self.token) if i["id"] == self.ours]
        return invitation["state"]

    def test_it_shows_initials_and_family_name_and_nothing_more(self):
        self.assert_at(self.invitation.pop("accept_until"), self.portal.now() + self.end_of_day(7))
        self.assertEqual(self.invitation, {"id": self.ours, "state": "open", "client": "A. S. van der Kok", "relation": "partner",
                                           "parts": PARTS, "told": "nobody"})
        for name in ("Anna", "Sophie"):
            self.assertNotIn(name, self.portal.get("/invitations", self.token).text)

    def test_nothing_before_acceptance_everything_after(self):
        self.expect_nothing_of(self.token, self.patient)
        self.assertEqual(self.answer(self.token, self.ours).status, 204)
        self.assertNotIn(self.ours, [i["id"] for i in self.invitations(self.token)])
        self.assertEqual(self.patients(self.token)[self.patient]["parts"], PARTS)
        for what in READING:
            self.expect(self.portal.get(f"/patients/{self.patient}/{what}", self.token), 200)

    def test_declining_opens_nothing(self):
        before = self.portal.command("account show", "--username", "m.debruin")
        self.assertEqual(self.answer(self.token, self.ours, "decline").status, 204)
        after = self.portal.command("account show", "--username", "m.debruin")
        count = lambda text: int(re.search(r"Declined invitations +(\d+)", text)[1])
        self.assertEqual(count(after), count(before) + 1)
        self.assertNotIn("never", re.search(r"Last declined +(.*)", after)[1])
        self.assertEqual(self.state(), "declined")
        self.expect_nothing_of(self.token, self.patient)

    def test_a_second_answer_is_a_conflict(self):
        for first, second in (("accept", "accept"), ("accept", "decline"), ("decline", "accept"), ("decline", "decline")):
            with self.subTest(first=first, second=second):
                self.setUp()
                self.assertEqual(self.answer(self.token, self.ours, first).status, 204)
                self.expect(self.answer(self.token, self.ours, second), 409, "conflict")
                self.assertEqual(self.patient in self.patients(self.token), first == "accept")

    def test_that_of_somebody_else_is_not_there(self):
        other, _, _ = self.enter("p.debruin")
        for what in ("accept", "decline"):
            self.expect(self.answer(other, self.ours, what), 404, "not-found")
        self.assertEqual(self.state(), "open")

    def test_it_lives_until_the_day_that_the_mail_names_is_over(self):
        self.portal.advance(self.end_of_day(7) - 120)
        self.token, _, _ = self.enter("m.debruin")
        self.assertEqual(self.state(), "open")
        self.portal.advance(120)
        self.assertEqual(self.state(), "expired")
        self.expect(self.answer(self.token, self.ours), 409, "conflict")
        self.expect_nothing_of(self.token, self.patient)

    def test_two_answers_at_once(self):
        answers = in_parallel(8, lambda connection: self.portal.post(f"/invitations/{self.ours}/accept", self.token,
                                                                     connection=connection), self.portal)
        self.assertEqual(sorted(answer.status for answer in answers), [204] + [409] * 7)
        rows = self.portal.value("SELECT count(*) FROM audit WHERE action = 10 AND patient ="
                                 " (SELECT id FROM patient WHERE public_id = ?)", self.patient)
        self.assertEqual(rows, 1)

    def test_after_declining_the_membership_is_no_more(self):
        self.answer(self.token, self.ours, "decline")
        self.assertEqual(self.portal.value("SELECT state FROM membership WHERE patient = (SELECT id FROM patient WHERE public_id = ?)",
                                           self.patient), 3)

    def give_by(self, username, part):
        """The part is given by a person instead of the organisation."""
        self.portal.change("UPDATE membership_part SET given_by = ? WHERE part = ? AND membership ="
                           " (SELECT membership FROM invitation WHERE public_id = ?)", self.portal.account(username),
                           1 << PARTS.index(part), self.ours)

    def test_a_part_that_its_granter_lost_does_not_open(self):
        """p.debruin holds appointments of this client, and never held the profile."""
        self.portal.stop()
        self.give_by("p.debruin", "appointments")
        self.give_by("p.debruin", "profile")
        patient = self.portal.value("SELECT id FROM patient WHERE public_id = ?", self.patient)
        membership = self.portal.change("INSERT INTO membership (public_id, account, patient, state, created, accepted)"
                                        " VALUES (?, ?, ?, 2, 0, 1)", "G" * 22, self.portal.account("p.debruin"), patient)
        self.portal.change("INSERT INTO membership_part (membership, part, given) VALUES (?, 2, 0)", membership)
        self.portal.start()
        self.assertEqual(self.answer(self.token, self.ours).status, 204)
        self.assertEqual(set(self.patients(self.token)[self.patient]["parts"]), set(PARTS) - {"profile"})
        self.expect(self.portal.get(f"/patients/{self.patient}/appointments", self.token), 200)
        self.expect(self.portal.get(f"/patients/{self.patient}/profile", self.token), 404, "not-found")


class BeforeTheFirst(InvitationCase):
    def test_who_accepted_nothing_is_led_to_the_invitations(self):
        token, _, answers = self.enter("s.visser")
        self.assertEqual(answers[-1].json["next"], "invitations")
        session = self.portal.get("/session", token).json
        self.assertEqual((session["patients"], session["open_invitations"]), ([], 1))
        self.expect_nothing_of(token, self.portal.patient("wil"))
        [invitation] = self.invitations(token)
        self.assertEqual(invitation["parts"], ["messages", "appointments"])
        self.answer(token, invitation["id"])
        self.assertEqual(self.patients(token)[self.portal.patient("wil")]["parts"], ["messages", "appointments"])
        _, _, answers = self.enter("s.visser")
        self.assertEqual(answers[-1].json["next"], "in")

    def test_accepted_without_parts(self):
        token, _, _ = self.enter("j.hofstra")
        patient = self.portal.patient("wil")
        self.assertEqual(self.patients(token)[patient]["parts"], [])
        for what in READING:
            self.expect(self.portal.get(f"/patients/{patient}/{what}", token), 404, "not-found")

    def test_whose_access_ended(self):
        token, _, _ = self.enter("t.bakker")
        self.expect_nothing_of(token, self.portal.patient("wil"))


class Sending(InvitationCase):
    def check_mail(self, mail, arguments):
        self.assertEqual(mail["To"], arguments["email"], "without the name")
        self.assertEqual(email.utils.parseaddr(mail["From"]), ("Zorggroep De Linde", "portaal@delinde.example"))
        self.assertEqual(mail["Auto-Submitted"], "auto-generated")
        self.assertTrue(mail["Message-ID"] and mail["Date"])
        whole = str(mail.items()) + mail_text(mail) + mail_text(mail, "html").partition("</style>")[2]
        for word in arguments["client"].split() + [arguments["identifier"], arguments["mobile"], "{", "}"]:
            self.assertNotIn(word, whole)
        for line in mail_text(mail).splitlines():
            self.assertLessEqual(len(line), 100)

    def check_first_mail(self, mail, arguments):
        self.check_mail(mail, arguments)
        self.assertEqual(mail["Subject"], "Uitnodiging voor het cliëntportaal van Zorggroep De Linde")
        text = mail_text(mail)
        self.assertIn(f"Uw gebruikersnaam is: {arguments['username']}\n", text)
        self.assertNotIn("Tijdelijk wachtwoord", text)
        self.choose_password(mail, arguments["username"])
        _, _, answers = self.enter(arguments["username"])
        self.assertEqual([answer.json["next"] for answer in answers], ["verify-device", "invitations"])

    def test_enrol_while_the_server_runs(self):
        before = self.portal.settled(".eml")
        arguments = self.enrol(client="Xaverine Querido")
        self.check_first_mail(self.mail_after(before), arguments)

    def test_what_is_private_is_typed(self):
        """On the command line everybody on the machine could read it, and sudo would keep it."""
        before = self.portal.settled(".eml")
        arguments = self.enrol(client="Xaverine Querido", typed=("identifier", "mobile"))
        self.check_first_mail(self.mail_after(before), arguments)
        self.assertEqual(self.portal.value("SELECT mobile FROM account WHERE username = ?", arguments["username"]), arguments["mobile"])
        lacking = self.portal.command("enrol", "--identifier", "-", "--mobile", "-", typed="one line\n", check=False)
        self.assertIn("--mobile: the standard input has no line for it", lacking.stderr)

    def test_enrol_while_it_does_not(self):
        before = self.portal.settled(".eml")
        self.portal.stop()
        arguments = self.enrol(client="Xaverine Querido")
        self.assertEqual(self.invited_after(before), [], "what waits is sent by the server")
        self.portal.start()
        self.check_first_mail(self.mail_after(before), arguments)

    def test_who_has_an_account_gets_no_password(self):
        before = self.portal.settled(".eml")
        arguments = self.enrol("p.debruin", email="pieter@debruin.example", name="Pieter de Bruin", client="Xaverine Querido")
        mail = self.mail_after(before)
        self.check_mail(mail, arguments)
        self.assertEqual(mail["Subject"], "U heeft een nieuwe uitnodiging in het cliëntportaal")
        self.assertNotIn("p.debruin", mail_text(mail))
        self.assertRegex(self.said, r"(?m)^Codes go to 06\S•+\S* as before; `account number` lets them go to another number\.$")
        self.enter("p.debruin")

    def test_who_never_chose_a_password_gets_a_link_again(self):
        """An account alone lets nobody in."""
        arguments = self.enrol()
        before = self.portal.settled(".eml")
        again = self.enrol(arguments["username"], email=arguments["email"], client="Xaverine Querido")
        self.check_first_mail(self.mail_after(before), again)
        token, _, _ = self.enter(arguments["username"])
        self.assertEqual([i["state"] for i in self.invitations(token)], ["open", "open"])

    def test_a_mail_outlives_an_outage(self):
        """Nothing takes it for two days, the server is restarted in between: then it is sent, once."""
        outbox, aside = self.portal.path("outbox"), self.portal.path("outbox-aside")
        self.portal.settled(".eml")
        os.rename(outbox, aside)
        self.portal.write("outbox", "a file is no directory")
        try:
            arguments = self.enrol()
            row = "SELECT tries FROM outbox ORDER BY id DESC LIMIT 1"
            until(lambda: self.portal.value(row) == 1, "the first try")
            self.portal.advance(days=2)
        finally:
            self.portal.stop()
            os.remove(outbox)
            os.rename(aside, outbox)
            self.portal.start()
        mails = [name for name in self.portal.settled(".eml") if arguments["email"].encode() in open(name, "rb").read()]
        self.assertEqual(len(mails), 1)
        self.assertGreater(self.portal.value(row), 1)

    def test_a_mail_that_nobody_takes_is_given_up_after_three_days(self):
        """It stays, as failed."""
        outbox, aside = self.portal.path("outbox"), self.portal.path("outbox-aside")
        self.portal.settled(".eml")
        os.rename(outbox, aside)
        self.portal.write("outbox", "a file is no directory")
        try:
            self.enrol()
            mail = self.portal.value("SELECT max(id) FROM outbox")
            state = "SELECT tries, failed IS NOT NULL, sent IS NOT NULL FROM outbox WHERE id = ?"
            until(lambda: self.portal.query(state, mail) == [(1, 0, 0)], "the first try")
            self.portal.advance(hours=73)
            self.enrol()  # so that it looks now
            until(lambda: self.portal.query(state, mail)[0][1:] == (1, 0), "giving it up")
        finally:
            self.portal.stop()
            os.remove(outbox)
            os.rename(aside, outbox)
            self.portal.start()

    def test_every_mail_has_an_id_of_its_own(self):
        for _ in range(3):
            self.enrol()
        ids = []
        for name in self.portal.settled(".eml"):
            ids.append(read_mail(name)["Message-ID"])
        self.assertEqual(len(set(ids)), len(ids))

    def test_a_text_message_is_one_of_gsm7(self):
        seen = self.seen()
        self.first_step("m.debruin")
        self.portal.sms_code(seen)
        [name] = [n for n in self.seen() if n not in seen]
        with open(name) as f:
            sms = json.load(f)
        self.assertEqual(sms["to"], "+31600000012")
        self.assertLessEqual(len(sms["text"]), 160)
        self.assertLessEqual(set(sms["text"]), GSM7)
        self.assertTrue(sms["text"].startswith("Zorggroep De Linde: uw code is "))

    def test_what_enrol_refuses(self):
        cases = [
            ({"identifier": "no bar"}, "--identifier"),
            ({"identifier": "|value"}, "--identifier"),
            ({"identifier": "system|"}, "--identifier"),
            ({"source": "another"}, "--source"),
            ({"identifier": "sys tem|value"}, "--identifier"),
            ({"identifier": "system|value|more"}, "--identifier"),
            ({"identifier": "system| value"}, "--identifier"),
            ({"identifier": "system|" + "9" * 101}, "--identifier"),
            ({"identifier": "system|va\nlue"}, "--identifier"),
            ({"mobile": "020 123 4567"}, "--mobile: the number is a landline"),
            ({"mobile": "0900 1234"}, "--mobile: the number is a paid or special one"),
            ({"mobile": "06 1234"}, "--mobile: the mobile number has too few"),
            ({"mobile": "+31612345678\n"}, "--mobile"),
            ({"relation": "dochter"}, "--relation must be one of: client, partner, "),
            ({"relation": "Daughter"}, "--relation must be one of: "),
            ({"relation": ""}, "--relation is required"),
            ({"client": "A" + "b" * 600}, "--client"),
            ({"email": "not an address"}, "email"),
            ({"email": "a@b.example\nBcc: c@d.example"}, "email"),
            ({"username": "é"}, "username"),
            ({"name": ""}, "--name"),
            ({"client": "12345"}, "name"),
            ({"email": "MARIJKE@debruin.example"}, "in use"),
            ({"username": "M.debruin"}, "another e-mail address"),
        ]
        accounts = self.portal.query("SELECT count(*) FROM account")
        for replaced, word in cases:
            with self.subTest(replaced):
                with self.assertRaisesRegex(AssertionError, re.escape(word)):
                    self.enrol(**replaced)
        self.assertEqual(self.portal.query("SELECT count(*) FROM account"), accounts)

    def test_the_manual_has_every_relation(self):
        with self.assertRaises(AssertionError) as caught:
            self.enrol(relation="cousin twice removed")
        names = str(caught.exception).strip().rpartition(": ")[2].split(", ")
        self.assertIn("legal-representative", names)
        with open(os.path.join(os.environ["SOURCE_ROOT"], "server/data/clientportaald.1")) as page:
            words = re.findall(r"[a-z-]+", page.read().replace("\\-", "-").partition("--relation=")[2].partition(".RE")[0])
        self.assertLessEqual(set(names), set(words))
        for name in names:
            self.enrol(relation=name)


class WithCredentials(InvitationCase):
    """The organisation's other choice holds for its own invitations too."""
    options = {"invitations": "invitation-with=credentials"}

    def test_a_temporary_password(self):
        before = self.portal.settled(".eml")
        arguments = self.enrol()
        mail = self.mail_after(before)
        self.assertEqual(mail["Subject"], "Uw inloggegevens voor het cliëntportaal van Zorggroep De Linde")
        text = mail_text(mail)
        self.assertIn(f"Gebruikersnaam: {arguments['username']}\n", text)
        self.assertRegex(text, rf"1\. Open het cliëntportaal:\n +https://127\.0\.0\.1:{self.portal.port}/\n")
        password = re.search(r"Tijdelijk wachtwoord: (\S+)", text).group(1)
        _, _, answers = self.enter(arguments["username"], password=password)
        self.assertEqual([answer.json["next"] for answer in answers], ["verify-device", "change-password", "invitations"])


class AgainCase(InvitationCase):
    """Whatever became of the first time, the organisation makes somebody portal administrator: nobody else may be able to."""

    def again(self, arguments):
        return self.enrol(**{name: arguments[name] for name in ("username", "identifier", "client", "email", "name")})

    def member(self, arguments):
        """Of the newest client: (state, the organisation's own parts as bits, until)."""
        return self.portal.query("SELECT m.state, (SELECT sum(part) FROM membership_part p WHERE p.membership = m.id AND p.ended IS NULL"
                                 " AND p.given_by IS NULL), m.until FROM membership m JOIN account a ON a.id = m.account"
                                 " WHERE a.username = ? ORDER BY m.id DESC LIMIT 1", arguments["username"])[0]

    def audited(self, since=0):
        return [row[0] for row in self.portal.query("SELECT action FROM audit WHERE id > ? AND action IN (12, 24, 26) ORDER BY id", since)]

    def newest(self):
        return self.portal.value("SELECT max(id) FROM audit")

    def accept(self, username):
        """The one invitation that is open. Returns the token."""
        token, _, _ = self.enter(username)
        [ours] = [i for i in self.invitations(token) if i["state"] == "open" and i["parts"] == PARTS]
        self.expect(self.answer(token, ours["id"]), 204)
        return token


class EnrollingAgain(AgainCase):
    def test_who_accepted_too_late(self):
        arguments = self.enrol()
        self.portal.advance(days=8)
        before, since = self.portal.settled(".eml"), self.newest()
        self.again(arguments)
        self.assertEqual(self.said.splitlines()[0], "Nico Noord was a member before and is invited anew, to all five parts; the mail is on its way.")
        self.choose_password(self.mail_after(before), arguments["username"])
        token = self.accept(arguments["username"])
        self.assertEqual([patient["parts"] for patient in self.patients(token).values()], [PARTS])
        self.assertEqual(self.audited(since), [12])
        self.assertEqual(len(self.invitations(token)), 0, "the one that was too late is the one that was accepted")

    def test_who_declined(self):
        arguments = self.enrol()
        self.choose_password(read_mail(self.portal.settled(".eml")[-1]), arguments["username"])
        token, _, _ = self.enter(arguments["username"])
        [invitation] = self.invitations(token)
        self.expect(self.answer(token, invitation["id"], "decline"), 204)
        before = self.portal.settled(".eml")
        self.again(arguments)
        self.assertIn("invited anew", self.said)
        self.assertEqual(self.mail_after(before)["Subject"], "U heeft een nieuwe uitnodiging in het cliëntportaal")
        self.assertEqual(sorted(i["state"] for i in self.invitations(token)), ["declined", "open"])
        token = self.accept(arguments["username"])
        self.assertEqual([patient["parts"] for patient in self.patients(token).values()], [PARTS])

    def test_who_still_has_an_open_one_gets_one_more_mail(self):
        arguments = self.enrol()
        self.portal.settled(".eml")
        self.portal.advance(days=6)
        before = self.portal.settled(".eml")
        self.again(arguments)
        self.choose_password(self.mail_after(before), arguments["username"])
        self.portal.advance(days=6)
        self.accept(arguments["username"])

    def test_everybody_of_a_client(self):
        """Whatever state somebody is in, and whoever invited."""
        for username in ("t.bakker", "n.peters", "r.smit", "h.dekker", "e.bakker", "a.mulder", "s.visser"):
            with self.subTest(username):
                email, name = self.portal.query("SELECT email, name FROM account WHERE username = ?", username)[0]
                before = self.portal.settled(".eml")
                arguments = self.enrol(username, identifier=WIL, client="Wil de Bruin", email=email, name=name)
                self.assertIn("invited anew", self.said)
                mail = self.mail_after(before)
                if "/invitation/" in mail_text(mail):
                    self.choose_password(mail, username)
                self.assertEqual(self.member(arguments), (1, 31, None))
                token = self.accept(username)
                self.assertEqual(self.patients(token)[self.portal.patient("wil")]["parts"], PARTS)


class WhoIsIn(AgainCase):
    def test_a_member_becomes_portal_administrator(self):
        """The only one can no longer do it, and a member whom the portal is open to is there."""
        wil, token = self.portal.patient("wil"), self.enter("p.debruin")[0]
        self.expect(self.portal.get(f"/patients/{wil}/members", token), 404, "not-found")
        place = self.portal.get("/changes", token).json["cursor"]
        mails, since = self.portal.settled(".eml"), self.newest()
        arguments = self.enrol("p.debruin", identifier=WIL, client="Wil de Bruin", email="pieter@debruin.example", name="Pieter de Bruin")
        self.assertEqual(self.said.splitlines()[0], "Pieter de Bruin is a member and holds all five parts from now on, new are: settings. There is no mail.")
        self.assertEqual(sorted(self.portal.get("/changes?since=" + place, token).json["topics"]), ["members", "rights"])
        self.expect(self.portal.get(f"/patients/{wil}/members", token), 200)
        self.assertEqual(self.patients(token)[wil]["parts"], PARTS)
        self.assertEqual(self.audited(since), [24])
        since = self.newest()
        changes = self.portal.value("SELECT max(id) FROM change")
        self.again(arguments)
        self.assertEqual(self.portal.value("SELECT max(id) FROM change"), changes)
        self.assertEqual(self.said.splitlines()[0], "Pieter de Bruin holds all five parts already: nothing has changed.")
        self.assertEqual((self.audited(since), self.portal.settled(".eml")), ([], mails))

    def test_of_who_has_died_nobody_is_invited(self):
        """No mail goes about them, so enrol does not say that one does; whoever is in may still be given the rest."""
        self.portal.pause()
        self.portal.change("UPDATE patient SET deceased = 1 WHERE public_id = ?", self.portal.patient("wil"))
        self.portal.start()
        try:
            accounts, mails = self.portal.query("SELECT count(*) FROM account"), self.portal.settled(".eml")
            with self.assertRaisesRegex(AssertionError, "the client has died"):
                self.enrol(identifier=WIL, client="Wil de Bruin")
            self.assertEqual((self.portal.query("SELECT count(*) FROM account"), self.portal.settled(".eml")), (accounts, mails))
            self.enrol("p.debruin", identifier=WIL, client="Wil de Bruin", email="pieter@debruin.example", name="Pieter de Bruin")
            self.assertIn("holds all five parts", self.said)
        finally:
            self.portal.pause()
            self.portal.change("UPDATE patient SET deceased = 0")
            self.portal.start()

    def test_who_manages_for_good_has_no_end(self):
        arguments = self.enrol("k.visser", identifier=WIL, client="Wil de Bruin", email="kees@visser.example", name="Kees Visser")
        self.assertIn("new are: messages,dossier,settings; without an end date", self.said)
        self.assertIsNone(self.member(arguments)[2])
        self.portal.advance(days=30)
        token, _, _ = self.enter("k.visser")
        self.assertEqual(self.patients(token)[self.portal.patient("wil")]["parts"], PARTS)


if __name__ == "__main__":
    tap.main()
