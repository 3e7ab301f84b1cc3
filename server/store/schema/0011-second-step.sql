-- SPDX-License-Identifier: GPL-3.0-or-later
-- More ways to the second step, devices and sessions that a person can tell apart, and changes that wait for a code.

-- Devices and sessions get names of their own on the wire; what there is already gets a random one too.
ALTER TABLE device ADD COLUMN public_id TEXT;
ALTER TABLE device ADD COLUMN name TEXT;                  -- NULL: the app of then did not say
ALTER TABLE session ADD COLUMN public_id TEXT;
UPDATE device SET public_id = hex (randomblob (11));
UPDATE session SET public_id = hex (randomblob (11));
CREATE UNIQUE INDEX device_public ON device (public_id);
CREATE UNIQUE INDEX session_public ON session (public_id);

-- A login attempt is what codes and their counter of tries belong to. So is a new number that waits for its code.
ALTER TABLE login_attempt ADD COLUMN purpose INTEGER NOT NULL DEFAULT 0; -- CpdAttemptPurpose
ALTER TABLE login_attempt ADD COLUMN device_name TEXT;    -- as the app called the computer
ALTER TABLE login_attempt ADD COLUMN mobile TEXT;         -- E.164: the number that waits

-- Codes from an app (RFC 6238).
CREATE TABLE totp (
  account INTEGER PRIMARY KEY REFERENCES account ON DELETE CASCADE,
  seed_sealed BLOB NOT NULL,              -- under the key file
  created INTEGER NOT NULL,
  confirmed INTEGER,                      -- NULL: no code was shown yet, so it opens nothing
  used_step INTEGER NOT NULL DEFAULT 0    -- the newest step that was used: each counts once
) STRICT;

-- Codes that were given beforehand, each for one use.
CREATE TABLE given_code (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind INTEGER NOT NULL,                  -- CpStepMethod: of the sheet, or of the desk
  code_hash BLOB NOT NULL,                -- keyed, with the account in it
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  used INTEGER
) STRICT;
CREATE INDEX given_code_account ON given_code (account, kind);

-- An e-mail address that waits for the click in the mail to it. One for an account.
CREATE TABLE email_change (
  id INTEGER PRIMARY KEY AUTOINCREMENT,   -- links name it: a number is never used again
  account INTEGER NOT NULL UNIQUE REFERENCES account ON DELETE CASCADE,
  email TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT;

ALTER TABLE account ADD COLUMN ended INTEGER;             -- by the person: nobody logs in with it any more
