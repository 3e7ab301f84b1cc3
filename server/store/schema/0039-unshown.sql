-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of a card: something of it cannot be shown, as a part of a kind that is not read here. Who reads the rest is told so.

ALTER TABLE item ADD COLUMN unshown INTEGER NOT NULL DEFAULT 0;
ALTER TABLE item_version ADD COLUMN unshown INTEGER NOT NULL DEFAULT 0;
