-- SPDX-License-Identifier: GPL-3.0-or-later
-- A FHIR server as source: how far each type was read for whom, how it is read, names of carers, one run at a time.

-- Everything of the type about the subject that changed before mark (the server's clock) is here.
CREATE TABLE ehr_mark (
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  subject TEXT NOT NULL,                  -- id of the Patient at the server
  mark INTEGER NOT NULL,
  PRIMARY KEY (source, type, subject)
) STRICT, WITHOUT ROWID;

CREATE TABLE ehr_type (
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  mode INTEGER NOT NULL DEFAULT 0,        -- CpdEhrMode of the newest run
  swept INTEGER NOT NULL DEFAULT 0,       -- when its ids were last compared
  history INTEGER NOT NULL DEFAULT 0,     -- the history before this (the server's clock) was looked through
  PRIMARY KEY (source, type)
) STRICT, WITHOUT ROWID;

-- What references point at and no client's query brings: carers, organisations, forms. Their names only.
CREATE TABLE ehr_name (
  source TEXT NOT NULL,
  key TEXT NOT NULL,                      -- "Practitioner/7"
  body TEXT NOT NULL,                     -- JSON: the resource without what the portal does not read
  fetched INTEGER NOT NULL,
  PRIMARY KEY (source, key)
) STRICT, WITHOUT ROWID;

-- One run over the EHR at a time, over all processes.
CREATE TABLE sync_lease (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  owner TEXT NOT NULL,                    -- "host:process:chance"
  expires INTEGER NOT NULL
) STRICT;
