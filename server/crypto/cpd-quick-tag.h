/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"

G_BEGIN_DECLS

#define CPD_QUICK_WORDS 128 /* of a block: 1,024 bytes */

/* Makes tags of 64 bits for what is compared here only: much quicker than cpd_tag() for some hundreds of bytes and
 * more. Without the key nobody can make two texts with one tag, as long as no tag is shown to anybody. */
typedef struct
{
  guint64 words[CPD_QUICK_WORDS];
  guchar key[CPD_TAG_KEY_SIZE];
} CpdQuickTag;

/* The same as long as the key file is. */
void cpd_quick_tag_init (CpdQuickTag *quick, const CpdKeys *keys);
guint64 cpd_quick_tag (const CpdQuickTag *quick, const void *data, gsize size);

G_END_DECLS
