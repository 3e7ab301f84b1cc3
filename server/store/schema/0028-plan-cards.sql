-- SPDX-License-Identifier: GPL-3.0-or-later
-- What a plan tells itself of how it goes is a card too: plans that do are put together once more, which makes them.

UPDATE patient SET plans_dirty = 1 WHERE id IN (SELECT patient FROM care_plan WHERE removed IS NULL
  AND body -> '$.evaluations[0]' IS NOT NULL);
