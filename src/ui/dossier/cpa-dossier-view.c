/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-view.h"

#include "cpa-fresh-line.h"

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

void
cpa_dossier_view_show_empty (CpaContentView *content, CpaReasonKind kind, int state, const CpFreshness *freshness,
                             CpaContext *context)
{
  int why = MAX (state, CP_CONTENT_EMPTY);
  g_autofree char *text = cpa_reason_text (kind, why, freshness, context);

  cpa_content_view_show_empty (content, kind == CPA_REASON_PLANS ? "cp-plan-symbolic" : "cp-dossier-symbolic",
                               cpa_reason_title (kind, why, context), text, cpa_fresh_line_new (context, freshness));
}
