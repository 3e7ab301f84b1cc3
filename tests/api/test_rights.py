# SPDX-License-Identifier: GPL-3.0-or-later
"""Gebruikersbeheer: who may give what to whom and until when, when an invitation goes out, and looking through somebody."""
import tap
from case import in_parallel
from members import EMOJI, READING, RIGHT_TO_LEFT, MembersCase
from portal import PARTS, until


class FirstRight(MembersCase):
    """SZR's way: the invitation goes out a minute after the first right."""
    options = {"invitations": "invitation-at=first-right\ninvitation-with=credentials"}

    def sent_to(self, address):
        return self.portal.value("SELECT count(*) FROM outbox o JOIN account a ON a.id = o.account WHERE a.email = ?", address)

    def test_nothing_goes_out_on_adding(self):
        row = self.add()
        self.assertEqual((row["state"], row.get("goes_out_at"), row.get("goes_out_seconds")), ("not-invited", None, None))
        self.assertEqual(self.sent_to(row["email"]), 0)

    def test_what_is_corrected_before_costs_no_mail(self):
        row = self.add()
        for n in range(5):
            self.do(row["id"], "email", {"email": f"{n}-{row['email']}"})
            self.do(row["id"], "mobile", {"mobile": f"0612340{n:03}"})
        self.expect(self.give(row["id"], "messages"), 200)
        self.assertEqual(self.do(row["id"], "invitation")["state"], "invited")
        self.assertEqual(len(self.mails_to(f"4-{row['email']}")), 1)

    def test_ticking_and_withdrawing_fills_no_mailbox(self):
        row = self.add()
        self.expect(self.give(row["id"], "messages"), 200)
        for _ in range(5):
            self.portal.advance(61)
            self.do(row["id"], "withdraw")
            self.expect(self.give(row["id"], "messages"), 200)
        self.portal.advance(61)
        self.do(row["id"], "withdraw")
        self.expect(self.give(row["id"], "messages"), 429, "throttled")
        self.assertEqual(self.row(row["name"])["state"], "withdrawn")
        self.portal.advance(days=1)
        self.token, _, _ = self.enter("m.debruin")
        self.expect(self.give(row["id"], "messages"), 200)
        self.portal.advance(61)
        self.do(row["id"], "withdraw")  # the next test finds nothing that waits

    def test_it_goes_a_minute_after_the_first_tick(self):
        row = self.add()
        row = self.expect(self.give(row["id"], "messages"), 200).json
        self.assertEqual((row["state"], row["pending"]), ("not-invited", ["messages"]))
        self.assert_at(row["goes_out_at"], self.portal.now() + 60, within=10)
        self.assert_at(row["goes_out_at"], self.portal.now() + row["goes_out_seconds"], within=10)
        goes_out_at = row["goes_out_at"]
        row = self.expect(self.give(row["id"], "profile"), 200).json
        self.assertEqual(row["goes_out_at"], goes_out_at, "the first one counts")
        self.portal.advance(45)
        row = self.expect(self.give(row["id"], "appointments"), 200).json
        self.assert_at(goes_out_at, self.portal.now() + row["goes_out_seconds"], within=10)
        self.assertEqual(self.portal.value("SELECT count(*) FROM outbox WHERE sent IS NULL AND failed IS NULL"), 1)
        self.portal.advance(20)
        self.expect(self.take(row["id"], "appointments"), 200)  # any change wakes the outbox
        self.assertEqual(len(self.mails_to(row["email"])), 1)
        self.assertEqual(self.row(row["name"])["state"], "invited")

    def test_taking_the_tick_back_leaves_nothing_sent(self):
        person = self.person()
        row = self.expect(self.post("", person), 200).json
        self.expect(self.give(row["id"], "messages"), 200)
        self.expect(self.give(row["id"], "profile"), 200)
        self.portal.advance(40)
        self.expect(self.take(row["id"], "messages"), 200)
        row = self.expect(self.take(row["id"], "profile"), 200).json
        self.assertEqual((row["state"], row.get("goes_out_at"), row["pending"]), ("not-invited", None, []))
        self.portal.advance(120)
        self.expect(self.take(row["id"], "profile"), 200)
        self.assertEqual((self.sent_to(row["email"]), self.mails_to(row["email"])), (0, []))
        self.assertEqual(self.portal.value("SELECT count(*) FROM invitation i JOIN membership m ON m.id = i.membership"
                                           " WHERE m.public_id = ?", row["id"]), 0)

    def test_send_now_sends_once(self):
        row = self.add()
        self.expect(self.give(row["id"], "messages"), 200)
        row = self.do(row["id"], "invitation")
        self.assertEqual((row["state"], row["pending"]), ("invited", ["messages"]))
        self.portal.advance(120)
        self.expect(self.give(row["id"], "profile"), 200)
        [mail] = self.mails_to(row["email"])
        self.assertIn("Tijdelijk wachtwoord: ", mail.get_body(("plain",)).get_content())

    def test_somebody_known_does_not_see_it_before_it_goes(self):
        token = self.manager_of_henk()
        row = self.expect(self.portal.post(f"/patients/{self.henk}/members", token, {"email": "wil@debruin.example", "relation": "partner"}),
                          200).json
        wil, _, _ = self.enter("w.debruin")
        answer = self.post(f"/{row['id']}/parts", {"part": "messages", "held": True}, token, self.henk)
        self.assertEqual(answer.json["state"], "not-invited")
        self.assertEqual(self.portal.get("/invitations", wil).json["invitations"], [])
        self.assertEqual(self.portal.get("/session", wil).json["open_invitations"], 0)
        self.portal.advance(61)
        self.assertEqual([i["parts"] for i in self.portal.get("/invitations", wil).json["invitations"]], [["messages"]])
        self.expect(self.take(self.id_of("j.hofstra"), "messages"), 200)  # any change wakes the outbox

    def has_died(self, died):
        self.portal.pause()
        self.portal.change("UPDATE patient SET deceased = ? WHERE public_id = ?", died, self.wil)
        self.portal.start()

    def written(self):
        return self.portal.query("SELECT (SELECT count(*) FROM account), (SELECT count(*) FROM membership), (SELECT count(*) FROM invitation),"
                                 " (SELECT count(*) FROM outbox), (SELECT count(*) FROM throttle)")

    def test_of_who_has_died_nobody_is_added_or_invited(self):
        """No mail goes about them: it would be "undelivered", and nobody could say why."""
        added, over, contact = self.add(), self.add(), next(row for row in self.rows() if row["kind"] == "contact")
        self.do(over["id"], "end")
        self.expect(self.take(self.id_of("p.debruin"), "messages"), 200)
        self.has_died(1)
        try:
            rows, written = self.rows(), self.written()
            for row in rows:
                outside = row["state"] in ("known", "not-invited", "expired", "withdrawn", "declined", "ended")
                empty = set(PARTS) - set(row["parts"]) - set(row["pending"]) if outside else set()
                self.assertEqual({r["part"] for r in row["refused"] if r["reason"] == "deceased"}, empty, row["name"])
                self.assertEqual({"send", "resend", "mobile", "email"} & set(row["allowed"]), set())
            self.assertIn("give:messages", next(row for row in rows if row["id"] == self.id_of("p.debruin"))["allowed"])
            self.expect(self.post("/lookup", {"email": "x@nieuw.example"}), 409, "deceased")
            self.expect(self.post("", self.person()), 409, "deceased")
            self.expect(self.post("", self.person(contact=contact["id"], parts=["messages"])), 409, "deceased")
            for member in added["id"], over["id"]:
                self.expect(self.give(member, "messages"), 409, "deceased")
                self.expect(self.post(f"/{member}/invitation"), 409, "deceased")
            self.assertEqual((self.rows(), self.written()), (rows, written))
            self.expect(self.give(self.id_of("p.debruin"), "messages"), 200)
        finally:
            self.has_died(0)
        self.expect(self.post("", self.person()), 200)

    def test_ended_before_it_went_out(self):
        row = self.add()
        self.expect(self.give(row["id"], "messages"), 200)
        row = self.do(row["id"], "end")
        self.portal.advance(120)
        self.expect(self.take(row["id"], "messages"), 200)
        self.assertEqual((row["state"], self.sent_to(row["email"])), ("ended", 0))


