# SPDX-License-Identifier: GPL-3.0-or-later
"""Gebruikersbeheer: who is in the list, looking up and adding, and each state of an invitation."""
import tap
from members import EMOJI, HOSTILE, RIGHT_TO_LEFT, MembersCase
from portal import PARTS, until


class List(MembersCase):
    def test_the_client_the_asker_then_by_name(self):
        rows = self.rows()
        self.assertEqual((rows[0]["kind"], rows[0]["name"]), ("client", "Wil de Bruin"))
        self.assertEqual((rows[1]["self"], rows[1]["name"]), (True, "Marijke de Bruin"))
        names = [row["name"].casefold() for row in rows[2:]]
        self.assertEqual(names, sorted(names))
        self.assertEqual([row["self"] for row in rows].count(True), 1)

    def test_contacts_of_the_ehr_are_there_from_the_start_and_once(self):
        known = [row for row in self.rows() if row["kind"] == "contact"]
        self.assertTrue(known)
        for row in known:
            self.assertEqual((row["state"], row["parts"], row["pending"]), ("known", [], []))
            self.assertTrue(row["relation_words"] and row["username"])
            self.assertEqual(row["allowed"], ["give:" + part for part in PARTS] + ["view"])

    def test_it_tells_what_the_organisation_chose_and_how_old_contacts_are(self):
        answer = self.list()
        self.assertEqual(answer["options"], {
            "invitation_at": "adding", "invitation_with": "credentials", "invitation_days": 7, "invitation_seconds": 60, "warning_days": 14})
        joke = self.row("Joke Hofstra")
        self.assertEqual((joke["until_max"], "endless" in joke["allowed"]), (self.day(365), True))
        self.assertEqual([kind["kind"] for kind in answer["freshness"]["kinds"]], ["contacts"])
        self.assertIn("members.manage", answer["allowed"])


class Unchanged(MembersCase):
    same_day = True

    def test_looking_is_recorded_and_has_a_tag(self):
        answer = self.portal.get(f"/patients/{self.wil}/members", self.token)
        self.assertEqual(self.portal.query("SELECT action, part, count FROM audit ORDER BY id DESC LIMIT 1"),
                         [(1, 16, len(answer.json["members"]))])
        again = self.portal.get(f"/patients/{self.wil}/members", self.token, headers={"If-None-Match": answer.headers["etag"]})
        self.assertEqual(again.status, 304)
        self.add()
        again = self.portal.get(f"/patients/{self.wil}/members", self.token, headers={"If-None-Match": answer.headers["etag"]})
        self.assertEqual(again.status, 200)


class Contact(MembersCase):
    def test_the_invitation_of_a_contact_says_as_what(self):
        contact = next(row for row in self.rows() if row["kind"] == "contact")
        person = self.person(contact=contact["id"])
        row = self.expect(self.post("", {**person, "relation": None, "parts": ["profile"]}), 200).json
        self.do(row["id"], "invitation")
        token, _, _ = self.enter(person["username"], password=self.password_of(person["email"]))
        [invitation] = self.portal.get("/invitations", token).json["invitations"]
        self.assertEqual((invitation.get("relation"), invitation["relation_words"]), (None, contact["relation_words"]))


