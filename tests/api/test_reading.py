# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read of a patient: whole lists, the right person, and the right reason when it is empty."""
import json
import os
import unittest

import tap
from case import PortalCase, ReadingCase
from portal import Portal, in_zone, until

FORM = 2  # CpDossierKind
HOUR = 3600 * 10**6
READING = ["start", "appointments", "appointments?when=past", "timeline", "dossier", "dossier?month={month}", "dossier?report=general",
           "dossier/authors", "dossier/search?text=koffie", "care-plans", "profile"]


class Lists(ReadingCase):
    options = {"days": 250}

    @classmethod
    def prepare(cls):
        """One form has the words that an older program made of it, until it is read from the EHR again."""
        super().prepare()
        cls.portal.change("UPDATE item SET preview = '[Ja' WHERE id = (SELECT max(id) FROM item WHERE patient = 1 AND kind = 2)")

    def test_the_dossier_is_one_query(self):
        rows = self.portal.query("SELECT public_id, title, kind = 2, preview FROM item WHERE patient = 1 AND removed IS NULL ORDER BY at DESC, id DESC")
        items = self.pages("dossier")
        self.assertGreater(len(items), 100, "more than two pages")
        lines = [i["preview"] if "preview" in i else json.dumps(i["answers"], separators=(",", ":"), ensure_ascii=False) for i in items]
        self.assertEqual([(i["id"], i.get("title"), "answers" in i, line) for i, line in zip(items, lines)],
                         [(id, title, bool(form) and line != "[Ja", line) for id, title, form, line in rows])
        self.assertGreater(len([i for i in items if "answers" in i]), 0, "a form has answers, in no language")
        self.assertEqual(lines.count("[Ja"), 1)
        for item in items:
            self.assertNotIn("text", item)
            self.assertLessEqual(len(item.get("preview", "")), 300)
        self.portal.stop()
        self.portal.change("UPDATE item SET preview = '12' WHERE preview = '[Ja'")
        self.portal.start()
        self.assertEqual([i["preview"] for i in self.pages("dossier") if i.get("preview") in ("[Ja", "12")], ["12"], "also words that are JSON")

    def test_appointments_are_two_queries(self):
        coming = self.pages("appointments?when=coming")
        past = self.pages("appointments?when=past")
        self.assertEqual(self.pages("appointments"), coming)
        everything = dict(self.portal.query("SELECT public_id, starts FROM appointment WHERE patient = 1 AND removed IS NULL"))
        seen = [i["id"] for i in coming + past]
        self.assertEqual(len(seen), len(set(seen)), "twice")
        self.assertEqual(set(everything), set(seen), "also what was cancelled: before, and for a day to come")
        self.assertEqual([i["start"] for i in coming], sorted(i["start"] for i in coming))
        self.assertEqual([everything[i["id"]] for i in past], sorted((everything[i["id"]] for i in past), reverse=True))

    def test_an_item_in_full(self):
        for public_id, kind, text, entries in self.portal.query("SELECT public_id, kind, text, entries FROM item WHERE patient = 1 AND removed IS NULL"):
            item = self.expect(self.read("dossier/" + public_id), 200).json["item"]
            self.assertEqual(item["id"], public_id)
            self.assertEqual(item.get("text"), None if kind == FORM else text)
            self.assertEqual(len(item.get("entries", [])), len(json.loads(entries or "[]")))

    def test_start_is_the_first_of_the_lists(self):
        start = self.expect(self.read("start"), 200).json
        today = in_zone(self.portal.now() * 1e6)[:10]
        coming = [i for i in self.pages("appointments") if i["status"] != "cancelled" or i["start"][:10] == today]
        self.assertEqual(start["appointments"]["items"], coming[:4])
        latest = [item for item in self.pages("dossier") if item["kind"] not in ("form", "evaluation")][0]
        latest.pop("unread", None)  # the start screen counts what is new, not what is unread
        self.assertEqual(start["dossier"]["latest"], latest)
        self.assertEqual(start["profile"]["name"], self.read("profile").json["profile"]["name"])
        for panel in ("appointments", "dossier", "profile"):
            self.assertEqual(start[panel]["state"], "filled")
        self.assertEqual(start["messages"]["state"], "empty")

    def test_plans(self):
        plans = self.expect(self.read("care-plans"), 200).json["plans"]
        self.assertEqual(len(plans), self.portal.value("SELECT count(*) FROM care_plan WHERE patient = 1 AND removed IS NULL AND part_of IS NULL"))
        self.assertTrue(plans)

    def test_the_care_team(self):
        """Names and what they do, in the order of the team; no telephone numbers."""
        team = self.read("profile").json["profile"]["care_team"]
        self.assertEqual(team[0], {"name": "Ineke Bos", "role": "eerstverantwoordelijk verzorgende"})
        self.assertEqual(team[-2:], [{"name": "Marijke de Bruin", "role": "mantelzorger"}, {"name": "Vrijwilligers De Lindehof"}])

    def test_a_cursor_is_of_one_patient(self):
        cursor = self.read("dossier").json["next_cursor"]
        for username, patient, what in (("w.debruin", self.wil, "dossier"), ("p.debruin", self.wil, "dossier")):
            self.expect(self.read(f"{what}?cursor={cursor}", username, patient), 200)
        self.expect(self.read(f"appointments?cursor={cursor}", "p.debruin", self.henk), 400, "bad-request")
        for garbage in ("x", "A" * 80, cursor[:-2], cursor + "A", cursor.swapcase()):
            self.expect(self.read(f"dossier?cursor={garbage}"), 400, "bad-request")

    def test_when_is_coming_or_past(self):
        self.expect(self.read("appointments?when=tomorrow"), 400, "bad-request")

    def test_what_one_has_is_not_sent_again(self):
        month = in_zone(self.portal.value("SELECT max(at) FROM item WHERE patient = 1 AND removed IS NULL"))[:7]
        for what in (what.format(month=month) for what in READING):
            with self.subTest(what):
                first = self.read(what)
                self.assertNotEqual(first.json.get("items"), [], "there is something to send")
                again = self.read(what, headers={"If-None-Match": first.headers["etag"]})
                self.assertEqual((again.status, again.text), (304, ""))
                self.assertEqual(again.headers["cache-control"], "no-store")
                other = self.read(what, headers={"If-None-Match": '"of something else"'})
                self.assertEqual((other.status, other.text), (200, first.text))

    def test_a_tag_opens_nothing(self):
        tag = self.read("profile").headers["etag"]
        self.expect(self.read("profile", "j.hofstra", headers={"If-None-Match": tag}), 404, "not-found")
        self.expect(self.read("profile", "t.bakker", headers={"If-None-Match": tag}), 404, "not-found")


