# SPDX-License-Identifier: GPL-3.0-or-later
"""After a backup was put back: what the EHR and the mails say of it since."""
import contextlib
import json
import os
import re
import sqlite3

import tap
from portal import mail_text, read_mail, until
from test_restore import PDF, BackupCase


class PutBack(BackupCase):
    """What the EHR took back since the backup shows to nobody again: all of it is read first."""

    options = {"days": 200}
    same_day = True
    LISTS = ("appointments", "timeline", "dossier", "dossier?report=general", "dossier/search?text=de", "care-plans", "profile")
    WITH = ("items", "months", "plans", "profile", "next_cursor")

    def read(self, what):
        return self.portal.get(f"/patients/{self.portal.patient('wil')}/{what}", self.token)

    def start(self):
        """With a session of who sees everything."""
        self.token = self.portal.add_session(self.portal.account("m.debruin"))
        self.portal.start()

    def single(self):
        """Cards, plans and files by their id."""
        items = [f"dossier/{id}" for id, in self.portal.query("SELECT public_id FROM item WHERE patient = 1 AND removed IS NULL LIMIT 5")]
        plans = [f"care-plans/{id}" for id, in self.portal.query("SELECT public_id FROM care_plan WHERE patient = 1 AND removed IS NULL")]
        files = [f"dossier/{item}/attachments/{file}" for item, file in
                 self.portal.query("SELECT i.public_id, a.public_id FROM attachment a JOIN item i ON i.id = a.item WHERE i.patient = 1")]
        self.assertTrue(items and plans and files)
        return [*items, *plans, *files]

    def expect_closed(self):
        for what in self.LISTS:
            answer = self.expect(self.read(what), 200).json
            self.assertEqual(answer["state"], "not-fetched", what)
            self.assertFalse([key for key in self.WITH if answer.get(key)], what)
            self.assertNotIn("fetched_at", answer["freshness"])
        start = self.expect(self.read("start"), 200).json
        for part in ("appointments", "dossier", "profile"):
            self.assertEqual(start[part].pop("state"), "not-fetched")
            self.assertFalse(any(start[part].values()), start[part])
        self.assertEqual(self.expect(self.read("dossier/authors"), 200).json["authors"], [])
        for what in self.single():
            self.expect(self.read(what), 404, "not-found")
        members = self.expect(self.read("members"), 200).json
        self.assertFalse([row for row in members["members"] if row["kind"] == "contact"])

    def expect_open(self, token=None):
        for what in self.LISTS:
            self.assertEqual(self.expect(self.read(what), 200).json["state"], "filled", what)
        start = self.expect(self.read("start"), 200).json
        self.assertEqual({start[part]["state"] for part in ("appointments", "dossier", "profile")}, {"filled"})
        self.assertTrue(self.expect(self.read("dossier/authors"), 200).json["authors"])
        for what in self.single():
            self.expect(self.read(what), 200)
        members = self.expect(self.read("members"), 200).json
        self.assertTrue([row for row in members["members"] if row["kind"] == "contact"])

    def until_run(self):
        """The one that begins at the start: None of before is remembered. Whether it went well."""
        until(lambda: self.portal.value("SELECT max(finished) FROM sync_slot") is not None, "a run that begins by itself")
        return not self.portal.value("SELECT failed FROM sync_slot")

    def run_again(self):
        """As the next one of the schedule, at a start that nobody waits for."""
        self.portal.stop()
        self.portal.change("DELETE FROM sync_slot")
        self.portal.start()
        return self.until_run()

    def test_nothing_shows_before_it_was_read_again(self):
        self.portal.stop()
        self.start()
        self.portal.until_read()
        self.expect_open()
        path = self.backup()
        fhir_id, withdrawn = self.portal.query("SELECT fhir_id, public_id FROM item WHERE patient = 1 AND type = 'Observation'"
                                               " AND removed IS NULL ORDER BY at DESC LIMIT 1")[0]
        name = self.portal.path("ehr/Observation.ndjson")
        with open(name) as f:
            lines = f.readlines()
        [at] = [i for i, line in enumerate(lines) if json.loads(line)["id"] == fhir_id]
        without = lines[:at] + lines[at + 1:]

        def write(lines):
            with open(name, "w") as f:
                f.writelines(lines)

        write(without)
        self.portal.command("sync")
        until(lambda: self.portal.value("SELECT removed FROM item WHERE public_id = ?", withdrawn), "a report that was withdrawn")
        self.portal.stop()
        self.assertIn("Nothing of the EHR is shown until it was read again", self.restore(path))
        self.assertIsNone(self.portal.value("SELECT removed FROM item WHERE public_id = ?", withdrawn))

        os.rename(self.portal.path("ehr"), self.portal.path("ehr-aside"))
        self.start()
        self.assertFalse(self.until_run(), "the EHR is down")
        self.expect_closed()
        # A run that cannot tell what is gone: a line that is cut off may be that report.
        os.rename(self.portal.path("ehr-aside"), self.portal.path("ehr"))
        write([*without, lines[at][:20] + "\n"])
        self.assertFalse(self.run_again(), "a type was not read whole")
        self.assertIn("none is removed", self.portal.command("sync", "--status"))
        self.assertIn("2 clients are shown nothing of it", self.portal.command("sync", "--status"))
        self.expect_closed()
        write(without)
        self.assertTrue(self.run_again())
        self.assertNotIn("are shown nothing", self.portal.command("sync", "--status"))
        self.expect(self.read("dossier/" + withdrawn), 404, "not-found")
        self.assertIsNotNone(self.portal.value("SELECT removed FROM item WHERE public_id = ?", withdrawn))
        self.expect_open()


