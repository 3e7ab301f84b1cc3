-- SPDX-License-Identifier: GPL-3.0-or-later
-- Times are microseconds since 1970 in UTC (CpTime). public_id is what goes over the wire, never a row id.
-- Names of parts, states and kinds are the numbers of the enums in common/.

CREATE TABLE meta (
  key TEXT PRIMARY KEY,
  value ANY NOT NULL
) STRICT, WITHOUT ROWID;

-- Who can log in ---------------------------------------------------------------------------------------------------

CREATE TABLE account (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  username TEXT NOT NULL UNIQUE,          -- case folded
  name TEXT NOT NULL,
  given_name TEXT NOT NULL,
  email TEXT NOT NULL UNIQUE COLLATE NOCASE,
  mobile TEXT,                            -- E.164
  language TEXT NOT NULL DEFAULT 'nl',
  created INTEGER NOT NULL,
  last_login INTEGER,                     -- of the newest full session
  previous_login INTEGER                  -- the one before: "since your previous visit"
) STRICT;

-- A person's own password and a temporary one can live at once.
CREATE TABLE credential (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind INTEGER NOT NULL,                  -- 0 own: argon2id; 1 temporary: keyed hash of 80 random bits
  pepper INTEGER NOT NULL,                -- which key of the key file
  hash TEXT NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER,
  UNIQUE (account, kind)
) STRICT;

CREATE TABLE device (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  token_hash BLOB NOT NULL UNIQUE,
  previous_hash BLOB UNIQUE,              -- valid until the new token is used
  created INTEGER NOT NULL,
  last_visit INTEGER NOT NULL,
  ended INTEGER
) STRICT;
CREATE INDEX device_account ON device (account);

-- One try to get in: from the right password to the last step. Its codes share one counter of tries.
CREATE TABLE login_attempt (
  id INTEGER PRIMARY KEY,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  reason INTEGER NOT NULL,                -- CpChallengeReason
  shared INTEGER NOT NULL,
  temporary INTEGER NOT NULL,             -- logged in with the temporary password: it must be changed
  device INTEGER REFERENCES device,       -- an expired device that this login renews
  tries INTEGER NOT NULL DEFAULT 0,       -- since the newest code
  verified INTEGER                        -- the code was right, or the device was trusted
) STRICT;
CREATE INDEX login_attempt_account ON login_attempt (account);

CREATE TABLE sms_code (
  id INTEGER PRIMARY KEY,
  attempt INTEGER NOT NULL REFERENCES login_attempt ON DELETE CASCADE,
  code_hash BLOB NOT NULL,
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL
) STRICT;
CREATE INDEX sms_code_attempt ON sms_code (attempt);

CREATE TABLE session (
  id INTEGER PRIMARY KEY,
  token_hash BLOB NOT NULL UNIQUE,
  account INTEGER NOT NULL REFERENCES account ON DELETE CASCADE,
  kind INTEGER NOT NULL,                  -- CpdSessionKind
  attempt INTEGER REFERENCES login_attempt,
  device INTEGER REFERENCES device,
  shared INTEGER NOT NULL,
  created INTEGER NOT NULL,
  last_used INTEGER NOT NULL,
  expires INTEGER NOT NULL,               -- the absolute end
  ended INTEGER,
  end_reason INTEGER                      -- CpdSessionEnd: tells the app which words to use
) STRICT;
CREATE INDEX session_account ON session (account);

-- Counters of what was tried, in windows; the key is a keyed hash where it would name somebody.
CREATE TABLE throttle (
  bucket INTEGER NOT NULL,
  key BLOB NOT NULL,
  window_start INTEGER NOT NULL,
  count INTEGER NOT NULL,
  PRIMARY KEY (bucket, key)
) STRICT, WITHOUT ROWID;

-- Whose portal, and who may see what ---------------------------------------------------------------------------------

