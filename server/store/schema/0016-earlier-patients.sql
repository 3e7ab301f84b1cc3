-- SPDX-License-Identifier: GPL-3.0-or-later
-- The Patients that somebody was linked to before the EHR merged them into another: what is still about one of them is
-- about the person, in each run after the merge too.

CREATE TABLE patient_earlier (
  patient INTEGER NOT NULL REFERENCES patient,
  fhir_id TEXT NOT NULL,
  PRIMARY KEY (patient, fhir_id)
) STRICT, WITHOUT ROWID;
