/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-evaluations.h"

/* How a goal was judged last. */
typedef struct
{
  char *day;
  gint64 goal; /* its number in the plan */
} CpdJudged;

/* What is told of one plan. */
typedef struct
{
  const CpdEhrCards *cards;
  const CpdStorePlan *row;
  GHashTable *keys;       /* (nullable): of the plan */
  GHashTable *judgements; /* (nullable): of the plan */
  GHashTable *days;       /* what an id begins with -> CpdJudged */
  GHashTable *kept;       /* set of ids that the plan tells now, and no resource does */
  GHashTable *covered;    /* set of ids of judgements that a resource tells too */
  GPtrArray *resources;   /* (nullable) of CpPlanEvaluation: told by resources */
} CpdTelling;

/* What was told before: the time since when, and by which card. */
CpTime cpd_ehr_evaluations_seen (const CpdTelling *telling, const CpCarePlan *plan, const CpPlanEvaluation *evaluation,
                                 const CpCarePlan *before);
gboolean cpd_ehr_evaluations_rename (const CpdTelling *telling, const CpCarePlan *plan, const CpCarePlan *before,
                                     const GPtrArray *ids, GError **error);
