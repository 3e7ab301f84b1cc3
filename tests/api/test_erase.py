# SPDX-License-Identifier: GPL-3.0-or-later
"""A client who is erased is nowhere any more, all others are as they were, and the log goes on."""
import contextlib
import os
import re
import sqlite3
import subprocess
import unittest

import tap
from portal import until
from test_canaries import CanaryCase

# What stays of who had access to whom, and from when until when: the log speaks of it.
MEMBERSHIP = {"id", "public_id", "account", "patient", "state", "created", "accepted", "until", "ended", "made_account", "named", "until_days",
              "until_told"}
IDENTIFIER = "https://zorggroep-de-linde.example/client|DL-000001"


class Erase(CanaryCase):
    @classmethod
    def prepare(cls):
        super().prepare()
        # The only client of w.debruin, m.debruin is invited for another one, p.debruin has two.
        cls.names = {name: cls.portal.query("SELECT name, email, mobile FROM account WHERE username = ?", name)[0]
                     for name in ("w.debruin", "p.debruin")}

    def erase(self, check=True, **changes):
        arguments = {"identifier": IDENTIFIER, "source": "ecd", "client": "zz1patientname1zz", **changes}
        return self.portal.command("erase", *(f"--{name}={value}" for name, value in arguments.items()), check=check)

    def rows(self, patient):
        """How many rows of each table are of that client."""
        found = {}
        for name, in self.portal.query("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite%'"):
            try:
                columns = [row[1] for row in self.portal.query(f"PRAGMA table_info ({name})")]
            except sqlite3.Error:
                continue
            if "patient" in columns:
                found[name] = self.portal.value(f"SELECT count(*) FROM {name} WHERE patient = ?", patient)
            elif "item" in columns:
                found[name] = self.portal.value(f"SELECT count(*) FROM {name} WHERE item >> 32 = ?", patient)
        return found

    def filled(self, table, condition):
        """The columns in which rows of it have something."""
        columns = [row[1] for row in self.portal.query(f"PRAGMA table_info ({table})")]
        return {name for name in columns if self.portal.value(f"SELECT count({name}) FROM {table} WHERE {condition}")}

    def words(self, patient):
        """Of everything that lies in the directory of the portal."""
        found = set()
        for directory, _, names in os.walk(self.portal.directory):
            for name in names:
                if os.path.basename(directory) not in ("ehr", "outbox"):
                    with open(os.path.join(directory, name), "rb") as f:
                        found |= set(re.findall(rb"zz%d[a-z]+" % patient, f.read()))
        return found

    def leave_something(self):
        """As when the second part was broken off."""
        with contextlib.closing(sqlite3.connect(self.portal.path("portal.db"))) as database:
            database.executescript("PRAGMA secure_delete=OFF; CREATE TABLE filler (text);"
                                   "INSERT INTO filler VALUES ('zz1left' || hex (randomblob (9000))); DROP TABLE filler")
        self.portal.write("portal.db.files/left", "zz1sealed")
        os.mkdir(self.portal.path("portal.db.check"))
        self.portal.write("portal.db.check/database", "zz1checked")
        self.portal.write("portal.db.schema-1.new", "zz1copied")
        self.portal.write("portal.db.before-restore", "")  # what only that names goes all the same
        self.assertEqual(self.words(1), {b"zz1left", b"zz1sealed", b"zz1checked", b"zz1copied"})

    def test_it_is_gone(self):
        self.assertIn("stop that first", self.erase(check=False).stderr)
        self.portal.stop()
        self.portal.change("UPDATE membership SET visited = 5, visited_before = 4, unread_since = 3")
        # Of a client who was erased by a program that left these.
        self.portal.change("INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
                           " SELECT 3, 'erased', '', x'00', identifier_sealed, '', '', 1 FROM patient WHERE id = 2")
        self.portal.change("INSERT INTO membership (public_id, account, patient, state, created, ended, visited, visited_before)"
                           " SELECT 'earlier', id, 3, 4, 1, 2, 5, 4 FROM account WHERE username = 'w.debruin'")
        before = {patient: self.rows(patient) for patient in (1, 2)}
        self.assertGreater(before[1]["item"], 10)
        self.assertIn("has another name", self.erase(check=False, client="Somebody Else").stderr)
        self.assertIn("no client was enrolled", self.erase(check=False, identifier="x|y").stderr)
        self.assertEqual(self.rows(1), before[1])
        log = self.portal.value("SELECT count(*) FROM audit")
        self.portal.change("DELETE FROM sync_quarantine")
        self.portal.change("DELETE FROM ehr_lacking")
        self.portal.change("DELETE FROM ehr_mark")
        for patient in (1, 2):
            for sign in ("", "#"):
                self.portal.change("INSERT INTO ehr_mark SELECT source, 'Goal', fhir_id || ?, 1 FROM patient WHERE id = ?", sign, patient)
            self.portal.change("INSERT INTO sync_quarantine SELECT source, type, fhir_id, 'x', 'x', 1, 1, NULL FROM item WHERE patient = ? LIMIT 1", patient)
            self.portal.change("INSERT INTO ehr_lacking (source, type, fhir_id, since) SELECT source, type, fhir_id, 1 FROM item WHERE"
                               " patient = ? LIMIT 1", patient)
            # A letter that another has the place of, and one that was never stored.
            self.portal.change("INSERT INTO item_replaced SELECT source, type, ?, id, NULL FROM item WHERE patient = ? LIMIT 1", f"replaced{patient}", patient)
            self.portal.change("INSERT INTO item_line SELECT id, 'line', '1', 1, 1 FROM item WHERE patient = ? LIMIT 1", patient)
            self.portal.change("INSERT INTO sync_quarantine SELECT source, type, fhir_id, 'x', 'x', 1, 1, NULL FROM item_replaced WHERE fhir_id = ?",
                               f"replaced{patient}")
            self.portal.change("INSERT INTO ehr_lacking SELECT source, 'DocumentReference', ?, 1, id, 1 FROM patient WHERE id = ?",
                               f"never{patient}", patient)
            self.portal.change("INSERT INTO sync_quarantine SELECT source, 'Observation', ?, 'x', 'x', 1, 1, id FROM patient WHERE id = ?",
                               f"strange{patient}", patient)
        before[2]["ehr_lacking"] = 1
        before[2]["sync_quarantine"] = 1
        before[2]["item_replaced"] = 1
        before[2]["item_line"] = 1

        self.assertIn("The client is erased", self.erase())
        left = {name for name, n in self.rows(1).items() if n}
        self.assertLessEqual(left, {"audit", "membership"})
        self.assertEqual({**self.rows(2), "audit": 0}, {**before[2], "audit": 0})
        self.assertLessEqual(self.filled("membership", "patient = 1 OR public_id = 'earlier'"), MEMBERSHIP)
        self.assertEqual(self.portal.query("SELECT DISTINCT visited, visited_before, unread_since FROM membership WHERE patient = 2"), [(5, 4, 3)])
        for table in ("sync_quarantine", "ehr_lacking"):
            self.assertEqual(self.portal.query(f"SELECT item.patient FROM {table} JOIN item USING (source, type, fhir_id)"), [(2,)], table)
        self.assertEqual(self.portal.query("SELECT fhir_id FROM sync_quarantine WHERE fhir_id LIKE 'replaced%'"), [("replaced2",)])
        self.assertEqual(self.portal.query("SELECT fhir_id FROM sync_quarantine WHERE patient IS NOT NULL"), [("strange2",)])
        self.assertEqual(self.portal.value("SELECT count(*) FROM sync_quarantine"), 3)
        self.assertEqual(self.portal.query("SELECT fhir_id FROM ehr_lacking WHERE patient IS NOT NULL"), [("never2",)])
        self.assertEqual(self.portal.value("SELECT count(*) FROM ehr_lacking"), 2)
        self.assertEqual(self.portal.query("SELECT p.id FROM ehr_mark m LEFT JOIN patient p ON rtrim (subject, '#') = fhir_id"), [(2,), (2,)])
        self.assertEqual(self.words(1), set())
        self.assertIn(b"zz2itembody", self.words(2))
        self.assertEqual(self.portal.query("PRAGMA foreign_key_check"), [])
        self.assertEqual(self.portal.query("PRAGMA integrity_check"), [("ok",)])
        self.assertGreater(self.portal.value("SELECT count(*) FROM audit"), log)

        with open(self.portal.path("portal.db"), "rb") as f:
            whole = f.read()
        for word in self.names["w.debruin"]:
            self.assertNotIn(word.encode(), whole)
        for word in self.names["p.debruin"]:
            self.assertIn(word.encode(), whole)

        self.leave_something()
        self.assertIn("no client was enrolled", self.erase(check=False).stderr)
        self.assertEqual(self.words(1), set(), "what the first run could not remove")
        os.unlink(self.portal.path("portal.db.before-restore"))

        self.portal.start()
        self.assertIn("the last one written is there", self.portal.command("audit", "--verify"))
        self.expect_ended(self.tokens["w.debruin"])
        self.expect(self.portal.get(f"/patients/{self.wil}/start", self.tokens["p.debruin"]), 404, "not-found")
        self.expect(self.portal.get(f"/patients/{self.henk}/profile", self.tokens["p.debruin"]), 200)
        self.portal.command("sync", check=False)
        until(lambda: "Appointment" in self.portal.command("sync", "--status"), "a run")
        self.assertEqual(self.rows(1)["item"], 0)
        self.portal.stop()
        self.portal.command("rotate-keys")
        self.portal.command("enrol", "--identifier", IDENTIFIER, "--source", "ecd", "--client", "W. de Bruin", "--username", "new.one",
                            "--name", "New One", "--email", "new@one.example", "--mobile", "+31610010009", "--relation", "friend")
        self.assertGreater(self.portal.value("SELECT max(id) FROM patient"), 3)
        self.portal.start()


@unittest.skipIf(os.environ.get("SANITIZED"), "a sanitizer needs memory of its own")
class Memory(CanaryCase):
    def test_the_database_need_not_fit_in_it(self):
        self.portal.stop()
        self.portal.change("CREATE TABLE filler (bytes)")
        self.portal.change("WITH n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 150)"
                           " INSERT INTO filler SELECT randomblob (1000000) FROM n")
        process = subprocess.Popen([self.portal.program, "erase", "--config", self.portal.path("portal.conf"), "--identifier", IDENTIFIER,
                                    "--source", "ecd", "--client", "zz1patientname1zz"],
                                   env=self.portal.environment, stdout=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = status
        self.assertEqual(status, 0)
        self.assertLess(usage.ru_maxrss, 100000, "KiB")


if __name__ == "__main__":
    tap.main()
