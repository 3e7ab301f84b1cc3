-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of the EHR: what waits makes only its own client's data older, and a document has the place of the one that it replaces.

ALTER TABLE ehr_lacking ADD COLUMN patient INTEGER REFERENCES patient; -- whose it is, when it does not show yet as it is
                                                                       -- now; NULL: it does, without what it lacks
ALTER TABLE ehr_lacking ADD COLUMN whole INTEGER;                      -- with patient: when nothing of the type waited

CREATE INDEX ehr_lacking_patient ON ehr_lacking (patient) WHERE patient IS NOT NULL;

-- Resources that another, which is here, has taken the place of: none of them is a card beside it.
CREATE TABLE item_replaced (
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  fhir_id TEXT NOT NULL,
  item INTEGER NOT NULL REFERENCES item,
  PRIMARY KEY (source, type, fhir_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX item_replaced_item ON item_replaced (item);

-- Nothing asked for it: whoever is read is shown as the EHR has it, and nobody changes anything of that here.
ALTER TABLE patient DROP COLUMN active;