class Rules(MembersCase):
    def refusals(self, name, token=None):
        row = self.row(name, token)
        return {refusal["part"]: refusal["reason"] for refusal in row["refused"]}

    def leave_alone(self, *members):
        """Nobody else manages users any more."""
        for row in self.rows():
            if "settings" in row["parts"] and row["id"] not in members:
                self.do(row["id"], "end")

    def test_nobody_gives_to_oneself(self):
        _, username, token = self.new_member(["settings", "profile"])
        row = next(row for row in self.rows(token) if row["self"])
        self.assertEqual({r["part"]: r["reason"] for r in row["refused"]}, dict.fromkeys(["messages", "appointments", "dossier"], "self"))
        for part in ("messages", "appointments", "dossier"):
            self.expect(self.give(row["id"], part, token, "family"), 403, "self")
        self.expect(self.post(f"/{row['id']}/until", {"until": self.day(300)}, token), 403, "self")
        self.assertEqual(self.reads(token), {"settings", "profile"})

    def test_one_gives_only_what_one_holds(self):
        _, _, token = self.new_member(["settings", "profile"])
        joke = self.id_of("j.hofstra")
        self.assertEqual(self.refusals("Joke Hofstra", token), dict.fromkeys(["messages", "appointments", "dossier"], "not-held"))
        for part in ("messages", "appointments", "dossier"):
            self.expect(self.give(joke, part, token, "family"), 403, "not-held")
        self.expect(self.post("", self.person(parts=["dossier"], ground="family"), token), 403, "not-held")
        self.expect(self.give(joke, "profile", token), 200)
        self.expect(self.take(self.id_of("p.debruin"), "messages", token), 200)  # whoever manages users may take what they hold not
        self.expect(self.give(self.id_of("p.debruin"), "messages", token), 403, "not-held")
        self.expect(self.give(self.id_of("p.debruin"), "messages"), 200)
        self.expect(self.take(joke, "profile"), 200)

    def test_a_ground_is_asked_once(self):
        joke = self.id_of("j.hofstra")
        self.field(self.give(joke, "dossier"), "ground", "required")
        self.field(self.give(joke, "dossier", ground="bewindvoerder"), "ground", "unknown")
        row = self.expect(self.give(joke, "dossier", ground="mentor"), 200).json
        self.assertEqual((row["ground"], "ground" in row["allowed"]), ("mentor", True))
        self.assertNotIn("ground", self.expect(self.take(joke, "dossier"), 200).json["allowed"], "nothing is held that needs one")
        self.expect(self.give(joke, "dossier"), 200)
        self.expect(self.take(joke, "dossier"), 200)
        self.expect(self.take(self.id_of("w.debruin"), "dossier"), 200)
        self.expect(self.give(self.id_of("w.debruin"), "dossier"), 200)  # the client needs none

    def test_a_part_that_is_none(self):
        for part in ("", "everything", "x" * 300, EMOJI, RIGHT_TO_LEFT):
            self.field(self.give(self.id_of("j.hofstra"), part), "part", "unknown")

    def test_the_last_settings_holder_stays(self):
        wil, marijke = self.id_of("w.debruin"), self.id_of("m.debruin")
        self.leave_alone(wil, marijke)
        self.expect(self.take(wil, "settings"), 200)
        self.assertEqual(self.refusals("Marijke de Bruin"), {"settings": "last-settings"})
        self.expect(self.take(marijke, "settings"), 409, "last-settings")
        self.expect(self.post(f"/{marijke}/end"), 409, "last-settings")
        row = next(row for row in self.rows() if row["self"])
        self.assertNotIn("end", row["allowed"])
        self.assertNotIn("take:settings", row["allowed"])
        # somebody whose settings end, or wait, is no other
        added, _, token = self.new_member(["settings"])
        self.do(added["id"], "until", {"until": self.day(30)})
        self.expect(self.take(marijke, "settings"), 409, "last-settings")
        waiting = self.add()
        self.expect(self.give(waiting["id"], "settings", ground="family"), 200)
        self.expect(self.take(marijke, "settings"), 409, "last-settings")
        self.do(added["id"], "until", {"until": None})
        self.expect(self.take(marijke, "settings", token), 200)
        self.expect(self.post(f"/{added['id']}/until", {"until": self.day(30)}, token), 409, "last-settings")
        self.assertEqual(self.reads(self.token), {"appointments", "dossier", "profile"})
        self.expect(self.give(marijke, "settings", token, "family"), 200)
        self.expect(self.give(wil, "settings"), 200)
        self.do(added["id"], "end")

    def test_two_who_take_it_from_each_other_at_once(self):
        wil, marijke = self.id_of("w.debruin"), self.id_of("m.debruin")
        self.portal.advance(31)
        other, _, _ = self.enter("w.debruin")
        self.leave_alone(wil, marijke)
        pairs = iter([(wil, self.token), (marijke, other)] * 4)
        answers = in_parallel(8, lambda connection: (lambda member, token: self.post(
            f"/{member}/parts", {"part": "settings", "held": False}, token, connection=connection))(*next(pairs)), self.portal)
        self.assertEqual([a.status for a in answers].count(200) >= 1, True)
        holders = self.portal.value("SELECT count(*) FROM membership_part p JOIN membership m ON m.id = p.membership WHERE m.patient = 1"
                                    " AND p.part = 16 AND p.ended IS NULL AND m.state = 2")
        self.assertEqual(holders, 1)
        left = self.token if "settings" in self.reads(self.token) else other
        self.expect(self.give(wil if left == self.token else marijke, "settings", left, "family"), 200)

    def test_no_manager_no_list(self):
        token, _, _ = self.enter("p.debruin")
        joke = self.id_of("j.hofstra")
        self.expect(self.portal.get(f"/patients/{self.wil}/members", token), 404, "not-found")
        for what, body in (("", self.person()), ("/lookup", {"email": "a@b.example"}), (f"/{joke}/parts", {"part": "messages", "held": True}),
                           (f"/{joke}/until", {"until": None}), (f"/{joke}/renew", None), (f"/{joke}/invitation", None),
                           (f"/{joke}/withdraw", None), (f"/{joke}/end", None), (f"/{joke}/mobile", {"mobile": "0612345678"})):
            self.expect(self.post(what, body, token), 404, "not-found")

    def test_a_member_of_another_client_is_not_there(self):
        """Marijke manages Wil's users, not Henk's."""
        henks = self.portal.value("SELECT m.public_id FROM membership m JOIN account a ON a.id = m.account WHERE a.username = 'p.debruin'"
                                  " AND m.patient = 2")
        before = self.portal.query("SELECT * FROM membership_part")
        for what, body in (("parts", {"part": "dossier", "held": True, "ground": "family"}), ("until", {"until": self.day(5)}), ("renew", None),
                           ("invitation", None), ("withdraw", None), ("end", None), ("mobile", {"mobile": "0612345678"})):
            self.expect(self.post(f"/{henks}/{what}", body), 404, "not-found")
        self.assertEqual(self.portal.query("SELECT * FROM membership_part"), before)

    def test_each_change_is_recorded(self):
        last = self.portal.value("SELECT max(id) FROM audit")
        row, _, token = self.new_member(["profile"])
        self.do(row["id"], "until", {"until": self.day(100)})
        self.expect(self.take(row["id"], "profile"), 200)
        self.do(row["id"], "end")
        member = self.portal.value("SELECT id FROM membership WHERE public_id = ?", row["id"])
        marijke = self.portal.account("m.debruin")
        rows = self.portal.query("SELECT action, part FROM audit WHERE id > ? AND account = ? AND membership = ? AND action >= 20", last, marijke, member)
        self.assertEqual(rows, [(21, 0), (22, 0), (29, 8), (24, 8), (26, 0), (25, 8), (27, 0)])


