# SPDX-License-Identifier: GPL-3.0-or-later
"""What is read of a patient: whole lists, the right person, the right reason when it is empty, and nothing of anybody else."""
import datetime
import json
import os
import re
import unittest

import tap
from case import ReadingCase
from portal import Portal, in_zone, until

FORM = 2  # CpDossierKind
HOUR = 3600 * 10**6
READING = ["start", "appointments", "appointments?when=past", "timeline", "dossier", "dossier?month=2026-01", "dossier?report=general",
           "dossier/authors", "dossier/search?text=zz", "care-plans", "profile"]


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
        for what in READING:
            with self.subTest(what):
                first = self.read(what)
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


class CanaryCase(ReadingCase):
    """Each word of a patient tells whose it is."""

    options = {"patients": 6}

    @classmethod
    def prepare(cls):
        """Every text of every patient gets a word of its own: of the patient and of the row."""
        super().prepare()
        cls.portal.environment["TMPDIR"] = cls.portal.path("temporary")
        os.mkdir(cls.portal.path("temporary"))
        # Its mail waits until the server runs, and is written with what the database holds then.
        name = cls.portal.value("SELECT name FROM patient WHERE id = 1")
        cls.portal.command("enrol", "--identifier", "https://zorggroep-de-linde.example/client|DL-000001", "--source", "ecd", "--client", name,
                           "--username", "n.noord", "--name", "Nico Noord", "--email", "nico@noord.example", "--mobile", "+31610010001",
                           "--relation", "friend")
        texts = {
            "item": ["title", "author", "author_role", "informant", "about", "preview"],
            "appointment": ["description", "with_whom", "place", "instruction", "note", "cancel_reason"],
            "care_plan": ["title", "description"],
            "contact": ["name", "relation", "role", "phone", "email"],
        }
        for table, columns in texts.items():
            for column in columns:
                cls.portal.change(f"UPDATE {table} SET {column} = 'zz' || patient || '{table}{column}' || id || 'zz'")
        cls.portal.change("UPDATE item SET text = 'zz' || patient || 'itembody' || id || 'zz', entries = NULL, kind = iif (kind = 2, 0, kind)")
        cls.portal.change("""UPDATE profile SET body = json_set(body, '$.name', 'zz' || patient || 'profilename1zz', '$.address',
                             'zz' || patient || 'profileaddress1zz', '$.gp', 'zz' || patient || 'profilegp1zz')""")
        cls.portal.change("UPDATE care_plan SET body = json_set (body, '$.title', title, '$.description', description)")
        cls.portal.change("INSERT INTO item_search (item_search) VALUES ('rebuild')")
        cls.portal.change("DELETE FROM item_author")
        cls.portal.change("INSERT INTO item_author SELECT patient, author, kind, count (*) FROM item GROUP BY 1, 2, 3")
        cls.portal.change("UPDATE patient SET name = 'zz' || id || 'patientname1zz', short_name = 'zz' || id || 'patientshort1zz'")
        cls.portal.change("UPDATE summary SET name = 'zz' || patient || 'profilesummary1zz', address = 'zz' || patient || 'profilesummary2zz'")
        cls.portal.change("UPDATE item_version SET text = 'zz' || (item >> 32) || 'itemversion1zz', entries = NULL")
        for name in ("Observation", "Appointment", "CarePlan", "RelatedPerson", "Patient"):
            cls.portal.write(f"ehr/{name}.ndjson", "broken\n")  # so that the run at the start changes nothing

    # Which tables each may meet words of, by patient row.
    EVERYTHING = {"item", "appointment", "care_plan", "contact", "profile", "patient"}
    MAY = {
        "w.debruin": {1: EVERYTHING},
        "m.debruin": {1: EVERYTHING, 2: {"patientshort"}},
        "p.debruin": {1: EVERYTHING, 2: {"appointment", "contact", "profile", "patientname"}},
        "s.visser": {1: {"patientshort"}},
        "j.hofstra": {1: {"patientname"}},
        "t.bakker": {},
    }

    # By what is between braces in a route.
    IDS = {"item": "SELECT public_id FROM item", "plan": "SELECT public_id FROM care_plan", "attachment": "SELECT public_id FROM attachment",
           "patient": "SELECT public_id FROM patient", "member": "SELECT public_id FROM membership",
           "invitation": "SELECT public_id FROM invitation", "device": "SELECT public_id FROM device", "session": "SELECT public_id FROM session"}
    # What follows a path, beside nothing. A search must be asked for something.
    QUERIES = {
        "/patients/{patient}/appointments": ["?when=past"],
        "/patients/{patient}/dossier": ["?month=2026-01", "?report=general", "?plan={plan}"],
        "/patients/{patient}/dossier/search": ["?text=zz"],
    }

    @classmethod
    def routes(cls):
        """(method, path) of every route of the server."""
        return [line.split(" ")[:2] for line in cls.portal.command("routes", config=False).replace("/api/v1", "").splitlines()]

    @classmethod
    def filled(cls, path):
        """Every path that a template stands for, with every id of its kind that there is, whosever it is; an attachment in
        its own item."""
        found = re.findall(r"{(\w+)}", path)
        if not found:
            return [path]
        name = found[-1] if found[-1] == "attachment" else found[0]
        if name == "attachment":
            pairs = cls.portal.query("SELECT i.public_id, a.public_id FROM attachment a JOIN item i ON i.id = a.item")
            return [whole for item, id in pairs for whole in cls.filled(path.replace("{item}", item).replace("{attachment}", id))]
        return [whole for id, in cls.portal.query(cls.IDS[name]) for whole in cls.filled(path.replace("{%s}" % name, id, 1))]

    @classmethod
    def readings(cls):
        """Every path that can be read, about everything and everybody that exist. Waiting for news is no reading of its own."""
        templates = [path for method, path in cls.routes() if method == "GET" and path != "/changes"]
        for path in list(templates):
            templates += [path + query for query in cls.QUERIES.get(path, ())]
        return [whole for path in templates for whole in cls.filled(path)]

    def crawl(self, username):
        token = self.tokens[username]
        connection = self.portal.connection()
        paths = self.readings()
        while paths:
            answer = self.portal.get(paths[-1], token, connection=connection)
            yield paths[-1], answer
            path = paths.pop()
            cursor = answer.json.get("next_cursor") if answer.status == 200 and answer.json else None
            if cursor:
                paths.append(re.sub(r"[?&]cursor=.*", "", path) + ("&" if re.search(r"\?(?!cursor)", path) else "?") + "cursor=" + cursor)
        connection.close()

    def expect_own(self, username, path, text):
        """Returns {patient: kinds of words} that were met."""
        met = {}
        for patient, where in re.findall(r"zz(\d+)([a-z_]+)\d+zz", text):
            met.setdefault(int(patient), set()).add(where)
            self.assertTrue(any(where.startswith(allowed) for allowed in self.MAY[username].get(int(patient), ())), (username, path, where))
        return met


