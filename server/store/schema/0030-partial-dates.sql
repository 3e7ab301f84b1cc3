-- SPDX-License-Identifier: GPL-3.0-or-later
-- Of some reports the EHR knows a month or a year, and no day.

ALTER TABLE item ADD COLUMN partial_date TEXT; -- "2026-03", "2026"; at is the first moment of it; NULL: the day is known
