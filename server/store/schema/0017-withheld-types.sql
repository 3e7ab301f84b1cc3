-- SPDX-License-Identifier: GPL-3.0-or-later
-- A type that the source does not grant makes nothing older than it is.

ALTER TABLE sync_type ADD COLUMN withheld INTEGER NOT NULL DEFAULT 0;
