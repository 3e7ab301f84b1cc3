/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* A file that belongs to an item, to be opened and saved. On a shared computer nothing is written: a picture or a text
 * is shown here, and of the rest it is said why not. */
#define CPA_TYPE_ATTACHMENT_ROW (cpa_attachment_row_get_type ())
G_DECLARE_FINAL_TYPE (CpaAttachmentRow, cpa_attachment_row, CPA, ATTACHMENT_ROW, GtkWidget)

GtkWidget *cpa_attachment_row_new (CpaContext *context, const CpDossierItem *item, const CpAttachment *attachment);

G_END_DECLS
