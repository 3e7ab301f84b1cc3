-- SPDX-License-Identifier: GPL-3.0-or-later
-- What came from a FHIR server without something that belongs to it: a name, the words of questions, a file. It is asked
-- for again by each run, and nothing else waits for it.

CREATE TABLE ehr_lacking (
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  fhir_id TEXT NOT NULL,
  since INTEGER NOT NULL,                 -- when it was asked for last
  PRIMARY KEY (source, type, fhir_id)
) STRICT, WITHOUT ROWID;
