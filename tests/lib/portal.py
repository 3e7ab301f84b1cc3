# SPDX-License-Identifier: GPL-3.0-or-later
"""A care organisation in a temporary directory with the real server on a free port, for the api and ui suites.

Needs only the standard library, openssl and the built programs; meson gives their places in the environment:
CLIENTPORTAALD (the server) and SOURCE_ROOT.
"""
import base64
import configparser
import datetime
import email
import email.policy
import functools
import glob
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import sqlite3
import ssl
import subprocess
import sys
import tempfile
import time
import zoneinfo

import contract
from ports import HeldPort

# Of CpPart, in the order of its bits, and of CpdSessionKind.
PARTS = ["messages", "appointments", "dossier", "profile", "settings"]
LINK_KINDS = {"reset": 1, "invitation": 2, "confirm": 3}
SESSION_KINDS = {"pending-sms": 1, "must-change": 2, "full": 3}
NEW_PASSWORD = "vier losse gekke fietsbellen"

CONFIG = """[organisation]
id=de-linde
name=Zorggroep De Linde
color=#1e6b52
logo={logo}
phone=088 000 12 00
email=portaal@delinde.example
desk-nl=de servicedesk
desk-en=the service desk
hours-nl=werkdagen 8.30 tot 16.30 uur
hours-en=weekdays 8:30 to 16:30
sms-name=Zorggroep De Linde
first-password-change={order}

[server]
address=127.0.0.1
port={port}
certificate=server.pem
private-key=server.key
database=portal.db
key-file=keys

[sessions]
{sessions}

[password]
argon2-memory-mib=19
argon2-passes=2
{password}

[ehr]
source=ecd
directory=ehr
{ehr}

[outgoing]
directory=outbox

[people]
{invitations}
{more}"""


def in_zone(time):
    """A time of the database as the organisation's clock shows it: "2026-01-31T23:30"."""
    return datetime.datetime.fromtimestamp(time / 1e6, zoneinfo.ZoneInfo("Europe/Amsterdam")).isoformat()[:16]


def until(look, what, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what}")


def slowness():
    """How many times longer work takes now than on a machine that does nothing else, at most 3: for who judges how long something took."""
    began, worked = time.monotonic(), time.process_time()
    while time.process_time() - worked < 0.05:
        pass
    return min(3, max(1, (time.monotonic() - began) / 0.05))


def read_mail(name):
    with open(name, "rb") as f:
        return email.message_from_binary_file(f, policy=email.policy.default)


def mail_text(mail, kind="plain"):
    return mail.get_body((kind,)).get_content()


def run(*args, **kwargs):
    return subprocess.run(args, check=True, capture_output=True, text=True, **kwargs).stdout


@functools.lru_cache(maxsize=None)
def certificates():
    """Made once for the whole program."""
    directory = tempfile.TemporaryDirectory(prefix="portal-certificates-")
    make_certificates(directory.name)
    return directory


AUTHORITY = """[ca]
default_ca=authority
[authority]
database={directory}/index
new_certs_dir={directory}
rand_serial=yes
default_md=sha256
policy=policy
[policy]
commonName=supplied
[authority-itself]
basicConstraints=critical,CA:TRUE
keyUsage=critical,keyCertSign
[server]
basicConstraints=CA:FALSE
extendedKeyUsage=serverAuth
subjectAltName=IP:127.0.0.1,DNS:localhost
"""


def make_certificates(directory):
    """A CA of its own and a server certificate for loopback; ca.pem, server.pem, server.key. They hold since long ago: the
    clock of a portal may be behind that of the computer."""
    def path(name):
        return os.path.join(directory, name)

    def sign(request, certificate, extensions, *more):
        run("openssl", "ca", "-batch", "-notext", "-config", path("authority"), "-startdate", "20200101000000Z", "-enddate", "20491231000000Z",
            "-keyfile", path("ca.key"), "-extensions", extensions, "-in", path(request), "-out", path(certificate), *more)
    for name, text in (("authority", AUTHORITY.format(directory=directory)), ("index", "")):
        with open(path(name), "w") as f:
            f.write(text)
    for name, subject in (("ca", "/CN=Test CA"), ("server", "/CN=127.0.0.1")):
        run("openssl", "req", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes", "-subj", subject, "-keyout", path(name + ".key"),
            "-out", path(name + ".csr"))
    sign("ca.csr", "ca.pem", "authority-itself", "-selfsign")
    sign("server.csr", "server.pem", "server", "-cert", path("ca.pem"))


