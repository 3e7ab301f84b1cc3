/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-kin.h"

G_BEGIN_DECLS

/* The names of the contract for codes of the EHR; NULL when the table does not know the code (nullable). */

/* VEKT "rol" (urn:oid:2.16.840.1.113883.2.4.3.11.22.472), "1" and "01" are the same: "first-contact". */
const char *cpd_ehr_words_role (const char *code);
/* HL7 v3 RoleCode: "daughter". */
const char *cpd_ehr_words_relation (const char *code);
/* The rank of a role among the contacts of a person: 0 first, 1 second, 2 everybody else. */
int cpd_ehr_words_role_rank (const char *role);

G_END_DECLS
