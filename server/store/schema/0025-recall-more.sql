-- SPDX-License-Identifier: GPL-3.0-or-later
-- What the newest run over a directory knew besides. Of each line that gives a name: tags and hashes, no names (see
-- server/ehr/cpd-ehr-later.c). And the rows of patients of whom something is shown that the directory does not name, as
-- their dossier was closed when they died, or their Patient is not there.

ALTER TABLE ehr_recall ADD COLUMN named BLOB NOT NULL DEFAULT x'';
ALTER TABLE ehr_recall ADD COLUMN kept BLOB NOT NULL DEFAULT x'';
