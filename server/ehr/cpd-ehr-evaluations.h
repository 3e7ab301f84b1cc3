/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-care-plan.h"
#include "cpd-store-item.h"
#include "cpd-store-plan.h"

G_BEGIN_DECLS

/* How it goes is told by a resource of its own, or by the plan itself: progress and outcomes of its activities, notes
 * and judgements of its goals. Those of the plan itself are cards too, so that they are read, searched and counted as
 * any. */

/* All of one patient; in a writer job. */
typedef struct
{
  CpdDb *db;            /* (borrowed) */
  CpdStoreItems *items; /* (borrowed) */
  GTimeZone *zone;      /* (borrowed) of the organisation */
  gint64 patient;
  GHashTable *changed; /* (borrowed): set of gint64, gets the patient when a card changed */
  gboolean anew;       /* the plans are read in another way, and the EHR changed none of them */
} CpdEhrCards;

/* Whether two that say the same may be one: not when two carers wrote them. */
gboolean cpd_ehr_evaluations_author_may_be (const CpPlanEvaluation *evaluation, const CpPlanEvaluation *other);

/* Makes the cards of row what plan says (nullable: row is not shown on its own, and has none), and names each in its
 * evaluation. What a resource tells too leaves the plan: it is that card, and stands in the plan by it. before
 * (nullable) is the plan as it was put together last, and keys what stands in it: what was told there already is not
 * new. Of a goal the EHR tells only how it stands by now (judgements): when that is of a later day, the card of an
 * earlier day stays. FALSE with error. */
gboolean cpd_ehr_evaluations_keep (const CpdEhrCards *cards, const CpdStorePlan *row, CpCarePlan *plan,
                                   const CpCarePlan *before, GHashTable *keys, GHashTable *judgements, GError **error);

G_END_DECLS
