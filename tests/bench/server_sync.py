# SPDX-License-Identifier: GPL-3.0-or-later
"""What a sync costs whose source is a FHIR server: the first, and those of the days after, of the processor."""
import datetime
import sqlite3
import statistics

import ehr_server
import load

CHANGED = (("Observation", "valueString", "item", "text"), ("Appointment", "description", "appointment", "description"))
SAID = " En verder."


def change(server, nth):
    """One report and one appointment in a hundred, another one each time, says something else. Returns the ids of each type."""
    ids = {}
    for type_, field, _, _ in CHANGED:
        some = server.all(type_)[load.CHANGED // 2 + nth::load.CHANGED]
        ids[type_] = {stored.resource["id"] for stored in some}
        for stored in some:
            server.change(stored, **{field: stored.resource.get(field, "") + SAID})
    return ids


def kept(database):
    """The ids of what is here of each type that changes, and of what says that it did."""
    with sqlite3.connect(database) as db:
        return [[{id_ for id_, in db.execute(f"SELECT fhir_id FROM {table} WHERE type = '{type_}' AND removed IS NULL AND {which}")}
                 for which in ("1", f"{column} LIKE '%{SAID}'")] for type_, _, table, column in CHANGED]


def check_changes(database, before, changed):
    for (type_, _, _, _), (was, said), (here, says) in zip(CHANGED, before, kept(database)):
        if here != was or says != said | (changed[type_] & was) or says == said:
            raise AssertionError(f"{type_}: the changes were not read")


def point_at(organisation, server):
    with open(organisation.path("portal.conf")) as file:
        text = file.read()
    organisation.write("portal.conf", text.replace("directory=ehr\n", f"server={server.base}\nca-file=ca.pem\n"))


def first_sync(organisation, server, wanted):
    """The processor time of the first; what came is what the files say."""
    load.copy_database(organisation, "portal.db")
    point_at(organisation, server)
    used = load.sync(organisation)
    (reports, _), (appointments, _) = kept(organisation.path("portal.db"))
    if reports != wanted or not appointments:
        raise AssertionError("the server gives something else than the files")
    return used.cpu


def later_sync(organisation, server, make, nth, *options):
    """The same of one half a day later; make changes something and returns what, or None."""
    database = organisation.path("portal.db")
    server.advance(days=0.5)
    before, changed = kept(database), make(server, nth)
    used = load.sync(organisation, *options)
    if changed:
        check_changes(database, before, changed)
    elif kept(database) != before:
        raise AssertionError("something was read that did not change")
    return used.cpu


LATER = (("without a change", lambda server, nth: None, []), ("in which 1% changed", change, []),
         ("without a change, with the look for what is gone", lambda server, nth: None, ["--accept-removals"]))


def measure(line, patients, reports, rounds=load.ROUNDS):
    """line is that of bench.py."""
    organisation = load.prepare(patients, reports, datetime.date.today())
    try:
        from_files = load.sync(organisation).cpu
        wanted = kept(organisation.path("portal.db"))[0][0]
        with ehr_server.EhrServer(organisation.path("server.pem"), organisation.path("server.key")) as server:
            server.load(organisation.path("ehr"))
            first = first_sync(organisation, server, wanted)
            print(f"first sync over a server, {len(wanted):,} reports of {patients:,} clients, of the processor: ours {first:.2f} s, "
                  f"from files {from_files:.2f} s", flush=True)
            for name, make, options in LATER:
                used = [later_sync(organisation, server, make, nth, *options) for nth in range(rounds)]
                line(f"sync over a server {name}, of the processor, against the first", statistics.median(used), first, 0.02, "s", False)
    finally:
        organisation.remove()
