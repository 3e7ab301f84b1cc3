/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPA_ATTACHMENT_MAX_BYTES (10 * 1024 * 1024)

typedef enum
{
  CPA_ATTACHMENT_OTHER, /* not shown for what it says that it is */
  CPA_ATTACHMENT_PNG,
  CPA_ATTACHMENT_JPEG,
  CPA_ATTACHMENT_GIF,
  CPA_ATTACHMENT_PDF,
  CPA_ATTACHMENT_TEXT
} CpaAttachmentKind;

/* What the bytes are, by themselves; only of text it counts what was declared (a media type). */
CpaAttachmentKind cpa_attachment_kind (GBytes *bytes, const char *declared);
/* (nullable): of a file's name, without the point. */
const char *cpa_attachment_ending (CpaAttachmentKind kind);

G_END_DECLS
