/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"

G_BEGIN_DECLS

#define CPD_QUICK_SECRET_SIZE 192 /* what XXH3 itself has; 136 is the least that it takes */

/* Makes tags of 64 bits for what is compared here only: much quicker than cpd_tag() for some hundreds of bytes and
 * more. XXH3 with a secret of our own tells texts apart, and nobody can look for two with one tag beforehand; it is no
 * MAC, so no tag is shown to anybody. What lies in the database is compared with what is made now: whoever makes tags
 * in another way raises MAPPING in ehr/cpd-ehr-context.c. */
typedef struct
{
  guchar secret[CPD_QUICK_SECRET_SIZE];
} CpdQuickTag;

/* The same as long as the key file is. */
void cpd_quick_tag_init (CpdQuickTag *quick, const CpdKeys *keys, const char *purpose);
guint64 cpd_quick_tag (const CpdQuickTag *quick, const void *data, gsize size);

G_END_DECLS
