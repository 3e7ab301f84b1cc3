/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-page.h"

G_DEFINE_INTERFACE (CpaPage, cpa_page, GTK_TYPE_WIDGET)

static void
cpa_page_default_init (CpaPageInterface *iface)
{
}

const char *
cpa_page_get_title (CpaPage *self)
{
  g_return_val_if_fail (CPA_IS_PAGE (self), NULL);
  return CPA_PAGE_GET_IFACE (self)->get_title (self);
}

const char *
cpa_page_get_icon (CpaPage *self)
{
  g_return_val_if_fail (CPA_IS_PAGE (self), NULL);
  return CPA_PAGE_GET_IFACE (self)->get_icon (self);
}

void
cpa_page_refresh (CpaPage *self)
{
  g_return_if_fail (CPA_IS_PAGE (self));
  if (CPA_PAGE_GET_IFACE (self)->refresh != NULL)
    CPA_PAGE_GET_IFACE (self)->refresh (self);
}

gboolean
cpa_page_go_back (CpaPage *self)
{
  g_return_val_if_fail (CPA_IS_PAGE (self), FALSE);
  return CPA_PAGE_GET_IFACE (self)->go_back != NULL && CPA_PAGE_GET_IFACE (self)->go_back (self);
}

void
cpa_page_set_invitations (CpaPage *self, gint64 open)
{
  g_return_if_fail (CPA_IS_PAGE (self));
  if (CPA_PAGE_GET_IFACE (self)->set_invitations != NULL)
    CPA_PAGE_GET_IFACE (self)->set_invitations (self, open);
}

void
cpa_page_look_again (CpaPage *self, guint topics)
{
  g_return_if_fail (CPA_IS_PAGE (self));
  if (CPA_PAGE_GET_IFACE (self)->look_again != NULL)
    CPA_PAGE_GET_IFACE (self)->look_again (self, topics);
}

void
cpa_page_access_changed (CpaPage *self)
{
  g_return_if_fail (CPA_IS_PAGE (self));
  if (CPA_PAGE_GET_IFACE (self)->access_changed != NULL)
    CPA_PAGE_GET_IFACE (self)->access_changed (self);
}