class Canaries(CanaryCase):
    """Nobody meets a word of a patient that is not theirs, in any answer; nobody's words are in the log."""

    def test_everybody_sees_only_what_is_theirs(self):
        for username in self.MAY:
            met = {}
            for path, answer in self.crawl(username):
                self.assertNotEqual(answer.status, 500, path)
                for patient, found in self.expect_own(username, path, answer.text).items():
                    met.setdefault(patient, set()).update(found)
            if username == "w.debruin":
                self.assertEqual({where for where in met[1] if where in ("itembody", "itemtitle", "contactphone", "profilegp")},
                                 {"itembody", "itemtitle", "contactphone", "profilegp"}, "the words are there to be met")
            if username == "p.debruin":
                self.assertNotIn("contactphone", met[2], "a number is for who holds settings")
        self.assertNotRegex(self.portal.log_text(), r"zz\d+[a-z]")

    def test_what_leaves_the_server_or_lies_beside_it_names_no_patient(self):
        """Mails, text messages, the log and temporary files. The EHR's own directory is not the server's."""
        for username in ("m.debruin", "p.debruin"):
            self.first_step(username)
        sent = self.portal.settled(".json") + self.portal.settled(".eml")
        self.assertGreaterEqual(len(self.portal.sent(".json")), 2)
        self.assertIn("invitation", " ".join(self.portal.sent(".eml")))
        self.assertEqual(os.listdir(self.portal.path("temporary")), [])
        looked = []
        for directory, _, names in os.walk(self.portal.directory):
            for path in (os.path.join(directory, name) for name in names):
                if not (os.path.basename(path).startswith("portal.db") or os.path.basename(directory) == "ehr"):
                    looked.append(path)
                    with open(path, "rb") as file:
                        self.assertNotRegex(file.read().decode("utf-8", "replace").replace("=\n", ""), r"zz\d+[a-z]", path)
        self.assertLessEqual(set(sent), set(looked))

    def test_a_crash_leaves_no_core(self):
        with open(f"/proc/{self.portal.process.pid}/limits") as limits:
            self.assertRegex(limits.read(), r"Max core file size +0 +0 ")

    def test_the_log_names_nobody(self):
        log = self.portal.log_text()
        for sql in ("SELECT name FROM account", "SELECT email FROM account", "SELECT mobile FROM account", "SELECT username FROM account"):
            for word, in self.portal.query(sql):
                self.assertNotIn(word, log)
        for secret in [*self.tokens.values(), *self.portal.passwords.values()]:
            self.assertNotIn(secret, log)