class Until(MembersCase):
    @classmethod
    def prepare(cls):
        super().prepare()
        cls.portal.change("UPDATE membership SET until = NULL")

    def test_what_may_be_chosen(self):
        joke = self.id_of("j.hofstra")
        for date, reason, text in ((self.day(0), "past", None), (self.day(-1), "past", None), ("2025-02-30", "not-a-date", None), ("", "not-a-date", None),
                                   ("morgen", "not-a-date", None), (EMOJI, "not-a-date", None), ("9" * 300, "not-a-date", None), ("9999-12-31", "not-a-date", None),
                                   (self.day(367), "too-late", self.day(365)), ("9990-12-31", "too-late", self.day(365))):
            self.field(self.post(f"/{joke}/until", {"until": date}), "until", reason, text)
        row = self.do(joke, "until", {"until": self.day(28)})
        self.assertEqual((row["until"], row["renew_until"]), (self.day(28), self.day(56)))
        self.assertIn("renew", row["allowed"])
        self.assertEqual(self.do(joke, "renew")["until"], self.day(56))
        self.assertEqual(self.do(joke, "renew")["until"], self.day(84))
        self.do(joke, "until", {"until": self.day(300)})
        self.assertEqual(self.do(joke, "renew")["until"], self.day(365), "a year at most")
        row = self.do(joke, "until", {"until": None})
        self.assertEqual((row.get("until"), row.get("renew_until")), (None, None))
        self.expect(self.post(f"/{joke}/renew"), 409, "conflict")

    def test_the_last_day_still_counts(self):
        row, username, token = self.new_member(["profile"])
        self.do(row["id"], "until", {"until": self.day(1)})
        self.portal.advance(days=1)
        token, _, _ = self.enter(username)
        self.assertEqual(self.reads(token), {"profile"})
        self.portal.advance(days=1)
        token, _, _ = self.enter(username)
        self.assertEqual(self.reads(token), set())
        self.token, _, _ = self.enter("m.debruin")
        shown = self.row(row["name"])
        self.assertEqual((shown["state"], shown["parts"]), ("ended", []))
        self.expect(self.post(f"/{row['id']}/renew"), 409, "conflict")

    def latest(self, member, token):
        """The latest end that may be given, and whether there may be none."""
        row = next(row for row in self.rows(token) if row["id"] == member)
        return row["until_max"], "endless" in row["allowed"]

    def test_nobody_gives_more_time_than_one_has(self):
        admin, username, token = self.new_member(["settings", "profile", "messages"])
        joke = self.id_of("j.hofstra")
        self.do(admin["id"], "until", {"until": self.day(60)})
        self.assertEqual(self.latest(joke, token), (self.day(60), False))
        self.field(self.post(f"/{joke}/until", {"until": self.day(61)}, token), "until", "own-end", self.day(60))
        self.field(self.post(f"/{joke}/until", {"until": None}, token), "until", "required", self.day(60))
        # who has no end gets no right from who has one
        self.expect(self.give(joke, "profile", token), 403, "own-end")
        added = self.expect(self.post("", self.person(), token), 200).json
        self.assertEqual(added["until"], self.day(60), "the end of who adds")
        self.expect(self.give(added["id"], "profile", token), 200)
        self.do(added["id"], "until", {"until": self.day(300)})  # by somebody without an end
        self.expect(self.give(added["id"], "messages", token), 403, "own-end")
        self.do(added["id"], "until", {"until": self.day(30)}, token)
        self.assertEqual(self.do(added["id"], "renew", token=token)["until"], self.day(60))
        self.do(admin["id"], "end")

    def test_nobody_prolongs_what_one_does_not_hold(self):
        admin, _, token = self.new_member(["settings", "profile"])
        row, _, _ = self.new_member(["profile", "dossier"])
        self.do(row["id"], "until", {"until": self.day(40)})
        shown = next(one for one in self.rows(token) if one["id"] == row["id"])
        self.assertIn("until", shown["allowed"])
        self.assertNotIn("renew", shown["allowed"])
        self.assertNotIn("renew_until", shown)
        self.assertEqual(self.latest(row["id"], token), (self.day(40), False), "the list says what will be refused")
        self.field(self.post(f"/{row['id']}/until", {"until": self.day(41)}, token), "until", "not-held", self.day(40))
        self.field(self.post(f"/{row['id']}/until", {"until": None}, token), "until", "not-held", self.day(40))
        self.expect(self.post(f"/{row['id']}/renew", token=token), 403, "not-held")
        self.assertEqual(self.do(row["id"], "until", {"until": self.day(40)}, token)["until"], self.day(40))
        self.assertEqual(self.do(row["id"], "until", {"until": self.day(30)}, token)["until"], self.day(30), "earlier is no gift")
        self.take(row["id"], "dossier", token)
        self.assertEqual(self.latest(row["id"], token), (self.day(365), True))
        self.assertEqual(self.do(row["id"], "renew", token=token)["until"], self.day(60))
        self.do(admin["id"], "end")

    def ends(self, token):
        return self.portal.get(f"/patients/{self.wil}/start", token).json.get("access_ends", [])

    def keep(self):
        """What the timer does each hour."""
        self.portal.pause()
        self.portal.start()

    def subjects(self, address):
        return [mail["Subject"] for mail in self.mails_to(address)]

    def told(self, address):
        until(lambda: self.portal.value("SELECT count(*) FROM membership WHERE until_told IS NOT until AND until < ?",
                                        int((self.portal.now() + 15 * 86400) * 1e6)) == 0, "everybody told")
        return [subject for subject in self.subjects(address) if "eindigt" in subject]

    def test_both_are_told_once_fourteen_days_before(self):
        row, username, token = self.new_member(["profile"])
        before = {address: len(self.told(address)) for address in ("wil@debruin.example", "marijke@debruin.example")}
        self.do(row["id"], "until", {"until": self.day(20)})
        self.assertEqual([one["until"] for one in self.portal.get("/session", token).json["patients"]], [self.day(20)])
        self.portal.advance(days=5)
        self.keep()
        self.assertEqual(self.told(row["email"]), [])
        self.portal.advance(days=1)
        self.keep()
        self.assertEqual(len(self.told(row["email"])), 1)
        for address, told in before.items():
            self.assertEqual(len(self.told(address)), told + 1)
        self.assertEqual(self.told("pieter@debruin.example"), [])
        self.portal.advance(days=1)
        self.keep()
        self.assertEqual(len(self.told(row["email"])), 1, "once, also after a restart")
        token, _, _ = self.enter(username)
        self.assertEqual(self.ends(token), [{"self": True, "until": self.day(13), "days": 13}])
        self.token, _, _ = self.enter("m.debruin")
        version = next(one["version"] for one in self.rows() if one["id"] == row["id"])
        self.assertEqual(self.ends(self.token), [{"self": False, "member": row["id"], "name": row["name"], "until": self.day(13),
                                                  "days": 13, "renew_until": self.day(33), "version": version}])
        self.assertEqual(self.do(row["id"], "renew")["until"], self.day(33))
        self.assertEqual(self.ends(self.token), [])
        self.portal.advance(days=20)
        self.keep()
        self.assertEqual(len(self.told(row["email"])), 2, "the next end is told again")
        self.portal.advance(days=14)
        self.keep()
        until(lambda: self.portal.value("SELECT state FROM membership WHERE public_id = ?", row["id"]) == 4, "the end")
        self.assertIn("beëindigd", self.subjects(row["email"])[-1])
        # The last day, as the list says it, and not when the portal came to look.
        [ended] = [mail for mail in self.mails_to(row["email"]) if "beëindigd" in mail["Subject"]]
        text = " ".join(ended.get_body(("plain",)).get_content().split())
        year, month, day = (int(number) for number in self.day(-1).split("-"))
        months = "januari februari maart april mei juni juli augustus september oktober november december".split()
        self.assertIn(f" {day} {months[month - 1]} {year}.", text)

    def test_an_end_that_is_near_is_told_soon_and_once(self):
        row, _, _ = self.new_member(["profile"])
        before = len(self.told("wil@debruin.example"))
        for days in (12, 10):
            self.do(row["id"], "until", {"until": self.day(days)})
        for days, mails in ((None, 1), (None, 1), (10, 1), (11, 2)):  # the same end once more, and another one
            if days is not None:
                self.do(row["id"], "until", {"until": self.day(days)})
            self.keep()
            self.assertEqual(len(self.told(row["email"])), mails)
            self.assertEqual(len(self.told("wil@debruin.example")), before + mails)
        self.assertEqual([end["days"] for end in self.ends(self.token)], [11])
        self.do(row["id"], "end")


