-- SPDX-License-Identifier: GPL-3.0-or-later
-- Gebruikersbeheer: where a member came from, how long access lasts, and which mail carries an invitation.

ALTER TABLE membership ADD COLUMN contact INTEGER REFERENCES contact;      -- of the EHR, when the member is one
ALTER TABLE membership ADD COLUMN made_account INTEGER NOT NULL DEFAULT 0; -- the account was made for this membership
-- Whose account it is may be known here: it was made here, or its owner has accepted once. Otherwise only its address.
ALTER TABLE membership ADD COLUMN named INTEGER NOT NULL DEFAULT 0;
ALTER TABLE membership ADD COLUMN until_days INTEGER;                      -- how long the present end was given for
ALTER TABLE membership ADD COLUMN until_told INTEGER;                      -- which end both were told of
UPDATE membership SET named = 1 WHERE accepted IS NOT NULL;
CREATE INDEX membership_until ON membership (until) WHERE until IS NOT NULL AND ended IS NULL;

-- The newest mail with it. No reference: rows of the outbox are deleted before invitations are, and no number is used
-- again. An invitation exists from created on, which may be still to come: until then it can be undone.
ALTER TABLE invitation ADD COLUMN outbox INTEGER;
