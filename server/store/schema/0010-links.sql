-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a link in a mail opens. Its token is made when the mail is handed over and is here as a keyed hash only.

CREATE TABLE link (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,                  -- CpdLinkKind
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  object INTEGER NOT NULL DEFAULT 0,      -- row id of what it is about: the invitation, the change of address
  token_hash BLOB NOT NULL UNIQUE,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER                            -- or ended by something else
) STRICT;
CREATE INDEX link_account ON link (account);
