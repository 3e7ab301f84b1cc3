# SPDX-License-Identifier: GPL-3.0-or-later
"""Whether the newest rows of the audit log are still there, by the mark that is kept beside the database."""
import contextlib
import hashlib
import os
import re
import shutil
import sqlite3
import struct

import tap
from test_audit import AuditCase, broken_row


class End(AuditCase):
    def setUp(self):
        super().setUp()
        for what in ("profile", "dossier", "appointments", "start"):
            self.read(what)
        self.newest = self.rows()[-1][0]
        self.addCleanup(self.accept)

    def accept(self):
        while self.portal.command("audit", "--accept-missing", check=False).returncode == 0:
            pass

    def verify(self, *args):
        return self.portal.command("audit", "--verify", *args, check=False)

    def expect_missing(self, *words):
        result = self.verify()
        self.assertEqual((result.returncode, result.stdout), (1, ""), result.stderr)
        for word in words:
            self.assertIn(word, result.stderr)

    def expect_whole(self, *words):
        told = self.portal.command("audit", "--verify")
        for word in (*words, "the last one written is there"):
            self.assertIn(word, told)

    def cut(self, sql="DELETE FROM audit WHERE id = (SELECT max(id) FROM audit)", *values):
        """Behind the back of whoever has the database open."""
        with contextlib.closing(sqlite3.connect(self.portal.path("portal.db"))) as database, database:
            database.execute(sql, values)

    def keep(self, name):
        """What lies there, to put it back later."""
        self.portal.stop()
        shutil.copy(self.portal.path(name), self.portal.path(name + ".kept"))
        self.portal.start()

    def put_back(self, *names):
        self.portal.stop()
        for name in names:
            shutil.copy(self.portal.path(name + ".kept"), self.portal.path(name))
        self.portal.start()

    def test_a_log_that_was_left_alone_is_whole(self):
        self.expect_whole()
        self.portal.kill()
        self.expect_whole()
        self.portal.start()
        self.read("care-plans")
        self.portal.kill()
        self.portal.start()
        self.expect_whole()

    def test_one_row_cut_while_nobody_looks(self):
        self.portal.stop()
        self.cut()
        self.portal.start()
        self.read("care-plans")
        self.expect_missing("1 rows that followed row %d" % (self.newest - 1), "--accept-missing")
        self.assertIn("see “clientportaald audit --verify”", self.portal.log_text())
        self.assertIsNone(broken_row(self.rows()))

    def test_one_row_cut_from_a_running_server(self):
        """Before it writes the next one, and after: the number of the missing row is given again."""
        self.cut()
        self.expect_missing("1 rows that followed row %d" % (self.newest - 1))
        self.accept()
        self.read("care-plans")
        self.cut()
        self.read("appointments?when=past")
        self.expect_missing("other rows stood here")

    def test_without_a_server(self):
        self.portal.stop()
        self.cut()
        for _ in range(2):
            self.expect_missing("1 rows that followed row")
        self.portal.start()

    def test_all_rows_cut(self):
        self.portal.stop()
        self.cut("DELETE FROM audit")
        self.portal.start()
        self.expect_missing("%d rows that followed row 0" % self.newest)

    def test_an_edited_log_with_a_new_chain(self):
        """As somebody makes it who knows how, but has no key."""
        self.portal.stop()
        rows, before = [list(row) for row in self.rows()], bytes(32)
        rows[2][11] += 1
        for row in rows:
            row[-1] = before = hashlib.blake2b(before + struct.pack(">13q", *row[:-1]), digest_size=32).digest()
            self.cut("UPDATE audit SET count = ?, h = ? WHERE id = ?", row[11], row[-1], row[0])
        self.assertIsNone(broken_row(self.rows()))
        self.portal.start()
        self.expect_missing("other rows stood here than those that were written")

    def test_a_mark_that_is_gone(self):
        self.portal.stop()
        os.unlink(self.portal.path("portal.db.audit"))
        self.portal.start()
        self.expect_missing("the mark beside the database was gone")

    def test_a_mark_that_was_half_written(self):
        """When the power went: the one before it still stands, and is of a row that is there."""
        self.portal.kill()
        with open(self.portal.path("portal.db.audit"), "r+b") as f:
            lines = f.readlines()
            self.assertEqual(len(lines), 2)
            newest = max(range(2), key=lambda n: int(lines[n].split()[0]))
            f.seek(newest * len(lines[0]) + 80)
            f.write(b"0" * 20)
        self.portal.start()
        self.expect_whole()
        self.read("care-plans")
        self.expect_whole()

    def test_a_mark_of_somebody_elses_making(self):
        self.portal.stop()
        self.cut()
        number, at, h = self.portal.query("SELECT id, at, h FROM audit ORDER BY id DESC LIMIT 1")[0]
        forged = hashlib.blake2b(struct.pack(">qq", number, at) + h, digest_size=32).hexdigest()
        self.portal.write("portal.db.audit", f"{number:020} {at:020} {h.hex()} {forged}\n" * 2)
        self.portal.start()
        self.expect_missing("the mark beside the database was gone")

    def test_a_copy_put_back_by_hand_has_a_way_on(self):
        self.keep("portal.db")
        self.read("care-plans")
        self.read("appointments?when=past")
        self.put_back("portal.db")
        self.expect_missing("2 rows that followed row %d" % self.newest, "put a copy back")
        self.assertEqual(self.portal.command("audit", "--accept-missing"), "It is recorded.\n")
        self.expect_whole("2 rows that followed row %d" % self.newest, "the operator knows why")
        self.assertEqual(self.portal.command("audit", "--accept-missing", check=False).returncode, 1)

    def test_a_copy_put_back_with_its_mark(self):
        """Nothing in the directory tells; the server's own log does."""
        for name in ("portal.db", "portal.db.audit"):
            self.keep(name)
        self.read("care-plans")
        self.portal.stop()
        marks = re.findall(r"audit mark: (.+)", self.portal.log_text())
        self.portal.start()
        self.expect_whole()
        self.assertIn("is there as the mark says", self.verify("--mark", marks[-1]).stdout)
        self.put_back("portal.db", "portal.db.audit")
        self.expect_whole()
        self.assertIn(f"row {int(marks[-1].split()[0])} is not there as the mark says", self.verify("--mark", marks[-1]).stderr)
        self.assertEqual(self.verify("--mark", marks[0]).returncode, 0)
        self.assertIn("no mark that was made with this key file", self.verify("--mark", marks[-1][:-1] + "x").stderr)

    def replace_by_an_older_one(self):
        """While the server runs, which has the file open: what it writes there from now on would be in no directory."""
        shutil.copy(self.portal.path("portal.db.audit"), self.portal.path("portal.db.audit.kept"))
        self.read("care-plans")
        os.replace(self.portal.path("portal.db.audit.kept"), self.portal.path("portal.db.audit"))
        self.read("appointments?when=past")

    def test_a_mark_that_is_replaced_while_the_server_runs(self):
        self.replace_by_an_older_one()
        self.expect_missing("was not the one that the server had left there")
        self.assertIn("somebody replaced it", self.portal.log_text())
        self.expect_whole()
        self.read("profile", self.session_of("w.debruin"))
        self.portal.stop()
        self.cut()
        self.portal.start()
        self.expect_missing("1 rows that followed row")

    def test_what_the_server_logs_is_not_read_from_the_file(self):
        self.replace_by_an_older_one()
        self.portal.stop()
        newest = self.rows()[-1][0]
        mark = re.findall(r"audit mark: (.+)", self.portal.log_text())[-1]
        self.assertEqual(int(mark.split()[0]), newest)
        self.cut()
        self.portal.start()
        self.expect_missing(f"1 rows that followed row {newest - 1}")
        self.accept()
        self.assertIn(f"row {newest} is not there as the mark says", self.verify("--mark", mark).stderr)

    def test_an_older_mark_while_nobody_looks(self):
        self.keep("portal.db.audit")
        self.read("care-plans")
        self.put_back("portal.db.audit")
        self.assertIn("1 rows behind it", self.portal.log_text())

    def test_the_first_start_of_a_version_that_keeps_it(self):
        self.portal.stop()
        os.unlink(self.portal.path("portal.db.audit"))
        self.cut("DELETE FROM meta WHERE key = 'audit-marked'")
        self.portal.start()
        self.expect_whole()


if __name__ == "__main__":
    tap.main()
