-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a run writes of which little changed: as few pages for each card and appointment as can be.

-- The words without the number of words of each card, a table that only ranking asks: here the newest comes first.
DROP TABLE item_word;
DROP TABLE item_search;
CREATE VIRTUAL TABLE item_search USING fts5 (title, author, text, content='item', content_rowid='id', columnsize=0,
  tokenize="unicode61 remove_diacritics 2", prefix='2 3');
CREATE VIRTUAL TABLE item_word USING fts5vocab (item_search, instance);
-- As in 0023-search-merge.sql.
INSERT INTO item_search (item_search, rank) VALUES ('automerge', 0);
INSERT INTO item_search (item_search, rank) VALUES ('crisismerge', 500);
INSERT INTO item_search (item_search, rank) VALUES ('hashsize', 8388608);
INSERT INTO item_search (rowid, title, author, text) SELECT id, title, author, text FROM item WHERE removed IS NULL
  ORDER BY id; -- or the index is written out whenever a row comes before the last one

-- No index of all cards has seen in it, which is another one whenever a text changes. Of nearly all cards it is
-- first_seen; an index of its own has the others.
UPDATE item SET seen = first_seen WHERE seen < first_seen;
DROP INDEX item_date;
CREATE INDEX item_date ON item (patient, at DESC, id DESC, kind, first_seen, month) WHERE removed IS NULL;
CREATE INDEX item_renewed ON item (patient, seen, at, kind, month, first_seen)
  WHERE removed IS NULL AND seen > first_seen;

-- With the kind: of all that belongs to a plan only the evaluations are read when it is put together.
DROP INDEX item_about;
CREATE INDEX item_about ON item (patient, about_key, at, kind) WHERE removed IS NULL AND about_key IS NOT NULL;

-- When a plan of a patient was put together last, and which plans name something.
CREATE INDEX care_plan_newest ON care_plan (patient, seen) WHERE removed IS NULL AND part_of IS NULL;
CREATE INDEX care_plan_key_named ON care_plan_key (key);

-- A plan that leaves to a resource what it tells too notes that (key 'left-to/' and the public_id of the card), so that
-- it need not be put together each time that a resource tells something else. And the same words of two carers are two
-- evaluations now. So once, of who has any.
UPDATE patient SET plans_dirty = 1 WHERE id IN (SELECT patient FROM item WHERE kind = 3 AND removed IS NULL);

-- As in 0006-summary.sql, without a list of two patients for what is nearly always one.
DROP TRIGGER appointment_changed;
CREATE TRIGGER appointment_changed AFTER UPDATE ON appointment BEGIN
  UPDATE summary SET coming = NULL WHERE patient = NEW.patient AND coming IS NOT NULL;
END;
CREATE TRIGGER appointment_moved AFTER UPDATE OF patient ON appointment WHEN OLD.patient <> NEW.patient BEGIN
  UPDATE summary SET coming = NULL WHERE patient = OLD.patient AND coming IS NOT NULL;
END;
