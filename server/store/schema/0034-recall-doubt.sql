-- SPDX-License-Identifier: GPL-3.0-or-later
-- Each job of a run looks whether what is kept counts (cpd_store_recall_doubt()). In a table without row ids whoever
-- looks for a row reads all of it, also the lists of everything that has a name.

CREATE TABLE ehr_recall_new (
  source TEXT NOT NULL UNIQUE,
  trusted INTEGER NOT NULL,               -- as in 0013-recall.sql, and 0025-recall-more.sql
  whole INTEGER NOT NULL,
  settled INTEGER NOT NULL,
  context BLOB NOT NULL,
  known BLOB NOT NULL,
  named BLOB NOT NULL,
  kept BLOB NOT NULL
) STRICT;
INSERT INTO ehr_recall_new (source, trusted, whole, settled, context, known, named, kept)
  SELECT source, trusted, whole, settled, context, known, named, kept FROM ehr_recall;
DROP TABLE ehr_recall;
ALTER TABLE ehr_recall_new RENAME TO ehr_recall;