CREATE TABLE patient (
  id INTEGER PRIMARY KEY CHECK (id BETWEEN 1 AND 2147483647),
  public_id TEXT NOT NULL UNIQUE,
  source TEXT NOT NULL,                   -- name of the EHR source in the configuration
  identifier_hash BLOB NOT NULL UNIQUE,   -- keyed hash of source, system and value
  identifier_sealed BLOB NOT NULL,        -- "system|value" under the key file
  fhir_id TEXT,                           -- of the Patient resource; NULL until the first sync has linked it
  name TEXT NOT NULL,                     -- from enrol until the EHR gives it
  short_name TEXT NOT NULL,               -- initials and family name: all that an invitation shows
  birth_date TEXT,
  deceased INTEGER NOT NULL DEFAULT 0,
  active INTEGER NOT NULL DEFAULT 1,
  next_item INTEGER NOT NULL DEFAULT 1,
  created INTEGER NOT NULL,
  UNIQUE (source, fhir_id)
) STRICT;

CREATE TABLE membership (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  account INTEGER NOT NULL REFERENCES account,
  patient INTEGER NOT NULL REFERENCES patient,
  relation TEXT,
  ground TEXT,
  state INTEGER NOT NULL,                 -- CpdMembershipState
  created INTEGER NOT NULL,
  accepted INTEGER,
  until INTEGER,                          -- NULL: no end
  ended INTEGER,
  UNIQUE (account, patient)
) STRICT;
CREATE INDEX membership_patient ON membership (patient);

-- Each part of a membership is a row of its own and is never changed, only ended.
CREATE TABLE membership_part (
  id INTEGER PRIMARY KEY,
  membership INTEGER NOT NULL REFERENCES membership ON DELETE CASCADE,
  part INTEGER NOT NULL,                  -- one CpPart
  given_by INTEGER REFERENCES account,    -- NULL: the organisation (enrol)
  given INTEGER NOT NULL,
  ended INTEGER
) STRICT;
CREATE UNIQUE INDEX membership_part_live ON membership_part (membership, part) WHERE ended IS NULL;

CREATE TABLE invitation (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  membership INTEGER NOT NULL REFERENCES membership ON DELETE CASCADE,
  inviter INTEGER REFERENCES account,     -- NULL: the organisation
  state INTEGER NOT NULL,                 -- CpInvitationState; expired is told by expires
  created INTEGER NOT NULL,
  expires INTEGER NOT NULL,
  answered INTEGER
) STRICT;
CREATE INDEX invitation_membership ON invitation (membership);

-- What the EHR says ---------------------------------------------------------------------------------------------------
-- (source, type, fhir_id) is the key of a resource; business identifiers repeat. removed is a tombstone: the row stays.

CREATE TABLE item (
  id INTEGER PRIMARY KEY,                 -- patient << 32 | n, so that a patient's items lie in one range
  public_id TEXT NOT NULL UNIQUE,
  patient INTEGER NOT NULL REFERENCES patient,
  source TEXT NOT NULL,
  type TEXT NOT NULL,                     -- FHIR resource type
  fhir_id TEXT NOT NULL,
  kind INTEGER NOT NULL,                  -- CpDossierKind
  at INTEGER NOT NULL,
  date_only INTEGER NOT NULL DEFAULT 0,
  title TEXT,
  author TEXT,
  author_role TEXT,
  about TEXT,
  amended INTEGER NOT NULL DEFAULT 0,
  amended_at INTEGER,
  unfinished INTEGER NOT NULL DEFAULT 0,
  preview TEXT NOT NULL DEFAULT '',
  body TEXT NOT NULL,                     -- JSON: {"text": ...} or {"entries": [FormEntry]}
  version INTEGER NOT NULL DEFAULT 1,
  version_id TEXT,                        -- meta.versionId
  last_updated INTEGER,                   -- meta.lastUpdated
  hash BLOB NOT NULL,                     -- of the mapped fields: tells a change when versionId does not
  first_seen INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER,
  CHECK (id >> 32 = patient),
  UNIQUE (source, type, fhir_id)
) STRICT;
CREATE INDEX item_date ON item (patient, at DESC, id DESC) WHERE removed IS NULL;
CREATE INDEX item_first_seen ON item (patient, first_seen, kind) WHERE removed IS NULL;

