# SPDX-License-Identifier: GPL-3.0-or-later
"""The first load from a directory and the sync after a day, against one thread that parses and inserts."""
import datetime
import json
import os
import shutil
import sqlite3
import statistics
import sys

import portal

ROUNDS = 3
DAYS = 1000
CHANGED = 100  # one line in so many
TODAY = datetime.date(2026, 3, 3)


# A program begins with the most memory that whoever started it ever had (getrusage(2), exec_mmap() of Linux): so it is started by one
# that never had much.
STARTER = """
import os, sys, time
began = time.monotonic()
pid = os.posix_spawnp(sys.argv[1], sys.argv[1:], os.environ, file_actions=[(os.POSIX_SPAWN_OPEN, 1, "/dev/null", os.O_WRONLY, 0)])
_, status, usage = os.wait4(pid, 0)
print(os.waitstatus_to_exitcode(status), time.monotonic() - began, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
"""


class Used:
    """What a program took until its end: seconds on the clock and of the processor, and its most memory in MB."""

    def __init__(self, *command):
        status, self.wall, self.cpu, self.memory = map(float, portal.run(sys.executable, "-S", "-c", STARTER, *command).split())
        if status != 0:
            raise AssertionError(f"{command}: {status:.0f}")


def write_ehr(organisation, patients, reports, today):
    portal.run(organisation.program, "demo-ehr", "--patients", str(patients), "--days", str(DAYS), "--reports-per-patient", str(reports),
               "--seed", "1", "--output", organisation.path("ehr"), "--today", str(today))


def change(organisation):
    """One report and one appointment in a hundred, here and there, says something else; the others are as they were."""
    for name, field in (("Observation", "valueString"), ("Appointment", "description")):
        path = organisation.path("ehr", name + ".ndjson")
        with open(path) as before, open(path + ".new", "w") as after:
            for number, line in enumerate(before):
                if number % CHANGED == CHANGED // 2:
                    resource = json.loads(line)
                    resource[field] = resource.get(field, "") + " En verder."
                    line = json.dumps(resource, ensure_ascii=False, separators=(",", ":")) + "\n"
                after.write(line)
        os.replace(path + ".new", path)


def clients(organisation):
    with open(organisation.path("ehr", "Patient.ndjson")) as f:
        return [json.loads(line) for line in f]


def enrol(organisation):
    for number, client in enumerate(clients(organisation)):
        identifier = client["identifier"][0]
        name = client["name"][0]
        organisation.command("enrol", "--source", "ecd", "--identifier", f"{identifier['system']}|{identifier['value']}", "--client",
                             name.get("text") or name["family"], "--username", f"bench.{number}", "--name", "Bench Meting", "--email",
                             f"bench{number}@bench.example", "--mobile", f"+3161{number:07}", "--relation", "daughter")


def link_all(organisation, database):
    """As a run does it, for the reference, which links nobody."""
    with sqlite3.connect(database) as db:
        for number, client in enumerate(clients(organisation)):
            db.execute("UPDATE patient SET fhir_id = ? WHERE id = ?", (client["id"], number + 1))


def copy_database(organisation, name):
    for suffix in ("", "-wal", "-shm"):
        if os.path.exists(organisation.path(name + suffix)):
            os.remove(organisation.path(name + suffix))
    shutil.copy(organisation.path("empty.db"), organisation.path(name))
    return organisation.path(name)


def sync(organisation, *options):
    return Used(organisation.program, "sync", "--config", organisation.path("portal.conf"), *options)


def rows(database, table="item WHERE type = 'Observation'"):
    with sqlite3.connect(database) as db:
        return db.execute(f"SELECT count(*) FROM {table}").fetchone()[0]


def prepare(patients, reports, today=TODAY):
    organisation = portal.Portal(patients=1, days=1, people=False)
    write_ehr(organisation, patients, reports, today)
    enrol(organisation)
    with sqlite3.connect(organisation.path("portal.db")) as db:
        db.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copy(organisation.path("portal.db"), organisation.path("empty.db"))
    return organisation


def measure(line, patients, reports, rounds=ROUNDS):
    """line is that of bench.py."""
    organisation = prepare(patients, reports)
    try:
        ours, reference = [], []
        for _ in range(rounds):
            copy_database(organisation, "portal.db")
            ours.append(sync(organisation))
            link_all(organisation, copy_database(organisation, "reference.db"))
            reference.append(Used(os.environ["REFERENCE_LOAD"], organisation.path("reference.db"), organisation.path("ehr")))
        amount = f"{rows(organisation.path('portal.db')):,} reports of {patients:,} clients"
        if abs(rows(organisation.path("portal.db")) - rows(organisation.path("reference.db"))) > patients * reports // 20:
            raise AssertionError("the reference loads something else")

        def median(of, what):
            return statistics.median(getattr(used, what) for used in of)
        line(f"first load, {amount}, on the clock", median(ours, "wall"), median(reference, "wall"), 0.75, "s", False)
        line(f"first load, {amount}, of the processor", median(ours, "cpu"), median(reference, "cpu"), 1.0, "s", False)
        line(f"first load, {amount}, memory", median(ours, "memory"), 200.0, 1.0, "MB", False)
        versions = rows(organisation.path("portal.db"), "item_version")
        for what, make in (("without a change", lambda: None), ("in which 1% changed", lambda: change(organisation)),
                           ("after a day", lambda: write_ehr(organisation, patients, reports, TODAY + datetime.timedelta(days=1)))):
            make()
            again = sync(organisation)
            line(f"sync {what}, {again.memory:.0f} MB, of the processor, against the first", again.cpu, median(ours, "cpu"), 0.02, "s",
                 False)
        if rows(organisation.path("portal.db"), "item_version") - versions < patients * reports // CHANGED // 2:
            raise AssertionError("the changes were not read")
    finally:
        organisation.remove()
