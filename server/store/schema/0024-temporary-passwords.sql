-- SPDX-License-Identifier: GPL-3.0-or-later
-- Each mail with a temporary password keeps what it says: a second invitation, or a password that was asked for, does not
-- end the one before it. The one own password of an account stays the only one.

CREATE TABLE credential_new (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind INTEGER NOT NULL,                  -- 0 own: argon2id; 1 temporary: keyed hash of 80 random bits
  pepper INTEGER NOT NULL,                -- which key of the key file
  hash TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER,
  invited INTEGER NOT NULL DEFAULT 0      -- a temporary one of an invitation
) STRICT;
INSERT INTO credential_new (id, account, kind, pepper, hash, created, expires, invited)
  SELECT id, account, kind, pepper, hash, created, expires, invited FROM credential;
DROP TABLE credential;
ALTER TABLE credential_new RENAME TO credential;
CREATE UNIQUE INDEX credential_own ON credential (account) WHERE kind = 0;
CREATE INDEX credential_account ON credential (account, kind);
