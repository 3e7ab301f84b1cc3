/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-view.h"

G_DEFINE_INTERFACE (CpaDossierView, cpa_dossier_view, GTK_TYPE_WIDGET)

static void
cpa_dossier_view_default_init (CpaDossierViewInterface *iface)
{
}

void
cpa_dossier_view_load (CpaDossierView *self, gboolean refresh)
{
  g_return_if_fail (CPA_IS_DOSSIER_VIEW (self));
  CPA_DOSSIER_VIEW_GET_IFACE (self)->load (self, refresh);
}

gboolean
cpa_dossier_view_go_back (CpaDossierView *self)
{
  g_return_val_if_fail (CPA_IS_DOSSIER_VIEW (self), FALSE);
  return CPA_DOSSIER_VIEW_GET_IFACE (self)->go_back != NULL && CPA_DOSSIER_VIEW_GET_IFACE (self)->go_back (self);
}

GtkWidget *
cpa_dossier_view_get_tools (CpaDossierView *self)
{
  g_return_val_if_fail (CPA_IS_DOSSIER_VIEW (self), NULL);
  return CPA_DOSSIER_VIEW_GET_IFACE (self)->get_tools != NULL ? CPA_DOSSIER_VIEW_GET_IFACE (self)->get_tools (self)
                                                              : NULL;
}