class Client(MembersCase):
    """The person in care has no account until the first box of that row is ticked."""

    def setUp(self):
        super().setUp()
        self.token = self.manager_of_henk()

    def henks(self):
        return self.list(patient=self.henk)["members"]

    def tick(self, client, **more):
        person = {"email": "henk@debruin.example", "mobile": "0612345001", "username": client["username"], "contact": client["id"],
                  "parts": ["dossier"]}
        return self.post("", {**person, **more}, patient=self.henk)

    def test_a_tick_invites_the_client(self):
        client = self.henks()[0]
        self.assertEqual((client["kind"], client["state"], client["parts"]), ("client", "known", []))
        self.field(self.tick(client, email=""), "email", "required")
        self.field(self.tick(client, mobile=""), "mobile", "required")
        self.field(self.tick(client, username=""), "username", "required")
        self.field(self.tick(client, relation="friend"), "relation", "unknown")
        self.assertEqual(self.henks()[0], client, "nothing has changed")
        row = self.expect(self.tick(client), 200).json
        self.assertEqual((row["kind"], row["name"], row["relation"], row["state"], row["pending"], row.get("ground")),
                         ("client", client["name"], "client", "not-invited", ["dossier"], None))
        self.assert_at(row["goes_out_at"], self.portal.now() + 60, within=10)
        self.assertEqual([one["id"] for one in self.henks() if one["kind"] == "client"], [row["id"]], "shown once")
        self.field(self.tick(client, email="x@debruin.example"), "contact", "unknown")
        self.expect(self.post(f"/{row['id']}/invitation", patient=self.henk), 200)
        [mail] = self.mails_to("henk@debruin.example")
        self.assertNotIn("Henk", mail.get_body(("plain",)).get_content())
        token = self.accept(row["username"], self.password_of("henk@debruin.example"))
        self.assertEqual(self.reads(token, self.henk), {"dossier"})
        self.assertEqual(self.henks()[0]["state"], "active")


class Passwords(MembersCase):
    """Somebody who is new and gets more than one mail with a temporary password."""
    options = {"invitations": "invitation-with=credentials", "password": "forgotten=temporary"}

    def test_each_mail_keeps_what_it_says(self):
        henk = self.manager_of_henk()
        person = self.person()
        self.expect(self.post("", person), 200)
        self.expect(self.post("", {"email": person["email"], "relation": "friend"}, henk, patient=self.henk), 200)
        self.expect(self.portal.post("/forgot", body={"username": person["username"], "email": person["email"]}), 204)
        until(lambda: len(self.mails_to(person["email"])) == 3, "the three mails")
        passwords = [self.password_in(mail) for mail in self.mails_to(person["email"])]
        self.assertEqual(len(set(passwords)), 3)
        for password in passwords:
            self.portal.advance(seconds=600)
            self.expect(self.first_step(person["username"], password), 200)
        self.portal.advance(seconds=3600)
        self.expect(self.first_step(person["username"], passwords[2]), 403, "temporary-password-expired")
        self.accept(person["username"], passwords[0])
        self.portal.advance(seconds=600)
        for password in passwords:
            self.expect(self.first_step(person["username"], password), 403, "login-failed")


class ByLink(MembersCase):
    """As it is when the organisation chose nothing."""
    options = {}

    def text_to(self, address):
        return self.mails_to(address)[-1].get_body(("plain",)).get_content()

    def test_who_is_new_gets_a_link_and_no_password(self):
        row = self.add()
        text = self.text_to(row["email"])
        self.assertRegex(text, r"https://127\.0\.0\.1:\d+/invitation/[A-Za-z0-9_-]{43}")
        self.assertIn("Uw gebruikersnaam is: " + row["username"], text)
        self.assertNotIn("wachtwoord: ", text)
        self.assertEqual(self.list()["options"]["invitation_with"], "link")


