# SPDX-License-Identifier: GPL-3.0-or-later
"""What a later run over the EHR makes of what was there: killed at any moment, told by sync --status, and as the API shows it."""
import datetime
import json
import os
import re
import shutil
import signal
import subprocess
import unittest

import tap
from portal import Portal

# Today, and how many days before it have reports.
BEFORE, AFTER = ("2026-02-01", 30), ("2026-03-03", 60)
FILES = "portal.db", "portal.db-wal", "portal.db-shm"


def lines(portal, name):
    with open(portal.path("ehr", name + ".ndjson")) as file:
        return [json.loads(line) for line in file]


def put_lines(portal, name, resources):
    portal.write(f"ehr/{name}.ndjson", "".join(json.dumps(resource) + "\n" for resource in resources))


def write_demo(portal, today, days):
    """With so many reports that some are amended and some withdrawn between the two days."""
    portal.command("demo-ehr", "--patients", "2", "--days", str(days), "--reports-per-patient", str(20 * days), "--seed", "7", "--today", today,
                   "--output", portal.path("ehr"), config=False)


def read_before(cls):
    """A portal for all steps of that class, which has read what the EHR was before."""
    cls.portal = Portal(clock=True, days=1)
    cls.addClassCleanup(cls.portal.__exit__)
    write_demo(cls.portal, *BEFORE)
    cls.portal.command("sync")


# But for what is chance, and when: only whether it is new to who reads it.
DUMPS = [
    "SELECT item.id, type, item.fhir_id, item.patient, kind, at, title, author, about, amended, amended_at, text, entries, about_key, goal_key,"
    " month, version, removed IS NULL, first_seen > loaded, seen > loaded FROM item JOIN patient ON patient.id = patient ORDER BY item.id",
    "SELECT v.item, v.version, v.seen > loaded, v.title, v.text, v.entries FROM item_version v JOIN item ON item.id = v.item JOIN patient ON patient.id = patient"
    " ORDER BY 1, 2",
    "SELECT patient, month, kind, count FROM item_month ORDER BY 1, 2, 3",
    "SELECT patient, author, kind, count FROM item_author ORDER BY 1, 2, 3",
    "SELECT doc, col, offset, term FROM item_word ORDER BY 1, 2, 3",
    "SELECT p.id, p.fhir_id, p.title, p.state, version, p.removed IS NULL, seen > loaded, part_of, json_remove (body, '$.evaluations')"
    " FROM care_plan p JOIN patient ON patient.id = patient ORDER BY p.id",
    "SELECT care_plan, version, json_remove (body, '$.evaluations') FROM care_plan_version ORDER BY 1, 2",
    "SELECT care_plan, key, goal FROM care_plan_key WHERE key NOT LIKE 'left-to/%' ORDER BY 1, 2",
    "SELECT id, type, fhir_id, body, removed IS NULL FROM plan_piece ORDER BY id",
    "SELECT a.id, a.fhir_id, status, starts, ends, description, with_whom, removed IS NULL, first_seen > loaded FROM appointment a"
    " JOIN patient ON patient.id = patient ORDER BY a.id",
    "SELECT id, type, fhir_id, name, removed IS NULL FROM contact ORDER BY id",
    "SELECT item, position, since, until, title, size, hash FROM attachment ORDER BY 1, 2, 3",
    "SELECT patient, body FROM profile ORDER BY 1",
    "SELECT id, next_item, plans_dirty FROM patient ORDER BY id",
    "SELECT account, template, count(*) FROM outbox GROUP BY 1, 2 ORDER BY 1, 2",
    "SELECT id, news_waiting, news_told > 0 FROM account ORDER BY id",
    "SELECT type, fhir_id, reason FROM sync_quarantine ORDER BY 1, 2",
    "SELECT fhir_id FROM ehr_lacking ORDER BY 1",
]


