/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"

G_BEGIN_DECLS

#define CPD_QUICK_SECRET_SIZE 192 /* what XXH3 itself has; 136 is the least that it takes */

/* Makes tags of 64 bits for what is compared here only: much quicker than cpd_tag() for some hundreds of bytes and
 * more. XXH3 with a secret of our own tells texts apart, and nobody can look for two with one tag beforehand; it is no
 * MAC, so no tag is shown to anybody. How surely it does is not one in 2^64 for all texts: of more than 240 bytes two
 * digits may have changed places, a multiple of 64 bytes and less than 1024 apart, and then about one secret in 2^32
 * makes the same tag of both. What must be surer takes two tags with two secrets, as core/cpd-reply-tag.c does; what
 * takes one looks at everything now and then, as ehr/cpd-ehr-recall.c does each week. What lies in the database is
 * compared with what is made now: whoever makes tags in another way raises MAPPING in ehr/cpd-ehr-context.c. */
typedef struct
{
  guchar secret[CPD_QUICK_SECRET_SIZE];
} CpdQuickTag;

/* The same as long as the key file is. */
void cpd_quick_tag_init (CpdQuickTag *quick, const CpdKeys *keys, const char *purpose);
guint64 cpd_quick_tag (const CpdQuickTag *quick, const void *data, gsize size);

G_END_DECLS
