-- SPDX-License-Identifier: GPL-3.0-or-later
-- Without these, deleting a row reads the whole of each table that may refer to it.

CREATE INDEX session_attempt ON session (attempt);
CREATE INDEX session_device ON session (device);
CREATE INDEX login_attempt_device ON login_attempt (device);
CREATE INDEX outbox_attempt ON outbox (attempt);