class Cancelled(ReadingCase):
    """On the start screen what was cancelled shows on its day only, in its place; the list has all of it."""

    def start_with_cancelled(self, *numbers):
        """The ids of what comes, of which the first is of today and those with the numbers are cancelled, and those on the start screen."""
        now = int(self.portal.now() * 1e6)
        self.portal.stop()
        self.portal.change("UPDATE appointment SET status = 0 WHERE patient = 1 AND status = 3")
        ids = [id for id, in self.portal.query("SELECT public_id FROM appointment WHERE patient = 1 AND status = 0 AND removed IS NULL"
                                               " AND starts > ? ORDER BY starts, id", now)]
        self.portal.change("UPDATE appointment SET starts = ?, ends = ? WHERE public_id = ?", now + HOUR, now + 2 * HOUR, ids[0])
        self.portal.change("UPDATE appointment SET starts = starts + ? WHERE patient = 1 AND starts > ?", 24 * HOUR, now + HOUR)
        for number in numbers:
            self.portal.change("UPDATE appointment SET status = 3 WHERE public_id = ?", ids[number])
        self.portal.start()
        self.portal.until_read()
        listed = [(i["id"], i["status"]) for i in self.pages("appointments")]
        self.assertEqual(listed, [(id, "cancelled" if number in numbers else "planned") for number, id in enumerate(ids)])
        return ids, [i["id"] for i in self.expect(self.read("start"), 200).json["appointments"]["items"]]

    def test_of_a_later_day(self):
        ids, shown = self.start_with_cancelled(1, 2, 4)
        self.assertEqual(shown, [ids[n] for n in (0, 3, 5, 6)])

    def test_of_today(self):
        ids, shown = self.start_with_cancelled(0, 1)
        self.assertEqual(shown, [ids[n] for n in (0, 2, 3, 4)])


