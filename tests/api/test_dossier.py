# SPDX-License-Identifier: GPL-3.0-or-later
"""The dossier as it is read: by month, filtered, searched, unread for each person, plans and files, words."""
import collections
import datetime
import json
import os
import re
import signal
import time
import unittest
import zoneinfo

import tap
from case import ReadingCase, in_parallel
from portal import Portal, in_zone, until

PDF = b"%PDF-1.4 a letter\n"
PNG = b"\x89PNG\r\n\x1a\n" + b"\0" * 20
UNKNOWN = "A" * 22


class DossierCase(ReadingCase):
    options = {"days": 200, "sessions": "audit-minutes=0"}

    def rows(self, where="1", order="at DESC, id DESC"):
        """What the database has of Wil: (id, kind, at, author, text)."""
        return self.portal.query(f"SELECT public_id, kind, at, author, text FROM item WHERE patient = 1 AND removed IS NULL AND {where}"
                                 f" ORDER BY {order}")

    def refused(self, what, field):
        answer = self.expect(self.read(what), 400, "bad-request")
        self.assertEqual(answer.json.get("field"), field, what)


class Timeline(DossierCase):
    def test_months_are_a_recount(self):
        answer = self.expect(self.read("timeline"), 200).json
        counted = collections.Counter(in_zone(at)[:7] for _, _, at, _, _ in self.rows())
        self.assertGreater(len(counted), 5)
        self.assertEqual([(m["month"], m["count"]) for m in answer["months"]], sorted(counted.items()))
        self.assertEqual(answer["state"], "filled")

    def test_the_cards_of_each_month_are_its_count(self):
        seen = []
        for month in self.read("timeline").json["months"]:
            items = self.pages("dossier?month=" + month["month"])
            self.assertEqual(len(items), month["count"])
            for item in items:
                self.assertFalse({"text", "entries", "marks", "attachments"} & set(item))
            seen += [item["id"] for item in items]
        self.assertEqual(seen, [id for id, *_ in self.rows(order="at, id")], "oldest first, and together everything")

    def test_what_one_has_stays_what_one_has(self):
        first = self.read("timeline")
        self.portal.advance(60)
        self.assertEqual(self.read("timeline", headers={"If-None-Match": first.headers["etag"]}).status, 304)

    def test_bad_values(self):
        for what, field in (("month=2026", "month"), ("month=2026-13", "month"), ("month=2026-1", "month"), ("month=0000-01", "month"),
                            ("month=2026-01-01", "month"), ("month=2026-01&report=plan", "report"), ("month=2026-01&from=2026-01-01", "from"),
                            ("report=all", "report"), ("report=", "report"), ("from=2026-02-30", "from"), ("until=yesterday", "until"),
                            ("until=1000-01-01", "until"),
                            ("from=2026-02-02&until=2026-02-01", "until"), ("author=", "author"), ("author=" + "a" * 201, "author")):
            self.refused("dossier?" + what, field)
        for version in ("0", "-1", "1.5", "x", "99999999999"):
            self.refused(f"dossier/{self.rows()[0][0]}?version={version}", "version")
        self.expect(self.read("dossier?plan=" + UNKNOWN), 404, "not-found")
        self.refused("dossier/authors?report=x", "report")
        for text in ("", "?report=plan", "?text=a", "?text=%20-%20", "?text=" + "a" * 201):
            self.refused("dossier/search" + text, "text")
        self.refused("dossier/search?text=abc&month=2026-01", "month")


