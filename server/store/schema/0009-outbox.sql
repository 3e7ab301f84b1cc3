-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a message is about, where it goes when that is not the account's own address, and who is handing it over.

ALTER TABLE outbox ADD COLUMN membership INTEGER REFERENCES membership ON DELETE CASCADE;
ALTER TABLE outbox ADD COLUMN invitation INTEGER REFERENCES invitation ON DELETE CASCADE; -- NULL: the newest of membership
ALTER TABLE outbox ADD COLUMN link_kind INTEGER NOT NULL DEFAULT 0;   -- what a link with a token opens; 0: none is made
ALTER TABLE outbox ADD COLUMN link_object INTEGER NOT NULL DEFAULT 0; -- row id of what that link is about
ALTER TABLE outbox ADD COLUMN to_sealed BLOB;                         -- sealed; NULL: the address of the account
-- Who hands it over has it until leased_until. Each taking has a number of its own: who comes back with an older one has
-- lost the row and may change nothing of it.
ALTER TABLE outbox ADD COLUMN lease INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN leased_until INTEGER NOT NULL DEFAULT 0;
ALTER TABLE outbox ADD COLUMN reason TEXT;                            -- why the last try failed; no address, no content

CREATE INDEX outbox_membership ON outbox (membership, id) WHERE membership IS NOT NULL;
CREATE INDEX outbox_invitation ON outbox (invitation) WHERE invitation IS NOT NULL;
CREATE INDEX outbox_sms ON outbox (created) WHERE kind = 1;
DROP INDEX outbox_due;
CREATE INDEX outbox_due ON outbox (kind, next_try) WHERE sent IS NULL AND failed IS NULL;
