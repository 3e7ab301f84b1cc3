/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-step.h"

G_BEGIN_DECLS

typedef enum
{
  CPA_PASSWORD_WANTED, /* chosen in the menu */
  CPA_PASSWORD_FIRST,  /* the very first login */
  CPA_PASSWORD_TEMPORARY
} CpaPasswordReason;

/* Wachtwoord wijzigen. */
#define CPA_TYPE_PASSWORD_PAGE (cpa_password_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaPasswordPage, cpa_password_page, CPA, PASSWORD_PAGE, CpaStep)

GtkWidget *cpa_password_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo,
                                  CpaPasswordReason reason);
/* Whether something is lost when it is left. */
gboolean cpa_password_page_has_typed (CpaPasswordPage *self);

G_END_DECLS
