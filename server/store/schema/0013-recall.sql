-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the newest run over a directory understood of each line, so that the next one reads only what is different: see
-- server/ehr/cpd-ehr-recall.c. No words of a line are in it.

CREATE TABLE ehr_recall (
  source TEXT PRIMARY KEY,
  trusted INTEGER NOT NULL,               -- 0: something was written since by a run that did not come to its end
  whole INTEGER NOT NULL,                 -- when every line was read last
  settled INTEGER NOT NULL,               -- a bit for each type of which all that is shown stood in the directory
  context BLOB NOT NULL,                  -- hash of what all lines depend on
  known BLOB NOT NULL                     -- what each key stood for that lines refer to
) STRICT, WITHOUT ROWID;

CREATE TABLE ehr_recall_page (
  source TEXT NOT NULL,
  path TEXT NOT NULL,                     -- of the file, below the directory
  page INTEGER NOT NULL,
  body BLOB NOT NULL,                     -- what is known of its lines, in their order
  PRIMARY KEY (source, path, page)
) STRICT;