-- What an item said before each change.
CREATE TABLE item_version (
  item INTEGER NOT NULL REFERENCES item,
  version INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  title TEXT,
  body TEXT NOT NULL,
  PRIMARY KEY (item, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE care_plan (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  patient INTEGER NOT NULL REFERENCES patient,
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  fhir_id TEXT NOT NULL,
  title TEXT,
  description TEXT,
  state INTEGER NOT NULL,                 -- CpCarePlanState as the resource says; the end of the period is judged when read
  period_from TEXT,
  period_until TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  version_id TEXT,
  last_updated INTEGER,
  hash BLOB NOT NULL,
  first_seen INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER,
  UNIQUE (source, type, fhir_id)
) STRICT;
CREATE INDEX care_plan_patient ON care_plan (patient) WHERE removed IS NULL;

CREATE TABLE care_plan_version (
  care_plan INTEGER NOT NULL REFERENCES care_plan,
  version INTEGER NOT NULL,
  seen INTEGER NOT NULL,
  body TEXT NOT NULL,                     -- JSON of the row before the change
  PRIMARY KEY (care_plan, version)
) STRICT, WITHOUT ROWID;

CREATE TABLE appointment (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  patient INTEGER NOT NULL REFERENCES patient,
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  fhir_id TEXT NOT NULL,
  status INTEGER NOT NULL,                -- CpAppointmentStatus
  starts INTEGER,                         -- NULL: not known
  ends INTEGER,
  -- without a start it stands at the end of what is coming: the year 9999
  place_in_time INTEGER NOT NULL AS (coalesce (starts, 253370764800000000)),
  description TEXT,
  with_whom TEXT,
  place TEXT,
  instruction TEXT,
  note TEXT,
  cancel_reason TEXT,
  version_id TEXT,
  last_updated INTEGER,
  hash BLOB NOT NULL,
  first_seen INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER,
  UNIQUE (source, type, fhir_id)
) STRICT;
CREATE INDEX appointment_order ON appointment (patient, place_in_time, id) WHERE removed IS NULL;

-- The data of the client: one row, made of the Patient resource.
CREATE TABLE profile (
  patient INTEGER PRIMARY KEY REFERENCES patient,
  body TEXT NOT NULL,                     -- JSON: Profile without contacts
  version_id TEXT,
  last_updated INTEGER,
  hash BLOB NOT NULL,
  changed INTEGER NOT NULL
) STRICT;

CREATE TABLE contact (
  id INTEGER PRIMARY KEY,
  public_id TEXT NOT NULL UNIQUE,
  patient INTEGER NOT NULL REFERENCES patient,
  source TEXT NOT NULL,
  type TEXT NOT NULL,                     -- RelatedPerson, or Patient for Patient.contact
  fhir_id TEXT NOT NULL,                  -- for Patient.contact: Patient id, '#', index or element id
  position INTEGER NOT NULL DEFAULT 0,
  name TEXT NOT NULL,
  relation TEXT,
  role TEXT,
  phone TEXT,
  email TEXT,
  hidden INTEGER NOT NULL DEFAULT 0,      -- inactive or past
  version_id TEXT,
  last_updated INTEGER,
  hash BLOB NOT NULL,
  first_seen INTEGER NOT NULL,
  changed INTEGER NOT NULL,
  removed INTEGER,
  UNIQUE (source, type, fhir_id)
) STRICT;
CREATE INDEX contact_patient ON contact (patient, position) WHERE removed IS NULL;

-- The schedule: one row per slot of a day; the key is the date in the organisation's zone, never "+12 h".
CREATE TABLE sync_slot (
  date TEXT NOT NULL,
  minute INTEGER NOT NULL,                -- of the day
  started INTEGER NOT NULL,
  finished INTEGER,
  failed INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (date, minute)
) STRICT, WITHOUT ROWID;

-- How each type of each source went.
CREATE TABLE sync_type (
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  last_attempt INTEGER NOT NULL,
  last_success INTEGER,
  error TEXT,                             -- of the last attempt; NULL when it went well
  read_count INTEGER NOT NULL DEFAULT 0,
  written_count INTEGER NOT NULL DEFAULT 0,
  odd_count INTEGER NOT NULL DEFAULT 0,
  PRIMARY KEY (source, type)
) STRICT, WITHOUT ROWID;

-- What was odd in the newest run: where, and why, without content.
CREATE TABLE sync_problem (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  source TEXT NOT NULL,
  place TEXT NOT NULL,                    -- file:line
  type TEXT,
  fhir_id TEXT,
  reason TEXT NOT NULL
) STRICT;

-- What the start screen needs of a patient, kept by the writer when the EHR changes something: reading it costs one row.
CREATE TABLE summary (
  patient INTEGER PRIMARY KEY REFERENCES patient,
  latest INTEGER REFERENCES item,         -- the newest report
  newest_seen INTEGER NOT NULL,           -- when the newest item came: nothing is new to who visited after it
  plan_changed INTEGER NOT NULL,
  name TEXT,                              -- NULL: no profile yet
  birth_date TEXT,
  address TEXT                            -- on one line
) STRICT;

-- What leaves the server ---------------------------------------------------------------------------------------------

-- A number is never used again, also when the newest rows are gone with their login attempts: it names files and is in
-- Message-ID.
CREATE TABLE outbox (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind INTEGER NOT NULL,                  -- CpdOutboxKind: sms or mail
  template TEXT NOT NULL,
  account INTEGER REFERENCES account ON DELETE CASCADE,
  attempt INTEGER REFERENCES login_attempt ON DELETE CASCADE, -- for a code: sent only while the attempt lives
  number_hash BLOB,                       -- keyed hash of the mobile number: its limits outlive a change of account
  created INTEGER NOT NULL,
  give_up INTEGER NOT NULL,
  next_try INTEGER NOT NULL,
  tries INTEGER NOT NULL DEFAULT 0,
  sent INTEGER,
  failed INTEGER
) STRICT;
CREATE INDEX outbox_account ON outbox (account, created);
CREATE INDEX outbox_number ON outbox (number_hash, created) WHERE number_hash IS NOT NULL;
CREATE INDEX outbox_due ON outbox (next_try) WHERE sent IS NULL AND failed IS NULL;

-- Who did what. Rows hold ids only; h chains each row to the one before: h = BLAKE2b(h before, canonical bytes of row).
CREATE TABLE audit (
  id INTEGER PRIMARY KEY,
  at INTEGER NOT NULL,
  action INTEGER NOT NULL,                -- CpdAuditAction
  account INTEGER NOT NULL DEFAULT 0,     -- 0: the organisation, or nobody known
  session INTEGER NOT NULL DEFAULT 0,
  patient INTEGER NOT NULL DEFAULT 0,
  membership INTEGER NOT NULL DEFAULT 0,  -- by which right
  part INTEGER NOT NULL DEFAULT 0,
  object INTEGER NOT NULL DEFAULT 0,      -- row id of what it is about, when it is one thing
  first INTEGER NOT NULL DEFAULT 0,       -- a range: time of its first and last row
  last INTEGER NOT NULL DEFAULT 0,
  count INTEGER NOT NULL DEFAULT 0,
  refresh INTEGER NOT NULL DEFAULT 0,     -- asked by the app itself: not shown as looking
  h BLOB NOT NULL
) STRICT;
CREATE INDEX audit_session ON audit (session, part, object, at);
CREATE INDEX audit_patient ON audit (patient, at);