class OnlySettings(MembersCase):
    """Somebody who manages users and reads nothing."""

    def test_manages_and_neither_reads_nor_gives_what_is_not_held(self):
        row, username, token = self.new_member(["settings"])
        self.assertEqual(self.reads(token), {"settings"})
        [patient] = self.portal.get("/session", token).json["patients"]
        self.assertEqual(patient["parts"], ["settings"])
        start = self.expect(self.portal.get(f"/patients/{self.wil}/start", token), 200).json
        self.assertEqual((set(start) & {"appointments", "messages", "dossier", "profile"}, start["allowed"]), (set(), ["members.manage"]))
        added = self.expect(self.post("", self.person(), token), 200).json
        for part in ("messages", "appointments", "dossier", "profile"):
            self.expect(self.give(added["id"], part, token, "family"), 403, "not-held")
            self.expect(self.give(row["id"], part, token, "family"), 403, "self")
        # What another holds may be taken, and what was taken not given back.
        pieter = self.id_of("p.debruin")
        self.expect(self.take(pieter, "appointments", token), 200)
        self.expect(self.give(pieter, "appointments", token), 403, "not-held")
        self.expect(self.give(pieter, "appointments"), 200)
        headers = {"Cp-View-As": pieter, "Cp-View-Parts": ",".join(PARTS)}
        for what in ("appointments", "dossier", "profile"):
            self.expect(self.portal.get(f"/patients/{self.wil}/{what}", token, headers=headers), 404, "not-found")
        self.do(row["id"], "end")


