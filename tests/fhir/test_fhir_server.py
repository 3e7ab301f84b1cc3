#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""The real program reads a FHIR R4 server with a search engine of others: all of it, only what belongs, and whatever
happens meanwhile. Skipped where npm cannot be had, but not in CI."""
import os
import re
import shutil
import signal
import subprocess
import unittest

import tap
from fhir_server import FhirPortal, FhirServer, until_requested

MODULES = os.path.join(os.environ["MODULES"], "node_modules", "@medplum", "fhir-router")
MISSING = None if shutil.which("node") and os.path.isdir(MODULES) else "the packages of npm are not here"
if MISSING and os.environ.get("CI"):
    raise SystemExit(f"CI must run this: {MISSING}")


def report(number, id_, text, client=1):
    return {
        "resourceType": "Observation", "id": id_, "status": "final",
        "code": {"coding": [{"system": "http://snomed.info/sct", "code": "11591000146107"}]},
        "subject": {"reference": f"Patient/client-{client}"}, "effectiveDateTime": f"2026-10-{1 + number % 28:02d}T10:00:00+02:00",
        "valueString": text,
    }


@unittest.skipIf(MISSING, MISSING)
class FhirCase(unittest.TestCase):
    keys = ""

    def setUp(self):
        self.server = FhirServer()
        self.addCleanup(self.server.close)

    def portal(self, server=True, **options):
        portal = FhirPortal(self.server if server else None, **options)
        self.addCleanup(portal.remove)
        portal.enrol(1, "Wil de Bruin")
        return portal

    def written(self, output):
        return {name: int(number) for name, number in re.findall(r"^(\w+) +\d+ read, (\d+) written", output, re.M)}

    def told(self, portal):
        """By a run, also when something of it failed."""
        result = portal.command("sync", check=False)
        return result.stdout + result.stderr

    def texts(self, portal):
        return {text for text, in portal.query("SELECT text FROM item WHERE removed IS NULL AND type = 'Observation'")}


class Reading(FhirCase):
    def test_the_same_as_from_files(self):
        """What arrives through the search engine is what the files say, and nothing of the client who is not enrolled."""
        portal = self.portal()
        files = self.portal(server=False)
        self.server.load(files.path("ehr"))
        for one in (portal, files):
            one.enrol(2, one_name(files, 2))
            one.command("sync")
        rows = portal.rows()
        self.assertGreater(len(rows), 150)
        self.assertEqual(rows, files.rows())
        self.assertEqual(portal.value("SELECT count(*) FROM audit WHERE action = 14"), 0)
        self.assertNotIn("DL-000001", "".join(self.server.requests()))

    def test_a_second_run_writes_nothing(self):
        portal = self.portal()
        self.server.load(portal.path("ehr"))
        first = self.written(portal.command("sync"))
        self.assertGreater(first["Observation"], 20)
        before = portal.rows()
        second = self.written(portal.command("sync"))
        self.assertEqual(set(second.values()), {0}, second)
        self.assertEqual(portal.rows(), before)
        self.assertIn("by changes", portal.command("sync", "--status"))

    def test_a_server_that_ignores(self):
        for option, mode in (("ignoreUpdated", "read whole each time"), ("ignoreSort", "read whole each time"),
                             ("ignorePatient", "read whole each time"), ("ignoreIdentifier", "by changes")):
            with self.subTest(option):
                server = self.server = FhirServer()
                self.addCleanup(server.close)
                portal = self.portal()
                server.set(maxCount=5, **{option: True})
                self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
                for number in range(12):
                    server.put(report(number, f"r{11 - number:02d}", f"verslag {number}"))
                server.put(report(1, "r99", "van een ander", client=2))
                portal.command("sync")
                self.assertEqual(self.texts(portal), {f"verslag {n}" for n in range(12)})
                self.assertEqual(set(self.written(portal.command("sync")).values()), {0})
                line = next(l for l in portal.command("sync", "--status").splitlines() if l.startswith("Observation"))
                # Everything that the server gives is of the clients who are enrolled, unless it ignores who they are.
                if option != "ignorePatient":
                    self.assertIn(mode, line)
                discarded = portal.value("SELECT coalesce (sum (count), 0) FROM audit WHERE action = 14")
                self.assertEqual(discarded > 0, option in ("ignorePatient", "ignoreIdentifier"))

    def test_rows_change_between_two_pages(self):
        """An offset would skip what moves over the border of a page; nothing is lost."""
        portal = self.portal()
        self.server.set(maxCount=5)
        self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
        for number in range(60):
            self.server.put(report(number, f"r{number:02d}", f"verslag {number}"))
        # At each page that is asked for, one of the oldest moves to the end.
        for number in range(0, 30, 2):
            self.server.change(match="/fhir/Observation?patient=Patient/client-1&code=http%3A%2F%2Fsnomed.info%2Fsct%7C11591000146107,"
                                     "http%3A%2F%2Floinc.org%7C18776-5&_lastUpdated=ge",
                               put=report(number, f"r{number:02d}", f"anders {number}"))
        portal.command("sync")
        self.assertEqual(portal.value("SELECT count(*) FROM item WHERE type = 'Observation' AND removed IS NULL"), 60)
        changed = sum(text.startswith("anders") for text in self.texts(portal))
        self.assertGreater(changed, 5)
        portal.command("sync")
        self.assertEqual(sum(text.startswith("anders") for text in self.texts(portal)), 15)


class Killed(FhirCase):
    def test_killed_at_any_moment(self):
        """SIGKILL at moments from the first request to the last: the next run goes on and ends as one never killed."""
        wanted = self.portal(patients=1, days=20)
        self.server.set(maxCount=5)
        self.server.load(wanted.path("ehr"), skip=("Binary", "DocumentReference"))
        self.server.forget_requests()
        wanted.command("sync")
        total = len(self.server.requests())
        self.assertGreater(total, 20)
        killed = 0
        for n in range(1, total, total // 8):
            with self.subTest(f"after {n} of {total} requests"):
                portal = self.portal(patients=1, days=1)
                killed += self.kill(portal, n)
                portal.command("sync")
                self.assertEqual(portal.rows(), wanted.rows())
        self.assertGreater(killed, 3)

    def kill(self, portal, n):
        """A run, killed when it asked so often. False: it came to its end before."""
        self.server.forget_requests()
        process = portal.begin_sync()
        goes_on = until_requested(self.server, n, process)
        if goes_on:
            process.send_signal(signal.SIGKILL)
        process.wait()
        return goes_on

    def change_all(self):
        """Changed, new, gone, and not meant."""
        for number in range(8):
            self.server.put(report(number, f"r{number:02d}", f"anders {number}"))
        for number in range(20, 26):
            self.server.put(report(number, f"r{number:02d}", f"nieuw {number}"))
        for number in range(8, 12):
            self.server.delete("Observation", f"r{number:02d}")
        for number in range(12, 15):
            self.server.put({**report(number, f"r{number:02d}", f"verslag {number}"), "status": "entered-in-error"})

    def test_killed_while_changes_are_read(self):
        """The same of a run that reads what changed since the one before: each change is a version once, what is gone stays gone."""
        portal = self.portal(patients=1, days=1)
        self.server.set(maxCount=5, history=True)
        self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
        for number in range(20):
            self.server.put(report(number, f"r{number:02d}", f"verslag {number}"))
        portal.command("sync")
        portal.keep_database()
        self.change_all()
        self.server.forget_requests()
        portal.command("sync")
        total, wanted = len(self.server.requests()), portal.rows()
        self.assertEqual(self.texts(portal), {f"anders {n}" for n in range(8)} | {f"nieuw {n}" for n in range(20, 26)} |
                         {f"verslag {n}" for n in range(15, 20)})
        self.assertEqual(portal.query("SELECT DISTINCT version FROM item WHERE text GLOB 'anders*'"), [(2,)])
        killed = 0
        for n in range(1, total, max(total // 8, 1)):
            with self.subTest(f"after {n} of {total} requests"):
                portal.put_back()
                killed += self.kill(portal, n)
                portal.command("sync")
                self.assertEqual(portal.rows(), wanted)
        self.assertGreater(killed, 3)


class Faults(FhirCase):
    """What goes wrong while reports are asked for. Everything else comes whatever happens, and the next run has all."""
    # name, the fault, what the type says in the end (None: it went well), whether the reports are there all the same
    CASES = (
        ("too busy", {"status": 429, "headers": {"retry-after": "1"}}, None, True),
        ("not now", {"status": 503, "headers": {"ratelimit": "limit=10, remaining=0, t=1"}}, None, True),
        ("a server error", {"status": 500, "times": 2}, None, True),
        ("nobody behind it", {"status": 504}, None, True),
        ("an answer that does not come", {"delayMs": 40000}, None, True),
        ("a reset", {"reset": True}, None, True),
        ("a body cut off", {"truncate": True}, None, True),
        ("a page that is gone", {"status": 410}, None, True),
        ("server errors for good", {"status": 502, "times": 100}, "502", False),
        ("refused", {"status": 400, "times": 100}, r"400 \(transient\)", False),
        ("not understood", {"status": 422, "times": 100}, r"422 \(transient\)", False),
        ("an outcome instead of a page", {"status": 200, "times": 100}, r"200 with an OperationOutcome \(transient\)", False),
        ("not allowed", {"status": 403, "times": 100, "match": "/fhir/Observation"}, "not allowed: 403", False),
        ("not offered", {"status": 404, "times": 100, "match": "/fhir/Observation"}, None, False),
    )

    def test_reports(self):
        self.server.load(self.portal(patients=1, days=1).path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
        for number in range(5):
            self.server.put(report(number, f"r{number}", f"verslag {number}"))
        all_of_them = {f"verslag {n}" for n in range(5)}
        for name, fault, error, there in self.CASES:
            with self.subTest(name):
                portal = self.portal(patients=1, days=1)
                self.server.fault(**{"match": "18776-5&_sort=_lastUpdated&_count=200", **fault})
                line = next(l for l in self.told(portal).splitlines() if l.startswith("Observation"))
                self.assertRegex(line, f"failed: {error}" if error else "odd$")
                self.assertEqual(self.texts(portal), all_of_them if there else set())
                self.assertGreater(portal.value("SELECT count(*) FROM care_plan"), 0)
                self.assertEqual(portal.value("SELECT count(*) FROM sync_type WHERE error IS NOT NULL"), 1 if error else 0)
                self.server.fault(clear=True)
                portal.command("sync")
                self.assertEqual(self.texts(portal), all_of_them)
                self.assertEqual(portal.value("SELECT count(*) FROM sync_type WHERE error IS NOT NULL"), 0)

    def test_a_page_in_the_middle(self):
        """What came before it is kept, and the next run goes on there."""
        portal = self.portal(patients=1, days=1)
        self.server.set(maxCount=2)
        self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
        for number in range(6):
            self.server.put(report(number, f"r{number}", f"verslag {number}"))
        self.server.fault(match="18776-5&_lastUpdated=ge2", times=100, status=500)
        self.assertIn("failed: 500", self.told(portal))
        came = self.texts(portal)
        self.assertEqual(len(came), 2)
        self.server.fault(clear=True)
        self.server.forget_requests()
        portal.command("sync")
        self.assertEqual(self.texts(portal), {f"verslag {n}" for n in range(6)})
        self.assertFalse([r for r in self.server.requests() if "18776-5&_sort=_lastUpdated&_count=200" in r])

    def test_names(self):
        """A carer who cannot be fetched now: the report comes, and the name with the next run."""
        portal = self.portal(patients=1, days=1)
        self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
        self.server.put({**report(1, "r1", "verslag"), "performer": [{"reference": "Practitioner/los"}]})
        self.server.put({"resourceType": "Practitioner", "id": "los", "name": [{"text": "Anna de Wit"}]})
        self.server.fault(match="/fhir/Practitioner?_count=200&_id=los", times=4, status=500)
        self.assertRegex(portal.command("sync"), "(?m)^Observation .*odd$")
        self.assertEqual(self.texts(portal), {"verslag"})
        portal.command("sync")
        self.assertEqual(portal.value("SELECT author FROM item WHERE fhir_id = 'r1'"), "Anna de Wit")


class Gone(FhirCase):
    def test_by_history(self):
        portal = self.portal()
        self.server.set(history=True)
        self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
        for number in range(5):
            self.server.put(report(number, f"r{number}", f"verslag {number}"))
        portal.command("sync")
        self.server.delete("Observation", "r3")
        portal.command("sync")
        self.assertEqual(self.texts(portal), {f"verslag {n}" for n in (0, 1, 2, 4)})
        self.assertEqual(portal.value("SELECT count(*) FROM item WHERE fhir_id = 'r3'"), 1)


    def test_by_what_is_missing(self):
        """A server without a history is asked once a day what it still has, and for each that is missing by itself."""
        portal = self.portal(clock=True, patients=1, days=1)
        self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
        for number in range(5):
            self.server.put(report(number, f"r{number}", f"verslag {number}"))
        portal.command("sync")
        self.server.delete("Observation", "r3")
        portal.command("sync")
        self.assertIn("verslag 3", self.texts(portal))
        portal.advance(days=1)
        self.server.forget_requests()
        portal.command("sync")
        self.assertEqual(self.texts(portal), {f"verslag {n}" for n in (0, 1, 2, 4)})
        self.assertEqual(self.server.requests().count("GET /fhir/Observation/r3"), 1)
        self.assertEqual(portal.value("SELECT count(*) FROM item WHERE fhir_id = 'r3'"), 1)
        self.assertEqual(portal.value("SELECT count(*) FROM sync_type WHERE error IS NOT NULL"), 0)

    def test_not_meant(self):
        """entered-in-error: it goes, and comes back when that was the error."""
        portal = self.portal(patients=1, days=1)
        self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
        self.server.put(report(1, "r1", "verslag"))
        self.server.put(report(2, "r2", "ander verslag"))
        portal.command("sync")
        self.server.put({**report(1, "r1", "verslag"), "status": "entered-in-error"})
        portal.command("sync")
        self.assertEqual(self.texts(portal), {"ander verslag"})
        self.assertEqual(portal.value("SELECT count(*) FROM item WHERE fhir_id = 'r1'"), 1)
        self.server.put(report(1, "r1", "verslag"))
        portal.command("sync")
        self.assertEqual(self.texts(portal), {"verslag", "ander verslag"})


class Tokens(FhirCase):
    def make_key(self, portal, *kind):
        subprocess.run(["openssl", "genpkey", *kind, "-out", portal.path("ehr.pem")], check=True, capture_output=True)
        os.chmod(portal.path("ehr.pem"), 0o600)
        public = subprocess.run(["openssl", "pkey", "-in", portal.path("ehr.pem"), "-pubout"], check=True, capture_output=True, text=True)
        self.server.call("POST", "/__client", {"client_id": "portaal", "keys": [{"kid": "een", "pem": public.stdout}]})

    KEYS = "auth=private-key\nclient-id=portaal\nsigning-key=ehr.pem\nkey-id=een\n"

    def test_signed_assertions(self):
        for kind in (("-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384"), ("-algorithm", "RSA", "-pkeyopt", "rsa_keygen_bits:2048")):
            with self.subTest(kind[1]):
                portal = self.portal(keys=self.KEYS)
                self.make_key(portal, *kind)
                self.assertIn("is right", portal.command("check-config"))
                self.server.forget_requests()
                portal.command("sync")
                self.assertEqual(self.server.requests().count("POST /token"), 1)
                self.assertEqual(portal.value("SELECT count(*) FROM sync_type WHERE error IS NOT NULL"), 0)
        os.chmod(portal.path("ehr.pem"), 0o644)
        result = portal.command("check-config", check=False)
        self.assertNotEqual(result.returncode, 0)
        self.assertIn("[ehr] signing-key", result.stderr)
        self.assertIn("others can read it", result.stderr)

    def test_a_token_that_expires(self):
        """Sooner than the server said, as it looks from here: the request waits longer than the token lives."""
        portal = self.portal(keys=self.KEYS, patients=1, days=1)
        self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation"))
        self.server.put(report(1, "r1", "verslag"))
        self.make_key(portal, "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384")
        self.server.set(tokenLife=2)
        self.server.fault(match="18776-5&_sort=_lastUpdated&_count=200", delayMs=2100)
        portal.command("sync")
        requests = self.server.requests()
        late = next(n for n, request in enumerate(requests) if "18776-5&_sort=_lastUpdated&_count=200" in request)
        self.assertEqual(requests[late + 1:late + 3], ["POST /token", requests[late]])
        self.assertEqual(self.texts(portal), {"verslag"})
        self.assertEqual(portal.value("SELECT count(*) FROM sync_type WHERE error IS NOT NULL"), 0)

    def test_a_narrower_scope(self):
        portal = self.portal(keys=self.KEYS)
        self.server.load(portal.path("ehr"), skip=("Binary", "DocumentReference", "Observation", "Appointment"))
        self.make_key(portal, "-algorithm", "EC", "-pkeyopt", "ec_paramgen_curve:P-384")
        self.server.set(scope="system/Patient.rs system/Observation.rs")
        portal.command("sync")
        status = portal.command("sync", "--status")
        self.assertRegex(status, r"(?m)^CarePlan .*does not grant it")
        self.assertRegex(status, r"(?m)^Observation .*last success 2")


def one_name(portal, number):
    """The name of an invented client as the operator would type it."""
    with open(portal.path("ehr", "Patient.ndjson"), encoding="utf-8") as file:
        line = file.read().splitlines()[number - 1]
    return re.search(r'"text":"([^"]+)"', line).group(1)


if __name__ == "__main__":
    tap.main()
