# SPDX-License-Identifier: GPL-3.0-or-later
"""New keys: everything is sealed anew and can still be read, also when that was broken off at any moment."""
import base64
import configparser
import os
import stat
import subprocess

import tap
from case import PortalCase
from portal import until

PDF = b"%PDF-1.4\n" + b"een brief van de huisarts " * 40000
N_DOCUMENTS = 12


class Rotate(PortalCase):
    @classmethod
    def prepare(cls):
        cls.portal.write("ehr/QuestionnaireResponse.ndjson", "")  # one has a file, in some months
        cls.portal.write_documents(**{f"brief-{n}": ("client-1", f"Brief {n}", "application/pdf", PDF + str(n).encode())
                                      for n in range(N_DOCUMENTS)})
        cls.portal.command("sync")

    def keys(self):
        file = configparser.ConfigParser()
        file.read(self.portal.path("keys"))
        return {group: {int(name): value for name, value in file[group].items()} for group in file.sections()}

    def documents(self):
        return [name for name, in self.portal.query("SELECT file FROM attachment ORDER BY item")]

    def sealed_by(self):
        """The numbers of the keys of everything that is sealed."""
        found = {bytes(value)[0] for value, in self.portal.query(
            "SELECT identifier_sealed FROM patient UNION ALL SELECT seed_sealed FROM totp UNION ALL"
            " SELECT to_sealed FROM outbox WHERE to_sealed IS NOT NULL")}
        return found | {self.key_of(name) for name in self.documents()}

    def key_of(self, name):
        with open(self.portal.path("portal.db.files", name), "rb") as f:
            return f.read(1)[0]

    def expect_all_readable(self):
        """By the server, with the key file as it is now."""
        token = self.portal.add_session(self.portal.account("w.debruin"))
        self.portal.start()
        wil = self.portal.patient("wil")
        pairs = self.portal.query("SELECT i.public_id, a.public_id, i.fhir_id FROM attachment a JOIN item i ON i.id = a.item")
        self.assertEqual(len(pairs), N_DOCUMENTS)
        for item, attachment, name in pairs:
            answer = self.portal.get(f"/patients/{wil}/dossier/{item}/attachments/{attachment}", token)
            self.assertEqual((answer.status, answer.text), (200, PDF.decode() + name.rpartition("-")[2]))
        self.assertEqual(set(self.documents()), set(os.listdir(self.portal.path("portal.db.files"))), "nothing is left over")
        self.assertIn("the last one written is there", self.portal.command("audit", "--verify"))
        _, _, answers = self.portal.login("m.debruin")
        self.assertEqual(answers[0].status, 200)
        self.portal.stop()

    def test_everything_gets_the_new_key(self):
        self.portal.stop()
        before, documents = self.keys(), self.documents()
        said = self.portal.command("rotate-keys")
        self.assertIn(f"{N_DOCUMENTS} documents are sealed with a new key", said)
        self.assertIn("until then the old one stays", said)
        after = self.keys()
        newest = max(before["seal"]) + 1
        self.assertEqual(set(after["seal"]), {newest})
        self.assertEqual(after["hash"], before["hash"])
        used = {pepper for pepper, in self.portal.query("SELECT DISTINCT pepper FROM credential WHERE kind = 0")}
        self.assertEqual(set(after["pepper"]), used | {max(before["pepper"]) + 1})
        self.assertFalse(set(after["seal"].values()) & set(before["seal"].values()))
        self.assertEqual(self.sealed_by(), {newest})
        self.assertFalse(set(documents) & set(self.documents()))
        self.assertEqual(stat.S_IMODE(os.stat(self.portal.path("keys")).st_mode), 0o600)
        self.assertFalse(os.path.exists(self.portal.path("keys.new")))
        self.expect_all_readable()
        self.assertEqual(self.portal.value("SELECT pepper FROM credential WHERE account = ? AND kind = 0",
                                           self.portal.account("m.debruin")), max(after["pepper"]))
        self.portal.start()

    def test_a_pepper_goes_when_no_password_needs_it(self):
        self.portal.stop()
        self.portal.command("rotate-keys")
        peppers, newest = self.portal.query("SELECT id, pepper FROM credential"), max(self.keys()["pepper"])
        with open(self.portal.path("keys")) as f:
            kept = f.read()
        self.portal.change("UPDATE credential SET pepper = ?", newest)
        self.portal.command("rotate-keys")
        self.assertEqual(set(self.keys()["pepper"]), {newest, newest + 1})
        # It was only pretended.
        for id, pepper in peppers:
            self.portal.change("UPDATE credential SET pepper = ? WHERE id = ?", pepper, id)
        old, new = configparser.ConfigParser(), configparser.ConfigParser()
        old.read_string(kept)
        new.read(self.portal.path("keys"))
        old["pepper"].update(new["pepper"])
        old["seal"] = new["seal"]
        with open(self.portal.path("keys"), "w") as f:
            old.write(f, space_around_delimiters=False)
        self.expect_all_readable()
        self.portal.start()

    def kill_after(self, n):
        """Begins, or goes on, and is killed when n more documents have their new name. Returns how many had the newest key then."""
        before = set(self.documents())
        process = subprocess.Popen([self.portal.program, "rotate-keys", "--config", self.portal.path("portal.conf")],
                                   env=self.portal.environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        while process.poll() is None and (len(self.keys()["seal"]) < 2 or len(set(self.documents()) - before) < n):
            pass
        process.kill()
        process.wait()
        newest = max(self.keys()["seal"])
        return sum(self.key_of(name) == newest for name in self.documents())

    def test_killed_at_any_moment(self):
        self.portal.stop()
        until(lambda: self.kill_after(0) < N_DOCUMENTS, "killed when it had begun", 60)
        places = set()
        for _ in range(200):
            places.add(self.kill_after(1))
            self.assertLessEqual(self.sealed_by(), set(self.keys()["seal"]), "each has its key")
            if len(places - {0, N_DOCUMENTS}) >= 5:
                break
        self.assertGreaterEqual(len(places - {0, N_DOCUMENTS}), 5, "it was broken off on its way")
        self.portal.command("rotate-keys")
        self.assertEqual(self.sealed_by(), set(self.keys()["seal"]))
        self.assertEqual(len(self.keys()["seal"]), 1)
        self.expect_all_readable()
        self.portal.start()

    def test_what_does_not_open_keeps_the_old_key(self):
        self.portal.stop()
        path = self.portal.path("portal.db.files", self.documents()[0])
        with open(path, "r+b") as f:
            whole = f.read()
            f.seek(1000)
            f.write(b"damaged")
        before = self.keys()["seal"]
        result = self.portal.command("rotate-keys", check=False)
        self.assertIn("0 values and 1 documents open with no key", result.stderr)
        self.assertLessEqual(set(before), set(self.keys()["seal"]))
        with open(path, "wb") as f:
            f.write(whole)
        self.assertIn("for a new one, run this once more", self.portal.command("rotate-keys"))
        self.assertEqual(set(self.keys()["seal"]), {max(before) + 1}, "the key of the first run")
        self.assertIn("with a new key", self.portal.command("rotate-keys"))
        self.assertEqual(set(self.keys()["seal"]), {max(before) + 2})
        self.expect_all_readable()
        self.portal.start()

    def test_what_is_gone_is_not_waited_for(self):
        self.portal.stop()
        names = [name for name in os.listdir(self.portal.directory) if name.startswith(("portal.db", "keys"))]
        aside = self.portal.path("aside")
        os.mkdir(aside)
        for name in names:
            subprocess.run(["cp", "-a", self.portal.path(name), aside], check=True)
        newest = max(self.keys()["seal"])
        os.unlink(self.portal.path("portal.db.files", self.documents()[0]))
        said = self.portal.command("rotate-keys")
        self.assertIn(f"{N_DOCUMENTS - 1} documents are sealed with a new key", said)
        self.assertIn("1 documents that reports name are not there", said)
        self.assertEqual(set(self.keys()["seal"]), {newest + 1})
        # For the others.
        subprocess.run(["rm", "-r", self.portal.path("portal.db.files")], check=True)
        for name in names:
            subprocess.run(["cp", "-a", os.path.join(aside, name), self.portal.directory], check=True)
        subprocess.run(["rm", "-r", aside], check=True)
        self.expect_all_readable()
        self.portal.start()

    def test_a_running_server_is_in_the_way(self):
        before = self.keys()
        self.assertIn("stop that first", self.portal.command("rotate-keys", check=False).stderr)
        self.assertEqual(self.keys(), before)


class Full(PortalCase):
    def peppers(self):
        file = configparser.ConfigParser()
        file.read(self.portal.path("keys"))
        return sorted(int(name) for name in file["pepper"])

    def fill(self):
        """As many peppers as fit, and somebody who needs each. Returns the key file."""
        file = configparser.ConfigParser()
        file.read(self.portal.path("keys"))
        somebody = self.portal.account("m.debruin")
        for pepper in range(max(self.peppers()) + 1, 17):
            file["pepper"][str(pepper)] = base64.b64encode(os.urandom(32)).decode()
            self.portal.change("INSERT INTO credential (account, kind, pepper, hash, created, expires) VALUES (?, 1, ?, '', 0, 1)", somebody, pepper)
        with open(self.portal.path("keys"), "w") as f:
            file.write(f, space_around_delimiters=False)
        with open(self.portal.path("keys")) as f:
            return f.read()

    def test_when_all_are_in_use_the_file_stays(self):
        """With one key more nothing would open any more."""
        self.portal.stop()
        full = self.fill()
        self.assertEqual(self.peppers(), list(range(1, 17)))
        result = self.portal.command("rotate-keys", check=False)
        self.assertEqual(result.returncode, 1)
        self.assertIn("all are in use", result.stderr)
        with open(self.portal.path("keys")) as f:
            self.assertEqual(f.read(), full)
        self.portal.change("DELETE FROM credential WHERE pepper BETWEEN 2 AND 9 OR pepper = 16")
        self.portal.command("rotate-keys")
        self.assertEqual(self.peppers(), [1, *range(10, 16), 17])
        self.portal.start()


if __name__ == "__main__":
    tap.main()
