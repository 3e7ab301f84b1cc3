-- SPDX-License-Identifier: GPL-3.0-or-later
-- No query reads by it, and each reading pays for it. The page that will tell who looked makes the one that it needs.

DROP INDEX audit_patient;