class Killed(unittest.TestCase):
    """The command is killed before any write to the disk, and run again."""

    @classmethod
    def setUpClass(cls):
        read_before(cls)
        # Everybody who may read it was in, so that there is somebody to tell.
        cls.portal.change("UPDATE membership SET until = NULL")
        cls.portal.change("UPDATE account SET last_login = ?", int(cls.portal.now() * 1e6))
        cls.portal.change("DELETE FROM outbox")
        cls.portal.advance(hours=1)
        write_demo(cls.portal, *AFTER)
        cls.change()
        for name in FILES:
            if os.path.exists(cls.portal.path(name)):
                shutil.copy(cls.portal.path(name), cls.portal.path("kept-" + name))
        shutil.copytree(cls.portal.path("portal.db.files"), cls.portal.path("kept-files"))

    @classmethod
    def change(cls):
        """Beside what the demo itself amends and withdraws: some are gone, plans are called otherwise, one report is odd."""
        reports = lines(cls.portal, "Observation")
        del reports[::40]
        reports[3]["status"] = "vreemd"
        put_lines(cls.portal, "Observation", reports)
        put_lines(cls.portal, "CarePlan", [{**plan, "title": "Nieuw plan"} for plan in lines(cls.portal, "CarePlan")])
        put_lines(cls.portal, "Goal", lines(cls.portal, "Goal")[1:])
        put_lines(cls.portal, "DocumentReference", [{**letter, "description": "Andere brief"} for letter in lines(cls.portal, "DocumentReference")])

    def put_back(self):
        for name in FILES:
            if os.path.exists(self.portal.path(name)):
                os.unlink(self.portal.path(name))
            if os.path.exists(self.portal.path("kept-" + name)):
                shutil.copy(self.portal.path("kept-" + name), self.portal.path(name))
        shutil.rmtree(self.portal.path("portal.db.files"))
        shutil.copytree(self.portal.path("kept-files"), self.portal.path("portal.db.files"))

    def kill(self, write):
        """FALSE: it came to its end before that write."""
        environment = {**self.portal.environment, "TEST_BREAK_WRITE": str(write)}
        environment["LD_PRELOAD"] += ":" + os.environ["BREAK_LIBRARY"]
        status = subprocess.run([self.portal.program, "sync", "--config", self.portal.path("portal.conf")], env=environment,
                                capture_output=True).returncode
        self.assertIn(status, (0, -signal.SIGKILL))
        return status != 0

    def dump(self):
        return [self.portal.query(sql) for sql in DUMPS]

    def test_the_next_run_goes_on(self):
        self.put_back()
        self.portal.command("sync")
        expected = self.dump()
        self.assertGreater(self.portal.value("SELECT count(*) FROM item WHERE version > 1"), 5)
        self.assertGreater(self.portal.value("SELECT count(*) FROM item WHERE removed IS NOT NULL"), 5)
        self.assertGreater(self.portal.value("SELECT count(*) FROM care_plan WHERE version > 1"), 0)
        self.assertGreater(self.portal.value("SELECT count(*) FROM outbox WHERE template = 'something-new'"), 0)
        self.assertEqual(self.portal.value("SELECT count(*) FROM sync_quarantine"), 1)
        writes, killed = 1, 0
        while True:
            self.put_back()
            if not self.kill(writes):
                break
            killed += 1
            self.portal.command("sync")
            for sql, got, wanted in zip(DUMPS, self.dump(), expected):
                with self.subTest(write=writes, sql=sql[:60]):
                    self.assertEqual(got, wanted)
            self.assertEqual(self.portal.query("PRAGMA integrity_check"), [("ok",)])
            writes = writes * 3 // 2 + 3
        self.assertGreater(killed, 10)


class Status(unittest.TestCase):
    def setUp(self):
        self.portal = Portal(clock=True, patients=2, days=1)
        self.addCleanup(self.portal.__exit__)

    def status(self):
        """By type: when it went well last, and the figures."""
        found = {}
        for line in self.portal.command("sync", "--status").splitlines():
            match = re.fullmatch(r"([A-Z]\w+) +last success (never|\S+?), (\d+) shown(?:, (\d+) in quarantine)?(?:, (\d+) odd)?(?:, the last attempt"
                                 r" failed: (.*))?", line)
            if match:
                found[match[1]] = (match[2], *(int(n or 0) for n in match.groups()[2:5]), match[6])
        return found

    def report(self, id, client="client-1", **more):
        return {"resourceType": "Observation", "id": id, "status": "final", "subject": {"reference": "Patient/" + client},
                "code": {"coding": [{"system": "http://snomed.info/sct", "code": "11591000146107"}]},
                "effectiveDateTime": "2026-03-01T09:00:00+01:00", "valueString": "Rustige dag", **more}

    def sync(self):
        begin = self.portal.now()
        self.portal.command("sync", check=False)
        return begin

    def expect_at(self, when, begin):
        self.assertLessEqual(begin - 1, datetime.datetime.fromisoformat(when).timestamp())
        self.assertLessEqual(datetime.datetime.fromisoformat(when).timestamp(), self.portal.now())

    def test_figures(self):
        before = self.status()
        self.assertEqual(len(before), 13)
        self.assertEqual(set(before.values()), {("never", 0, 0, 0, None)})
        put_lines(self.portal, "Observation",
                  [self.report("a"), self.report("b"), self.report("c", "client-2"), self.report("of-nobody", "client-77"),
                   self.report("wrong", status="entered-in-error"), self.report("odd", status="vreemd")])
        self.portal.write_documents(one=("client-1", "Brief", "text/plain", b"Hallo"), two=("client-2", "Brief", "text/plain", b"Dag"))
        begin = self.sync()
        status = self.status()
        self.assertEqual(status["Observation"][1:], (3, 1, 1, None))
        self.assertEqual(status["DocumentReference"][1:], (2, 0, 0, None))
        self.assertEqual(status["CareTeam"][1:], (2, 0, 0, None))
        self.assertEqual(status["CarePlan"][1], len(lines(self.portal, "CarePlan")))
        self.assertEqual(status["Appointment"][1], sum("client" in json.dumps(line) for line in lines(self.portal, "Appointment")))
        self.assertEqual(status["Task"][1:], (0, 0, 0, None))
        for type in status:
            self.expect_at(status[type][0], begin)
        text = self.portal.command("sync", "--status")
        self.assertRegex(text, r"(?m)^In quarantine +1$")
        self.assertRegex(text, r"(?m)^  Observation/odd since \S+: .*status")
        self.assertNotIn("Rustige", text)

        # A day later a file cannot be read to its end: of that type nothing is newer, and what is there stays.
        self.portal.advance(days=1)
        with open(self.portal.path("ehr/Observation.ndjson"), "a") as file:
            file.write(json.dumps(self.report("d"))[:100])
        later = self.sync()
        after = self.status()
        self.assertEqual(after["Observation"][:2], (status["Observation"][0], 3))
        self.assertIsNotNone(after["Observation"][4])
        self.expect_at(after["Appointment"][0], later)
        # And put right: nothing is in quarantine any more.
        put_lines(self.portal, "Observation", [self.report("a"), self.report("odd")])
        self.portal.advance(days=1)
        last = self.sync()
        self.assertEqual(self.status()["Observation"][1:], (2, 0, 0, None))
        self.expect_at(self.status()["Observation"][0], last)
        self.assertRegex(self.portal.command("sync", "--status"), r"(?m)^In quarantine +0$")