class ViewAs(MembersCase):
    def view(self, what, member, token=None, patient=None):
        return self.portal.get(f"/patients/{patient or self.wil}/{what}", token or self.token, headers={"Cp-View-As": member})

    def viewed(self, member, token=None):
        return {part for part, what in READING.items() if part != "settings" and self.view(what, member, token).status == 200}

    def test_what_they_hold_and_what_waits(self):
        pieter = self.id_of("p.debruin")
        self.assertEqual(self.viewed(pieter), {"appointments", "dossier", "profile"})
        start = self.view("start", pieter).json
        self.assertNotIn("members.manage", start["allowed"])
        row = self.add()
        self.assertEqual(self.viewed(row["id"]), set())
        self.expect(self.give(row["id"], "profile"), 200)
        self.assertEqual(self.viewed(row["id"]), {"profile"})
        self.assertEqual(set(self.view("start", row["id"]).json) - {"freshness", "allowed"}, {"profile"})
        self.do(row["id"], "withdraw")
        self.assertEqual(self.viewed(row["id"]), set())

    def test_never_more_than_the_asker_holds(self):
        _, _, token = self.new_member(["settings", "profile"])
        self.assertEqual(self.viewed(self.id_of("p.debruin"), token), {"profile"})
        self.assertEqual(set(self.view("start", self.id_of("p.debruin"), token).json) - {"freshness", "allowed"}, {"profile"})

    def test_only_who_manages_users_and_only_of_this_client(self):
        token, _, _ = self.enter("p.debruin")
        self.expect(self.view("appointments", self.id_of("w.debruin"), token), 404, "not-found")
        henks = self.portal.value("SELECT m.public_id FROM membership m JOIN account a ON a.id = m.account WHERE a.username = 'p.debruin'"
                                  " AND m.patient = 2")
        self.expect(self.view("appointments", henks), 404, "not-found")
        self.expect(self.view("appointments", "A" * 22), 404, "not-found")
        self.expect(self.view("appointments", self.id_of("m.debruin")), 404, "not-found")
        self.expect(self.view("appointments", self.id_of("p.debruin"), patient=self.henk), 404, "not-found")

    def test_everything_else_is_refused(self):
        pieter = self.id_of("p.debruin")
        header = {"Cp-View-As": pieter}
        for answer in (self.view("members", pieter), self.portal.get("/session", self.token, headers=header),
                       self.portal.get("/words", self.token, headers=header), self.view("appointments", "x"),
                       self.portal.post(f"/patients/{self.wil}/dossier/read", self.token, {"until": "2026-01-01T00:00:00Z"}, headers=header),
                       self.portal.post(f"/patients/{self.wil}/members/{pieter}/end", self.token, headers=header)):
            self.expect(answer, 400, "bad-request")
        self.assertEqual(self.row("Pieter de Bruin")["state"], "active")

    def as_if(self, what, member, parts, token=None, patient=None):
        headers = {"Cp-View-As": member, "Cp-View-Parts": parts}
        return self.portal.get(f"/patients/{patient or self.wil}/{what}", token or self.token, headers=headers)

    def shown(self, member, parts, token=None, patient=None):
        """What would be shown if these were ticked."""
        return {part for part, what in READING.items()
                if part != "settings" and self.as_if(what, member, parts, token, patient).status == 200}

    def test_before_granting(self):
        row = self.add()
        contact = next(row for row in self.rows() if row["kind"] == "contact")
        self.assertIn("view", row["allowed"])
        self.assertIn("view", contact["allowed"])
        for id in (row["id"], contact["id"]):
            self.assertEqual(self.viewed(id), set(), "nothing is ticked")
            self.assertEqual(self.shown(id, "profile"), {"profile"})
            self.assertEqual(self.shown(id, "appointments,dossier"), {"appointments", "dossier"})
            self.assertEqual(set(self.as_if("start", id, "profile").json) - {"freshness", "allowed"}, {"profile"})
            self.assertEqual(self.as_if("profile", id, "profile").json["allowed"], ["profile.read"])
            contacts = self.as_if("profile", id, "profile").json["profile"]["contacts"]
            self.assertFalse([one for one in contacts if "phone" in one or "email" in one], "those are for who manages users")
            self.assertFalse([item for item in self.as_if("dossier", id, "dossier").json["items"] if item.get("unread")])
        self.assertEqual(self.shown(self.id_of("p.debruin"), "profile"), {"profile"}, "and no others")
        self.assertEqual([one["parts"] + one["pending"] for one in self.rows() if one["id"] in (row["id"], contact["id"])], [[], []])

    def test_the_log_says_whom(self):
        """A contact has no membership: it is recorded as that contact."""
        id = next(row["id"] for row in self.rows() if row["kind"] == "contact")
        before = self.portal.value("SELECT max(id) FROM audit")
        self.expect(self.as_if("profile", id, "profile"), 200)
        contact = self.portal.value("SELECT id FROM contact WHERE public_id = ?", id)
        self.assertEqual(self.portal.query(f"SELECT membership, patient FROM audit WHERE id > {before} AND action = 20"), [(-contact, 1)])

    def test_the_client_before_there_is_an_account(self):
        token = self.manager_of_henk()
        client = self.list(token, self.henk)["members"][0]
        self.assertEqual((client["kind"], client["state"]), ("client", "known"))
        self.assertEqual(self.shown(client["id"], "dossier", token, self.henk), {"dossier"})

    def test_a_tick_that_is_not_there_shows_no_more_than_the_asker_holds(self):
        _, _, token = self.new_member(["settings", "profile"])
        everything = ",".join(PARTS)
        self.assertEqual(self.shown(self.id_of("p.debruin"), everything, token), {"profile"})
        start = self.as_if("start", self.id_of("p.debruin"), everything, token).json
        self.assertEqual(set(start) - {"freshness", "allowed", "access_ends", "declined"}, {"profile"})
        plain, _, _ = self.enter("p.debruin")
        self.expect(self.as_if("profile", self.id_of("w.debruin"), everything, plain), 404, "not-found")
        self.expect(self.as_if("profile", self.id_of("m.debruin"), everything), 404, "not-found")
        for id in self.portal.query("SELECT public_id FROM contact WHERE patient = 2 UNION SELECT public_id FROM patient WHERE id = 2"
                                    " UNION SELECT public_id FROM membership WHERE patient = 2"):
            self.expect(self.as_if("profile", id[0], everything), 404, "not-found")

    def test_parts_that_are_none(self):
        pieter = self.id_of("p.debruin")
        for parts in ("", "all", "profile,", "Profile", "profile dossier", "profile,profile"):
            self.expect(self.as_if("profile", pieter, parts), 400, "bad-request")
        answer = self.portal.get(f"/patients/{self.wil}/profile", self.token, headers={"Cp-View-Parts": "profile"})
        self.expect(answer, 400, "bad-request")

    def test_somebody_without_a_membership_is_recorded_too(self):
        contact = next(row for row in self.rows() if row["kind"] == "contact")
        last = self.portal.value("SELECT max(id) FROM audit")
        self.expect(self.as_if("profile", contact["id"], "profile"), 200)
        self.assertEqual(self.portal.query("SELECT action, account, part FROM audit WHERE id > ?", last),
                         [(20, self.portal.account("m.debruin"), 8)])

    def test_it_is_recorded_as_such(self):
        pieter, joke = self.id_of("p.debruin"), self.id_of("w.debruin")
        last = self.portal.value("SELECT max(id) FROM audit")
        for member in (pieter, pieter, joke):
            self.expect(self.view("profile", member), 200)
        self.expect(self.portal.get(f"/patients/{self.wil}/profile", self.token), 200)
        rows = self.portal.query("SELECT a.action, a.account, m.public_id, a.part FROM audit a JOIN membership m ON m.id = a.membership"
                                 " WHERE a.id > ?", last)
        marijke = self.portal.account("m.debruin")
        self.assertEqual(rows, [(20, marijke, pieter, 8), (20, marijke, joke, 8), (1, marijke, self.id_of("m.debruin"), 8)])


