#!/usr/bin/env python3
# SPDX-License-Identifier: GPL-3.0-or-later
"""statements.py DAEMON: no statement goes through a whole table that grows.

Each statement of the server is a literal, so all of them stand in DAEMON, put together as they are run. SQLite is asked
how it would run each in a database with nothing but the schema; the server never counts its tables (ANALYZE), so that
is how it does. What goes through a table is here by name, with why it may: nothing that answers a person."""
import re
import sqlite3
import sys

import tree

VERB = r'(?:SELECT|INSERT|UPDATE|DELETE|WITH)'
STATEMENT = re.compile(rb'(?<=\0)' + VERB.encode() + rb' [\x20-\x7e]+(?=\0)')
LITERAL = re.compile(rf'"({VERB} (?:\\.|[^"\\\n])+)"')
NAMED = re.compile(r'\b(?:FROM|JOIN|UPDATE|INTO) (?:main\.)?(\w+)(?: (?:AS )?([a-z]\w*))?')
OWN = re.compile(r'(?:WITH|RECURSIVE|,) (\w+)(?: \([\w, ]+\))? AS (?:MATERIALIZED )?\(')
# Not rows that stand in the statement, nor a virtual table that is asked for something.
SCAN = re.compile(r'SCAN (?!(?:\d+ )?CONSTANT ROW)(\S+)(?= |$)(?! VIRTUAL TABLE INDEX (?!0:))')
LEAST = 400  # statements; fewer were not all found

# Of a few rows, however many clients there are.
SMALL = {
    'sync_lease': 'one row',
    'sync_problem': 'of the newest run, at most a thousand',
    'sync_slot': 'some a day, and asked before a run over the EHR',
    'sqlite_sequence': 'one for each table',
}
PERMITTED = [
    (r'(?:DELETE FROM \w+|UPDATE care_plan SET part_of = NULL) WHERE .* AND \?2', 'erasing a client, by a command'),
    (r'UPDATE membership_part SET ended = .* WHERE membership IN', 'the same'),
    (r'UPDATE (?:session|device) SET ended = .* WHERE \?2 IN \(0, account\)', 'the same, and a copy that is put back'),
    (r'UPDATE login_attempt SET expires = min', 'a copy that is put back'),
    (r'DELETE FROM credential WHERE kind = 1$', 'the same'),
    (r'UPDATE (?:ehr_type SET swept|ehr_recall SET trusted|patient SET read_at) = 0(?: WHERE fhir_id IS NOT NULL)?$', 'the same'),
    (r'UPDATE outbox SET failed = .* WHERE sent IS NULL AND failed IS NULL', 'the same'),
    (r'SELECT identifier_sealed FROM patient LIMIT 1', 'the same; one row'),
    (r'SELECT DISTINCT file FROM attachment', 'making a copy'),
    (r'SELECT DISTINCT pepper FROM credential', 'changing keys, by a command'),
    (r'SELECT o\.id, kind, template, .* WHERE sent IS NULL', 'what waits to be sent, by a command'),
    (r'SELECT (?:id, )?at(?:, h)? FROM audit ORDER BY id (?:DESC )?LIMIT [1?]', 'the first rows, or the last one'),
    (r'SELECT id, at, action, .* FROM audit (?:WHERE action IN \(\?, \?, \?\) )?ORDER BY id', 'the log as a whole, by a command'),
    (r'DELETE FROM (?:email_change|given_code|link|outbox) WHERE id IN \(SELECT id .* LIMIT \?2\)', 'tidying, some at a time'),
    (r'DELETE FROM throttle WHERE .* LIMIT \?2\)', 'the same'),
    (r'UPDATE session SET expires = 0 WHERE id IN .* LIMIT \?2\)', 'the same; those of a week are left'),
    (r'UPDATE account SET news_waiting = 0 WHERE id IN .* LIMIT \?2\)', 'the same'),
    (r'UPDATE (?:account|device|given_code|login_attempt|membership|membership_part|patient) SET .*\?1 \+ 60000000.* LIMIT \?2\)', 'the same; what a fast clock wrote'),
    (r'UPDATE (?:appointment|care_plan|item) SET .* FROM patient p CROSS JOIN .* LIMIT \?2\)', 'the same, of each client by an index'),
    (r'SELECT a\.id FROM account a WHERE a\.news_mail', 'who is to be told of news, after a run over the EHR'),
    (r'SELECT id FROM patient WHERE plans_dirty <> 0', 'a run over the EHR'),
    (r'SELECT patient FROM summary', 'all of them at midnight'),
    (r'WITH item AS \(.* FROM main\.item INDEXED BY', 'not the table, but what its indexes gave'),
]


def statements(program):
    with open(program, 'rb') as file:
        return sorted({found.decode() for found in STATEMENT.findall(file.read())})


def database():
    db = sqlite3.connect(':memory:')
    for name in tree.files('.sql', under='server/store/schema/'):
        db.executescript(tree.read(name))
    return db


def plan(db, sql):
    """How it is run: the lines of SQLite."""
    numbers = [int(number) for number in re.findall(r'\?(\d+)', sql)]
    arguments = [None] * max([0, *numbers, len(re.findall(r'\?(?!\d)', sql))])
    return [row[3] for row in db.execute('EXPLAIN QUERY PLAN ' + sql, arguments)]


def scanned(db, sql, tables):
    """Which tables it goes through, as far as they grow; a name that stands for no table known here stays as it is."""
    names = {}
    for table, short in NAMED.findall(sql):
        if table in tables:
            names[table] = names[short] = table
    own = set(OWN.findall(sql)) - tables
    found = {match.group(1) for match in map(SCAN.match, plan(db, sql)) if match} - own
    return {names.get(name, name) for name in found if not name.startswith('(')} - set(SMALL)


def main(program):
    db = database()
    tables = {name for name, in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")}
    found = statements(program)
    needed = set()
    if len(found) < LEAST:
        tree.complain(program, 0, f'only {len(found)} statements are found in it')
    for sql in found:
        through = scanned(db, sql, tables)
        permitted = [pattern for pattern, why in PERMITTED if re.match(pattern, sql)]
        if through and not permitted:
            tree.complain('server', 0, f'goes through all of {", ".join(sorted(through))}: {sql}')
        needed.update(permitted if through else [])
    for name in tree.files('.c', under='server/'):
        for piece in LITERAL.findall(tree.read(name)):
            if not any(piece in sql for sql in found):
                tree.complain(name, 0, f'a statement is not found in the program: {piece}')
    for pattern, why in PERMITTED:
        if pattern not in needed:
            tree.complain('tests/lint/statements.py', 0, f'no statement needs it any more: {pattern}')
    tree.finish('statements')


main(sys.argv[1])