class Answer:
    def __init__(self, status, headers, body):
        self.status = status
        self.headers = headers
        self.text = body
        self.json = json.loads(body) if body and "json" in headers.get("content-type", "") else None

    @property
    def code(self):
        return self.json.get("code") if isinstance(self.json, dict) else None

    def __repr__(self):
        return f"{self.status} {self.text[:300]!r}"


class Portal:
    """with Portal() as portal: ... starts with the demo people and an EHR of two clients."""

    def __init__(self, order="sms-first", sessions="", password="", ehr="times=08:00;20:00", people=True, patients=3, days=60,
                 environment=None, demo_today=None, clock=False, hold=False, invitations="", more=""):
        """clock: the server's clock can be moved with advance(); hold: passwords are not compared while there is a file "hold";
        more: more groups of the configuration."""
        self.directory = tempfile.mkdtemp(prefix="portal-")
        self.program = os.environ["CLIENTPORTAALD"]
        self.environment = dict(os.environ, **(environment or {}))
        self.process = None
        self.held = HeldPort()
        self.port = self.held.number
        self.passwords = {}
        self.offset = 0
        for name in ("ca.pem", "server.pem", "server.key"):
            shutil.copy(os.path.join(certificates().name, name), self.path(name))
        if clock:
            self._add_clock()
        if hold:
            self.environment["LD_PRELOAD"] += ":" + os.environ["HOLD_LIBRARY"]
            self.environment["TEST_HOLD"] = self.path("hold")
        logo = os.path.join(os.environ["SOURCE_ROOT"], "data", "demo", "logo.svg")
        self.write("portal.conf", CONFIG.format(order=order, sessions=sessions, password=password, ehr=ehr, port=self.port,
                                                invitations=invitations, more=more,
                                                logo=logo if os.path.exists(logo) else ""))
        self.write("demo", "")
        self.command("make-keys")
        today = ["--today", demo_today] if demo_today else []
        run(self.program, "demo-ehr", "--patients", str(patients), "--days", str(days), "--seed", "1", "--output", self.path("ehr"), *today,
            env=self.environment)
        if people:
            for line in self.command("demo-people").splitlines():
                username, password, _ = line.split("\t")
                self.passwords[username] = password

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.remove()

    def close(self):
        """For contextlib.closing: of a portal that was started by hand."""
        self.remove()

    def remove(self):
        status = self.stop()
        self.held.close()
        log = self.log_text() if status else ""
        shutil.rmtree(self.directory)
        if status:
            raise AssertionError(f"the server ended with {status}: {log}")

    def _add_clock(self):
        """The server and its commands run with tests/lib/clock.c in front, which looks at the file that advance() writes."""
        self.environment.update(LD_PRELOAD=os.environ["CLOCK_LIBRARY"], TEST_CLOCK=self.path("clock"))
        asan = self.environment.get("ASAN_OPTIONS", "")
        self.environment["ASAN_OPTIONS"] = asan + ":verify_asan_link_order=0"
        # Always at 10:00 UTC, far from midnight and from the hours at which the EHR is read.
        self.advance(10 * 3600 - time.time() % 86400)

    def advance(self, seconds=0, **timedelta):
        """Moves the clock of the running server, and of commands; the arguments of datetime.timedelta."""
        self.offset += int(seconds * 1e6) + datetime.timedelta(**timedelta) // datetime.timedelta(microseconds=1)
        fd = os.open(self.path("clock"), os.O_WRONLY | os.O_CREAT, 0o600)
        os.write(fd, self.offset.to_bytes(8, sys.byteorder, signed=True))
        os.close(fd)

    def now(self):
        """What the server takes for now, in seconds since 1970."""
        return time.time() + self.offset / 1e6

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def write(self, name, text):
        with open(self.path(name), "w") as f:
            f.write(text)

    @staticmethod
    def documents(documents):
        """DocumentReferences of the EHR as lines: id=(client, title, media type, bytes)."""
        lines = []
        for id, (client, title, media_type, data) in documents.items():
            lines.append(json.dumps({
                "resourceType": "DocumentReference", "id": id, "status": "current", "date": "2026-01-15T10:00:00+01:00",
                "type": {"coding": [{"system": "http://loinc.org", "code": "34746-8"}]}, "subject": {"reference": "Patient/" + client},
                "content": [{"attachment": {"contentType": media_type, "title": title, "data": base64.b64encode(data).decode()}}]}))
        return "".join(line + "\n" for line in lines)

    def write_documents(self, **documents):
        """In place of those before."""
        self.write("ehr/DocumentReference.ndjson", self.documents(documents))

    def add_documents(self, **documents):
        with open(self.path("ehr/DocumentReference.ndjson"), "a") as file:
            file.write(self.documents(documents))

    def command(self, *args, check=True, config=True, typed=""):
        """The first of args is the subcommand, of one word or two. config=False for one that must do without; typed: its
        standard input."""
        name, *rest = args
        result = subprocess.run([self.program, *name.split(), *(["--config", self.path("portal.conf")] if config else []), *rest],
                                input=typed, capture_output=True, text=True, env=self.environment)
        if check and result.returncode != 0:
            raise AssertionError(f"{args}: {result.stderr}")
        return result.stdout if check else result

    def start(self, *before, preexec=None):
        """before: a program in front of the server."""
        self.log = open(self.path("server.log"), "a")
        self.process = subprocess.Popen([*before, self.program, "serve", "--config", self.path("portal.conf")], stdout=subprocess.PIPE,
                                        stderr=self.log, text=True, env=self.environment, preexec_fn=preexec)
        line = self.process.stdout.readline()
        found = re.search(r"port (\d+)", line)
        if not found:
            self.process.wait()
            self._closed()
            raise AssertionError("the server does not start: " + self.log_text())
        self.port = int(found.group(1))

    def stop(self):
        """Ends the server as systemd would; returns its exit status. Of one that broke down the log is told, for whoever reads
        about a test that failed."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(60)
        self._closed()
        if status:
            print("".join(f"# server: {line}\n" for line in self.log_text().splitlines()[-40:]), end="", flush=True)
        return status

    def configure(self, more):
        """Other groups behind [outgoing], for the next start()."""
        with open(self.path("portal.conf")) as f:
            text = f.read()
        self.write("portal.conf", text.partition("directory=outbox\n")[0] + "directory=outbox\n" + more)

    def pause(self):
        """Ends the server until start(), which opens the same port."""
        self.stop()

    def kill(self):
        self.process.kill()
        self.process.wait()
        self._closed()

    def _closed(self):
        self.process.stdout.close()
        self.log.close()
        self.process = None

    def log_text(self):
        with open(self.path("server.log")) as f:
            return f.read()

    def query(self, sql, *values):
        """Rows of the database, as a reader; also while the server runs."""
        db = sqlite3.connect(f"file:{self.path('portal.db')}?mode=ro", uri=True)
        try:
            return db.execute(sql, values).fetchall()
        finally:
            db.close()

    def value(self, sql, *values):
        rows = self.query(sql, *values)
        return rows[0][0] if rows else None

    def change(self, sql, *values):
        """Changes the database behind the back of the server, which must not run. Returns the id of the new row."""
        assert self.process is None, "the writer must be the only one"
        db = sqlite3.connect(self.path("portal.db"))
        try:
            db.execute("PRAGMA foreign_keys=ON")
            with db:
                return db.execute(sql, values).lastrowid
        finally:
            db.close()

    def hash(self, purpose, text):
        """The keyed hash under which the server looks up a token (cpd_keys_hash)."""
        keys = configparser.ConfigParser()
        keys.read(self.path("keys"))
        key = base64.b64decode(list(keys["hash"].values())[-1])
        return hashlib.blake2b(purpose.encode() + b"\0" + text.encode(), key=key, digest_size=32).digest()

    def add_session(self, account, kind="full", shared=False, lives=8 * 3600):
        """A session as the server would make it, while it does not run. Returns its token."""
        token = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
        now = int(self.now() * 1e6)
        attempt = None
        if kind != "full":
            attempt = self.change("INSERT INTO login_attempt (account, created, expires, reason, shared, temporary)"
                                  " VALUES (?, ?, ?, 0, ?, ?)", account, now, now + int(900e6), shared, kind == "must-change")
        self.change("INSERT INTO session (public_id, token_hash, account, kind, attempt, shared, created, last_used, expires)"
                    " VALUES (hex(randomblob(11)), ?, ?, ?, ?, ?, ?, ?, ?)", self.hash("session", token), account, SESSION_KINDS[kind], attempt, shared,
                    now, now, now + int(lives * 1e6))
        return token

    def account(self, username):
        return self.value("SELECT id FROM account WHERE username = ?", username)

    def patient(self, name):
        """The id on the wire of a patient by the client number of demo-people: wil or henk."""
        order = {"wil": 0, "henk": 1}
        return self.query("SELECT public_id FROM patient ORDER BY id")[order[name]][0]

    def connection(self):
        context = ssl.create_default_context(cafile=self.path("ca.pem"))
        return http.client.HTTPSConnection("127.0.0.1", self.port, timeout=30, context=context)

    def call(self, method, path, token=None, body=None, headers=None, connection=None):
        sent = dict(headers or {})
        if token:
            sent["Authorization"] = "Bearer " + token
        if body is not None:
            sent["Content-Type"] = "application/json"
            body = json.dumps(body)
        own = connection or self.connection()
        own.request(method, "/api/v1" + path, body=body, headers=sent)
        response = own.getresponse()
        answer = Answer(response.status, {k.lower(): v for k, v in response.getheaders()}, response.read().decode("utf-8", "replace"))
        if connection is None:
            own.close()
        contract.check(method, "/api/v1" + path, answer.status)
        return answer

    def get(self, path, token=None, **kwargs):
        return self.call("GET", path, token, **kwargs)

    def post(self, path, token=None, body=None, **kwargs):
        return self.call("POST", path, token, body, **kwargs)

    def seen(self, path, token):
        """The header of an edit of a member at path by who looks at the list first; none for who sees no such row."""
        edit = re.fullmatch(r"(/patients/[\w-]{22}/members)/([\w-]{22})/\w+", path)
        listed = self.get(edit.group(1), token) if edit else None
        rows = listed.json["members"] if edit and listed.status == 200 else []
        return {"If-Match": f'"{row["version"]}"' for row in rows if row["id"] == edit.group(2) and "version" in row}

    def sent(self, suffix):
        return sorted(glob.glob(self.path("outbox", "*" + suffix)))

    def settled(self, suffix):
        """As sent(), when nothing waits to be sent any more."""
        waiting = "SELECT count(*) FROM outbox WHERE sent IS NULL AND failed IS NULL"
        until(lambda: self.value(waiting) == 0, "an outbox without waiting rows")
        return self.sent(suffix)

    def until_read(self, seconds=20):
        """Until the run is over that the server begins with. A clock that is moved past an hour at which the EHR is read has
        another one, at any moment within half a minute."""
        until(lambda: self.value("SELECT count(*) FROM sync_slot WHERE finished IS NOT NULL"), "the run at the start", seconds)

    def new_mail(self, seen):
        """The text of the one mail that is not in seen (a list of files from before); not counting who came in where."""
        [name] = until(lambda: [n for n in self.sent(".eml") if n not in seen and not n.endswith(("-new-device.eml", "-new-device-shared.eml", "-login-not-kept.eml"))], "a mail")
        with open(name, "rb") as f:
            message = email.message_from_binary_file(f, policy=email.policy.default)
        return message.get_body(("plain",)).get_content()

    def new_link(self, seen):
        """The token of the link in the new mail."""
        return re.search(r"https://\S+/(?:reset|invitation|confirm)/([\w-]{43})", self.new_mail(seen)).group(1)

    def add_link(self, kind, account, object=0, lives=300):
        """A link as the server would make it, while it does not run. Returns its token."""
        token = base64.urlsafe_b64encode(os.urandom(32)).decode().rstrip("=")
        now = int(self.now() * 1e6)
        self.change("INSERT INTO link (kind, account, object, token_hash, created, expires) VALUES (?, ?, ?, ?, ?, ?)",
                    LINK_KINDS[kind], account, object, self.hash("link", token), now, now + int(lives * 1e6))
        return token

    def sms_code(self, seen):
        """The code of the first text message that is not in seen (a list of files from before)."""
        name = until(lambda: [n for n in self.sent(".json") if n not in seen], "a text message")[-1]
        text = json.load(open(name))["text"]
        return re.search(r"\b(\d{6})\b", text).group(1)

    def login(self, username, password=None, device_token=None, shared=False, no_keyring=False):
        """Up to a full session, answering the code and a password change. Returns (token, device token, answers)."""
        body = {"username": username, "password": password or self.passwords[username]}
        if device_token:
            body["device_token"] = device_token
        if shared:
            body["shared"] = True
        if no_keyring:
            body["no_keyring"] = True
        seen = self.settled(".json")
        answers = [self.post("/login", body=body)]
        device = None
        while answers[-1].status == 200:
            answer = answers[-1].json
            device = answer.get("device_token", device)
            token = answer["token"]
            if answer["next"] == "verify-device":
                answers.append(self.post("/login/code", token, {"code": self.sms_code(seen)}))
            elif answer["next"] == "change-password":
                answers.append(self.post("/password", token, {"old_password": body["password"], "new_password": NEW_PASSWORD}))
                self.passwords[username] = NEW_PASSWORD
            else:
                return token, device, answers
        raise AssertionError(f"login of {username}: {answers}")
