# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup holds everything, opens with its own key only, and opens nothing that was open when it was made."""
import contextlib
import fcntl
import json
import os
import re
import shutil
import signal
import sqlite3
import stat
import subprocess
import threading

import tap
from case import PortalCase
from portal import mail_text, read_mail, until

ACCOUNT_CHANGED = 50  # CpdAuditAction
PDF = b"%PDF-1.4\n" + b"een brief van de huisarts " * 8000


class BackupCase(PortalCase):
    @classmethod
    def prepare(cls):
        cls.portal.write("ehr/QuestionnaireResponse.ndjson", "")  # one has a file, in some months
        cls.portal.write_documents(brief=("client-1", "Brief", "application/pdf", PDF))
        cls.portal.command("sync")
        cls.key = cls.portal.command("make-backup-key", "--output", cls.portal.path("backup.key"), config=False).strip()

    def backup(self, name="portal.backup"):
        path = self.portal.path(name)
        said = self.portal.command("backup", "--output", path, "--public-key", self.key)
        self.assertIn(f"{path} is made", said)
        self.assertFalse(os.path.exists(self.portal.path("portal.db.backup")), "no readable copy stays behind")
        return path

    def restore(self, path, *args, check=True):
        return self.portal.command("restore", "--input", path, "--private-key", self.portal.path("backup.key"), *args, check=check)

    def refuse(self, path, *args, words):
        before = self.portal.query("SELECT count(*), max(id) FROM audit")
        result = self.restore(path, *args, check=False)
        self.assertEqual((result.returncode, result.stdout), (1, ""))
        self.assertIn(words, result.stderr)
        self.assertEqual(self.portal.query("SELECT count(*), max(id) FROM audit"), before)
        for name in ("portal.db.restore", "portal.db.check", "portal.db.before-restore"):
            self.assertFalse(os.path.exists(self.portal.path(name)), name)

    def changed(self, path, change):
        with open(path, "rb") as f:
            data = bytearray(f.read())
        with open(path + ".changed", "wb") as f:
            f.write(change(data))
        return path + ".changed"


