-- SPDX-License-Identifier: GPL-3.0-or-later
-- Words are merged when there are sixteen parts of a size, not four: half as often is a word written anew. A run merges
-- a step after each of its jobs, while the rows of another are gathered (see server/ehr/cpd-ehr-batch.c).
INSERT INTO item_search (item_search, rank) VALUES ('usermerge', 16);