class Filters(DossierCase):
    def expect_items(self, what, rows):
        self.assertEqual([item["id"] for item in self.pages(what)], [row[0] for row in rows])

    def test_reports_are_apart_and_have_their_text(self):
        for report, kind in (("general", 0), ("plan", 1)):
            rows = self.rows(f"kind = {kind}")
            self.assertTrue(rows)
            self.expect_items("dossier?report=" + report, rows)
            self.assertEqual(self.read("dossier?report=" + report).json["items"][0]["text"], rows[0][4])

    def test_a_period_is_of_whole_days(self):
        day = in_zone(self.rows()[30][2])[:10]
        rows = [row for row in self.rows() if in_zone(row[2])[:10] == day]
        self.expect_items(f"dossier?from={day}&until={day}", rows)
        self.expect_items("dossier?from=" + day, [row for row in self.rows() if in_zone(row[2])[:10] >= day])
        self.expect_items("dossier?until=" + day, [row for row in self.rows() if in_zone(row[2])[:10] <= day])

    def test_an_author(self):
        authors = self.expect(self.read("dossier/authors"), 200).json["authors"]
        self.assertEqual(sorted(authors), sorted({row[3] for row in self.rows("author IS NOT NULL")}))
        self.expect_items("dossier?author=" + authors[0].replace(" ", "%20"), self.rows(f"author = '{authors[0]}'"))
        general = self.read("dossier/authors?report=general").json["authors"]
        self.assertEqual(sorted(general), sorted({row[3] for row in self.rows("kind = 0 AND author IS NOT NULL")}))

    def test_a_plan(self):
        plan, row = self.portal.query("SELECT public_id, id FROM care_plan WHERE patient = 1 AND removed IS NULL AND part_of IS NULL LIMIT 1")[0]
        rows = self.rows(f"about_key IN (SELECT key FROM care_plan_key WHERE care_plan = {row})")
        self.assertTrue(rows)
        self.expect_items("dossier?plan=" + plan, rows)
        other = self.portal.value("SELECT public_id FROM care_plan WHERE patient <> 1 LIMIT 1")
        self.expect(self.read(f"dossier?plan={other or UNKNOWN}"), 404, "not-found")

    def test_a_cursor_is_of_its_own_list(self):
        cursor = self.read("dossier?report=general").json["next_cursor"]
        self.expect(self.read("dossier?report=general&cursor=" + cursor), 200)
        for what in ("dossier?", "dossier?report=plan&", "dossier?report=general&from=2020-01-01&", "appointments?"):
            self.expect(self.read(f"{what}cursor={cursor}"), 400, "bad-request")

    def test_each_reading_is_recorded(self):
        month = in_zone(self.rows()[0][2])[:7]
        for what in ("timeline", "dossier/authors", "dossier?month=" + month, "dossier?report=plan", "dossier/search?text=koffie"):
            before = self.portal.value("SELECT max(id) FROM audit")
            count = self.read(what).json
            self.assertNotEqual(count.get("items"), [], what)
            rows = self.portal.query("SELECT action, part, patient, count FROM audit WHERE id > ?", before)
            self.assertEqual(len(rows), 1, what)
            self.assertEqual(rows[0][:3], (1, 4, 1), what)
            if "items" in count:
                self.assertEqual(rows[0][3], len(count["items"]))


