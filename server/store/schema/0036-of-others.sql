-- SPDX-License-Identifier: GPL-3.0-or-later
-- What turns out to be of another client, or a mistake, goes from earlier versions too.

ALTER TABLE item_version ADD COLUMN fhir_id TEXT; -- whose text it has, when another has the place of that; NULL: the card's
CREATE INDEX item_version_fhir_id ON item_version (fhir_id) WHERE fhir_id IS NOT NULL;
-- Of a card that came in the place of one other nothing else tells it.
UPDATE item_version SET fhir_id = (SELECT min (r.fhir_id) FROM item_replaced r WHERE r.item = item_version.item)
  WHERE (SELECT count (*) FROM item_replaced r WHERE r.item = item_version.item) = 1;

ALTER TABLE plan_piece ADD COLUMN of_other INTEGER NOT NULL DEFAULT 0; -- removed, as it is said to be of somebody else
