# SPDX-License-Identifier: GPL-3.0-or-later
"""A backup holds everything, opens with its own key only, and opens nothing that was open when it was made."""
import contextlib
import fcntl
import os
import shutil
import signal
import sqlite3
import stat
import subprocess
import threading

import tap
from case import PortalCase
from portal import until

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

    def until_read_again(self):
        until(lambda: self.portal.value("SELECT count(*) FROM patient WHERE read_at > 0"), "a run that has read it")

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
        self.until_read_again()
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
        self.assertGreater(call, 1, "it was broken off")
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


if __name__ == "__main__":
    tap.main()