class Search(DossierCase):
    @classmethod
    def prepare(cls):
        super().prepare()
        cls.texts = {
            "client-1": [("zzz-1", "final", "Zij dronk één kopje sinaasappelsap.", "2026-01-02"), ("zzz-2", "final", "Sinaasappel geschild; SINAASAPPEL op.", "2026-01-03"),
                         ("zzz-3", "entered-in-error", "Sinaasappel bij de verkeerde.", "2026-01-04")],
            "client-2": [("zzz-4", "final", "Henk at een sinaasappel en een granaatappel.", "2026-01-05")],
        }
        lines = [json.dumps({"resourceType": "Observation", "id": id, "status": status, "subject": {"reference": "Patient/" + client},
                             "code": {"coding": [{"system": "http://snomed.info/sct", "code": "11591000146107"}]},
                             "effectiveDateTime": day, "valueString": text})
                 for client, reports in cls.texts.items() for id, status, text, day in reports]
        with open(cls.portal.path("ehr/Observation.ndjson"), "a") as f:
            f.write("".join(line + "\n" for line in lines))
        cls.portal.command("sync")

    def found(self, text, **kwargs):
        return self.expect(self.read("dossier/search?text=" + text, **kwargs), 200).json

    def test_newest_first_with_marks(self):
        answer = self.found("sinaasappel")
        self.assertEqual([item["text"] for item in answer["items"]], [self.texts["client-1"][1][2], self.texts["client-1"][0][2]])
        self.assertEqual((answer["reports"], answer["times"], answer.get("more")), (2, 3, None))
        for item in answer["items"]:
            for mark in item["marks"]:
                self.assertTrue(item["text"][mark["start"]:mark["start"] + mark["length"]].lower().startswith("sinaasappel"))
        self.assertNotIn("next_cursor", answer)

    def test_what_is_removed_or_of_somebody_else_is_not_even_counted(self):
        nothing = self.found("granaatappel")
        self.assertEqual((nothing["reports"], nothing.get("times", 0), nothing["items"], "next_cursor" in nothing), (0, 0, [], False))
        self.assertEqual(nothing, self.found("granaatappelboom"), "as if there were no such word")
        self.assertEqual(self.found("verkeerde%20sinaasappel")["reports"], 0)
        self.expect(self.read("dossier/search?text=sinaasappel", "j.hofstra"), 404, "not-found")

    def test_all_pages_are_the_query(self):
        rows = [row[0] for row in self.rows() if re.search(r"\bin", row[4], re.I)]
        self.assertGreater(len(rows), 60)
        found = self.pages("dossier/search?text=in")
        self.assertLessEqual(set(rows), {item["id"] for item in found})
        times = [datetime.datetime.fromisoformat(item["at"]) for item in found]
        self.assertEqual(times, sorted(times, reverse=True), "newest first, also from page to page")

    def test_nothing_typed_is_syntax(self):
        for text in ("%22", "AND", "a%22%20OR%20%22b", "NEAR(", "text:%20x", "*", "^ab", "%27;--", "(ab", "{text}:ab", "%00", "ab%0acd"):
            self.assertIn(self.read("dossier/search?text=" + text).status, (200, 400), text)
        self.assertNotIn("internal error", self.portal.log_text())

    def test_many_at_once(self):
        """The readers of the pool: each gets its own answer, or is told to come again."""
        answers = in_parallel(20, lambda connection: self.read("dossier/search?text=sinaasappel", connection=connection), self.portal)
        self.assertEqual(len(answers), 20)
        for answer in answers:
            self.assertIn(answer.status, (200, 503))
            if answer.status == 200:
                self.assertEqual(answer.json["reports"], 2)


class NotShared(DossierCase):
    """A form's words, its month and who filled it in are nowhere to be met."""

    options = {"days": 200, "ehr": "not-shared=forms;plans", "sessions": "audit-minutes=0"}

    @classmethod
    def prepare(cls):
        super().prepare()
        forms = "SELECT id FROM item WHERE patient = 1 AND kind IN (2, 3)"
        cls.portal.change("INSERT INTO item_search (item_search, rowid, title, author, text) SELECT 'delete', id, title, author, text FROM item"
                          f" WHERE id IN ({forms})")
        cls.portal.change(f"UPDATE item SET text = text || ' geheimwoord', author = 'Vera Geheim', at = 0, month = 197001 WHERE id IN ({forms})")
        cls.portal.change(f"INSERT INTO item_search (rowid, title, author, text) SELECT id, title, author, text FROM item WHERE id IN ({forms})")
        cls.portal.change("DELETE FROM item_month")
        cls.portal.change("INSERT INTO item_month SELECT patient, month, kind, count(*) FROM item WHERE removed IS NULL GROUP BY 1, 2, 3")
        cls.portal.change("DELETE FROM item_author")
        cls.portal.change("INSERT INTO item_author SELECT patient, author, kind, count(*) FROM item WHERE author IS NOT NULL GROUP BY 1, 2, 3")
        cls.portal.change("UPDATE care_plan SET title = 'Planwoord'")
        cls.portal.change("UPDATE plan_piece SET body = json_set(body, '$.text', 'Planwoord') WHERE type = 'Goal'")
        cls.portal.change("UPDATE item SET about = 'Planwoord' WHERE about IS NOT NULL")
        for name in ("Observation", "QuestionnaireResponse", "CarePlan", "Goal", "DocumentReference", "Composition"):
            cls.portal.write(f"ehr/{name}.ndjson", "broken\n")  # so that the run at the start changes nothing

    def test_no_report_tells_of_what_plan_or_goal_it_is(self):
        cards = self.rows("kind IN (0, 1, 4) AND about_key IS NOT NULL")
        self.assertGreater(len(cards), 3)
        months = [month["month"] for month in self.expect(self.read("timeline"), 200).json["months"]]
        items = self.pages("dossier") + self.pages("dossier?report=plan") + [i for month in months for i in self.pages("dossier?month=" + month)]
        items += self.pages("dossier/search?text=" + re.search(r"[a-z]{5,}", cards[0][4]).group())
        items += [self.expect(self.read("dossier/" + card[0]), 200).json["item"] for card in cards]
        for id, *_ in cards:
            self.assertGreater([item["id"] for item in items].count(id), 2, id)
        self.assertNotIn("planwoord", json.dumps(items).lower())
        self.assertNotIn("planwoord", self.read("start").text.lower())
        self.assertEqual([item["about"] for item in items if "about" in item], [])

    def test_nothing_tells_of_them(self):
        self.assertGreater(self.portal.value("SELECT count(*) FROM item WHERE author = 'Vera Geheim'"), 1)
        for text in ("geheimwoord", "geheim", "vera", "vera%20geheimwoord"):
            answer = self.expect(self.read("dossier/search?text=" + text), 200).json
            self.assertEqual((answer["reports"], answer.get("times", 0), answer["items"], "next_cursor" in answer), (0, 0, [], False))
        self.assertNotIn("Vera Geheim", self.read("dossier/authors").json["authors"])
        self.assertNotIn("1970-01", [month["month"] for month in self.read("timeline").json["months"]])
        self.assertEqual(self.pages("dossier?month=1970-01"), [])
        self.assertEqual({item["kind"] for item in self.pages("dossier")} - {"report-general", "report-plan", "document"}, set())
        card = self.portal.value("SELECT public_id FROM item WHERE author = 'Vera Geheim' LIMIT 1")
        self.expect(self.read("dossier/" + card), 404, "not-found")
        self.expect(self.portal.post(f"/patients/{self.wil}/dossier/{card}/read", self.tokens["w.debruin"], {"until": "2026-01-01T00:00:00Z"}), 404, "not-found")
        plan = self.portal.value("SELECT public_id FROM care_plan WHERE patient = 1 LIMIT 1")
        self.expect(self.read("care-plans/" + plan), 404, "not-found")
        self.expect(self.read("dossier?plan=" + plan), 404, "not-found")