class Contacts(ReadingCase):
    @classmethod
    def prepare(cls):
        super().prepare()
        # So that p.debruin is one of the contacts.
        cls.portal.change("UPDATE account SET email = 'Pieter@DeBruin.example' WHERE username = 'p.debruin'")

    def numbers(self, username):
        contacts = self.read("profile", username).json["profile"]["contacts"]
        self.assertEqual([c["name"] for c in contacts], ["Marijke de Bruin", "Pieter de Bruin", "Sanne Visser", "Joke Hofstra", "Greet Hofstra"])
        return {c["name"] for c in contacts if "phone" in c or "email" in c}

    def test_who_holds_settings_sees_every_number(self):
        self.assertEqual(len(self.numbers("m.debruin")), 5)

    def test_others_see_their_own(self):
        self.assertEqual(self.numbers("p.debruin"), {"Pieter de Bruin"})


class NotShared(ReadingCase):
    options = {"ehr": "not-shared=reports;contacts;plans", "days": 200}

    @classmethod
    def prepare(cls):
        super().prepare()
        cls.portal.change("UPDATE account SET previous_login = 1, last_login = 2")
        cls.portal.change("UPDATE membership SET accepted = 1 WHERE accepted IS NOT NULL")
        cls.portal.change("UPDATE contact SET name = 'Geheime Naam', relation = 'geheimverband'")
        cls.portal.change("UPDATE membership SET contact = (SELECT min(id) FROM contact c WHERE c.patient = membership.patient)")
        cls.portal.change("UPDATE membership SET named = 0 WHERE account <> ?", cls.portal.account("m.debruin"))

    def test_what_the_organisation_does_not_share(self):
        start = self.read("start").json
        forms = self.portal.value("SELECT count(*) FROM item WHERE patient = 1 AND kind = ? AND removed IS NULL", FORM)
        self.assertGreater(forms, 0)
        self.assertEqual({name: value for name, value in start["dossier"].items() if name != "since"},
                         {"state": "filled", "new_reports": 0, "new_forms": forms, "new_evaluations": 0})
        dossier = self.read("dossier").json
        self.assertEqual({item["kind"] for item in dossier["items"]}, {"form"})
        reports = self.read("dossier?report=general").json
        self.assertEqual((reports["state"], reports["items"]), ("not-shared", []))
        plans = self.read("care-plans").json
        self.assertEqual((plans["state"], plans["plans"]), ("not-shared", []))
        self.assertEqual(self.read("profile").json["profile"]["contacts"], [])
        for public_id, in self.portal.query("SELECT public_id FROM item WHERE patient = 1 AND kind <> ? LIMIT 3", FORM):
            self.expect(self.read("dossier/" + public_id), 404, "not-found")
        self.assertEqual(self.read("appointments").json["state"], "filled")
        shared = {kind["kind"]: kind["shared"] for kind in start["freshness"]["kinds"]}
        self.assertEqual({kind for kind in shared if not shared[kind]}, {"reports", "contacts", "plans"})

    def test_who_does_not_share_contacts_does_not_call_members_as_the_ehr_does(self):
        members = self.expect(self.read("members", "m.debruin"), 200)
        self.assertNotIn("geheim", members.text.lower())
        others = [row for row in members.json["members"] if not row.get("self")]
        self.assertGreater(len(others), 2)
        self.assertEqual([row["name"] for row in others], [row["email"] for row in others])
        start = self.expect(self.read("start", "m.debruin"), 200)
        self.assertEqual([end["name"] for end in start.json["access_ends"]], ["kees@visser.example"])
        self.assertNotIn("geheim", start.text.lower())
        invited = self.portal.query("SELECT DISTINCT a.username FROM invitation i JOIN membership m ON m.id = i.membership"
                                    " JOIN account a ON a.id = m.account WHERE i.state = 0")
        self.assertGreater(len(invited), 0)
        for username, in invited:
            answer = self.expect(self.portal.get("/invitations", self.tokens[username]), 200)
            self.assertGreater(len(answer.json["invitations"]), 0)
            self.assertNotIn("geheim", answer.text.lower())


