# SPDX-License-Identifier: GPL-3.0-or-later
"""What the server refuses to start with, and who may command it."""
import json
import os
import resource
import shutil
import signal
import socket
import sqlite3
import stat
import subprocess
import time
import unittest
from contextlib import closing, suppress

import tap
from portal import Portal, make_certificates, until


class StartCase(unittest.TestCase):
    def setUp(self):
        self.portal = Portal(clock=True, patients=2, days=1)
        self.addCleanup(self.portal.__exit__)
        # A free port, as the system gives it
        with open(self.portal.path("portal.conf")) as f:
            text = f.read()
        self.portal.write("portal.conf", text.replace(f"port={self.portal.port}", "port=0"))

    def refused(self, *words):
        with self.assertRaises(AssertionError) as caught:
            self.portal.start()
        log = self.portal.log_text()
        for word in words:
            self.assertIn(word, log)
        self.assertIn("does not start", str(caught.exception))
        self.assertLessEqual(len(log.splitlines()), 3, log)


class Memory(StartCase):
    NOBODY = 65534

    def start_as_somebody(self):
        """Not as root, to whom everything belongs that is looked at here."""
        if os.getuid() != 0:
            self.portal.start()
            return
        for folder, folders, names in os.walk(self.portal.directory):
            for name in (".", *folders, *names):
                os.chown(os.path.join(folder, name), self.NOBODY, self.NOBODY)
        try:
            self.portal.start(preexec=lambda: os.setresuid(self.NOBODY, self.NOBODY, self.NOBODY))
        except PermissionError:
            self.skipTest("the program is where only root may be")

    def test_it_is_private(self):
        """Passwords and reports pass through it: no other process of the same user may look into it either."""
        self.start_as_somebody()
        process = f"/proc/{self.portal.process.pid}"
        self.assertNotEqual(os.stat(process).st_uid, 0, "it does not run as root")
        self.assertEqual(os.stat(process + "/environ").st_uid, 0)
        with open(process + "/limits") as limits:
            self.assertRegex(limits.read(), r"Max core file size +0 +0 ")


class CommandLine(StartCase):
    # What is typed, and what must be said of it
    WRONG = (
        ("", "Usage:"),
        ("serv", "Usage:"),
        ("account", "Usage:"),
        ("check-config --what", "--what"),
        ("check-config more", "too many arguments"),
        ("demo-ehr --patients 1 --days 1 --seed 1", "--output is required"),
        ("demo-ehr --days 1 --seed 1 --output x", "--patients is required"),
        ("make-backup-key", "--output is required"),
        ("backup --output x", "--public-key is required"),
        ("restore --check", "--input is required"),
        ("erase --identifier a|1 --source ecd", "--client is required"),
        ("enrol --source ecd", "--identifier is required"),
        ("account code", "--username is required"),
        ("account number --username w.debruin", "--mobile is required"),
        ("test-mail", "--to is required"),
        ("test-sms --to=", "--to is required"),
    )

    def run_line(self, line):
        return subprocess.run([self.portal.program, *line.split()], capture_output=True, text=True, timeout=20, cwd=self.portal.directory,
                              env=self.portal.environment)

    def test_a_wrong_one_ends_with_2(self):
        for line, says in self.WRONG:
            with self.subTest(line):
                result = self.run_line(line)
                self.assertEqual(result.returncode, 2, result.stderr)
                self.assertIn(says, result.stderr)

    def test_what_fails_ends_with_1(self):
        for line in ("demo-ehr --patients x --days 1 --seed 1 --output x", "check-config --config nothere"):
            with self.subTest(line):
                self.assertEqual(self.run_line(line).returncode, 1)


