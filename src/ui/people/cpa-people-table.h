/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-context.h"
#include "cpa-member-model.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* User management where there is room: a row for each person, a column for each part. */
#define CPA_TYPE_PEOPLE_TABLE (cpa_people_table_get_type ())
G_DECLARE_FINAL_TYPE (CpaPeopleTable, cpa_people_table, CPA, PEOPLE_TABLE, GtkWidget)

/* shown: the rows of model that are to be seen. */
GtkWidget *cpa_people_table_new (CpaContext *context, CpaMemberModel *model, GListModel *shown);
/* Selects the row at position, brings it into sight and puts the focus on its first box. */
void cpa_people_table_select (CpaPeopleTable *self, guint position);

G_END_DECLS
