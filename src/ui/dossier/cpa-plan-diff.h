/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-care-plan.h"

G_BEGIN_DECLS

/* What stands for the same in two versions of a plan. One of both is NULL: new, or gone. */
typedef struct
{
  const CpPlanActivity *old, *new; /* (borrowed) */
  char *old_text, *new_text;       /* (owned): in words; NULL where there is none */
  guint changes;                   /* places that differ */
} CpaPlanActivityPair;

typedef struct
{
  const CpPlanGoal *old, *new; /* (borrowed): both NULL for what belongs to no goal */
  GPtrArray *activities;       /* (owned): CpaPlanActivityPair, in the order of the new version, gone ones last */
  guint changes;               /* of the goal and what is done for it; a goal that is new or gone is one */
} CpaPlanGoalPair;

/* What is said of the plan as a whole: its title, how it stands, its period, who wrote it, with whom it was discussed.
 */
typedef struct
{
  char *old_text, *new_text; /* (owned): in words; NULL where there is none */
  guint changes;             /* places that differ: at least one */
} CpaPlanFactPair;

typedef struct
{
  gboolean compared;      /* FALSE: there was nothing to compare with */
  GPtrArray *facts;       /* (owned): CpaPlanFactPair, of what differs only */
  GPtrArray *goals;       /* (owned): CpaPlanGoalPair, in the order of the new version, gone ones last */
  CpaPlanGoalPair *other; /* (owned): activities without a goal */
  guint changes;          /* of facts, description, goals and activities */
} CpaPlanDiff;

/* Both plans have to stay while it is used. old NULL: nothing is compared, everything is as in new and unchanged. */
CpaPlanDiff *cpa_plan_diff_new (const CpCarePlan *old, const CpCarePlan *new);
void cpa_plan_diff_free (CpaPlanDiff *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaPlanDiff, cpa_plan_diff_free)

G_END_DECLS