class DaysPass(unittest.TestCase):
    """The invented EHR amends and withdraws reports as days pass, and the API shows it."""

    @classmethod
    def setUpClass(cls):
        read_before(cls)
        cls.before = cls.reports()
        cls.ids = dict(cls.portal.query("SELECT fhir_id, public_id FROM item WHERE type = 'Observation' AND patient = 1 AND removed IS NULL"))
        cls.portal.advance(days=30)
        write_demo(cls.portal, *AFTER)
        cls.portal.command("sync")
        cls.after = cls.reports()
        cls.token = cls.portal.add_session(cls.portal.account("w.debruin"))
        cls.portal.start()
        cls.wil = cls.portal.patient("wil")

    @classmethod
    def reports(cls):
        return {line["id"]: line for line in lines(cls.portal, "Observation") if line["subject"]["reference"] == "Patient/client-1"}

    def became(self, status):
        """Those that were shown before, and have that status since."""
        return [id for id, line in self.after.items() if line["status"] == status and id in self.ids and self.before[id]["status"] == "final"]

    def item(self, id, query=""):
        return self.portal.get(f"/patients/{self.wil}/dossier/{self.ids[id]}{query}", self.token)

    def test_amended(self):
        amended = self.became("amended")
        self.assertGreater(len(amended), 0)
        for id in amended:
            answer = self.item(id)
            self.assertEqual(answer.status, 200, answer)
            item = answer.json["item"]
            self.assertEqual((item["amended"], item["version"], item["unread"]), (True, 2, True))
            self.assertEqual(item["text"], self.after[id]["valueString"])
            self.assertEqual(datetime.datetime.fromisoformat(item["amended_at"]), datetime.datetime.fromisoformat(self.after[id]["issued"]))
            self.assertEqual(self.item(id, "?version=1").json["item"]["text"], self.before[id]["valueString"])

    def test_withdrawn(self):
        withdrawn = self.became("entered-in-error")
        self.assertGreater(len(withdrawn), 0)
        for id in withdrawn:
            self.assertEqual(self.item(id).status, 404)
        listed = self.listed()
        self.assertFalse({self.ids[id] for id in withdrawn} & listed)
        self.assertLessEqual({self.ids[id] for id in self.became("amended")}, listed)

    def test_what_shows_is_what_the_ehr_has(self):
        shown = {id for id, line in self.after.items() if line["status"] != "entered-in-error"}
        self.assertEqual({row[0] for row in self.portal.query("SELECT fhir_id FROM item WHERE type = 'Observation' AND patient = 1 AND"
                                                              " removed IS NULL")}, shown)

    def listed(self):
        """Everything that the list of the dossier gives."""
        found, more = set(), ""
        while more is not None:
            answer = self.portal.get(f"/patients/{self.wil}/dossier{more}", self.token)
            self.assertEqual(answer.status, 200, answer)
            found |= {item["id"] for item in answer.json["items"]}
            more = "?cursor=" + answer.json["next_cursor"] if "next_cursor" in answer.json else None
        return found


if __name__ == "__main__":
    tap.main()
