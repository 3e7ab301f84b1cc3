-- SPDX-License-Identifier: GPL-3.0-or-later
-- Plans put together of their pieces, and what the EHR gave that could not be kept.

-- The plan that this one is a part of (an intervention under its plan): it is shown there, not on its own. Told when
-- plans are put together, as the parent may come later.
ALTER TABLE care_plan ADD COLUMN part_of INTEGER REFERENCES care_plan;

-- Which resources stand in a plan, kept when it is put together: a report whose about_key (or goal_key) is one of them is
-- about this plan, and about that goal of it.
CREATE TABLE care_plan_key (
  care_plan INTEGER NOT NULL REFERENCES care_plan,
  key TEXT NOT NULL,                      -- "CarePlan/7", "Goal/3"; "Observation/9" is named by the plan as an outcome
  goal INTEGER NOT NULL,                  -- number of the goal in the plan; 0: the plan as a whole
  PRIMARY KEY (care_plan, key)
) STRICT, WITHOUT ROWID;

ALTER TABLE item ADD COLUMN goal_key TEXT; -- the goal that it is about: "Goal/3"

-- A resource that could not be understood: its last good copy stays. Without content; gone when a good one comes.
CREATE TABLE sync_quarantine (
  source TEXT NOT NULL,
  type TEXT NOT NULL,
  fhir_id TEXT NOT NULL,
  place TEXT NOT NULL,                    -- file:line
  reason TEXT NOT NULL,
  since INTEGER NOT NULL,
  seen INTEGER NOT NULL,                  -- when a run met it last
  PRIMARY KEY (source, type, fhir_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX attachment_file ON attachment (file); -- which files no row names any more
