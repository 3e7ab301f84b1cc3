-- SPDX-License-Identifier: GPL-3.0-or-later
-- A mail about a device that was not known before tells its name. NULL: about none, or a shared computer, which has none.

ALTER TABLE outbox ADD COLUMN device INTEGER REFERENCES device ON DELETE SET NULL;
CREATE INDEX outbox_device ON outbox (device) WHERE device IS NOT NULL;
