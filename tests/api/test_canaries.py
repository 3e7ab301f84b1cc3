# SPDX-License-Identifier: GPL-3.0-or-later
"""Nobody meets a word of a patient that is not theirs, in whatever they ask or change, and none leaves the server."""
import base64
import contextlib
import datetime
import itertools
import json
import os
import re
import sqlite3

import tap
from case import ReadingCase, in_parallel

FORM = 2  # CpDossierKind
CANARY = r"zz\d+[a-z_]+\d+zz"
THREADS, ROUNDS = 12, 60


class CanaryCase(ReadingCase):
    """Each word of a patient tells whose it is."""

    options = {"patients": 6}
    TEXTS = {
        "item": ["title", "author", "author_role", "informant", "about", "preview"],
        "appointment": ["description", "with_whom", "place", "instruction", "note", "cancel_reason"],
        "care_plan": ["title", "description"],
        "contact": ["name", "relation", "role", "phone", "email"],
    }

    @classmethod
    def prepare(cls):
        """Every text of every patient gets a word of its own: of the patient and of the row."""
        cls.portal.add_documents(**{f"words-{n}": (f"client-{n}", "A scan", "application/pdf", f"%PDF-1.4 zz{n}itembytes1zz\n".encode()) for n in (1, 2)})
        super().prepare()
        cls.portal.environment["TMPDIR"] = cls.portal.path("temporary")
        os.mkdir(cls.portal.path("temporary"))
        # Its mail waits until the server runs, and is written with what the database holds then.
        name = cls.portal.value("SELECT name FROM patient WHERE id = 1")
        cls.portal.command("enrol", "--identifier", "https://zorggroep-de-linde.example/client|DL-000001", "--source", "ecd", "--client", name,
                           "--username", "n.noord", "--name", "Nico Noord", "--email", "nico@noord.example", "--mobile", "+31610010001",
                           "--relation", "friend")
        for table, columns in cls.TEXTS.items():
            for column in columns:
                cls.portal.change(f"UPDATE {table} SET {column} = 'zz' || patient || '{table}{column}' || id || 'zz'")
        cls.portal.change("UPDATE item SET text = 'zz' || patient || 'itembody' || id || 'zz'")
        cls.portal.change("UPDATE patient SET name = 'zz' || id || 'patientname1zz', short_name = 'zz' || id || 'patientshort1zz'")
        cls.portal.change("UPDATE summary SET name = 'zz' || patient || 'profilesummary1zz', address = 'zz' || patient || 'profilesummary2zz'")
        for patient, in cls.portal.query("SELECT patient FROM profile"):
            cls.give_words(patient)
        cls.portal.change("INSERT INTO item_search (item_search) VALUES ('rebuild')")
        cls.portal.change("DELETE FROM item_author")
        cls.portal.change("INSERT INTO item_author SELECT patient, author, kind, count (*) FROM item GROUP BY 1, 2, 3")
        cls.portal.change("DELETE FROM item_month")
        cls.portal.change("INSERT INTO item_month SELECT patient, month, kind, count (*) FROM item GROUP BY 1, 2, 3")
        for name in os.listdir(cls.portal.path("ehr")):
            cls.portal.write("ehr/" + name, "broken\n")  # so that the run at the start changes nothing

    @classmethod
    def give_words(cls, patient):
        """To what is JSON, to a form, to the files, and to a report, a form, a plan and a file as they were before."""
        change, value = cls.portal.change, cls.portal.value

        def word(where):
            return f"zz{patient}{where}1zz"

        profile = {key: word("profile" + key) for key in ("name", "address", "phone", "mobile", "email", "gp")}
        change("UPDATE profile SET body = json_patch (body, ?) WHERE patient = ?", json.dumps(profile), patient)
        change("UPDATE plan_piece SET body = ? WHERE patient = ? AND type = 'CareTeam'",
               json.dumps({"members": [{"name": word("profileteam"), "role": word("profileteamrole")}]}), patient)

        plan = value("SELECT id FROM care_plan WHERE patient = ?", patient)
        title, description, body = cls.portal.query("SELECT title, description, body FROM care_plan WHERE id = ?", plan)[0]
        body = {**json.loads(body), "title": title, "description": description, "version": 2}
        for name in ("author", "author_role"):
            body[name] = word("care_plan" + name)
        for name in ("discussed_with", "teams"):
            body[name] = [word("care_plan" + name)]
        for name, texts in (("goals", ("text", "note")), ("activities", ("text", "note")), ("evaluations", ("text", "author", "author_role"))):
            for part in body[name]:
                part.update({text: word(f"care_plan{name}{text}") for text in texts})
        for activity in body["activities"]:
            activity.update(who=[word("care_planwho")], timing={"unit": "none", "text": word("care_plantiming")})
        change("UPDATE care_plan SET version = 2, body = ? WHERE id = ?", json.dumps(body), plan)
        body.update(version=1, goals=[{"number": 1, "text": word("care_planearliergoal"), "state": "unknown"}], activities=[], evaluations=[])
        change("INSERT INTO care_plan_version VALUES (?, 1, 1, ?)", plan, json.dumps(body))

        report, form = [item for item, in cls.portal.query("SELECT id FROM item WHERE patient = ? AND kind = 0 ORDER BY id LIMIT 2", patient)]
        letter = value("SELECT item FROM attachment a JOIN item i ON i.id = a.item WHERE i.patient = ? AND i.fhir_id NOT LIKE 'words-%'", patient)
        change("UPDATE item SET version = 2 WHERE id IN (?, ?, ?)", report, form, letter)
        for item in (report, letter):
            change("INSERT INTO item_version (item, version, seen, title, text) VALUES (?, 1, 1, ?, ?)", item, word("itemearliertitle"), word("itemearlier"))
        change("INSERT INTO item_version (item, version, seen, entries) VALUES (?, 1, 1, ?)", form, cls.answers(word("itemearlieranswer")))
        change("UPDATE item SET kind = ?, entries = ?, preview = ? WHERE id = ?", FORM, cls.answers(word("itemanswer")),
               cls.answers(word("itemfirstanswer")), form)
        change("UPDATE attachment SET title = ? WHERE item IN (SELECT id FROM item WHERE patient = ?)", word("itemfile"), patient)
        change("UPDATE attachment SET title = ?, until = 1 WHERE item = ?", word("itemearlierfile"), letter)

    @staticmethod
    def answers(word):
        return json.dumps([{"level": 0, "label": word, "answers": [word]}], separators=(",", ":"))

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
           "changed": "SELECT public_id FROM item WHERE version > 1",
           "month": "SELECT DISTINCT printf ('%04d-%02d', month / 100, month % 100) FROM item_month",
           "invitation": "SELECT public_id FROM invitation", "device": "SELECT public_id FROM device", "session": "SELECT public_id FROM session"}
    # Besides the routes as they are. A search must be asked for something.
    QUERIES = ["/patients/{patient}/appointments?when=past", "/patients/{patient}/dossier?month={month}", "/patients/{patient}/dossier?report=general",
               "/patients/{patient}/dossier?plan={plan}", "/patients/{patient}/dossier/search?text=zz",
               "/patients/{patient}/dossier/{changed}?version=1", "/patients/{patient}/care-plans/{plan}?version=1"]

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
        """(template, path) of everything that can be read, about everything and everybody that exist. Waiting for news is no
        reading of its own."""
        templates = [path for method, path in cls.routes() if method == "GET" and path != "/changes"]
        return [(template, whole) for template in templates + cls.QUERIES for whole in cls.filled(template)]

    def crawl(self, username):
        """(template, path, answer) of each, and of each page that follows."""
        token = self.tokens[username]
        connection = self.portal.connection()
        paths = self.readings()
        while paths:
            template, path = paths.pop()
            answer = self.portal.get(path, token, connection=connection)
            yield template, path, answer
            cursor = answer.json.get("next_cursor") if answer.status == 200 and answer.json else None
            if cursor:
                paths.append((template, re.sub(r"[?&]cursor=.*", "", path) + ("&" if re.search(r"\?(?!cursor)", path) else "?") + "cursor=" + cursor))
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
            met, spoke = {}, set()
            for template, path, answer in self.crawl(username):
                self.assertNotEqual(answer.status, 500, path)
                own = self.expect_own(username, path, answer.text)
                for patient, found in own.items():
                    met.setdefault(patient, set()).update(found)
                if own:
                    spoke.add(template)
            if username == "w.debruin":
                self.assertEqual(self.words_of(1) - met[1], {"patientshort"}, "words that nothing shows, but for what only an invitation does")
                self.assertEqual(set(self.QUERIES) - spoke, set(), "questions that show nothing")
            if username == "p.debruin":
                self.assertNotIn("contactphone", met[2], "a number is for who holds settings")
        self.assertNotRegex(self.portal.log_text(), CANARY)

    def test_two_who_ask_at_once_get_their_own(self):
        """What is read at the same time on other connections, in the same batch of the writer and by the same readers, is nobody's answer."""
        alone = {"w.debruin": {}, "p.debruin": {}}
        for (username, paths), patient in zip(alone.items(), (1, 2)):
            for _, path, answer in self.crawl(username):
                if answer.status == 200 and f"zz{patient}" in answer.text:
                    paths[path] = set(re.findall(CANARY, answer.text))
        wil, henk = (set.union(*paths.values()) for paths in alone.values())
        self.assertTrue(wil - henk and henk - wil, "each has what the other has not")
        numbers = itertools.count()

        def ask(connection):
            """Returns how many answers there were, and those that were not the answer of before."""
            username = list(alone)[next(numbers) % 2]
            asked = answered = 0
            wrong = []
            while asked < ROUNDS:
                for path, words in alone[username].items():
                    asked += 1
                    answer = self.portal.get(path, self.tokens[username], connection=connection)
                    if answer.status == 503:
                        continue
                    answered += 1
                    if answer.status != 200 or set(re.findall(CANARY, answer.text)) != words:
                        wrong.append((username, path, answer.status))
            return username, answered, wrong

        told = in_parallel(THREADS, ask, self.portal)
        self.assertEqual([wrong for _, _, wrong in told if wrong], [])
        self.assertEqual(len(told), THREADS)
        for username in alone:
            self.assertGreater(sum(answered for name, answered, _ in told if name == username), ROUNDS)

    def words_of(self, patient):
        """The kinds of words that the database has of a patient, and that of a sealed file."""
        with contextlib.closing(sqlite3.connect(self.portal.path("portal.db"))) as db:
            return set(re.findall(rf"zz{patient}([a-z_]+)\d+zz", "\n".join(db.iterdump()))) | {"itembytes"}

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
                        self.assertNotRegex(file.read().decode("utf-8", "replace").replace("=\n", ""), CANARY, path)
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


