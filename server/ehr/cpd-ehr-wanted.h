/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-resource.h"

G_BEGIN_DECLS

#define CPD_EHR_TYPE_START "{\"resourceType\":\"" /* what a line begins with that is written the usual way */

/* Which lines of a file need not be taken apart. All but types are zero at first: the beginning of a line up to and
 * with what follows its type, as the next line mostly begins so too. */
typedef struct
{
  const char *const *types; /* (borrowed) (nullable): of all */
  char start[sizeof CPD_EHR_TYPE_START + CPD_EHR_ID_MAX];
  gsize length;
  gboolean left;
} CpdEhrWanted;

gboolean cpd_ehr_wanted_leaves (CpdEhrWanted *wanted, const char *text, gsize length);
gsize cpd_ehr_wanted_peek (const char *text, gsize length, const char **type);
gboolean cpd_ehr_wanted_is_blank (const char *text, gsize length);

G_END_DECLS
