-- SPDX-License-Identifier: GPL-3.0-or-later
-- Who says that a document replaces another, and whose it is that could not be understood.

ALTER TABLE item_replaced ADD COLUMN named_by TEXT; -- fhir_id of what replaces it, which another may have replaced itself;
                                                    -- NULL: not noted when it was told

-- Those are written once more by the next run, which reads everything.
UPDATE item SET hash = x'' WHERE removed IS NULL AND id IN (SELECT item FROM item_replaced);

ALTER TABLE sync_quarantine ADD COLUMN patient INTEGER REFERENCES patient; -- NULL: that could not be understood either

-- What a plan tells and a resource too is one card: plans with cards of their own are put together once more.
UPDATE patient SET plans_dirty = 1 WHERE id IN (SELECT patient FROM item WHERE type = 'CarePlan#evaluation'
  AND removed IS NULL);
