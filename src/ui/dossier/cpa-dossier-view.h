/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-content-view.h"
#include "cpa-context.h"
#include "cpa-reason.h"

G_BEGIN_DECLS

/* What stands under one tab of "Mijn dossier". Each is made by cpa_<name>_view_new (CpaContext *). */
#define CPA_TYPE_DOSSIER_VIEW (cpa_dossier_view_get_type ())
G_DECLARE_INTERFACE (CpaDossierView, cpa_dossier_view, CPA, DOSSIER_VIEW, GtkWidget)

struct _CpaDossierViewInterface
{
  GTypeInterface parent_interface;

  void (*load) (CpaDossierView *self, gboolean refresh);
  gboolean (*go_back) (CpaDossierView *self);     /* (nullable) */
  GtkWidget *(*get_tools) (CpaDossierView *self); /* (nullable) */
};

/* Asks the server: when its tab is opened for the first time, and again (refresh) when the app looks by itself. */
void cpa_dossier_view_load (CpaDossierView *self, gboolean refresh);
/* One step back inside the view; FALSE when there is none. */
gboolean cpa_dossier_view_go_back (CpaDossierView *self);
/* (transfer none) (nullable): what stands beside the tabs while this view is open; owned by the view. */
GtkWidget *cpa_dossier_view_get_tools (CpaDossierView *self);

/* In content, the inside of a view: why there is nothing of that kind (state is a CpContentState), and how old that is.
 */
void cpa_dossier_view_show_empty (CpaContentView *content, CpaReasonKind kind, int state, const CpFreshness *freshness,
                                  CpaContext *context);

G_END_DECLS
