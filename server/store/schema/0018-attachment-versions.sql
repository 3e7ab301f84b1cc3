-- SPDX-License-Identifier: GPL-3.0-or-later
-- The files of each version of an item are kept, as its words are. Of versions before this what they had is not known:
-- what is there now shows beside them, as it did.

CREATE TABLE attachment_of_version (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  item INTEGER NOT NULL REFERENCES item,
  position INTEGER NOT NULL,
  since INTEGER NOT NULL,                 -- the version of the item that it came with
  until INTEGER,                          -- the last version that has it; NULL: the present one does
  title TEXT,
  media_type TEXT NOT NULL,
  size INTEGER NOT NULL,
  hash BLOB NOT NULL,                     -- of its bytes
  file TEXT NOT NULL,
  UNIQUE (item, position, since)
) STRICT;
INSERT INTO attachment_of_version (id, public_id, item, position, since, title, media_type, size, hash, file)
  SELECT id, public_id, item, position, 1, title, media_type, size, hash, file FROM attachment;
DROP TABLE attachment;
ALTER TABLE attachment_of_version RENAME TO attachment;
CREATE INDEX attachment_file ON attachment (file); -- which files no row names any more
