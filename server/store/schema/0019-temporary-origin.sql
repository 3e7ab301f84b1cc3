-- SPDX-License-Identifier: GPL-3.0-or-later
-- A temporary password that came with an invitation is renewed by who invites, another by asking for one. Until now that
-- was guessed from how long it lives: one that was asked for lives a day at most.

ALTER TABLE credential ADD COLUMN invited INTEGER NOT NULL DEFAULT 0;
UPDATE credential SET invited = 1 WHERE kind = 1 AND expires - created > 86400000000;
