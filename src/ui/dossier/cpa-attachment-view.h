/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-attachment-kind.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* A picture or a text that belongs to an item of the dossier, as a cover of the page. */
#define CPA_TYPE_ATTACHMENT_VIEW (cpa_attachment_view_get_type ())
G_DECLARE_FINAL_TYPE (CpaAttachmentView, cpa_attachment_view, CPA, ATTACHMENT_VIEW, GtkWidget)

/* (transfer floating) (nullable): item and attachment are their ids; NULL when the bytes are neither picture nor text,
 * or cannot be read as what they are, or are a picture of more points than are good for a computer. */
GtkWidget *cpa_attachment_view_new (CpaContext *context, const char *item, const char *attachment, const char *title,
                                    GBytes *bytes, CpaAttachmentKind kind);
/* A CpaAttachmentView asks whether what it belongs to is still there, and still has it. */
void cpa_attachment_view_refresh (GtkWidget *widget);

G_END_DECLS
