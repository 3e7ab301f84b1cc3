/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-member-model.h"
#include "cpa-page.h"

G_BEGIN_DECLS

/* Gebruikersbeheer: who may see what of this client. Signal "view-as" (CpaMember *): the person wants to see the portal
 * as that one would. */
#define CPA_TYPE_PEOPLE_PAGE (cpa_people_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaPeoplePage, cpa_people_page, CPA, PEOPLE_PAGE, GtkWidget)

GtkWidget *cpa_people_page_new (CpaContext *context);
/* (transfer none): its rows, and the changes of them that are still under way when the page has been left. */
CpaMemberModel *cpa_people_page_get_model (CpaPeoplePage *self);
/* The focus goes to that person's row: one came back from looking as them, or from the start screen. */
void cpa_people_page_select (CpaPeoplePage *self, const char *member);

G_END_DECLS
