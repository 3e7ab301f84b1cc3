/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-map.h"

G_BEGIN_DECLS

/* The name of a person as FHIR's HumanName with the Dutch extensions: own and partner's name, each with its prefix, put
 * together in the order that the person chose (NL1 own, NL2 partner, NL3 partner-own, NL4 own-partner). */

/* The HumanName of an array (nullable) to call somebody by: official before any other, and one that is old or of a
 * period that has ended only when there is no other. Without mapper (nullable) there is no clock, and each end that is
 * told has passed: what is said then is the same at any time. (nullable). */
JsonObject *cpd_ehr_name_best (const CpdEhrMapper *mapper, JsonArray *names);
/* The name that somebody goes by: a "usual" one that has a family name or a text, else the best. (nullable). */
JsonObject *cpd_ehr_name_usual (const CpdEhrMapper *mapper, JsonArray *names);

/* "Wil de Bruin-Hofstra": text, else given names and family name. (transfer full), NULL without any. */
char *cpd_ehr_name_full (JsonObject *name);
/* "W. de Bruin-Hofstra": initials and family name. (transfer full), NULL without any. */
char *cpd_ehr_name_short (JsonObject *name);

G_END_DECLS
