/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-member-bound.h"

G_BEGIN_DECLS

typedef enum
{
  CPA_CELL_PERSON,         /* initials, name and relation */
  CPA_CELL_UNTIL,          /* the last day, and how near it is */
  CPA_CELL_STATE,          /* with its mark */
  CPA_CELL_LAST_LOGIN,     /* in words */
  CPA_CELL_STATE_AND_REST, /* the three before in one */
} CpaCellKind;

/* One thing to read of a person. */
#define CPA_TYPE_MEMBER_CELL (cpa_member_cell_get_type ())
G_DECLARE_FINAL_TYPE (CpaMemberCell, cpa_member_cell, CPA, MEMBER_CELL, CpaMemberBound)

GtkWidget *cpa_member_cell_new (CpaContext *context, CpaMemberModel *model, CpaCellKind kind);
/* Initials on the person's colour, and of the client on that of the header. */
GtkWidget *cpa_member_avatar_new (CpaContext *context, const CpMember *member);
/* In a row of its own, beside its name: at the far end. */
void cpa_member_cell_set_at_end (CpaMemberCell *self);

G_END_DECLS