class UnreadCase(DossierCase):
    """p.debruin and w.debruin read the same dossier, each for themselves."""

    @classmethod
    def prepare(cls):
        super().prepare()
        cls.portal.change("UPDATE membership SET unread_since = (SELECT max(at) FROM item) - 5 * 86400000000")

    def unread(self, username="w.debruin"):
        timeline = self.expect(self.read("timeline", username), 200).json
        items = [item for item in self.pages("dossier", username) if item.get("unread")]
        ids = [item["id"] for item in items]
        self.assertEqual(timeline["unread"], len(ids), "the cards and the count say the same")
        self.assertEqual(sum(month.get("unread", 0) for month in timeline["months"]), len(ids))
        self.assertEqual(timeline.get("oldest_unread"), ids[-1] if ids else None)
        for field, kind in (("unread_general", "report-general"), ("unread_plan", "report-plan")):
            self.assertEqual(timeline.get(field, 0), len([item for item in items if item["kind"] == kind]), field)
        return ids

    def post(self, what, username="w.debruin", body=None, patient=None, **kwargs):
        return self.portal.post(f"/patients/{patient or self.wil}/{what}", self.tokens[username], body, **kwargs)

    def seen(self, card):
        return {"until": self.read("dossier/" + card).json["item"]["seen"]}


