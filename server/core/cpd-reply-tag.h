/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-quick-tag.h"
#include "cpd-reply.h"

G_BEGIN_DECLS

/* What the tag of an answer is made with: none of it leaves the server. */
typedef struct
{
  guchar key[CPD_TAG_KEY_SIZE];
  CpdQuickTag halves[2];
} CpdReplyTagger;

/* The same as long as the key file is. */
void cpd_reply_tagger_init (CpdReplyTagger *tagger, const CpdKeys *keys);
/* The reply gets an etag when cpd_reply_write() writes it: until then it borrows tagger. */
void cpd_reply_tag_with (CpdReply *reply, const CpdReplyTagger *tagger);

G_END_DECLS