class Refused(StartCase):
    def make_older(self):
        """The database as the first release would have left it, with the same accounts."""
        with open(os.path.join(os.environ["SOURCE_ROOT"], "server/store/schema/0001-portal.sql")) as f:
            schema = f.read()
        old, path = self.portal.path("old.db"), self.portal.path("portal.db")
        with closing(sqlite3.connect(old)) as db:
            db.executescript(schema)
            db.execute("ATTACH ? AS new", (path,))
            for table in ("meta", "account", "credential"):
                columns = ", ".join(row[1] for row in db.execute(f"PRAGMA main.table_info ({table})"))
                db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM new.{table}")
            db.commit()
            db.execute("PRAGMA user_version = 1")
        for end in ("", "-wal", "-shm"):
            if os.path.exists(path + end):
                os.remove(path + end)
        os.rename(old, path)
        os.chmod(path, 0o600)

    def test_an_older_database(self):
        """Brought to the present schema with what is in it, after a copy was made."""
        self.portal.start()
        self.portal.stop()
        newest = self.portal.value("PRAGMA user_version")
        tables = self.portal.query("SELECT type, name FROM sqlite_schema ORDER BY type, name")
        self.make_older()
        columns = ", ".join(name for _, name, *_ in self.portal.query("PRAGMA table_info (account)"))
        accounts = self.portal.query(f"SELECT {columns} FROM account ORDER BY id")
        self.assertGreater(len(accounts), 0)
        self.portal.write("portal.db.schema-1.new", "of a copy that broke off")
        self.portal.start()
        self.assertEqual(self.portal.get("/version").status, 200)
        self.assertEqual(self.portal.value("PRAGMA user_version"), newest)
        self.assertEqual(self.portal.query("SELECT type, name FROM sqlite_schema ORDER BY type, name"), tables)
        self.assertEqual(self.portal.query(f"SELECT {columns} FROM account ORDER BY id"), accounts)
        copy = self.portal.path("portal.db.schema-1")
        self.assertFalse(os.path.exists(copy + ".new"))
        self.assertEqual(stat.S_IMODE(os.stat(copy).st_mode), 0o600)
        with closing(sqlite3.connect(copy)) as old:
            self.assertEqual(old.execute(f"SELECT {columns} FROM account ORDER BY id").fetchall(), accounts)

    def test_an_upgrade_that_is_done_again(self):
        """The older version ran meanwhile: the copy of the first time is not what it left."""
        self.make_older()
        self.portal.start()
        self.portal.stop()
        copy, path = self.portal.path("portal.db.schema-1"), self.portal.path("portal.db")
        for end in ("-wal", "-shm"):
            with suppress(FileNotFoundError):
                os.remove(path + end)
        shutil.copy(copy, path)
        self.portal.change("UPDATE account SET name = 'Changed since'")
        self.portal.start()
        self.portal.stop()
        with closing(sqlite3.connect(copy)) as old:
            self.assertEqual(old.execute("SELECT DISTINCT name FROM account").fetchall(), [("Changed since",)])

    def test_a_copy_for_which_there_is_no_room(self):
        """The service manager starts the server again each time: it must not fill the volume."""
        self.make_older()
        size = os.path.getsize(self.portal.path("portal.db"))

        def limit_files():
            signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
            resource.setrlimit(resource.RLIMIT_FSIZE, (size // 2, size // 2))

        environment = self.portal.environment
        self.portal.environment = {**environment, "LD_PRELOAD": environment["LD_PRELOAD"] + ":" + os.environ["BREAK_LIBRARY"],
                                   "TEST_ROOM": str(size)}
        self.refused("make room first")
        self.portal.environment = environment
        with self.assertRaises(AssertionError):
            self.portal.start(preexec=limit_files)
        self.assertEqual([name for name in os.listdir(self.portal.directory) if "schema" in name], [])
        self.portal.start()
        self.assertTrue(os.path.exists(self.portal.path("portal.db.schema-1")))

    def test_a_newer_database(self):
        self.portal.change("PRAGMA user_version = 99")
        self.refused("the database has schema 99", "install a newer clientportaald")

    def test_keys_that_others_can_read(self):
        for mode in (0o640, 0o604, 0o660):
            with self.subTest(oct(mode)):
                os.chmod(self.portal.path("keys"), mode)
                self.refused("others can read it", "chmod 600")
                os.remove(self.portal.path("server.log"))

    def test_keys_that_are_none(self):
        self.portal.write("keys", "[pepper]\n1=AAAA\n")
        self.refused("key file")

    def test_keys_are_never_replaced(self):
        with open(self.portal.path("keys")) as f:
            before = f.read()
        self.assertNotEqual(self.portal.command("make-keys", check=False).returncode, 0)
        with open(self.portal.path("keys")) as f:
            self.assertEqual(f.read(), before)

    def test_a_second_server(self):
        self.portal.start()
        second = subprocess.run([self.portal.program, "serve", "--config", self.portal.path("portal.conf")], capture_output=True,
                                text=True, timeout=20, env=self.portal.environment)
        self.assertNotEqual(second.returncode, 0)
        self.assertIn("another clientportaald has", second.stderr)
        self.assertEqual(self.portal.get("/version").status, 200)

    def test_nobody_is_given_the_port_of_a_portal_that_is_down(self):
        with Portal(patients=2, days=1) as portal:
            port = portal.port
            portal.stop()
            with closing(socket.socket()) as other, self.assertRaises(OSError):
                other.bind(("127.0.0.1", port))
            with closing(socket.socket()) as visitor:
                self.assertNotEqual(visitor.connect_ex(("127.0.0.1", port)), 0)
            portal.start()
            self.assertEqual(portal.port, port)

    def test_no_certificate(self):
        os.remove(self.portal.path("server.pem"))
        self.refused("server.pem")

    def test_a_database_that_is_none(self):
        for name in os.listdir(self.portal.directory):
            if name.startswith("portal.db"):
                os.remove(self.portal.path(name))
        self.portal.write("portal.db", "this is a text and no database\n" * 100)
        self.refused("database")

    def test_demo_people_only_in_a_demo(self):
        os.remove(self.portal.path("demo"))
        result = self.portal.command("demo-people", check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("not a demo database", result.stderr)
        expires = self.portal.query("SELECT expires FROM invitation ORDER BY id")
        self.assertNotEqual(self.portal.command("demo-people", "--renew", check=False).returncode, 0)
        self.assertEqual(self.portal.query("SELECT expires FROM invitation ORDER BY id"), expires)

    def test_renew_without_demo_people(self):
        with Portal(people=False) as portal:
            result = portal.command("demo-people", "--renew", check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("the demo people are not here", result.stderr)

    def test_fetching_what_cannot_be_read(self):
        os.mkfifo(self.portal.path("ehr", "more.ndjson"))
        result = self.portal.command("sync", check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("not everything could be read", result.stderr)
        self.assertRegex(result.stderr, "Patient .*failed: not a regular file")

    def test_everything_it_makes_is_private(self):
        self.portal.start()
        self.portal.login("w.debruin")
        self.portal.stop()
        for name in ("portal.db", "keys", "outbox"):
            with self.subTest(name):
                self.assertEqual(stat.S_IMODE(os.stat(self.portal.path(name)).st_mode) & 0o077, 0)


class Looks(StartCase):
    """What the organisation chooses for the login."""

    JPEG = b"\xff\xd8\xff\xe0" + bytes(5000)

    def choose(self, more):
        with open(self.portal.path("portal.conf")) as f:
            text = f.read()
        self.portal.write("portal.conf", text.replace("[organisation]\n", "[organisation]\n" + more))

    def test_nothing_of_its_own(self):
        self.portal.start()
        self.assertFalse(self.portal.get("/organisation").json.get("has_picture"))
        self.assertEqual(self.portal.get("/organisation/picture").status, 404)

    def test_a_name_and_a_picture(self):
        with open(self.portal.path("picture.jpg"), "wb") as f:
            f.write(self.JPEG)
        self.choose("portal-name=Mijn Linde\npicture=picture.jpg\n")
        self.portal.start()
        organisation = self.portal.get("/organisation").json
        self.assertEqual((organisation["portal_name"], organisation["has_picture"]), ("Mijn Linde", True))
        connection = self.portal.connection()
        connection.request("GET", "/api/v1/organisation/picture")
        answer = connection.getresponse()
        self.assertEqual((answer.status, answer.getheader("Content-Type"), answer.read()), (200, "image/jpeg", self.JPEG))
        connection.close()

    def test_a_picture_that_is_too_large(self):
        with open(self.portal.path("picture.jpg"), "wb") as f:
            f.write(bytes(1024 * 1024 + 1))
        self.choose("picture=picture.jpg\n")
        self.refused("portal.conf:2: [organisation] picture: ", "larger than 1024 KiB")


class Control(StartCase):
    def setUp(self):
        super().setUp()
        self.portal.start()
        self.path = self.portal.path("portal.db.control")

    def ask(self, data):
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(10)
            control.connect(self.path)
            control.sendall(data)
            control.shutdown(socket.SHUT_WR)
            answer = b""
            while chunk := control.recv(65536):
                answer += chunk
            return answer

    def test_a_command(self):
        answer = json.loads(self.ask(b'{"command":"sync","status":"yes"}\n'))
        self.assertIn("Patient", answer["text"])

    def test_garbage(self):
        for garbage in (b"", b"\n", b"\0\n", b"\xff\xfe\n", b"[]\n", b"[1]\n", b"{}\n", b'{"command":7}\n', b'{"command":"rm"}\n',
                        b'{"command":"enrol","command":"sync"}\n', b"{" * 5000 + b"\n", b"x" * 300000, b'{"command":"enrol"}\n'):
            with self.subTest(garbage[:30]):
                try:
                    answer = self.ask(garbage)
                except (BrokenPipeError, ConnectionResetError):
                    answer = b""
                if answer:
                    self.assertIn("error", json.loads(answer))
        self.assertEqual(self.portal.get("/version").status, 200)

    def padded(self, length):
        """The answer to a command that is right and of that many bytes, newline not counted; None when the line was shut."""
        start, end = b'{"command":"sync","status":"yes"', b"}"
        try:
            answer = self.ask(start + b" " * (length - len(start) - len(end)) + end + b"\n")
        except (BrokenPipeError, ConnectionResetError):
            return None
        return json.loads(answer) if answer else None

    def test_a_line_has_at_most_64_kib(self):
        self.assertIn("Patient", self.padded(64 * 1024)["text"])
        for length in (64 * 1024 + 1, 100 * 1024, 3000000):
            answer = self.padded(length)
            self.assertTrue(answer is None or "too long" in answer["error"], (length, answer))

    def test_who_sends_drop_by_drop_is_shut_out(self):
        with socket.socket(socket.AF_UNIX) as control:
            control.settimeout(0.5)
            control.connect(self.path)
            begun = time.monotonic()
            answer = b""
            while not answer and time.monotonic() < begun + 30:
                control.sendall(b" ")
                with suppress(TimeoutError):
                    answer = control.recv(65536)
        self.assertIn("too long", json.loads(answer)["error"])
        self.assertLess(time.monotonic() - begun, 20)

    def test_an_argument_that_the_command_does_not_know(self):
        for line in (b'{"command":"sync","state":"yes"}', b'{"command":"sync","status":"no"}', b'{"command":"sync","stat":"yes"}',
                     b'{"command":"sync","status":true}', b'{"command":"demo-people","again":"yes"}', b'{"command":"sync","":"yes"}'):
            with self.subTest(line):
                self.assertIn("error", json.loads(self.ask(line + b"\n")))

    def test_who_says_nothing_holds_nobody_up(self):
        silent = [socket.socket(socket.AF_UNIX) for _ in range(3)]
        for one in silent:
            one.connect(self.path)
        self.assertIn("Patient", self.portal.command("sync", "--status"))
        for one in silent:
            one.close()

    def test_only_the_own_user(self):
        self.assertEqual(stat.S_IMODE(os.stat(self.path).st_mode) & 0o077, 0)
        if os.geteuid() != 0:
            self.skipTest("only root can become somebody else")
        # Also when the permissions are wide open.
        os.chmod(self.portal.directory, 0o755)
        os.chmod(self.path, 0o777)
        program = ("import os, socket; os.setgid(65534); os.setuid(65534); s = socket.socket(socket.AF_UNIX); s.connect(%r);"
                   "s.sendall(b'{\"command\":\"sync\",\"status\":\"yes\"}\\n'); print(s.recv(100))" % self.path)
        result = subprocess.run(["/usr/bin/python3", "-c", program], capture_output=True, text=True, timeout=20)
        self.assertNotIn("Patient", result.stdout)
        self.assertTrue(result.stdout.strip() == "b''" or "Error" in result.stderr, result)

    def test_what_is_left_after_a_kill_is_no_hindrance(self):
        self.portal.kill()
        self.assertTrue(os.path.exists(self.path))
        self.assertIn("Patient", self.portal.command("sync", "--status"))
        self.portal.start()
        self.assertIn("Patient", self.portal.command("sync", "--status"))

    def test_a_new_certificate_without_a_restart(self):
        before = self.portal.connection()
        before.connect()
        first = before.sock.getpeercert(True)
        make_certificates(self.portal.directory)
        self.portal.process.send_signal(signal.SIGHUP)

        def renewed():
            connection = self.portal.connection()
            try:
                connection.connect()
                return connection.sock.getpeercert(True) != first
            except OSError:  # still the one before, which the new authority does not know
                return False
            finally:
                connection.close()
        self.assertTrue(until(renewed, "the new certificate"))
        self.assertEqual(self.portal.call("GET", "/version", connection=before).status, 200)


if __name__ == "__main__":
    tap.main()