class Unread(UnreadCase):
    def test_one_card_then_all(self):
        ids = self.unread()
        self.assertGreater(len(ids), 3)
        self.expect(self.read("dossier/" + ids[0]), 200)
        self.assertEqual(self.unread(), ids, "looking marks nothing")
        seen = self.seen(ids[0])
        self.expect(self.post(f"dossier/{ids[0]}/read", body=seen, headers={"Cp-Cause": "refresh"}), 204)
        self.assertEqual(self.unread(), ids, "nor does the app by itself")
        for _ in range(2):
            self.expect(self.post(f"dossier/{ids[0]}/read", body=seen), 204)
        self.assertEqual(self.unread(), ids[1:])
        self.assertNotIn("unread", self.read("dossier/" + ids[0]).json["item"])
        self.assertTrue(self.read("dossier/" + ids[1]).json["item"]["unread"])
        self.assertEqual(self.unread("p.debruin"), ids, "somebody else has not read it")
        asked_at = self.read("timeline").json["asked_at"]
        self.expect(self.post("dossier/read", body={"until": asked_at}, headers={"Cp-Cause": "refresh"}), 204)
        self.assertEqual(self.unread(), ids[1:])
        self.expect(self.post("dossier/read", body={"until": asked_at}), 204)
        self.assertEqual((self.unread(), self.unread("p.debruin")), ([], ids))
        self.expect(self.post("dossier/read", body={"until": "2020-01-01T00:00:00Z"}), 204)
        self.assertEqual(self.unread(), [], "it never moves back")

    def test_what_is_not_there_cannot_be_read(self):
        other = self.portal.value("SELECT public_id FROM item WHERE patient = 2 LIMIT 1")
        for item in (UNKNOWN, other):
            self.expect(self.post(f"dossier/{item}/read", body={"until": "2026-01-01T00:00:00Z"}), 404, "not-found")
        for what in ("dossier/read", f"dossier/{self.unread('p.debruin')[0]}/read"):
            self.expect(self.post(what, body={}), 400, "bad-request")
        self.assertEqual(self.portal.value("SELECT count(*) FROM item_read WHERE item >> 32 <> 1"), 0)


class OfAMonth(UnreadCase):
    """What is of a month or a year stands at its beginning, and may be of its end."""

    def test_its_end_counts(self):
        before = self.unread()
        since = self.portal.value("SELECT max(unread_since) FROM membership")
        late = datetime.datetime.fromtimestamp(since / 1e6 - 14 * 86400, zoneinfo.ZoneInfo("Europe/Amsterdam"))
        dates = [f"{late:%Y-%m}", f"{late:%Y}", f"{late.year - 2}", f"{late.year - 2}-12"]
        items = self.portal.query("SELECT id, public_id FROM item WHERE patient = 1 AND removed IS NULL AND at < ? ORDER BY at DESC LIMIT 4",
                                  since - 20 * 86400000000)
        self.portal.stop()
        for date, (id, _) in zip(dates, items):
            at = datetime.datetime(int(date[:4]), int(date[5:] or 1), 1, tzinfo=late.tzinfo).timestamp() * 1e6
            self.portal.change("UPDATE item SET at = ?, date_only = 1, partial_date = ? WHERE id = ?", int(at), date, id)
        self.portal.start()
        self.assertEqual(set(self.unread()) - set(before), {public_id for _, public_id in items[:2]})


class ReadBefore(UnreadCase):
    """What was read is told later: when the line is there again."""

    def amend(self, card, seen):
        self.portal.stop()
        self.portal.change("UPDATE item SET seen = ? WHERE public_id = ?", seen, card)
        self.portal.start()

    def test_what_it_says_since_stays_unread(self):
        card = self.unread()[0]
        before = self.seen(card)
        self.amend(card, self.portal.value("SELECT seen FROM item WHERE public_id = ?", card) + 1)
        self.expect(self.post(f"dossier/{card}/read", body=before), 204)
        self.assertIn(card, self.unread())
        self.expect(self.post(f"dossier/{card}/read", body=self.seen(card)), 204)
        self.assertNotIn(card, self.unread())
        self.expect(self.post(f"dossier/{card}/read", body=before), 204)
        self.assertNotIn(card, self.unread(), "it never moves back")
        self.expect(self.post(f"dossier/{card}/read", body={"until": "2999-01-01T00:00:00Z"}), 204)
        self.amend(card, int((time.time() + 86400) * 1e6))
        self.assertIn(card, self.unread(), "nobody has read what is yet to come")

    def test_when_it_came_is_where_its_text_is(self):
        rows = dict(self.portal.query("SELECT public_id, seen FROM item WHERE patient = 1 AND kind = 0 AND removed IS NULL"))
        found = self.read("dossier/search?text=koffie").json["items"]
        for item in self.pages("dossier?report=general") + [i for i in found if i["kind"] == "report-general"]:
            self.assertEqual(round(datetime.datetime.fromisoformat(item["seen"]).timestamp() * 1e6), rows[item["id"]])
        self.assertGreater(len(found), 0)
        for item in self.pages("dossier"):
            self.assertNotIn("seen", item)


