-- SPDX-License-Identifier: GPL-3.0-or-later
-- A visit is one to a client: who looks at one has not seen the other. What lasts long, and what has no day, is found.

ALTER TABLE membership ADD COLUMN visited INTEGER;        -- which login of the account this client was last looked at in
ALTER TABLE membership ADD COLUMN visited_before INTEGER; -- the one before that in which it was
UPDATE membership SET (visited, visited_before) =
  (SELECT last_login, previous_login FROM account a WHERE a.id = membership.account) WHERE accepted IS NOT NULL;

CREATE INDEX appointment_long ON appointment (patient, ends)
  WHERE removed IS NULL AND ends - place_in_time > 2678400000000;

CREATE INDEX item_partial ON item (patient, at) WHERE removed IS NULL AND partial_date IS NOT NULL;
