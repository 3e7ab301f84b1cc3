-- SPDX-License-Identifier: GPL-3.0-or-later
-- What changed for whom: the change feed tells it to the screens that wait. Kept for a day (see server/store/cpd-tidy.c);
-- numbers are never given twice, so that a place in it stays a place.

CREATE TABLE change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  topic INTEGER NOT NULL,                 -- one CpTopic
  at INTEGER NOT NULL
) STRICT;
CREATE INDEX change_account ON change (account, id);
