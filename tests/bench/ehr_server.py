# SPDX-License-Identifier: GPL-3.0-or-later
"""A FHIR R4 server for the figures, which holds a hundred thousand resources and answers at once: the questions that the portal asks, over
TLS. That of the tests (tests/fhir) has the search engine of others, which takes a second of the processor for a page of a few thousand.
Its clock stands still until it is moved, so that a day goes by between two runs."""
import bisect
import datetime
import email.utils
import http.server
import json
import os
import ssl
import threading
import urllib.parse

COUNT = 20  # of a page when nothing is asked
SUBJECTS = ("subject", "patient", "for")
LOADED = datetime.timedelta(days=100)  # that the first of them lay here already
STEP = datetime.timedelta(milliseconds=20)
DAY = datetime.timedelta(days=1)


def instant(time):
    return time.isoformat(timespec="milliseconds").replace("+00:00", "Z")


class Stored:
    """A resource, written once."""

    def __init__(self, base, resource, version, updated):
        self.resource, self.version, self.updated = resource, version, updated
        meta = {"versionId": str(version), "lastUpdated": updated}
        self.text = json.dumps({**resource, "meta": meta}, ensure_ascii=False)
        short = {"resourceType": resource["resourceType"], "id": resource["id"], "meta": {**meta, "tag": [{"code": "SUBSETTED"}]}}
        self.entry, self.short_entry = (f'{{"fullUrl":"{base}/{resource["resourceType"]}/{resource["id"]}","resource":{text},'
                                        '"search":{"mode":"match"}}' for text in (self.text, json.dumps(short)))
        self.patients = set(self._references())
        self.codes = {f"{one.get('system')}|{one.get('code')}" for one in resource.get("code", {}).get("coding", [])} if isinstance(
            resource.get("code"), dict) else set()

    def _references(self):
        for name in SUBJECTS:
            if name in self.resource:
                yield self.resource[name].get("reference")
        for participant in self.resource.get("participant", []):
            yield participant.get("actor", {}).get("reference")

    def has(self, parameter, values):
        if parameter == "_id":
            return self.resource["id"] in values
        if parameter == "patient":
            return not self.patients.isdisjoint(values)
        if parameter == "practitioner":
            return self.resource.get("practitioner", {}).get("reference") in values
        if parameter == "identifier":
            return any(f"{one.get('system')}|{one.get('value')}" in values for one in self.resource.get("identifier", []))
        if parameter == "code":
            return not self.codes.isdisjoint(values)
        return self.resource.get(parameter) in values


class EhrServer:
    """with EhrServer(certificate, key) as server: ... on a free port of loopback."""

    def __init__(self, certificate, key):
        self.now = datetime.datetime.now(datetime.timezone.utc).replace(microsecond=0)
        self.types = {}  # name -> those of it, what changed last at the end
        self.by_id = {}
        server = self.http = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        server.ehr = self
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(certificate, key)
        server.socket = context.wrap_socket(server.socket, server_side=True)
        self.base = f"https://127.0.0.1:{server.server_address[1]}/fhir"
        self.thread = threading.Thread(target=server.serve_forever, daemon=True)
        self.thread.start()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.http.shutdown()
        self.http.server_close()

    def load(self, directory):
        """All NDJSON files of a directory, as if written one after the other long ago."""
        updated = self.now - LOADED
        for name in sorted(os.listdir(directory)):
            with open(os.path.join(directory, name), encoding="utf-8") as file:
                for line in file:
                    updated += STEP
                    self._add(json.loads(line), 1, updated)

    def _add(self, resource, version, updated):
        stored = Stored(self.base, resource, version, instant(updated))
        self.types.setdefault(stored.resource["resourceType"], []).append(stored)
        self.by_id[stored.resource["resourceType"], stored.resource["id"]] = stored

    def all(self, type_):
        return list(self.types[type_])

    def change(self, stored, **fields):
        """It says something else from now on."""
        self.types[stored.resource["resourceType"]].remove(stored)
        self._add({**stored.resource, **fields}, stored.version + 1, self.now)

    def advance(self, days):
        self.now += days * DAY

    def search(self, type_, query):
        """A Bundle as text."""
        rows = self.types.get(type_, [])
        count, offset = (int(query.get(name, default)) for name, default in (("_count", COUNT), ("_offset", 0)))
        first, none = 0, query.get("_lastUpdated", "")
        if none.startswith("ge"):
            first = bisect.bisect_left(rows, none[2:], key=lambda stored: stored.updated)
        elif none:
            first = len(rows)  # what changes after today
        order = range(len(rows) - 1, first - 1, -1) if query.get("_sort") == "-_lastUpdated" else range(first, len(rows))
        asked = {name: set(value.split(",")) for name, value in query.items() if not name.startswith("_") or name == "_id"}
        found, skip = [], offset
        for n in order:
            if all(rows[n].has(name, values) for name, values in asked.items()):
                if skip == 0 and len(found) == count:
                    return self._bundle(type_, query, found, offset + count)
                if skip > 0:
                    skip -= 1
                else:
                    found.append(rows[n])
        return self._bundle(type_, query, found, None)

    def _bundle(self, type_, query, found, following):
        link = []
        if following is not None:
            address = urllib.parse.urlencode({**query, "_offset": following})
            link = [{"relation": "next", "url": f"{self.base}/{type_}?{address}"}]
        name = "short_entry" if query.get("_elements") == "id" else "entry"
        entries = ",".join(getattr(stored, name) for stored in found)
        return f'{{"resourceType":"Bundle","type":"searchset","link":{json.dumps(link)},"entry":[{entries}]}}'

    def capabilities(self):
        return json.dumps({"resourceType": "CapabilityStatement", "status": "active", "kind": "instance", "fhirVersion": "4.0.1",
                           "rest": [{"mode": "server", "resource": [{"type": name} for name in self.types]}]})


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    wbufsize = -1
    disable_nagle_algorithm = True

    def log_message(self, *_):
        pass

    def date_time_string(self, timestamp=None):
        return email.utils.format_datetime(self.server.ehr.now, usegmt=True)

    def answer(self, text, status=200):
        body = text.encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/fhir+json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        ehr, address = self.server.ehr, urllib.parse.urlsplit(self.path)
        type_, _, id_ = address.path.removeprefix("/fhir/").partition("/")
        if type_ == "metadata":
            self.answer(ehr.capabilities())
        elif not id_:
            self.answer(ehr.search(type_, dict(urllib.parse.parse_qsl(address.query))))
        elif (type_, id_) in ehr.by_id:
            self.answer(ehr.by_id[type_, id_].text)
        else:
            self.answer('{"resourceType":"OperationOutcome","issue":[{"severity":"error","code":"not-found"}]}', 404)

    def do_POST(self):
        """Type/_search"""
        body = self.rfile.read(int(self.headers["Content-Length"])).decode()
        self.answer(self.server.ehr.search(self.path.removeprefix("/fhir/").partition("/")[0], dict(urllib.parse.parse_qsl(body))))
