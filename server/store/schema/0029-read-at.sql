-- SPDX-License-Identifier: GPL-3.0-or-later
-- How old what is shown of one client is: a run that goes well may still have left somebody out.

ALTER TABLE patient ADD COLUMN read_at INTEGER; -- when the newest run that read all of theirs began; NULL: none has

-- Whoever was left out until now is not told apart: this grows no older than what was shown, and newer only by a run.
UPDATE patient SET read_at = (SELECT max (last_success) FROM sync_type WHERE sync_type.source = patient.source)
WHERE fhir_id IS NOT NULL;
