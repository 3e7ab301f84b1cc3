# SPDX-License-Identifier: GPL-3.0-or-later
"""The FHIR server of server.mjs, and a portal that reads it."""
import json
import os
import shutil
import subprocess
import time
import urllib.error
import urllib.request

from portal import Portal

HERE = os.path.dirname(os.path.abspath(__file__))
CLIENTS = "https://zorggroep-de-linde.example/client"


class FhirServer:
    """with FhirServer() as server: ... on a free port of loopback, without data."""

    def __init__(self):
        command = ["node", "--require", os.path.join(HERE, "web-socket.cjs"), os.path.join(HERE, "server.mjs")]
        self.process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        self.base = self.process.stdout.readline().strip()
        if not self.base:
            raise AssertionError("the FHIR server does not start")

    def close(self):
        self.process.kill()
        self.process.wait()
        self.process.stdout.close()

    def call(self, method, path, body=None):
        """path begins with / and counts from the address without /fhir."""
        data = json.dumps(body).encode() if body is not None else None
        request = urllib.request.Request(self.base.removesuffix("/fhir") + path, data, method=method)
        with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request) as answer:
            text = answer.read()
        return json.loads(text) if text else None

    def put(self, resource):
        return self.call("PUT", f"/fhir/{resource['resourceType']}/{resource['id']}", resource)

    def delete(self, type_, id_):
        self.call("DELETE", f"/fhir/{type_}/{id_}")

    def fault(self, **fault):
        self.call("POST", "/__fault", fault)

    def change(self, **change):
        self.call("POST", "/__change", change)

    def set(self, **options):
        self.call("POST", "/__options", options)

    def requests(self):
        return self.call("GET", "/__requests")

    def forget_requests(self):
        self.call("POST", "/__requests", {})

    def load(self, directory, skip=()):
        """All NDJSON files of a directory."""
        for name in sorted(os.listdir(directory)):
            type_ = name.removesuffix(".ndjson")
            if type_ in skip:
                continue
            with open(os.path.join(directory, name), encoding="utf-8") as file:
                for line in file:
                    self.put(json.loads(line))


class FhirPortal(Portal):
    """Two of the three invented clients are enrolled; server None: it reads the directory."""

    def __init__(self, server, keys="", patients=3, days=40, clock=False):
        super().__init__(people=False, patients=patients, days=days, clock=clock)
        if clock:
            self.advance(-self.offset / 1e6)  # that of the FHIR server
        if server is not None:
            with open(self.path("portal.conf"), encoding="utf-8") as file:
                text = file.read()
            self.write("portal.conf", text.replace("directory=ehr\n", f"server={server.base}\n{keys}"))

    def enrol(self, number, name):
        """number: as demo-ehr counts them, from 1."""
        self.command("enrol", "--source", "ecd", "--identifier", f"{CLIENTS}|DL-{number:06d}", "--client", name, "--username",
                     f"person{number}", "--name", name, "--email", f"p{number}@example.org", "--mobile", "+31612345678",
                     "--relation", "daughter")

    def rows(self):
        """What the EHR says, without what differs by chance and by the clock of the source."""
        queries = (
            "SELECT patient, type, fhir_id, kind, at, date_only, partial_date, title, author, author_role, informant, about, unfinished, preview, text, entries,"
            " about_key, month, removed IS NULL FROM item ORDER BY type, fhir_id",
            "SELECT patient, type, fhir_id, title, description, state, period_from, period_until, removed IS NULL FROM care_plan"
            " ORDER BY fhir_id",
            "SELECT patient, type, fhir_id, status, starts, ends, description, with_whom, place, removed IS NULL FROM appointment"
            " ORDER BY fhir_id",
            "SELECT patient, type, fhir_id, name, relation, role, phone, email, hidden, removed IS NULL FROM contact"
            " ORDER BY type, fhir_id",
            "SELECT patient, type, fhir_id, body, removed IS NULL FROM plan_piece ORDER BY type, fhir_id",
            "SELECT patient, body FROM profile ORDER BY patient",
            "SELECT type, fhir_id, version FROM item ORDER BY type, fhir_id",
            "SELECT i.type, i.fhir_id, v.version, v.text FROM item_version AS v JOIN item AS i ON i.id = v.item ORDER BY 1, 2, 3",
            "SELECT fhir_id, version FROM care_plan ORDER BY fhir_id",
        )
        return [row for query in queries for row in self.query(query)]

    def _files(self, directory):
        return [os.path.join(directory, name) for name in os.listdir(directory) if name.startswith("portal.db")]

    def keep_database(self):
        """For put_back(), while nothing runs on it."""
        os.mkdir(self.path("kept"))
        for path in self._files(self.directory):
            shutil.copy(path, self.path("kept"))

    def put_back(self):
        for path in self._files(self.directory):
            os.remove(path)
        for path in self._files(self.path("kept")):
            shutil.copy(path, self.directory)

    def begin_sync(self):
        """The same as command("sync"), as a process that can be killed."""
        return subprocess.Popen([self.program, "sync", "--config", self.path("portal.conf")], env=self.environment,
                                stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def until_requested(server, n, process, seconds=30):
    """Waits until the server got n requests, or the process has ended. TRUE: it goes on."""
    end = time.monotonic() + seconds
    while time.monotonic() < end and process.poll() is None:
        if len(server.requests()) >= n:
            return process.poll() is None
    return False
