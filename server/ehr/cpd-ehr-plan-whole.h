/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-piece.h"
#include "cpd-store-plan.h"

G_BEGIN_DECLS

/* For cpd-ehr-compose.c: a CarePlan and what it says. */
typedef struct
{
  const CpdStorePlan *row; /* (borrowed) */
  CpdPlanOwn *own;         /* (owned) */
  gint64 root;             /* row id of the plan that it stands in: its own, or that of the one it is part of */
} CpdPlanMember;

/* Finds the piece with that key of the source of member; (nullable): CpdPlanAim of a Goal, CpdPlanWork of another. */
typedef gpointer (*CpdPlanFindFunc) (const CpdPlanMember *member, const char *key, gpointer data);
/* FALSE: the Appointment is not shown; words: (transfer full) (nullable): its own, when it is known. */
typedef gboolean (*CpdPlanAppointmentFunc) (const CpdPlanMember *member, const char *id, char **words, gpointer data);
/* TRUE when what has that key is of another client: what a reference says of it is not told. */
typedef gboolean (*CpdPlanOtherFunc) (const CpdPlanMember *member, const char *key, gpointer data);

/* A plan as it is being put together. */
typedef struct _CpdPlanWhole CpdPlanWhole;

CpdPlanWhole *cpd_plan_whole_new (CpdPlanFindFunc find, CpdPlanAppointmentFunc appointment, CpdPlanOtherFunc other,
                                  gpointer data);
void cpd_plan_whole_free (CpdPlanWhole *whole);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdPlanWhole, cpd_plan_whole_free)

/* First the goals of every member, the plan itself first; then its activities, of each member. */
void cpd_plan_whole_add_goals (CpdPlanWhole *whole, const CpdPlanMember *member);
void cpd_plan_whole_add_works (CpdPlanWhole *whole, const CpdPlanMember *member, gboolean is_root);
/* At last, a work that names one of these resources and is not named by them. */
void cpd_plan_whole_add_based (CpdPlanWhole *whole, const CpdPlanMember *root, const char *key,
                               const CpdPlanWork *work);

/* Fills the goals, activities and evaluations (newest first) of plan; whole has none any more. */
void cpd_plan_whole_take (CpdPlanWhole *whole, CpCarePlan *plan);
/* (borrowed): key -> number of its goal, of what stands in the plan. */
GHashTable *cpd_plan_whole_keys (CpdPlanWhole *whole);
/* (borrowed): CpPlanEvaluation -> what tells its goal from any other, of those that say how a goal stands by now. */
GHashTable *cpd_plan_whole_judgements (CpdPlanWhole *whole);

G_END_DECLS
