-- SPDX-License-Identifier: GPL-3.0-or-later
-- What turns out to be of another client, or a mistake, goes from earlier versions too.

ALTER TABLE plan_piece ADD COLUMN of_other INTEGER NOT NULL DEFAULT 0; -- removed, as it is said to be of somebody else