class ChangeCase(CanaryCase):
    """Every other route, about everybody, with what it asks for: a change tells no more than a reading. For each who asks a
    portal of their own: one ends what the next would need."""

    IDS = {**CanaryCase.IDS, "item": "SELECT min (public_id) FROM item GROUP BY patient"}
    # What ends something comes after what needs it, and what may end the asker's own session last.
    LATE = ["/withdraw", "/end", "/password", "/devices/{device}", "/sessions/{session}"]
    # What goes through for everybody, for who reads a dossier, and for who holds settings.
    OWN = {"POST /login", "POST /forgot", "PUT /account", "PUT /account/notifications", "POST /account/email", "POST /account/mobile", "POST /account/totp", "POST /account/sheet",
           "POST /account/sessions/end-others", "POST /password", "DELETE /account/sessions/{session}"}
    READING = {"POST /patients/{patient}/dossier/read", "POST /patients/{patient}/dossier/{item}/read"}
    MANAGING = {"POST /patients/{patient}/members", "POST /patients/{patient}/members/lookup",
                *("POST /patients/{patient}/members/{member}/" + what
                  for what in ("parts", "until", "renew", "ground", "mobile", "email", "invitation", "withdraw", "end"))}

    @classmethod
    def bodies(cls, username):
        """By method and route; the others take none."""
        password = {"password": cls.portal.passwords[username]}
        email = cls.portal.value("SELECT email FROM account WHERE username = ?", username)
        member = "/patients/{patient}/members/{member}"
        return {
            "POST /login": {"username": username, **password},
            "POST /login/code": {"code": "000000"},
            "POST /password": {"old_password": password["password"], "new_password": "vier losse gekke fietsbellen"},
            "POST /forgot": {"username": username, "email": email},
            "POST /links/look": {"token": "A" * 43},
            "POST /links/password": {"token": "A" * 43, "username": username, "new_password": "vier losse gekke fietsbellen"},
            "POST /links/confirm": {"token": "A" * 43},
            "PUT /account": {"name": "Caller", "language": "nl"},
            "PUT /account/notifications": {"news_mail": False},
            "POST /account/email": {"email": "elders@elders.example", **password},
            "POST /account/mobile": {"mobile": "0612345678", **password},
            "POST /account/mobile/code": {"code": "000000"},
            "POST /account/totp": password,
            "POST /account/totp/code": {"code": "000000"},
            "POST /account/totp/off": password,
            "POST /account/sheet": password,
            "POST /account/devices/{device}": {"name": "laptop"},
            "POST /patients/{patient}/dossier/read": {"until": "2026-01-01T00:00:00Z"},
            "POST /patients/{patient}/members/lookup": {"email": "nel@nieuw.example"},
            "POST /patients/{patient}/members": {"email": "nel@nieuw.example", "relation": "friend", "name": "Nel Nieuw", "username": "nel.nieuw",
                                                 "mobile": "06 1234 5678"},
            f"POST {member}/parts": {"part": "appointments", "held": False},
            f"POST {member}/until": {"until": (datetime.date.today() + datetime.timedelta(100)).isoformat()},
            f"POST {member}/ground": {"ground": "mentor"},
            f"POST {member}/mobile": {"mobile": "0612345679"},
            f"POST {member}/email": {"email": "nel@elders.example"},
        }

    def changes(self):
        """(method, route) of every one, in their order."""
        found = [tuple(route) for route in self.routes() if route[0] != "GET" and tuple(route) not in (("DELETE", "/session"), ("POST", "/account/end"))]
        return sorted(found, key=lambda route: max([n for n, end in enumerate(self.LATE, 1) if route[1].endswith(end)], default=0))

    def expect_no_more(self, username, through):
        """through: the routes of which at least one answer must be that of a change that was made."""
        connection, bodies, made, token = self.portal.connection(), self.bodies(username), set(), self.tokens[username]
        for method, path in self.changes():
            self.portal.advance(31)  # until another code may be sent
            for whole in self.filled(path):
                answer = self.portal.call(method, whole, token, bodies.get(f"{method} {path}"), self.portal.seen(whole, token), connection)
                self.assertNotEqual(answer.status, 500, whole)
                self.expect_own(username, whole, answer.text)
                if answer.status in (200, 204):
                    made.add(f"{method} {path}")
                if answer.status == 200 and path == "/password":
                    token = answer.json["token"]
        connection.close()
        self.assertEqual(through - made, set(), "asked in vain")


class CanariesOfAManager(ChangeCase):
    def test_a_change_tells_no_more_than_a_reading(self):
        self.expect_no_more("m.debruin", self.OWN | self.READING | self.MANAGING | {"POST /invitations/{invitation}/accept"})


class CanariesOfAReader(ChangeCase):
    def test_a_change_tells_no_more_than_a_reading(self):
        self.expect_no_more("p.debruin", self.OWN | self.READING)


class CanariesOfAStranger(ChangeCase):
    def test_a_change_tells_no_more_than_a_reading(self):
        self.expect_no_more("t.bakker", self.OWN)


if __name__ == "__main__":
    tap.main()
