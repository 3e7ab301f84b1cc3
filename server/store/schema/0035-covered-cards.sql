-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a goal told and a resource tells too is one card, also when the goal tells something else by now.

ALTER TABLE item ADD COLUMN covered INTEGER NOT NULL DEFAULT 0; -- 1: a card that a plan tells itself, and a resource too:
                                                                -- removed, until the resource tells it no more
UPDATE patient SET plans_dirty = 2 WHERE plans_dirty = 0 AND id IN (SELECT patient FROM item
  WHERE type = 'CarePlan#evaluation' AND removed IS NULL);

-- The plans of one client, also those that are gone, are put together without a look at those of others.
DROP INDEX care_plan_patient;
CREATE INDEX care_plan_patient ON care_plan (patient);
