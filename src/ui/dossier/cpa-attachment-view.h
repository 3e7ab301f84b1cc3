/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-attachment-kind.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* (transfer floating) (nullable): a picture or a text, to be shown as a cover; NULL when it is neither, or cannot be
 * read as what it is, or is a picture of more points than are good for a computer. */
GtkWidget *cpa_attachment_view_new (CpaContext *context, const char *title, GBytes *bytes, CpaAttachmentKind kind);

G_END_DECLS
