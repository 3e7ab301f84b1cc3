-- SPDX-License-Identifier: GPL-3.0-or-later
-- The mail that there is something new: who wants it and when it may come, and how far each account was told.

ALTER TABLE account ADD COLUMN news_mail INTEGER NOT NULL DEFAULT 1;
ALTER TABLE account ADD COLUMN quiet_from INTEGER DEFAULT 1260; -- minute of the day in the organisation's zone
ALTER TABLE account ADD COLUMN quiet_until INTEGER DEFAULT 480; -- from then on it may come again; both NULL: at any time
ALTER TABLE account ADD COLUMN news_told INTEGER NOT NULL DEFAULT 0;    -- what came until then was told, or is by a mail that waits
ALTER TABLE account ADD COLUMN news_waiting INTEGER NOT NULL DEFAULT 0; -- told, and the person has not been in since

-- When all that the EHR had of a client was here for the first time: until then nothing of it is new. Who is here already
-- has seen what there is; of the others the next run tells.
ALTER TABLE patient ADD COLUMN loaded INTEGER;
UPDATE patient SET loaded = (SELECT max (newest_seen, plan_changed,
  coalesce ((SELECT max (first_seen) FROM appointment WHERE appointment.patient = patient.id), 0))
  FROM summary WHERE summary.patient = patient.id) WHERE fhir_id IS NOT NULL;
