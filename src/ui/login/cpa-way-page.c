/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-way-page.h"

#include "cpa-forgot-page.h"
#include "cpa-link-page.h"
#include "cpa-login-page.h"
#include "cpa-step.h"

#define KEPT "kept-username"

void
cpa_way_page_abandon (GtkWidget *page)
{
  if (CPA_IS_STEP (page))
    cpa_step_abandon (CPA_STEP (page));
  else if (CPA_IS_LOGIN_PAGE (page))
    cpa_login_page_abandon (CPA_LOGIN_PAGE (page));
}

gboolean
cpa_way_page_dup_username (GtkWidget *page, char **username)
{
  if (CPA_IS_LOGIN_PAGE (page))
    *username = cpa_login_page_dup_username (CPA_LOGIN_PAGE (page));
  else if (CPA_IS_FORGOT_PAGE (page))
    *username = cpa_forgot_page_dup_username (CPA_FORGOT_PAGE (page));
  else if (CPA_IS_LINK_PAGE (page))
    *username = cpa_link_page_dup_username (CPA_LINK_PAGE (page));
  else if (page != NULL && g_object_get_data (G_OBJECT (page), KEPT) != NULL)
    *username = g_strdup (g_object_get_data (G_OBJECT (page), KEPT));
  else
    return FALSE;
  return TRUE;
}

void
cpa_way_page_keep_username (GtkWidget *from, GtkWidget *to)
{
  if (CPA_IS_LOGIN_PAGE (from))
    g_object_set_data_full (G_OBJECT (to), KEPT, cpa_login_page_dup_username (CPA_LOGIN_PAGE (from)), g_free);
}

void
cpa_way_page_forget_username (GtkWidget *page)
{
  if (page != NULL)
    g_object_set_data (G_OBJECT (page), KEPT, NULL);
}

gboolean
cpa_way_page_is_somebodys (GtkWidget *page, gboolean shared)
{
  return CPA_IS_STEP (page) || (CPA_IS_LOGIN_PAGE (page) && cpa_login_page_has_typed (CPA_LOGIN_PAGE (page), shared));
}
