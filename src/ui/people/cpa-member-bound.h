/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"
#include "cpa-member-model.h"

G_BEGIN_DECLS

/* What shows one thing of a person, in the table as on a card, and keeps up with it. */
#define CPA_TYPE_MEMBER_BOUND (cpa_member_bound_get_type ())
G_DECLARE_DERIVABLE_TYPE (CpaMemberBound, cpa_member_bound, CPA, MEMBER_BOUND, GtkWidget)

struct _CpaMemberBoundClass
{
  GtkWidgetClass parent_class;

  /* The member is another one, or has changed; never called without one. */
  void (*update) (CpaMemberBound *self, CpaMember *member);
};

void cpa_member_bound_setup (CpaMemberBound *self, CpaContext *context, CpaMemberModel *model);
void cpa_member_bound_set_member (CpaMemberBound *self, CpaMember *member); /* (nullable) */

CpaContext *cpa_member_bound_get_context (CpaMemberBound *self);
CpaMemberModel *cpa_member_bound_get_model (CpaMemberBound *self);
CpaMember *cpa_member_bound_get_member (CpaMemberBound *self);

G_END_DECLS
