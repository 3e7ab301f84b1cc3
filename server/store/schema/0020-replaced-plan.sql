-- SPDX-License-Identifier: GPL-3.0-or-later
-- Whether another plan has replaced one is kept beside it, so that a list of plans reads no bodies. Of a plan that says
-- itself that it has expired that is not to be seen in its body: those are put together once more.

ALTER TABLE care_plan ADD COLUMN replaced INTEGER NOT NULL DEFAULT 0;
UPDATE care_plan SET replaced = 1 WHERE body ->> '$.state' = 'expired' AND state <> 2;
UPDATE patient SET plans_dirty = 1 WHERE id IN (SELECT patient FROM care_plan WHERE state = 2);
