-- SPDX-License-Identifier: GPL-3.0-or-later
-- A run over the EHR merges the index of words itself (see server/store/cpd-store-item.c), so that no change waits while
-- one before it does, and what is merged is merged once: by itself FTS5 does so within the transactions that write words,
-- in steps of four. What no run merges FTS5 does merge, within a change, at 500 parts of a size: it refuses every change,
-- and every merge, once there are 2,000 of all sizes together. It gathers 8 MB of words before it writes, where 1 MB is
-- less than a batch of rows.
INSERT INTO item_search (item_search, rank) VALUES ('automerge', 0);
INSERT INTO item_search (item_search, rank) VALUES ('crisismerge', 500);
INSERT INTO item_search (item_search, rank) VALUES ('hashsize', 8388608);