class Documents(BackupCase):
    """The database that a restore keeps has its documents still, and one that is gone is fetched again."""

    same_day = True

    def tearDown(self):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.portal.path("portal.db.before-restore"))

    def opens(self, title, data):
        wil = self.portal.patient("wil")
        item, file = self.portal.query("SELECT i.public_id, a.public_id FROM attachment a JOIN item i ON i.id = a.item WHERE i.title = ?"
                                       " OR a.title = ?", title, title)[0]
        answer = self.portal.get(f"/patients/{wil}/dossier/{item}/attachments/{file}", self.token)
        self.assertEqual((answer.status, answer.text), (200, data.decode()))

    def start(self):
        self.token = self.portal.add_session(self.portal.account("w.debruin"))
        self.portal.start()

    def test_what_only_the_kept_database_names_stays(self):
        path = self.backup()
        later = b"%PDF-1.4\n" + b"een brief van later " * 100
        self.portal.write_documents(brief=("client-1", "Brief", "application/pdf", PDF), later=("client-1", "Later", "application/pdf", later))
        self.portal.command("sync")
        until(lambda: self.portal.value("SELECT count(*) FROM attachment") == 2, "a letter that came after the backup")
        self.portal.stop()
        self.restore(path)
        # The wrong day: somebody looks, and puts back what was there.
        self.portal.write_documents(brief=("client-1", "Brief", "application/pdf", PDF))
        self.start()
        self.until_read_again()
        self.portal.stop()
        for end in ("-wal", "-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.portal.path("portal.db" + end))
        os.rename(self.portal.path("portal.db.before-restore"), self.portal.path("portal.db"))
        os.unlink(self.portal.path("portal.db.audit"))
        os.rename(self.portal.path("ehr"), self.portal.path("ehr-aside"))  # it is down, and mends nothing
        self.start()
        self.opens("Later", later)
        os.rename(self.portal.path("ehr-aside"), self.portal.path("ehr"))
        self.portal.stop()
        self.start()

    def test_one_that_is_gone_is_fetched_again(self):
        """Where a copy of the database alone was put back."""
        self.portal.stop()
        copy = self.portal.path("copy.db")
        with contextlib.closing(sqlite3.connect(self.portal.path("portal.db"))) as database:
            database.execute("VACUUM INTO ?", (copy,))
        [name] = {name for name, in self.portal.query("SELECT a.file FROM attachment a JOIN item i ON i.id = a.item WHERE i.fhir_id = 'brief'")}
        os.unlink(self.portal.path("portal.db.files", name))
        self.assertIn("1 documents that reports name", self.portal.command("restore", "--input", copy))
        os.unlink(copy)
        self.start()
        self.until_read_again()
        self.opens("Brief", PDF)
        self.assertIn(name, os.listdir(self.portal.path("portal.db.files")))


class Mails(BackupCase):
    """What a mail from before the backup opens."""

    options = {"invitations": "invitation-with=credentials"}

    def test_a_temporary_password(self):
        self.expect(self.first_step("s.visser"), 200)
        path = self.backup()
        self.portal.stop()
        self.restore(path)
        self.portal.start()
        self.portal.advance(minutes=5)
        self.expect(self.first_step("s.visser"), 403, "login-failed")
        # The way back in: the portal administrator sends the invitation again.
        before = self.portal.settled(".eml")
        token = self.enter("m.debruin")[0]
        member = f"/patients/{self.portal.patient('wil')}/members"
        [row] = [row for row in self.portal.get(member, token).json["members"] if row.get("email") == "sanne@visser.example"]
        member = f"{member}/{row['id']}/invitation"
        self.assertLess(self.portal.post(member, token, headers=self.portal.seen(member, token)).status, 300)
        text = next(iter(until(lambda: [text for text in map(mail_text, map(read_mail, set(self.portal.sent(".eml")) - set(before)))
                                        if "Tijdelijk wachtwoord" in text], "a new password")))
        _, _, answers = self.enter("s.visser", password=re.search(r"Tijdelijk wachtwoord: (\S+)", text).group(1))
        self.assertEqual(answers[-1].json["next"], "invitations")

    def test_no_message_id_is_given_twice(self):
        """The rows of the outbox begin again where they were: a mailbox shows only the first mail of an id."""
        path = self.backup()
        ids = []
        for _ in range(2):
            for name in self.portal.settled(".eml"):
                os.unlink(name)
            self.portal.command("enrol", "--identifier", "https://zorggroep-de-linde.example/client|DL-990001", "--source", "ecd", "--client",
                                "Anna Kok", "--username", "nico.noord", "--name", "Nico Noord", "--email", "nico@noord.example", "--mobile",
                                "+31610010077", "--relation", "partner")
            ids += until(lambda: [mail["Message-ID"] for mail in map(read_mail, self.portal.sent(".eml"))
                                  if "nico@noord.example" in mail["To"]], "the invitation")
            self.portal.stop()
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.portal.path("portal.db.before-restore"))
            self.restore(path)
            self.portal.start()
        self.assertEqual(len(set(ids)), 2, ids)
        self.assertEqual(len({id.split("-")[1] for id in ids}), 1, "the row has the same number")
        os.unlink(self.portal.path("portal.db.before-restore"))


if __name__ == "__main__":
    tap.main()