class OnlyFormsShared(ReadingCase):
    options = {"ehr": "not-shared=reports;plans", "days": 200}

    @classmethod
    def prepare(cls):
        """No form has come yet; what else is here from before is not shared any more."""
        super().prepare()
        cls.portal.write("ehr/QuestionnaireResponse.ndjson", "")
        cls.portal.change("UPDATE item SET removed = 1 WHERE kind = ?", FORM)
        cls.portal.change("DELETE FROM item_month WHERE kind = ?", FORM)

    def test_what_is_shared_and_empty_is_not_called_unshared(self):
        self.assertGreater(self.portal.value("SELECT count(*) FROM item_month WHERE patient = 1"), 0)
        for what in ("timeline", "dossier", "dossier/search?text=zz"):
            self.assertEqual(self.read(what).json["state"], "empty", what)
        self.assertEqual(self.read("dossier?report=general").json["state"], "not-shared")
        self.assertEqual(self.read("start").json["dossier"]["state"], "empty")


class NothingShared(ReadingCase):
    options = {"ehr": "not-shared=reports;forms;plans", "days": 200}

    @classmethod
    def prepare(cls):
        super().prepare()
        cls.portal.change("UPDATE account SET previous_login = 1, last_login = 2")
        cls.portal.change("UPDATE membership SET accepted = 1 WHERE accepted IS NOT NULL")

    def test_nothing_is_told(self):
        self.assertEqual(self.read("start").json["dossier"], {"state": "not-shared", "new_reports": 0, "new_forms": 0, "new_evaluations": 0})
        for what in ("timeline", "dossier"):
            self.assertEqual(self.read(what).json["state"], "not-shared", what)


class FormsNotShared(ReadingCase):
    options = {"ehr": "not-shared=forms;plans", "days": 200}

    @classmethod
    def prepare(cls):
        super().prepare()
        cls.portal.change("UPDATE account SET previous_login = 1, last_login = 2")
        cls.portal.change("UPDATE membership SET accepted = 1 WHERE accepted IS NOT NULL")

    def test_reports_are_shown_and_forms_are_not(self):
        self.assertEqual(self.read("dossier").json["state"], "filled")
        self.assertEqual({item["kind"] for item in self.pages("dossier")} & {"report-general", "form"}, {"report-general"})
        for kind, status in ((2, 404), (0, 200)):
            public_id = self.portal.value("SELECT public_id FROM item WHERE patient = 1 AND kind = ?", kind)
            self.assertEqual(self.read("dossier/" + public_id).status, status, kind)

    def test_the_start_screen_does_not_tell_of_them(self):
        dossier = self.read("start").json["dossier"]
        self.assertGreater(dossier["new_reports"], 0)
        self.assertEqual((dossier["new_forms"], dossier.get("plan_changed")), (0, None))


class NewPlan(ReadingCase):
    @classmethod
    def prepare(cls):
        super().prepare()
        now = int(cls.portal.now() * 1e6)
        cls.portal.change("UPDATE membership SET accepted = ? WHERE accepted IS NOT NULL", now)
        cls.portal.change("UPDATE account SET previous_login = 1, last_login = ?", now + 1)

    def news(self):
        dossier = self.read("start").json["dossier"]
        return dossier.get("new_plans", 0), dossier.get("plan_changed", False)

    def write(self, *plans):
        lines = [plan if isinstance(plan, str) else json.dumps(plan) for plan in plans]
        self.portal.write("ehr/CarePlan.ndjson", "".join(line + "\n" for line in lines))
        self.portal.command("sync")
        # A plan has its title as soon as its line was read; it is put together at the end of the run.
        until(lambda: self.portal.query("SELECT json_extract(body, '$.title') FROM care_plan WHERE fhir_id IN (?, ?) ORDER BY id",
                                        plans[0]["id"], plans[1]["id"]) == [(plan["title"],) for plan in plans[:2]], "the plans")

    def test_it_is_new_and_not_changed(self):
        self.assertEqual(self.news(), (0, False))
        own = self.portal.value("SELECT fhir_id FROM care_plan WHERE patient = 1 AND removed IS NULL AND part_of IS NULL")
        with open(self.portal.path("ehr", "CarePlan.ndjson")) as f:
            lines = f.read().splitlines()
        first = next(plan for plan in map(json.loads, lines) if plan["id"] == own)
        others = [line for line in lines if json.loads(line)["id"] != own]
        second = first | {"id": "second", "title": "Tweede plan"}
        self.write(first, second, *others)
        self.assertEqual(self.news(), (1, False))
        second["title"] = "Ander plan"
        self.write(first, second, *others)
        self.assertEqual(self.portal.value("SELECT version FROM care_plan WHERE fhir_id = 'second'"), 2)
        self.assertEqual(self.news(), (1, False), "whoever never saw it is not told that it changed")
        first["title"] = "Gewijzigd plan"
        self.write(first, second, *others)
        self.assertEqual(self.news(), (1, True))


