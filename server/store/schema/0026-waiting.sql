-- SPDX-License-Identifier: GPL-3.0-or-later
-- What cannot be given of one client makes nobody else's older.

ALTER TABLE ehr_lacking ADD COLUMN patient INTEGER REFERENCES patient; -- whose it is, when it does not show yet as it is
                                                                       -- now; NULL: it does, without what it lacks
ALTER TABLE ehr_lacking ADD COLUMN whole INTEGER;                      -- with patient: when nothing of the type waited

CREATE INDEX ehr_lacking_patient ON ehr_lacking (patient) WHERE patient IS NOT NULL;