class Versions(DossierCase):
    """A report and a form that were changed, and a plan."""

    @classmethod
    def prepare(cls):
        super().prepare()
        item, = cls.portal.query("SELECT id FROM item WHERE patient = 1 AND kind = 0 ORDER BY id LIMIT 1")[0]
        form, = cls.portal.query("SELECT id FROM item WHERE patient = 1 AND kind = 2 ORDER BY id LIMIT 1")[0]
        cls.report, cls.form = (cls.portal.value("SELECT public_id FROM item WHERE id = ?", id) for id in (item, form))
        cls.portal.change("INSERT INTO item_version (item, version, seen, title, text, unshown) VALUES (?, 1, 1000000, 'Oud', 'Zo was het', 1)", item)
        cls.portal.change("INSERT INTO item_version (item, version, seen, text, entries) VALUES (?, 1, 1000000, 'Vraag: oud', ?)", form,
                          json.dumps([{"level": 0, "label": "Vraag", "answers": ["oud"]}]))
        cls.portal.change("UPDATE item SET version = 2, seen = 2000000 WHERE id IN (?, ?)", item, form)
        cls.plan, row = cls.portal.query("SELECT public_id, id FROM care_plan WHERE patient = 1 AND part_of IS NULL ORDER BY id LIMIT 1")[0]
        cls.portal.change("INSERT INTO care_plan_version (care_plan, version, seen, body) SELECT id, 1, 1000000, json_set(body, '$.title', 'Vroeger',"
                          " '$.state', 'current', '$.until', '2020-01-01') FROM care_plan WHERE id = ?", row)
        cls.portal.change("UPDATE care_plan SET version = 2, seen = 2000000 WHERE id = ?", row)
        for name in ("Observation", "QuestionnaireResponse", "CarePlan", "Goal"):
            cls.portal.write(f"ehr/{name}.ndjson", "broken\n")  # so that the run at the start changes nothing

    def test_of_a_report(self):
        now = self.expect(self.read("dossier/" + self.report), 200).json["item"]
        self.assertEqual((now["version"], [stamp["version"] for stamp in now["versions"]]), (2, [1, 2]))
        self.assertEqual(self.read(f"dossier/{self.report}?version=2").json["item"], now)
        old = self.read(f"dossier/{self.report}?version=1").json["item"]
        self.assertEqual((old["version"], old["title"], old["text"], old["versions"]), (1, "Oud", "Zo was het", now["versions"]))
        self.assertEqual([old["seen"], now["seen"]], [stamp["seen"] for stamp in now["versions"]])
        self.expect(self.read(f"dossier/{self.report}?version=3"), 404, "not-found")
        self.assertEqual(("unshown" in now, old["unshown"]), (False, True), "each version for itself")
        form = self.read(f"dossier/{self.form}?version=1").json["item"]
        self.assertEqual((form["entries"], "text" in form), ([{"level": 0, "label": "Vraag", "answers": ["oud"]}], False))

    def test_of_a_plan(self):
        now = self.expect(self.read("care-plans/" + self.plan), 200).json["plan"]
        self.assertEqual((now["id"], now["version"], [stamp["version"] for stamp in now["versions"]]), (self.plan, 2, [1, 2]))
        self.assertTrue(now["goals"])
        old = self.read(f"care-plans/{self.plan}?version=1").json["plan"]
        self.assertEqual((old["title"], old["version"], old["state"]), ("Vroeger", 1, "expired"), "the period is over, whatever it says")
        self.expect(self.read(f"care-plans/{self.plan}?version=9"), 404, "not-found")
        self.expect(self.read("care-plans/" + UNKNOWN), 404, "not-found")
        self.expect(self.read("care-plans/" + self.portal.value("SELECT public_id FROM care_plan WHERE patient = 2 LIMIT 1")), 404, "not-found")
        listed = {plan["id"]: plan for plan in self.read("care-plans").json["plans"]}[self.plan]
        self.assertEqual((listed["state"], listed["version"]), (now["state"], 2))

    def test_evaluations_are_the_cards_of_the_plan(self):
        plan = self.read("care-plans/" + self.plan).json["plan"]
        cards = {row[0]: row[4] for row in self.rows("kind = 3 AND about_key IN (SELECT key FROM care_plan_key WHERE care_plan = 1)")}
        self.assertTrue(cards)
        told = [evaluation for evaluation in plan["evaluations"] if "item" in evaluation]
        self.assertEqual({evaluation["item"]: evaluation["text"] for evaluation in told}, cards)
        self.assertEqual([e["at"] for e in plan["evaluations"]], sorted((e["at"] for e in plan["evaluations"]), reverse=True))