class Numbers(ReadingCase):
    """The client number and the BSN of a client are for finding them in the EHR: they stand in clear nowhere."""

    NUMBERS = ["DL-000001", "DL-000002", "999900006"]

    @classmethod
    def prepare(cls):
        with open(cls.portal.path("ehr/Patient.ndjson")) as file:
            patients = file.read()
        for number in cls.NUMBERS:
            assert number in patients, number
        # What a run complains of: a second Patient of the same number, one cut off, and somebody referred to by the number.
        first = json.loads(patients.splitlines()[0])
        asked = {"resourceType": "Appointment", "id": "by-number", "status": "booked", "start": "2026-01-01T10:00:00Z", "end": "2026-01-01T11:00:00Z",
                 "participant": [{"actor": {"type": "Patient", "identifier": first["identifier"][0]}, "status": "accepted"}]}
        cls.portal.write("ehr/Patient.ndjson", patients + json.dumps({**first, "id": "again"}) + "\n" + json.dumps(first)[:300] + "\n")
        with open(cls.portal.path("ehr/Appointment.ndjson"), "a") as file:
            file.write(json.dumps(asked) + "\n")
        said = [cls.portal.command("sync", check=False)]
        cls.portal.write("ehr/Patient.ndjson", patients)
        said.append(cls.portal.command("sync", check=False))
        super().prepare()
        said.append(cls.portal.command("enrol", "--identifier", f"{first['identifier'][0]['system']}|DL-000001", "--source", "ecd",
                                       "--client", "Wil de Bruin", "--username", "n.noord", "--name", "Nico Noord", "--email", "nico@noord.example",
                                       "--mobile", "+31610010001", "--relation", "friend", check=False))
        said += [cls.portal.command(*words, check=False) for words in (["sync", "--status"], ["audit", "--verify"], ["outbox"], ["account show", "--username", "n.noord"])]
        cls.said = "".join(result.stdout + result.stderr for result in said)

    def test_they_stand_nowhere(self):
        answers = [self.portal.get(path, self.tokens["w.debruin"]).text for path in ("/session", "/account", "/invitations")]
        answers += [self.read(what).text for what in ("start", "appointments", "dossier", "care-plans", "profile", "members")]
        self.first_step("m.debruin")
        self.portal.settled(".json")
        self.portal.settled(".eml")
        self.assertTrue(self.portal.sent(".json") and self.portal.sent(".eml"))
        self.portal.stop()
        with contextlib.closing(sqlite3.connect(self.portal.path("portal.db"))) as db:
            db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        looked = {}
        for directory, _, names in os.walk(self.portal.directory):
            for path in (os.path.join(directory, name) for name in names if os.path.basename(directory) != "ehr"):
                with open(path, "rb") as file:
                    looked[path] = path + file.read().replace(b"=\n", b"").decode("latin-1")
        self.assertLessEqual({self.portal.path(name) for name in ("portal.db", "server.log")} | set(self.portal.sent(".eml")), set(looked))
        self.portal.start()
        for number in self.NUMBERS:
            # A mail may stand there in base64: as it stands in each of its three places.
            hidden = [base64.b64encode(b"x" * shift + number.encode())[shift + 1:-4].decode() for shift in range(3)]
            for where, text in [*looked.items(), ("an answer", "".join(answers)), ("what a command says", self.said)]:
                for form in (number, *hidden):
                    self.assertFalse(form in text, f"{number} in {where}")


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
            **dict.fromkeys(cls.READING, {"until": "2026-01-01T00:00:00Z"}),
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
