-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of whom a start screen may tell whoever manages the users: whose access has an end, and who declined.

CREATE INDEX membership_told ON membership (patient) WHERE state = 3 OR until IS NOT NULL;
