-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the newest run over a directory was told by each line that gives a name: tags and hashes, no names. See
-- server/ehr/cpd-ehr-later.c.

ALTER TABLE ehr_recall ADD COLUMN named BLOB NOT NULL DEFAULT x'';
