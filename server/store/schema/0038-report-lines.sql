-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of a report in lines: which lines, each a resource of its own at the EHR that may go or become somebody else's.

CREATE TABLE item_line (
  item INTEGER NOT NULL REFERENCES item,
  line TEXT NOT NULL,                     -- id of the Observation
  version_id TEXT,                        -- as it was when the report was read; both NULL: it was not there
  last_updated INTEGER,
  told INTEGER NOT NULL,                  -- 0: nothing of it is shown; 1: its words stand in the report; 2: in an earlier version
  PRIMARY KEY (item, line)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_line_line ON item_line (line, item);
