# SPDX-License-Identifier: GPL-3.0-or-later
"""Fills the database of a portal with reports, beside the EHR and the mapping, for figures that depend on its size."""
import itertools
import random
import shutil
import sqlite3
import sys
import tempfile

FIRST_PATIENT = 1000
TEXTS = 5000  # that differ
RARE = "zeldzaamheid"  # in five or six reports of each patient
RARE_WRITER = "Wout Zeldenrust"  # of one report in a thousand
ENDINGS = 300  # of the words that begin with BEGINNING; about one report in five has one
BEGINNING = "verzorg"
DAY = 86400 * 10**6
START = 1451606400 * 10**6  # 2016-01-01
DAYS = 3650
BYTES = 800  # of disk for a report of twenty words without the index of words: 630 in the database, and room to sort

# About as often as words stand in reports of carers: few very often, many seldom.
COMMON = ("de het een van en in is mevrouw goed niet met op zij te vandaag naar heeft voor er om koffie geslapen medicatie wond huid"
          " verband familie dochter wandelen eten").split()


def vocabulary(size):
    chance = random.Random(2)
    syllables = [a + b + c for a, b, c in itertools.product("bdghklmnprstvwz", "aeiou", "klmnrst")]
    words = sorted({"".join(chance.sample(syllables, chance.randint(1, 3))) for _ in range(size)} - set(COMMON))
    return COMMON + words + [BEGINNING + syllable for syllable in syllables[:ENDINGS]]


class Fill:
    """Texts of so many words, the same for the same seed."""

    def __init__(self, words_in_text, seed=1):
        self.chance = random.Random(seed)
        self.words = vocabulary(12000)
        self.weights = list(itertools.accumulate(1 / (n + 4) for n in range(len(self.words))))
        self.texts = [" ".join(self.chance.choices(self.words, cum_weights=self.weights, k=words_in_text)) for _ in range(TEXTS)]

    def items(self, patient, n, first, in_order=True):
        """So many reports of a patient, over ten years; those of the same patient in the order of their time, or in none."""
        days = list(range(n))
        if not in_order:
            self.chance.shuffle(days)
        for number, at in enumerate(days):
            time = START + at * DAYS * DAY // n
            month = 201601 + (time - START) // DAY * 120 // DAYS // 12 * 100 + (time - START) // DAY * 120 // DAYS % 12
            text = self.chance.choice(self.texts) + (" " + RARE if at % (n // 5) == 1 else "")
            writer = RARE_WRITER if at % 1000 == 7 else self.chance.choice(("Fatima El Amrani", "Joke Hofstra", "Sanne Visser"))
            yield (patient << 32 | first + number, f"{patient:010}{first + number:012}", patient, str((patient, at)), at % 2, time,
                   writer, text[:300], text, month)


def need_room(reports):
    """Ends the program, with a sentence, where so many reports of twenty words that are not to be found would not fit."""
    directory = tempfile.gettempdir()
    need, free = reports * BYTES / 1e9, shutil.disk_usage(directory).free / 1e9
    print(f"{reports:,} reports need {need:.1f} GB of disk for a while, in {directory}; {free:.1f} GB is free.", file=sys.stderr)
    if free < need:
        sys.exit("That is not enough: nothing was made. TMPDIR names another place.")


def fill(path, first_patient_items, other_patients, items_each, words_in_text=80, findable=True, in_order=True):
    """Reports for patient 1, and other patients with theirs, in the tables and indexes that the server keeps: findable, also in
    that of their words, which takes more time than all others; in_order: rows come as their dates do. They are of a source that no
    run looks at."""
    fill = Fill(words_in_text)
    db = sqlite3.connect(path)
    # Nothing is kept of a database that could not be filled, so no page is written twice.
    db.executescript("PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA cache_size=-200000;")
    with db:
        db.executemany("INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, fhir_id, name, short_name, created)"
                       " VALUES (?, ?, 'bench', ?, x'00', ?, 'Bench', 'B.', 1)",
                       ((FIRST_PATIENT + n, f"bench{n:017}", b"%d" % n, f"bench-{n}") for n in range(other_patients)))
    first = db.execute("SELECT next_item FROM patient WHERE id = 1").fetchone()[0]
    for patient, n, at in [(1, first_patient_items, first)] + [(FIRST_PATIENT + n, items_each, 1) for n in range(other_patients)]:
        with db:
            db.executemany("INSERT INTO item (id, public_id, patient, source, type, fhir_id, kind, at, author, preview, text, month, hash,"
                           " first_seen, changed, seen) VALUES (?, ?, ?, 'bench', 'Observation', ?, ?, ?, ?, ?, ?, ?, x'00', 1, 1, 1)",
                           fill.items(patient, n, at, in_order))
    with db:
        if findable:
            db.execute("INSERT INTO item_search (rowid, title, author, text) SELECT id, title, author, text FROM item"
                       " WHERE source = 'bench' ORDER BY id")
        db.execute("DELETE FROM item_month")
        db.execute("INSERT INTO item_month SELECT patient, month, kind, count(*) FROM item WHERE removed IS NULL GROUP BY 1, 2, 3")
        db.execute("DELETE FROM item_author")
        db.execute("INSERT INTO item_author SELECT patient, author, kind, count(*) FROM item WHERE removed IS NULL AND author IS NOT NULL"
                   " GROUP BY 1, 2, 3")
        db.execute("UPDATE patient SET next_item = next_item + ? WHERE id = 1", (first_patient_items,))
    db.execute("PRAGMA journal_mode=WAL")
    db.close()
