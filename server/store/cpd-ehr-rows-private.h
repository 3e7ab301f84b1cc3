/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

/* SQL: fhir_id is base, or base, '#' and more: of a resource that makes a row for each of its people (an Appointment of
 * several, the contacts of a Patient), or a row of its own for what it tells (the evaluations of a plan). No id has a
 * sign before '$' but that '#'. In C cpd_ehr_row_is_of() tells the same. */
#define CPD_IS_ROW_OF(base) "fhir_id BETWEEN " base " AND " base " || '$'"
