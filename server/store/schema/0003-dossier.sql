-- SPDX-License-Identifier: GPL-3.0-or-later
-- The dossier as it is read: by month, searched, unread for each person; plans with goals and activities; attachments.

-- What is read and searched: of a form its questions and answers in lines, and entries beside it as JSON.
ALTER TABLE item ADD COLUMN text TEXT NOT NULL DEFAULT '';
ALTER TABLE item ADD COLUMN entries TEXT;            -- JSON: array of FormEntry; NULL unless a form
ALTER TABLE item ADD COLUMN about_key TEXT;          -- what it belongs to: "CarePlan/7", "Goal/3"
ALTER TABLE item ADD COLUMN month INTEGER NOT NULL DEFAULT 0; -- 202601 in the organisation's zone; 0: not judged yet
ALTER TABLE item ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; -- when the portal first had this text: what is unread goes by it
UPDATE item SET seen = iif (version = 1, first_seen, changed);
UPDATE item SET text = coalesce (body ->> 'text', ''), entries = body -> 'entries';
UPDATE item SET text = coalesce ((SELECT group_concat (coalesce (value ->> 'label', '')
  || coalesce (': ' || (SELECT group_concat (value, ', ') FROM json_each (entry.value, '$.answers')), ''), char (10))
  FROM json_each (item.entries) AS entry), '') WHERE entries IS NOT NULL;
ALTER TABLE item DROP COLUMN body;
ALTER TABLE item_version ADD COLUMN text TEXT NOT NULL DEFAULT '';
ALTER TABLE item_version ADD COLUMN entries TEXT;
UPDATE item_version SET text = coalesce (body ->> 'text', ''), entries = body -> 'entries';
ALTER TABLE item_version DROP COLUMN body;
CREATE INDEX item_month_order ON item (patient, month, at, id) WHERE removed IS NULL;
-- With all that a list is filtered by, so that it costs what it shows: rows are long.
DROP INDEX item_date;
CREATE INDEX item_date ON item (patient, at DESC, id DESC, kind, seen, month) WHERE removed IS NULL;
CREATE INDEX item_about ON item (patient, about_key, at) WHERE removed IS NULL AND about_key IS NOT NULL;

-- store/ writes its rows, not triggers: those fail with trusted_schema off. Rows of removed items are taken out.
CREATE VIRTUAL TABLE item_search USING fts5 (title, author, text, content='item', content_rowid='id',
  tokenize="unicode61 remove_diacritics 2", prefix='2 3');
-- Its words, to find those that begin with four letters or more: that index of FTS5 has beginnings of two and three.
CREATE VIRTUAL TABLE item_word USING fts5vocab (item_search, instance);
INSERT INTO item_search (rowid, title, author, text) SELECT id, title, author, text FROM item WHERE removed IS NULL;

-- Kept by the writer with each item, so that a timeline costs its months and not its cards.
CREATE TABLE item_month (
  patient INTEGER NOT NULL REFERENCES patient,
  month INTEGER NOT NULL,
  kind INTEGER NOT NULL,                  -- CpDossierKind
  count INTEGER NOT NULL,
  PRIMARY KEY (patient, month, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO item_month SELECT patient, month, kind, count (*) FROM item WHERE removed IS NULL GROUP BY 1, 2, 3;

CREATE TABLE item_author (
  patient INTEGER NOT NULL REFERENCES patient,
  author TEXT NOT NULL,
  kind INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (patient, author, kind)
) STRICT, WITHOUT ROWID;
INSERT INTO item_author SELECT patient, author, kind, count (*) FROM item WHERE removed IS NULL AND author IS NOT NULL
  GROUP BY 1, 2, 3;

-- The newest report, and nothing else that may not be shared.
UPDATE summary SET latest = (SELECT id FROM item WHERE patient = summary.patient AND removed IS NULL AND kind IN (0, 1, 4)
  ORDER BY at DESC, id DESC LIMIT 1);

-- What came before a person accepted is not unread to them, nor what they marked as read all at once.
ALTER TABLE membership ADD COLUMN unread_since INTEGER;
UPDATE membership SET unread_since = accepted;
CREATE TABLE item_read (
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  item INTEGER NOT NULL REFERENCES item,
  at INTEGER NOT NULL,
  PRIMARY KEY (account, item)
) STRICT, WITHOUT ROWID;

-- A file of an item; its bytes lie sealed beside the database under the name in file.
CREATE TABLE attachment (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  item INTEGER NOT NULL REFERENCES item,
  position INTEGER NOT NULL,
  title TEXT,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  hash BLOB NOT NULL,                     -- of its bytes
  file TEXT NOT NULL,
  UNIQUE (item, position)
) STRICT;

-- What plans are made of: Goal, ServiceRequest, Procedure, Task, CareTeam; each as mapped. Which plan they belong to is
-- told when the plan is put together, as references may come before their target.
CREATE TABLE plan_piece (
  id INTEGER PRIMARY KEY,
  patient INTEGER NOT NULL REFERENCES patient,
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  fhir_id TEXT NOT NULL,
  body TEXT NOT NULL,                     -- JSON
  version_id TEXT,
  last_updated INTEGER,
  hash BLOB NOT NULL,
  first_seen INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER,
  UNIQUE (source, type, fhir_id)
) STRICT;
CREATE INDEX plan_piece_patient ON plan_piece (patient, type) WHERE removed IS NULL;

ALTER TABLE care_plan ADD COLUMN own TEXT NOT NULL DEFAULT '{}';  -- JSON: what the CarePlan itself says of goals and activities
ALTER TABLE care_plan ADD COLUMN body TEXT;                       -- JSON: CarePlan of the wire, put together; NULL: not yet
ALTER TABLE care_plan ADD COLUMN seen INTEGER NOT NULL DEFAULT 0; -- when this version was first put together
ALTER TABLE patient ADD COLUMN plans_dirty INTEGER NOT NULL DEFAULT 0; -- a plan or piece changed since they were put together
DELETE FROM care_plan_version;
UPDATE care_plan SET version = 1, seen = changed;
UPDATE patient SET plans_dirty = 1;
