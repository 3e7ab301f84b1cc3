-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who told what a form says, beside who wrote it down.

ALTER TABLE item ADD COLUMN informant TEXT;
-- Lines that were read before it was kept say more than their rows.
UPDATE ehr_recall SET trusted = 0;
