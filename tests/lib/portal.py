# SPDX-License-Identifier: GPL-3.0-or-later
"""A care organisation in a temporary directory with the real server on a free port, for the api and ui suites.

Needs only the standard library, openssl and the built programs; meson gives their places in the environment:
CLIENTPORTAALD (the server) and SOURCE_ROOT.
"""
import glob
import http.client
import json
import os
import re
import shutil
import signal
import ssl
import subprocess
import tempfile
import time

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

[ehr]
source=ecd
directory=ehr
{ehr}

[outgoing]
directory=outbox
"""


def until(look, what, seconds=20):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        found = look()
        if found:
            return found
        time.sleep(0.02)
    raise AssertionError(f"not within {seconds} s: {what}")


def run(*args, **kwargs):
    return subprocess.run(args, check=True, capture_output=True, text=True, **kwargs).stdout


def make_certificates(directory):
    """A CA of its own and a server certificate for loopback; ca.pem, server.pem, server.key."""
    def path(name):
        return os.path.join(directory, name)
    with open(path("san"), "w") as f:
        f.write("subjectAltName=IP:127.0.0.1,DNS:localhost\nextendedKeyUsage=serverAuth\nbasicConstraints=CA:FALSE\n")
    ec = ["-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes"]
    run("openssl", "req", "-x509", *ec, "-days", "3650", "-subj", "/CN=Test CA", "-keyout", path("ca.key"), "-out", path("ca.pem"),
        "-addext", "keyUsage=critical,keyCertSign")
    run("openssl", "req", *ec, "-subj", "/CN=127.0.0.1", "-keyout", path("server.key"), "-out", path("server.csr"))
    run("openssl", "x509", "-req", "-in", path("server.csr"), "-CA", path("ca.pem"), "-CAkey", path("ca.key"), "-CAcreateserial",
        "-days", "3650", "-extfile", path("san"), "-out", path("server.pem"))


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

    def __init__(self, order="sms-first", sessions="", ehr="times=08:00;20:00", people=True, patients=3, days=60, environment=None,
                 demo_today=None):
        self.directory = tempfile.mkdtemp(prefix="portal-")
        self.program = os.environ["CLIENTPORTAALD"]
        self.environment = dict(os.environ, **(environment or {}))
        self.process = None
        self.port = 0
        self.passwords = {}
        make_certificates(self.directory)
        logo = os.path.join(os.environ["SOURCE_ROOT"], "data", "demo", "logo.svg")
        self.write("portal.conf", CONFIG.format(order=order, sessions=sessions, ehr=ehr, port=0, logo=logo if os.path.exists(logo) else ""))
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
        self.stop()
        shutil.rmtree(self.directory)

    def path(self, *names):
        return os.path.join(self.directory, *names)

    def write(self, name, text):
        with open(self.path(name), "w") as f:
            f.write(text)

    def command(self, *args, check=True):
        name, *rest = args
        result = subprocess.run([self.program, name, "--config", self.path("portal.conf"), *rest], capture_output=True, text=True,
                                env=self.environment)
        if check and result.returncode != 0:
            raise AssertionError(f"{args}: {result.stderr}")
        return result.stdout if check else result

    def start(self, *before):
        """before: a program in front of the server, such as faketime."""
        self.log = open(self.path("server.log"), "a")
        self.process = subprocess.Popen([*before, self.program, "serve", "--config", self.path("portal.conf")], stdout=subprocess.PIPE,
                                        stderr=self.log, text=True, env=self.environment)
        line = self.process.stdout.readline()
        found = re.search(r"port (\d+)", line)
        if not found:
            raise AssertionError("the server does not start: " + open(self.path("server.log")).read())
        self.port = int(found.group(1))

    def stop(self):
        """Ends the server as systemd would; returns its exit status."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        status = self.process.wait(20)
        self._closed()
        return status

    def kill(self):
        self.process.kill()
        self.process.wait()
        self._closed()

    def _closed(self):
        self.process.stdout.close()
        self.log.close()
        self.process = None

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
        return answer

    def get(self, path, token=None, **kwargs):
        return self.call("GET", path, token, **kwargs)

    def post(self, path, token=None, body=None, **kwargs):
        return self.call("POST", path, token, body, **kwargs)

    def sent(self, suffix):
        return sorted(glob.glob(self.path("outbox", "*" + suffix)))

    def sms_code(self, seen):
        """The code of the first text message that is not in seen (a list of files from before)."""
        name = until(lambda: [n for n in self.sent(".json") if n not in seen], "a text message")[-1]
        text = json.load(open(name))["text"]
        return re.search(r"\b(\d{6})\b", text).group(1)

    def login(self, username, password=None, device_token=None, shared=False):
        """Up to a full session, answering the code and a password change. Returns (token, device token, answers)."""
        body = {"username": username, "password": password or self.passwords[username]}
        if device_token:
            body["device_token"] = device_token
        if shared:
            body["shared"] = True
        seen = self.sent(".json")
        answers = [self.post("/login", body=body)]
        device = None
        while answers[-1].status == 200:
            answer = answers[-1].json
            device = answer.get("device_token", device)
            token = answer["token"]
            if answer["next"] == "verify-device":
                answers.append(self.post("/login/code", token, {"code": self.sms_code(seen)}))
            elif answer["next"] == "change-password":
                new = "vier losse gekke fietsbellen"
                answers.append(self.post("/password", token, {"old_password": body["password"], "new_password": new}))
                self.passwords[username] = new
            else:
                return token, device, answers
        raise AssertionError(f"login of {username}: {answers}")