class Files(DossierCase):
    @classmethod
    def prepare(cls):
        cls.portal.write_documents(letter=("client-1", "Brief", "application/pdf", PDF), photo=("client-1", "Foto", "image/png", PNG),
                                   other=("client-2", "Brief", "application/pdf", PDF + b"2"),
                                   picture=("client-1", "Verslag", "text/html", b"<p>Regenboog<img src='a'></p>"))
        cls.portal.write("ehr/scan.json", cls.portal.documents({"scan": ("client-1", "Scan", "application/pdf", PDF + bytes(9 << 20))}))
        super().prepare()

    def file(self, id):
        item, attachment = self.portal.query("SELECT i.public_id, a.public_id FROM item i JOIN attachment a ON a.item = i.id WHERE i.fhir_id = ?", id)[0]
        return item, attachment

    def test_a_file_is_bytes_for_the_person(self):
        for id, media_type, data in (("letter", "application/pdf", PDF), ("photo", "image/png", PNG)):
            item, attachment = self.file(id)
            card = self.read("dossier/" + item).json["item"]
            self.assertEqual([(a["id"], a["type"], a["size"]) for a in card["attachments"]], [(attachment, media_type, len(data))])
            self.assertEqual(card["kind"], "report-general")
            answer = self.expect(self.read(f"dossier/{item}/attachments/{attachment}"), 200)
            self.assertEqual(answer.text, data.decode("utf-8", "replace"))
            self.assertEqual([answer.headers[name] for name in ("content-type", "content-disposition", "x-content-type-options", "cache-control")],
                             [media_type, "attachment", "nosniff", "no-store"])
            row = self.portal.query("SELECT action, part, object, count FROM audit ORDER BY id DESC LIMIT 1")[0]
            self.assertEqual(row, (1, 4, self.portal.value("SELECT id FROM attachment WHERE public_id = ?", attachment), 1))
            again = self.read(f"dossier/{item}/attachments/{attachment}", headers={"If-None-Match": answer.headers["etag"]})
            self.assertEqual((again.status, again.text), (304, ""))

    def test_a_report_that_is_a_file_is_read_with_the_others(self):
        general = {item["id"] for item in self.pages("dossier?report=general")}
        self.assertTrue({self.file("letter")[0], self.file("photo")[0]} <= general)

    def test_a_list_with_texts_names_the_files(self):
        named = {a["id"]: a["title"] for item in self.pages("dossier?from=2000-01-01") for a in item.get("attachments", [])}
        agreement = self.portal.value("SELECT a.public_id FROM attachment a JOIN item i ON i.id = a.item WHERE i.kind = 2 AND i.patient = 1")
        self.assertEqual(named, {self.file("letter")[1]: "Brief", self.file("photo")[1]: "Foto", self.file("scan")[1]: "Scan", agreement: "De klaargelegde spullen"})
        found = self.expect(self.read("dossier/search?text=foto"), 200).json["items"]
        self.assertEqual([a["id"] for item in found for a in item.get("attachments", [])], [self.file("photo")[1]], "nor does a search hide them")

    def test_what_is_not_shown_is_told(self):
        item = self.portal.value("SELECT public_id FROM item WHERE fhir_id = 'picture'")
        told = [self.read("dossier/" + item).json["item"], *self.pages("dossier/search?text=regenboog"),
                *(other for other in self.pages("dossier?from=2000-01-01") if other.get("unshown"))]
        self.assertEqual([(card["id"], card["text"], card["unshown"]) for card in told], [(item, "Regenboog", True)] * 3)
        self.assertNotIn("unshown", self.read("dossier/" + self.file("letter")[0]).json["item"])

    def test_who_takes_none_of_them_gets_few(self):
        """Each is in memory until it has been sent."""
        scan, letter = ("dossier/%s/attachments/%s" % self.file(id) for id in ("scan", "letter"))
        path, headers = f"/api/v1/patients/{self.wil}/{scan}", {"Authorization": "Bearer " + self.tokens["w.debruin"]}
        held = []
        for _ in range(8):
            connection = self.portal.connection()
            self.addCleanup(connection.close)
            connection.request("GET", path, headers=headers)
            held.append(connection.getresponse())
        self.assertEqual([answer.status for answer in held], [200] * 8)
        answer = self.expect(self.read(letter), 503, "busy")
        self.assertEqual(answer.headers["retry-after"], "5")
        self.expect(self.read("dossier"), 200)
        self.expect(self.read(letter, "m.debruin"), 200)
        self.assertEqual(len(held[0].read()), len(PDF) + (9 << 20))
        until(lambda: self.read(letter).status == 200, "a place")

    def test_a_file_is_of_its_card(self):
        letter, photo, other = self.file("letter"), self.file("photo"), self.file("other")
        for item, attachment in ((letter[0], photo[1]), (photo[0], letter[1]), other, (letter[0], other[1]), (letter[0], UNKNOWN), (UNKNOWN, letter[1])):
            self.expect(self.read(f"dossier/{item}/attachments/{attachment}"), 404, "not-found")


