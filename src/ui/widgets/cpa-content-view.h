/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-organisation.h"

G_BEGIN_DECLS

/* What a page shows while it waits for its data, when there is none, when fetching failed, and else its content. Each
 * state is said in words. Signal "retry": the person asks to try again. */
#define CPA_TYPE_CONTENT_VIEW (cpa_content_view_get_type ())
G_DECLARE_FINAL_TYPE (CpaContentView, cpa_content_view, CPA, CONTENT_VIEW, GtkWidget)

void cpa_content_view_set_content (CpaContentView *self, GtkWidget *content);
void cpa_content_view_show_loading (CpaContentView *self);
/* Before anybody has logged in: nothing of theirs is fetched yet. */
void cpa_content_view_show_opening (CpaContentView *self);
/* Something else than fetching is under way, and it ends by itself. */
void cpa_content_view_show_moment (CpaContentView *self);
void cpa_content_view_show_content (CpaContentView *self);
/* Nothing is there: the reason, with an icon; below (nullable) stands under the text. */
void cpa_content_view_show_empty (CpaContentView *self, const char *icon, const char *title, const char *text,
                                  GtkWidget *below);
/* Under the text of what is said now, until something else is. */
void cpa_content_view_add_below (CpaContentView *self, GtkWidget *below);
/* Where content is shown already it stays, with the failure in a bar above it. */
void cpa_content_view_show_error (CpaContentView *self, const GError *error, const CpOrganisation *organisation);

G_END_DECLS