class Restore(BackupCase):
    def tearDown(self):
        if self.portal.process is None:
            self.portal.start()
        for name in ("portal.db.before-restore", "portal.db.before-restore-wal", "portal.db.before-restore-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.portal.path(name))

    def test_what_was_open_is_closed(self):
        token, device, _ = self.portal.login("m.debruin")
        self.portal.stop()
        link = self.portal.add_link("reset", self.portal.account("m.debruin"))
        self.portal.start()
        path = self.backup()
        self.portal.stop()
        self.assertIn("everybody is logged out", self.restore(path))
        self.assertEqual(self.portal.query("PRAGMA foreign_key_check"), [])
        self.portal.start()
        self.expect_ended(token)
        self.expect(self.portal.post("/links/look", body={"token": link}), 410, "link-ended")
        answer = self.portal.post("/login", body={"username": "m.debruin", "password": self.portal.passwords["m.debruin"],
                                                  "device_token": device})
        self.assertEqual(answer.json["next"], "verify-device", "the device is not trusted any more")
        self.portal.advance(minutes=5)     # until another code may be sent
        self.portal.login("m.debruin")

    def test_what_waited_is_not_sent_by_itself(self):
        """It may have been sent since, or be for an address that was put right since."""
        self.portal.stop()
        row, = self.portal.query("SELECT max(id) FROM outbox WHERE invitation IS NOT NULL OR membership IS NOT NULL")[0]
        self.assertIsNotNone(row)
        self.portal.change("UPDATE outbox SET sent = NULL, failed = NULL WHERE id = ?", row)
        path = self.backup()
        self.restore(path)
        self.assertEqual(self.portal.query("SELECT sent, failed IS NULL FROM outbox WHERE id = ?", row), [(None, 0)])
        self.portal.start()
        self.assertIn("it waited when the backup was made", self.portal.command("outbox"))
        self.portal.command("outbox", "--retry", str(row))
        until(lambda: self.portal.value("SELECT sent FROM outbox WHERE id = ?", row) is not None, "a mail that was sent again")

    def test_no_number_of_a_session_is_given_twice(self):
        """Rows of the log name sessions by number: what one looked at is not the next one's."""
        self.portal.login("m.debruin")
        newest = self.portal.value("SELECT max(id) FROM session")
        path = self.backup()
        self.portal.stop()
        self.restore(path)
        self.portal.start()
        self.portal.advance(minutes=5)
        self.portal.login("m.debruin")
        self.assertGreater(self.portal.value("SELECT max(id) FROM session WHERE ended IS NULL"), newest)

    def test_everything_comes_back(self):
        path = self.backup()
        items = self.portal.query("SELECT id, text FROM item ORDER BY id")
        self.portal.stop()
        for name in os.listdir(self.portal.directory):
            if name.startswith("portal.db"):
                whole = self.portal.path(name)
                shutil.rmtree(whole) if os.path.isdir(whole) else os.unlink(whole)
        self.assertNotIn("documents that reports name", self.restore(path))
        self.assertEqual(self.portal.query("SELECT id, text FROM item ORDER BY id"), items)
        token = self.portal.add_session(self.portal.account("w.debruin"))
        self.portal.start()
        wil = self.portal.patient("wil")
        item, attachment = self.portal.query("SELECT i.public_id, a.public_id FROM attachment a JOIN item i ON i.id = a.item")[0]
        answer = self.portal.get(f"/patients/{wil}/dossier/{item}/attachments/{attachment}", token)
        self.assertEqual((answer.status, answer.text), (200, PDF.decode()))
        self.assertIn("is there", self.portal.command("audit", "--verify"))

    def test_the_log_tells_of_what_came_after(self):
        path = self.backup()
        newest = self.portal.value("SELECT max(id) FROM audit")
        for _ in range(3):
            self.first_step("m.debruin", "not the password")
        lost = self.portal.value("SELECT max(id) FROM audit") - newest
        self.portal.stop()
        self.assertIn(f"{lost} rows of the log that came after it are not in it", self.restore(path))
        self.portal.start()
        told = self.portal.command("audit", "--verify")
        self.assertIn(f"a backup was put back: {lost} rows that followed row {newest}", told)
        self.assertIn("the last one written is there", told)
        self.portal.stop()
        self.portal.start()
        self.assertEqual(self.portal.command("audit", "--verify"), told)

    def test_made_under_load(self):
        """Each copy is the database of one moment, whatever is written meanwhile: a name, and the row that tells of it."""
        token = self.enter("m.debruin")[0]
        account = self.portal.account("m.debruin")
        rows = "SELECT count(*) FROM audit WHERE account = ? AND action = ?"
        before = self.portal.value(rows, account, ACCOUNT_CHANGED)
        stop, statuses = threading.Event(), []

        def write():
            connection = self.portal.connection()
            while not stop.is_set():
                body = {"name": f"Marijke {len(statuses) + 1}", "language": "nl"}
                statuses.append(self.portal.call("PUT", "/account", token, body, connection=connection).status)
            connection.close()

        def backup():
            """None when nothing was written meanwhile."""
            n = len(statuses)
            path = self.backup(f"{n}.backup")
            return path if len(statuses) > n else None

        thread = threading.Thread(target=write)
        thread.start()
        try:
            paths = [until(backup, "a change during a backup", 120) for _ in range(3)]
        finally:
            stop.set()
            thread.join()
        self.assertEqual(set(statuses), {200})
        for path in paths:
            self.assertIn("It can be put back", self.restore(path, "--check"))
        self.portal.stop()
        self.restore(paths[-1])
        name = self.portal.value("SELECT name FROM account WHERE id = ?", account)
        self.assertEqual(name, f"Marijke {self.portal.value(rows, account, ACCOUNT_CHANGED) - before}")

    def test_nobody_reads_it_without_the_key(self):
        path = self.backup()
        self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)
        self.assertEqual(stat.S_IMODE(os.stat(self.portal.path("backup.key")).st_mode), 0o600)
        with open(path, "rb") as f:
            data = f.read()
        for word in (b"SQLite", b"debruin", b"huisarts", b"de Bruin"):
            self.assertNotIn(word, data)
        self.portal.command("make-backup-key", "--output", self.portal.path("other.key"), config=False)
        self.addCleanup(os.unlink, self.portal.path("other.key"))
        result = self.portal.command("restore", "--input", path, "--private-key", self.portal.path("other.key"), "--check", check=False)
        self.assertIn("is for another key", result.stderr)
        os.chmod(self.portal.path("other.key"), 0o644)
        result = self.portal.command("restore", "--input", path, "--private-key", self.portal.path("other.key"), "--check", check=False)
        self.assertIn("others can read it", result.stderr)

    def test_a_damaged_backup_changes_nothing(self):
        path = self.backup()
        self.portal.stop()
        size = os.path.getsize(path)

        def flip(place):
            def change(data):
                data[place] ^= 1
                return data
            return change

        for change in (lambda data: data[:-1], lambda data: data[:size // 2], lambda data: data[:200], lambda data: data + b"x",
                       flip(size // 2), flip(-1), flip(120)):
            self.refuse(self.changed(path, change), words="the backup was cut off or changed")
        for change in (lambda data: data[:50], flip(0), flip(40)):
            self.refuse(self.changed(path, change), words="is no backup, or is for another key")

    def test_with_another_key_file(self):
        path = self.backup()
        self.portal.stop()
        os.rename(self.portal.path("keys"), self.portal.path("keys.kept"))
        self.portal.command("make-keys")
        try:
            self.refuse(path, words="is not the key file of that database")
        finally:
            os.rename(self.portal.path("keys.kept"), self.portal.path("keys"))

    def test_broken_off_between_two_renames(self):
        """The database is away already, and what SQLite wrote beside it is not: it must not come into the new one."""
        path = self.backup()
        self.first_step("m.debruin", "not the password")
        self.portal.kill()
        os.rename(self.portal.path("portal.db"), self.portal.path("portal.db.before-restore"))
        self.assertTrue(os.path.exists(self.portal.path("portal.db-wal")))
        before = os.path.getsize(self.portal.path("portal.db.before-restore"))
        self.restore(path)
        self.assertEqual(os.path.getsize(self.portal.path("portal.db.before-restore")), before)
        self.assertEqual(self.portal.query("PRAGMA integrity_check"), [("ok",)])
        self.portal.start()
        self.assertIn("a backup was put back", self.portal.command("audit", "--verify"))

    def with_trouble(self, *args, **trouble):
        """A command with tests/lib/break.c in front of it."""
        environment = {**self.portal.environment, **trouble}
        environment["LD_PRELOAD"] += ":" + os.environ["BREAK_LIBRARY"]
        name, *rest = args
        return subprocess.run([self.portal.program, name, "--config", self.portal.path("portal.conf"), *rest],
                              env=environment, capture_output=True, text=True)

    def break_off(self, path, call):
        """Killed before that call of link or rename; False when it came to its end first."""
        status = self.with_trouble("restore", "--input", path, "--private-key", self.portal.path("backup.key"),
                                   TEST_BREAK=str(call)).returncode
        self.assertIn(status, (0, -signal.SIGKILL))
        return status != 0

    def expect_documents(self):
        named = {name for name, in self.portal.query("SELECT file FROM attachment")}
        self.assertTrue(named)
        self.assertLessEqual(named, set(os.listdir(self.portal.path("portal.db.files"))))

    def remove_kept(self):
        with contextlib.suppress(FileNotFoundError):
            os.unlink(self.portal.path("portal.db.before-restore"))

    def test_broken_off_at_any_rename_and_then_started(self):
        """The server starts with the database of before or of after and its documents, or says what is to be done."""
        path = self.backup()
        refused = 0
        for call in range(1, 20):
            self.first_step("m.debruin", "not the password")
            newest = self.portal.query("SELECT id, h FROM audit ORDER BY id DESC LIMIT 1")
            self.portal.stop()
            broken = self.break_off(path, call)
            try:
                self.portal.start()
            except AssertionError as refusal:
                self.assertIn("was broken off: run it again", str(refusal))
                refused += 1
                self.assertIn("was broken off", self.portal.command("rotate-keys", check=False).stderr)
                self.restore(path)
                self.portal.start()
            else:
                self.assertEqual(self.portal.query("SELECT id, h FROM audit WHERE id = ?", newest[0][0]) == newest, broken)
            self.expect_documents()
            self.assertIn("the last one written is there", self.portal.command("audit", "--verify"))
            self.remove_kept()
            if not broken:
                break
        self.assertFalse(broken)
        self.assertGreater(call, 3, "documents, a link, and the database")
        self.assertGreater(refused, 0)

    def test_broken_off_where_nothing_was(self):
        path = self.backup()
        self.portal.stop()
        for name in ("portal.db", "portal.db-wal", "portal.db-shm"):
            with contextlib.suppress(FileNotFoundError):
                os.unlink(self.portal.path(name))
        for call in range(1, 20):
            if not self.break_off(path, call):
                break
            with self.assertRaisesRegex(AssertionError, "was broken off: run it again"):
                self.portal.start()
            self.assertFalse(os.path.exists(self.portal.path("portal.db")))
        self.portal.start()
        self.expect_documents()

    def test_what_was_there_is_not_lost_by_a_second_one(self):
        path = self.backup()
        in_copy = self.portal.value("SELECT max(id) FROM audit")
        for _ in range(5):
            self.first_step("m.debruin", "not the password")
        highest = self.portal.value("SELECT max(id) FROM audit")
        self.portal.stop()
        self.restore(path)
        kept = self.portal.path("portal.db.before-restore")
        with open(kept, "rb") as f:
            before = f.read()
        result = self.restore(path, check=False)
        self.assertIn("is the database of before an earlier restore: move it away", result.stderr)
        with open(kept, "rb") as f:
            self.assertEqual(f.read(), before)
        self.assertIn("It can be put back", self.restore(path, "--check"))
        os.unlink(kept)
        self.assertIn(f"{highest - in_copy} rows of the log that came after it", self.restore(path))

    def test_a_running_server_is_in_the_way(self):
        self.refuse(self.backup(), words="stop that first")

    def test_without_a_server(self):
        self.portal.stop()
        self.restore(self.backup())

    @contextlib.contextmanager
    def at_work(self, name):
        """As while another process makes or looks at what has that name; gives what lies there."""
        path = self.portal.path(name)
        with open(path + ".lock", "w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            os.mkdir(path)
            self.portal.write(f"{name}/database", "half of one")
            yield os.path.join(path, "database")
        shutil.rmtree(path, ignore_errors=True)

    def test_two_do_not_use_one_folder(self):
        path = self.backup()
        with self.at_work("portal.db.check") as half:
            self.assertIn("another restore is at work", self.restore(path, "--check", check=False).stderr)
            self.portal.stop()
            result = self.restore(path, check=False)
            self.assertIn("another restore is at work", result.stderr, "the look reads the database that would be moved")
            self.assertFalse(os.path.exists(self.portal.path("portal.db.before-restore")))
            self.portal.start()
            self.assertTrue(os.path.exists(half), "a server that starts leaves it")
        self.assertIn("It can be put back", self.restore(path, "--check"))

    def test_a_server_that_starts_leaves_what_a_backup_reads(self):
        self.portal.stop()
        with self.at_work("portal.db.backup") as half:
            self.portal.start()
            self.assertTrue(os.path.exists(half))

    def test_nothing_of_who_is_erased_stays_unsaid(self):
        self.portal.stop()
        with self.at_work("portal.db.check"):
            result = self.portal.command("erase", "--source", "ecd", "--identifier", "x|y", "--client", "Nobody", check=False)
            self.assertIn("something of who is erased is left on the disk", result.stderr)
            self.assertIn("another clientportaald works on", result.stderr)

    def test_a_copy_of_the_database_alone(self):
        """Made by other means: documents stay where they are."""
        self.portal.stop()
        copy = self.portal.path("copy.db")
        with contextlib.closing(sqlite3.connect(self.portal.path("portal.db"))) as database:
            database.execute("VACUUM INTO ?", (copy,))
        self.assertNotIn("documents that reports name", self.portal.command("restore", "--input", copy))
        os.unlink(copy)

    def test_a_backup_does_not_fill_the_volume(self):
        self.portal.stop()
        size = os.path.getsize(self.portal.path("portal.db"))
        arguments = ("backup", "--output", self.portal.path("portal.backup"), "--public-key", self.key)
        for room, fits in ((size, False), (size + 110_000_000, True)):
            result = self.with_trouble(*arguments, TEST_ROOM=str(room))
            self.assertEqual(result.returncode == 0, fits, result.stderr)
            self.assertEqual("make room first" in result.stderr, not fits)
            self.assertFalse(os.path.exists(self.portal.path("portal.db.backup")))

    def test_an_old_backup_stays_until_the_new_one_is_whole(self):
        path = self.backup()
        result = self.portal.command("backup", "--output", path, "--public-key", "x" + self.key[1:-1], check=False)
        self.assertIn("no public key", result.stderr)
        self.assertIn("It can be put back", self.restore(path, "--check"))

    def test_what_broke_off_is_removed(self):
        self.portal.stop()
        self.portal.write("portal.db.backup", "everything")
        for folder in ("portal.db.check", "portal.db.restore"):
            os.mkdir(self.portal.path(folder))
            self.portal.write(f"{folder}/database", "everything")
        self.portal.start()
        for name in ("portal.db.backup", "portal.db.check", "portal.db.restore"):
            self.assertFalse(os.path.exists(self.portal.path(name)), name)


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
        self.assertTrue(self.run_again())
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

    def until_read_again(self):
        until(lambda: self.portal.value("SELECT count(*) FROM patient WHERE read_at > 0"), "a run that has read it")

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