class Words(DossierCase):
    options = {"days": 60}

    def words(self, connection=None):
        return self.expect(self.portal.get("/words", self.tokens["w.debruin"]), 200).json["words"]

    def test_all_terms_by_name(self):
        words = self.words()
        self.assertGreater(len(words), 300)
        self.assertEqual([w["term"].casefold() for w in words], sorted(w["term"].casefold() for w in words))
        self.assertEqual(len({w["term"] for w in words}), len(words))
        avg = [w for w in words if w["term"] == "AVG"]
        self.assertEqual(len(avg[0]["meanings"]), 2)
        self.expect(self.portal.get("/words"), 401, "session-ended")


class OwnWords(unittest.TestCase):
    def setUp(self):
        self.portal = Portal()
        self.addCleanup(self.portal.__exit__)
        with open(self.portal.path("portal.conf")) as f:
            self.portal.write("portal.conf", f.read().replace("[organisation]\n", "[organisation]\nwords=own.txt\n"))

    def test_what_is_wrong_is_said_with_its_line(self):
        for text, said in (("# a comment\n\nRoos\n", "own.txt:3: needs a term and 1 to 10 meanings"), ("A | b\nA | c\n", "own.txt:2: “A” stands here twice"),
                           ("A | " + "x" * 501 + "\n", "own.txt:1:"), ("| x\n", "own.txt:1:"), ("A |\n", "own.txt:1:"), ("\x00", "own.txt")):
            self.portal.write("own.txt", text)
            result = self.portal.command("check-config", check=False)
            self.assertNotEqual(result.returncode, 0, text)
            self.assertIn(said, result.stderr)
            self.assertRegex(result.stderr, r"portal\.conf:2: \[organisation\] words: ")

    def test_the_own_list_stands_beside_ours_and_is_read_again(self):
        self.portal.write("own.txt", "# of ours\nRoos | afdeling Roos | de bloem\nAVG | iets anders\n")
        token = self.portal.add_session(self.portal.account("w.debruin"))
        self.portal.start()

        def own():
            return {w["term"]: w["meanings"] for w in self.portal.get("/words", token).json["words"] if w.get("own")}

        self.assertEqual(own(), {"Roos": ["afdeling Roos", "de bloem"], "AVG": ["iets anders"]})
        self.portal.write("own.txt", "wrong\n")
        os.kill(self.portal.process.pid, signal.SIGHUP)
        until(lambda: "words could not be read again" in self.portal.log_text(), "a warning")
        self.assertEqual(set(own()), {"Roos", "AVG"}, "the list before stays")
        self.portal.write("own.txt", "Nieuw | een nieuw woord\n")
        os.kill(self.portal.process.pid, signal.SIGHUP)
        until(lambda: own() == {"Nieuw": ["een nieuw woord"]}, "the new list")


if __name__ == "__main__":
    tap.main()
