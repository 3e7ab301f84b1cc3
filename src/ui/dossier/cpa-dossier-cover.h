/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* Around a page's own content (its child in a template): what fills the page of the dossier for a while: a report in
 * large letters, a picture. The header stays, which says whose it is. */
#define CPA_TYPE_DOSSIER_COVER (cpa_dossier_cover_get_type ())
G_DECLARE_FINAL_TYPE (CpaDossierCover, cpa_dossier_cover, CPA, DOSSIER_COVER, GtkWidget)

/* Something may have changed: each cover asks again for what it shows. The page does so itself. */
void cpa_dossier_cover_refresh (CpaDossierCover *self);
/* Takes away the cover on top; FALSE when there is none. */
gboolean cpa_dossier_cover_go_back (CpaDossierCover *self);

/* Covers the page that inside is in, and gives the focus to the cover. refresh (cover) is how it asks again for what it
 * shows. */
void cpa_dossier_cover_show (GtkWidget *inside, GtkWidget *cover, void (*refresh) (GtkWidget *cover));
/* The cover that widget is in goes; the focus returns to where it was. */
void cpa_dossier_cover_close (GtkWidget *widget);

G_END_DECLS
