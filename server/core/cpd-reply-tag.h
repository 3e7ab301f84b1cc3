/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-keys.h"
#include "cpd-reply.h"

G_BEGIN_DECLS

/* The reply gets an etag when cpd_reply_write() writes it. Takes a copy of key. */
void cpd_reply_tag_with (CpdReply *reply, const guchar key[CPD_TAG_KEY_SIZE]);

G_END_DECLS