class ViewAsOfAStranger(MembersCase):
    def test_whether_somebody_was_ever_in_is_not_told(self):
        """Of an address that the portal knows, before its owner has accepted."""
        token = self.manager_of_henk()
        row = self.expect(self.post("", {"email": "ton@bakker.example", "relation": "friend"}, token, patient=self.henk), 200).json
        headers = {"Cp-View-As": row["id"], "Cp-View-Parts": "dossier"}
        news = []
        for days in (None, 1, 40):
            self.portal.pause()
            self.portal.change("UPDATE account SET last_login = ? WHERE username = 't.bakker'",
                               days and int((self.portal.now() - days * 86400) * 1e6))
            self.portal.start()
            answer = self.expect(self.portal.get(f"/patients/{self.henk}/dossier", token, headers=headers), 200)
            news.append([item.get("is_new", False) for item in answer.json["items"]])
        self.assertTrue(news[0])
        self.assertEqual(news[1:], news[:1] * 2)


class ViewAsOfWhoMoved(MembersCase):
    def test_whether_the_address_of_now_is_a_contacts_is_not_told(self):
        """Where somebody has moved to since is theirs to tell: the numbers shown are those of the address that was typed."""
        token = self.manager_of_henk()
        row = self.expect(self.post("", {"email": "ton@bakker.example", "relation": "friend"}, token, patient=self.henk), 200).json
        headers = {"Cp-View-As": row["id"], "Cp-View-Parts": "profile"}
        for email, shown in (("ton@elders.example", []), ("ton@bakker.example", ["ton@bakker.example"])):
            self.portal.pause()
            self.portal.change("UPDATE contact SET email = ? WHERE id = (SELECT min(id) FROM contact WHERE patient = 2)", email)
            self.portal.change("UPDATE account SET email = 'ton@elders.example' WHERE username = 't.bakker'")
            self.portal.start()
            answer = self.expect(self.portal.get(f"/patients/{self.henk}/profile", token, headers=headers), 200)
            self.assertEqual([one["email"] for one in answer.json["profile"]["contacts"] if "email" in one], shown)


if __name__ == "__main__":
    tap.main()