class Adding(MembersCase):
    """Careyn's way: the invitation goes out on adding, without rights yet."""

    def test_the_mail_goes_at_once(self):
        person = self.person()
        row = self.expect(self.post("", person), 200).json
        self.assertEqual((row["state"], row["kind"], row["name"], row["email"], row["username"]),
                         ("invited", "member", person["name"], person["email"], person["username"]))
        self.assertRegex(row["mobile"], r"^\+316\d{8}$")
        self.assert_at(row["invited_until"], self.portal.now() + self.end_of_day(7))
        self.assertEqual((row["parts"], row["pending"]), ([], []))
        self.assertEqual(len(self.mails_to(person["email"])), 1)

    def test_rights_before_acceptance_wait_and_count_from_it(self):
        person = self.person()
        row = self.expect(self.post("", person), 200).json
        row = self.expect(self.give(row["id"], "appointments"), 200).json
        self.assertEqual((row["parts"], row["pending"]), ([], ["appointments"]))
        self.expect(self.take(row["id"], "appointments"), 200)
        self.expect(self.give(row["id"], "profile"), 200)
        token, _, _ = self.enter(person["username"], password=self.password_of(person["email"]))
        self.assertEqual(self.reads(token), set())
        token = self.accept(person["username"])
        self.assertEqual(self.reads(token), {"profile"})
        row = self.row(person["name"])
        self.assertEqual((row["state"], row["parts"], row["pending"]), ("active", ["profile"], []))
        self.expect(self.take(row["id"], "profile"), 200)
        self.assertEqual(self.reads(token), set(), "the next request")
        self.expect(self.give(row["id"], "profile"), 200)
        self.assertEqual(self.reads(token), {"profile"})

    def test_a_right_whose_granter_lost_it_does_not_open(self):
        admin, name, admin_token = self.new_member(["settings", "profile", "appointments"])
        person = self.person()
        row = self.expect(self.post("", person, admin_token), 200).json
        self.expect(self.give(row["id"], "profile", admin_token), 200)
        self.expect(self.give(row["id"], "appointments", admin_token), 200)
        self.expect(self.take(admin["id"], "profile"), 200)
        self.assertEqual(self.row(person["name"])["pending"], ["appointments"], "the list says what will count")
        token = self.accept(person["username"], self.password_of(person["email"]))
        self.assertEqual(self.reads(token), {"appointments"})

    def test_what_is_missing_or_wrong_names_its_field(self):
        long = "x" * 300
        cases = [("name", "", "required"), ("name", "   ", "required"), ("name", long, None), ("name", EMOJI, None),
                 ("name", "Nel\nNieuw", None), ("name", RIGHT_TO_LEFT, None), ("name", "123", None), ("name", HOSTILE, None),
                 ("username", "", "required"), ("username", "ab", None), ("username", long, None), ("username", "nel nieuw", None),
                 ("username", EMOJI, None), ("username", RIGHT_TO_LEFT, None), ("username", HOSTILE, None),
                 ("relation", "", "required"), ("relation", "client", "unknown"), ("relation", long, "unknown"), ("relation", EMOJI, "unknown"),
                 ("relation", RIGHT_TO_LEFT, "unknown"), ("mobile", "", "required"), ("contact", "A" * 22, "unknown"),
                 ("contact", long, "unknown"), ("contact", EMOJI, "unknown"), ("ground", long, "unknown"), ("ground", EMOJI, "unknown")]
        before = self.portal.query("SELECT count(*) FROM account UNION ALL SELECT count(*) FROM membership")
        for i, (field, value, reason) in enumerate(cases):
            if i % 18 == 0:
                self.portal.advance(days=1, hours=1)
                self.token, _, _ = self.enter("m.debruin")
            with self.subTest(field=field, value=value[:30]):
                answer = self.expect(self.post("", self.person(**{field: value})), 422, "invalid-field")
                self.assertEqual(answer.json["field"], field)
                if reason:
                    self.assertEqual(answer.json["reason"], reason)
        self.assertEqual(self.portal.query("SELECT count(*) FROM account UNION ALL SELECT count(*) FROM membership"), before)

    def test_bad_numbers(self):
        for number in ("geen nummer", "06", "x" * 300, EMOJI, RIGHT_TO_LEFT, HOSTILE, "+0612345678", "1" * 40):
            answer = self.post("", self.person(mobile=number))
            self.assertEqual((answer.status, answer.json.get("field")), (422, "mobile"), answer)

    def test_a_user_name_that_is_taken_gets_another_proposed(self):
        self.field(self.post("", self.person(username="M.deBruin")), "username", "taken", "m.debruin2")
        self.expect(self.post("", self.person(username="m.debruin2")), 200)
        self.field(self.post("", self.person(username="m.debruin")), "username", "taken", "m.debruin3")

    def test_names_of_the_whole_world(self):
        for name in ("Özlem Yıldız-ʿAbdallāh", "דוד לוי", "محمد", "O’Neil van den Bergh", "Nel " + EMOJI):
            row = self.add(name=name)
            self.assertEqual(row["name"], name)

    def test_unknown_keys_and_types_are_no_request(self):
        for body in ({"email": 3}, {"email": "a@b.example", "admin": True}, [], {"email": "a@b.example", "parts": ["everything"]}):
            self.expect(self.post("", body), 400, "bad-request")

    def test_a_temporary_password_of_a_withdrawn_invitation_opens_nothing(self):
        person = self.person()
        row = self.expect(self.post("", person), 200).json
        self.expect(self.give(row["id"], "messages"), 200)
        password = self.password_of(person["email"])
        row = self.do(row["id"], "withdraw")
        self.assertEqual((row["state"], row["pending"]), ("withdrawn", []))
        self.expect(self.first_step(person["username"], password), 403, "login-failed")
        row = self.do(row["id"], "invitation")
        self.assertEqual((row["state"], row["pending"]), ("invited", []))
        self.accept(person["username"], self.password_of(person["email"]))

    def test_declining_shows_in_the_list_and_tells_the_inviter(self):
        person = self.person()
        row = self.expect(self.post("", person), 200).json
        self.expect(self.give(row["id"], "messages"), 200)
        token, _, _ = self.enter(person["username"], password=self.password_of(person["email"]))
        [invitation] = self.portal.get("/invitations", token).json["invitations"]
        self.assertEqual(invitation["told"], "inviter")
        self.expect(self.portal.post(f"/invitations/{invitation['id']}/decline", token), 204)
        shown = self.row(person["name"])
        self.assertEqual((shown["state"], shown["pending"]), ("declined", []))
        declined = self.portal.get(f"/patients/{self.wil}/start", self.token).json["declined"]
        self.assertEqual([(d["member"], d["name"]) for d in declined][0], (row["id"], person["name"]))
        other, _, _ = self.enter("w.debruin")
        self.assertNotIn("declined", self.portal.get(f"/patients/{self.wil}/start", other).json, "not invited by her")
        # invited again in the same row
        again = self.expect(self.give(row["id"], "appointments"), 200).json
        self.assertEqual((again["id"], again["state"], again["pending"]), (row["id"], "not-invited", ["appointments"]))
        declined = self.portal.get(f"/patients/{self.wil}/start", self.token).json.get("declined", [])
        self.assertNotIn(row["id"], [d["member"] for d in declined])
        self.do(row["id"], "invitation")
        token = self.accept(person["username"])
        self.assertEqual(self.reads(token), {"appointments"})

    def test_expired_after_its_last_day_and_sent_again(self):
        person = self.person()
        row = self.expect(self.post("", person), 200).json
        self.expect(self.give(row["id"], "profile"), 200)
        self.portal.settled(".eml")
        self.portal.advance(self.end_of_day(7) + 1)
        self.token, _, _ = self.enter("m.debruin")
        row = self.row(person["name"])
        self.assertEqual((row["state"], row["pending"]), ("expired", ["profile"]))
        row = self.do(row["id"], "invitation")
        self.assertEqual((row["state"], row["pending"]), ("invited", ["profile"]), "the rights are kept")
        token = self.accept(person["username"], self.password_of(person["email"]))
        self.assertEqual(self.reads(token), {"profile"})

    def test_undelivered_keeps_the_rights(self):
        person = self.person()
        row = self.expect(self.post("", person), 200).json
        self.expect(self.give(row["id"], "profile"), 200)
        self.portal.settled(".eml")
        self.portal.pause()
        self.portal.change("UPDATE outbox SET failed = sent, sent = NULL WHERE id = (SELECT outbox FROM invitation WHERE membership ="
                           " (SELECT id FROM membership WHERE public_id = ?))", row["id"])
        self.portal.start()
        row = self.row(person["name"])
        self.assertEqual((row["state"], row["pending"]), ("undelivered", ["profile"]))
        self.assertIn("resend", row["allowed"])
        self.assertEqual(self.do(row["id"], "invitation")["state"], "invited")

    def test_a_mailbox_is_not_filled(self):
        row = self.add()
        for _ in range(5):
            self.do(row["id"], "invitation")
        self.expect(self.post(f"/{row['id']}/invitation"), 429, "throttled")

    def test_the_number_of_who_has_not_been_in_may_be_changed(self):
        person = self.person(mobile="+31612340000")
        row = self.expect(self.post("", person), 200).json
        before = len(self.mails_to(person["email"]))
        row = self.do(row["id"], "mobile", {"mobile": "0031 6 1234-0001"})
        self.assertEqual(row["mobile"], "+31612340001")
        self.assertEqual(len(self.mails_to(person["email"])), before + 1, "the invitation goes again")
        for number in ("", "06", EMOJI, "x" * 300):
            answer = self.post(f"/{row['id']}/mobile", {"mobile": number})
            self.assertEqual((answer.status, answer.json["field"]), (422, "mobile"))
        self.enter(person["username"], password=self.password_of(person["email"]))
        self.assertNotIn("mobile", self.row(person["name"])["allowed"])
        self.expect(self.post(f"/{row['id']}/mobile", {"mobile": "0612340002"}), 409, "conflict")
        self.expect(self.post(f"/{self.id_of('p.debruin')}/mobile", {"mobile": "0612340002"}), 409, "conflict")

    def correct(self, row, email, token=None):
        return self.post(f"/{row['id']}/email", {"email": email}, token)

    def test_a_mistyped_address_is_corrected(self):
        person = self.person()
        row = self.expect(self.post("", person), 200).json
        self.expect(self.give(row["id"], "profile"), 200)
        self.assertIn("email", row["allowed"])
        old = self.password_of(person["email"])
        # Somebody reads it there, and stands before the code.
        self.portal.advance(31)
        stranger = self.expect(self.first_step(person["username"], old), 200).json["token"]
        row = self.expect(self.correct(row, "goed-" + person["email"]), 200).json
        self.assertEqual((row["email"], row["state"], row["pending"]), ("goed-" + person["email"], "invited", ["profile"]))
        self.expect_ended(stranger, "session-ended-elsewhere")
        self.expect(self.first_step(person["username"], old), 403, "login-failed")
        self.assertEqual(self.portal.value("SELECT count(*) FROM audit WHERE action = 32"), 1)
        token = self.accept(person["username"], self.password_of("goed-" + person["email"]))
        self.assertEqual(self.reads(token), {"profile"})
        self.assertNotIn("email", self.row(person["name"])["allowed"], "from then on it is the person's own")
        self.expect(self.correct(row, "weer-" + person["email"]), 409, "conflict")

    def test_addresses_that_are_no_correction(self):
        row, other = self.add(), self.add()
        self.field(self.correct(row, "Marijke@DeBruin.example"), "email", "own")
        self.field(self.correct(row, other["email"]), "email", "in-list", other["name"])
        contact = next(one for one in self.rows() if one["kind"] == "contact" and one.get("email"))
        self.field(self.correct(row, contact["email"]), "email", "in-list", contact["name"])
        for address in ("", "geen adres", HOSTILE, EMOJI + "@b.example"):
            self.expect(self.correct(row, address), 422, "invalid-field")
        self.assertEqual(self.row(row["name"])["email"], row["email"])
        # It tells as much as looking up does.
        for i in range(20):
            answer = self.correct(row, f"probe{i}@nowhere.example")
        self.expect(answer, 429, "lookups-today")

    def test_no_account_of_somebody_is_moved(self):
        """Neither one that was there, nor one whose password is chosen, nor one that others invited since."""
        self.token = self.manager_of_henk()
        known = self.expect(self.post("", {"email": "ton@bakker.example", "relation": "friend"}, patient=self.henk), 200).json
        self.assertNotIn("email", known["allowed"])
        self.expect(self.post(f"/{known['id']}/email", {"email": "x@nieuw.example"}, patient=self.henk), 409, "conflict")
        row = self.expect(self.post("", self.person(), patient=self.henk), 200).json
        of_wil = self.portal.value("SELECT email FROM account WHERE email NOT IN (SELECT coalesce (email, '') FROM contact) AND ended IS NULL"
                                   " AND id NOT IN (SELECT account FROM membership m JOIN patient p ON p.id = m.patient WHERE p.public_id = ?)", self.henk)
        self.field(self.post(f"/{row['id']}/email", {"email": of_wil}, patient=self.henk), "email", "known")
        row = self.add()
        self.expect(self.post("", {"email": row["email"], "relation": "friend"}, patient=self.henk), 200)
        self.assertNotIn("email", self.row(row["name"])["allowed"])
        self.expect(self.correct(row, "x@nieuw.example"), 409, "conflict")
        chosen = self.add()
        self.portal.pause()
        self.portal.change("INSERT INTO credential (account, kind, pepper, hash, created) SELECT id, 0, 1, 'x', 1 FROM account WHERE email = ?",
                           chosen["email"])
        self.portal.start()
        self.expect(self.correct(chosen, "x@nieuw.example"), 409, "conflict")

    def test_declining_tells_who_manages_users_where_nobody_in_the_family_invited(self):
        """The organisation invited, or the inviter manages nothing any more."""
        name = self.portal.value("SELECT name FROM patient WHERE public_id = ?", self.wil)
        self.portal.command("enrol", "--identifier", "https://zorggroep-de-linde.example/client|DL-000001", "--source", "ecd",
                            "--client", name, "--username", "n.noord", "--name", "Nico Noord", "--email", "nico@noord.example",
                            "--mobile", "+31612345999", "--relation", "friend")
        self.portal.pause()
        token = self.portal.add_session(self.portal.account("n.noord"))
        self.portal.start()
        [invitation, *_] = self.portal.get("/invitations", token).json["invitations"]
        self.assertEqual((invitation.get("inviter"), invitation["told"]), (None, "managers"))
        self.expect(self.portal.post(f"/invitations/{invitation['id']}/decline", token), 204)
        for username in ("m.debruin", "w.debruin"):
            manager, _, _ = self.enter(username)
            declined = self.portal.get(f"/patients/{self.wil}/start", manager).json["declined"]
            self.assertIn("Nico Noord", [row["name"] for row in declined])

    def granter(self, token):
        """Who can give more, by the session of somebody who accepted."""
        [patient] = self.portal.get("/session", token).json["patients"]
        return patient.get("granter")

    def test_who_can_give_parts_is_who_manages_users_now(self):
        client, _, _ = self.enter("w.debruin")
        row, _, token = self.new_member()
        self.assertEqual(self.granter(token), "Marijke de Bruin")
        self.expect(self.take(self.id_of("m.debruin"), "settings", client), 200)
        self.assertIsNone(self.granter(token), "the organisation")
        self.expect(self.give(self.id_of("m.debruin"), "settings", client, "family"), 200)
        self.assertEqual(self.granter(token), "Marijke de Bruin")

    def test_who_can_give_parts_to_whom_the_organisation_invited_last(self):
        row, username, _ = self.new_member()
        self.do(row["id"], "end")
        name = self.portal.value("SELECT name FROM patient WHERE public_id = ?", self.wil)
        email = self.portal.value("SELECT email FROM account WHERE username = ?", username)
        self.portal.command("enrol", "--identifier", "https://zorggroep-de-linde.example/client|DL-000001", "--source", "ecd",
                            "--client", name, "--username", username, "--name", row["name"], "--email", email, "--mobile",
                            "+31612345998", "--relation", "friend")
        self.assertIsNone(self.granter(self.accept(username)))

    def test_the_ground_is_said_otherwise_and_recorded(self):
        now = lambda row: next(found for found in self.rows() if found["id"] == row["id"])
        added, _, token = self.new_member(["dossier"])
        row = now(added)
        self.assertEqual(row["ground"], "family")
        self.assertIn("ground", row["allowed"])
        count = lambda: self.portal.value("SELECT count(*) FROM audit WHERE action = 29")
        before = count()
        row = self.do(row["id"], "ground", {"ground": "mentor"})
        self.assertEqual((row["ground"], row["parts"], count() - before), ("mentor", ["dossier"], 1))
        self.do(row["id"], "ground", {"ground": "mentor"})
        self.assertEqual(count() - before, 1, "nothing new")
        self.assertEqual(self.reads(token), {"dossier"})
        for ground, reason in (("", "required"), ("mine", "unknown"), (EMOJI, "unknown")):
            self.field(self.post(f"/{row['id']}/ground", {"ground": ground}), "ground", reason)
        self.expect(self.post(f"/{self.id_of('m.debruin')}/ground", {"ground": "curator"}), 403, "self")
        self.assertNotIn("ground", self.row("Wil de Bruin")["allowed"])
        self.expect(self.post(f"/{self.row('Wil de Bruin')['id']}/ground", {"ground": "curator"}), 409, "conflict")
        other = now(self.add())
        self.assertNotIn("ground", other["allowed"])
        self.expect(self.post(f"/{other['id']}/ground", {"ground": "curator"}), 409, "conflict")
        self.do(row["id"], "end")
        self.expect(self.post(f"/{row['id']}/ground", {"ground": "curator"}), 409, "conflict")

    def test_a_login_after_the_end_is_not_told(self):
        """They may be in the portal of somebody else: that is no business of who manages this one."""
        row, username, _ = self.new_member(["profile"])
        now = lambda: next(found for found in self.rows() if found["id"] == row["id"])
        self.assertIn("last_login", now())
        self.assertNotIn("last_login", self.do(row["id"], "end"))
        self.enter(username)
        self.assertEqual((now()["state"], now().get("last_login")), ("ended", None))
        person = self.person()
        row = self.expect(self.post("", person), 200).json
        token, _, _ = self.enter(person["username"], password=self.password_of(person["email"]))
        [invitation] = self.portal.get("/invitations", token).json["invitations"]
        self.expect(self.portal.post(f"/invitations/{invitation['id']}/decline", token), 204)
        self.assertEqual((now()["state"], now().get("last_login")), ("declined", None))

    def test_ending_access_is_at_once_and_told_by_mail(self):
        row, username, token = self.new_member(["profile", "messages"])
        self.assertEqual(self.reads(token), {"profile"})
        row = self.do(row["id"], "end")
        self.assertEqual((row["state"], row["parts"]), ("ended", []))
        self.assert_at(row["ended_at"], self.portal.now(), within=60)
        self.assertEqual(self.reads(token), set())
        self.assertEqual(self.portal.get("/session", token).json["patients"], [])
        self.assertIn("beëindigd", self.mails_to(row["email"])[-1]["Subject"])
        self.expect(self.post(f"/{row['id']}/end"), 409, "conflict")
        # the same row again, with nothing of before
        again = self.do(row["id"], "invitation")
        self.assertEqual((again["id"], again["state"], again["parts"], again["pending"]), (row["id"], "invited", [], []))
        token = self.accept(username)
        self.assertEqual(self.reads(token), set())

    def test_the_contact_of_the_ehr_becomes_the_member(self):
        contact = next(row for row in self.rows() if row["kind"] == "contact" and row.get("email"))
        person = {"email": contact["email"], "mobile": "0612345678", "username": contact["username"], "contact": contact["id"],
                  "parts": ["appointments", "dossier"]}
        self.field(self.post("", person), "ground", "required")
        row = self.expect(self.post("", {**person, "ground": "family"}), 200).json
        self.assertEqual((row["name"], row["relation_words"], row.get("relation"), row["ground"], row["state"], row["pending"]),
                         (contact["name"], contact["relation_words"], None, "family", "not-invited", ["appointments", "dossier"]))
        self.assert_at(row["goes_out_at"], self.portal.now() + 60, within=10)
        rows = [r for r in self.rows() if r["name"] == contact["name"]]
        self.assertEqual([r["id"] for r in rows if r["kind"] != "member" or r["id"] == row["id"]], [row["id"]], "shown once")
        self.field(self.post("", self.person(contact=contact["id"])), "contact", "unknown")
        row = self.do(row["id"], "invitation")
        self.assertEqual((row["state"], len(self.mails_to(contact["email"]))), ("invited", 1))
        self.do(row["id"], "withdraw")

    def test_a_contact_without_address_or_number_changes_nothing(self):
        contact = next(row for row in self.rows() if row["kind"] == "contact")
        person = {"email": "", "mobile": "", "username": contact["username"], "contact": contact["id"], "parts": ["messages"]}
        self.field(self.post("", person), "email", "required")
        self.field(self.post("", {**person, "email": "contact@contact.example"}), "mobile", "required")
        self.assertEqual([row["state"] for row in self.rows() if row["id"] == contact["id"]], ["known"])


if __name__ == "__main__":
    tap.main()