class TwoClients(PortalCase):
    options = {"days": 30}

    @classmethod
    def prepare(cls):
        cls.portal.command("sync")
        cls.portal.change("UPDATE membership SET accepted = 1 WHERE accepted IS NOT NULL")
        cls.portal.change("INSERT OR IGNORE INTO membership_part (membership, part, given) SELECT id, 4, 0 FROM membership WHERE account = ?",
                          cls.portal.account("p.debruin"))

    def since(self, token, patient):
        return self.expect(self.portal.get(f"/patients/{patient}/start", token), 200).json["dossier"].get("since")

    def test_who_looks_at_one_has_not_seen_the_other(self):
        wil, henk = self.portal.patient("wil"), self.portal.patient("henk")
        token, device, _ = self.enter("p.debruin")
        first = self.portal.now()
        self.assertEqual((self.since(token, wil), self.since(token, henk)), (None, None))
        self.portal.advance(days=1)
        token, device, _ = self.enter("p.debruin", device_token=device)
        second = self.portal.now()
        self.assert_at(self.since(token, wil), first)
        self.portal.advance(days=1)
        token, device, _ = self.enter("p.debruin", device_token=device)
        for _ in range(2):
            self.assert_at(self.since(token, wil), second)
            self.assert_at(self.since(token, henk), first)


class Empty(unittest.TestCase):
    """Why there is nothing is never guessed."""

    LISTS = ["appointments", "dossier", "care-plans"]

    def setUp(self):
        self.portal = Portal()
        self.addCleanup(self.portal.__exit__)

    def states(self):
        token = self.portal.add_session(self.portal.account("w.debruin"))
        self.portal.start()
        patient = self.portal.patient("wil")
        return {self.portal.get(f"/patients/{patient}/{what}", token).json["state"] for what in self.LISTS}

    def test_nothing_fetched_yet(self):
        for name in os.listdir(self.portal.path("ehr")):
            os.remove(self.portal.path("ehr", name))
        self.assertEqual(self.states(), {"not-fetched"})

    def test_nothing_recorded(self):
        for name in ("Observation", "DocumentReference", "Appointment", "CarePlan"):
            self.portal.write(f"ehr/{name}.ndjson", "")
        self.portal.command("sync")
        self.assertEqual(self.states(), {"empty"})


class SuddenlyGone(ReadingCase):
    def count(self):
        return self.portal.value("SELECT count(*) FROM appointment WHERE removed IS NULL")

    def test_nothing_is_removed_until_somebody_says_so(self):
        """Also when the server runs, whose own thread then fetches."""
        before = self.count()
        self.assertGreater(before, 20)
        self.portal.write("ehr/Appointment.ndjson", "")
        self.portal.command("sync")
        until(lambda: "until this is accepted" in self.portal.command("sync", "--status"), "the alarm")
        self.assertEqual(self.count(), before)
        self.portal.command("sync", "--accept-removals")
        until(lambda: self.count() == 0, "the removal")


class NotLinked(ReadingCase):
    @classmethod
    def prepare(cls):
        super().prepare()
        cls.portal.change("UPDATE patient SET identifier_hash = zeroblob(32), fhir_id = NULL WHERE public_id = ?", cls.henk)
        for table in ("appointment", "contact", "profile"):
            cls.portal.change(f"DELETE FROM {table} WHERE patient = 2")

    def test_a_patient_whom_the_ehr_does_not_know(self):
        """An identifier with a mistake: "nothing recorded" would be a lie, although the EHR was read."""
        for what in ("appointments", "profile"):
            answer = self.read(what, "p.debruin", self.henk).json
            self.assertEqual((answer["state"], answer["freshness"]["state"]), ("not-fetched", "never"))
            self.assertNotIn("fetched_at", answer["freshness"])
        self.assertEqual(self.read("appointments").json["freshness"]["state"], "current")


if __name__ == "__main__":
    tap.main()
