/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-dossier-item.h"

G_BEGIN_DECLS

typedef enum
{
  CP_CARE_PLAN_CURRENT,
  CP_CARE_PLAN_ON_HOLD,
  CP_CARE_PLAN_EXPIRED,
  CP_CARE_PLAN_UNKNOWN
} CpCarePlanState;
extern const char *const cp_care_plan_state_names[];

/* How a goal stands, from FHIR Goal.lifecycleStatus and achievementStatus. */
typedef enum
{
  CP_GOAL_UNKNOWN,
  CP_GOAL_PLANNED,
  CP_GOAL_IN_PROGRESS,
  CP_GOAL_BETTER,
  CP_GOAL_WORSE,
  CP_GOAL_SAME,
  CP_GOAL_NO_PROGRESS,
  CP_GOAL_ACHIEVED,
  CP_GOAL_NOT_ACHIEVED,
  CP_GOAL_NOT_FEASIBLE,
  CP_GOAL_STOPPED,
  CP_GOAL_ON_HOLD,
  CP_GOAL_CLOSED /* no longer pursued, and it is not told whether it was achieved */
} CpGoalState;
extern const char *const cp_goal_state_names[];

typedef enum
{
  CP_TIMING_NONE, /* no frequency is known */
  CP_TIMING_DAY,
  CP_TIMING_WEEK,
  CP_TIMING_MONTH,
  CP_TIMING_YEAR,
  CP_TIMING_HOUR
} CpTimingUnit;
extern const char *const cp_timing_unit_names[];

extern const char *const cp_weekday_names[];  /* bits of CpTiming.days: 0 is Monday */
extern const char *const cp_day_part_names[]; /* bits of CpTiming.day_parts, through the day: "early-morning" */

/* FHIR Timing as far as words can be made of it: count times in each period units. */
typedef struct
{
  gint64 count;
  gint64 count_max; /* 0: count is the only number */
  gint64 period;
  gint64 period_max; /* 0: period is the only number */
  int unit;          /* CpTimingUnit */
  guint days;
  guint day_parts;
  GStrv times; /* of the clock: "07:30" */
  gboolean as_needed;
  char *from;    /* (nullable) date: the first day; as all dates of a plan perhaps only its month or year */
  char *until;   /* (nullable) date: the last day */
  char *text;    /* (nullable): as the care team wrote it, beside the rest */
  gboolean more; /* there is more than this, of which no words can be made */
} CpTiming;
CP_DECLARE_RECORD (CpTiming, cp_timing)

typedef struct
{
  gint64 number; /* from 1, in the order of the plan */
  char *text;
  int state;    /* CpGoalState */
  char *start;  /* (nullable) date */
  char *before; /* (nullable) date: the aim */
  char *note;   /* (nullable) */
} CpPlanGoal;
CP_DECLARE_RECORD (CpPlanGoal, cp_plan_goal)

typedef struct
{
  char *text;
  gboolean do_not;  /* it must not be done */
  char *note;       /* (nullable) */
  CpTiming *timing; /* (nullable) */
  GStrv who;
  gint64 goal; /* number of the goal that it belongs to; 0: none */
} CpPlanActivity;
CP_DECLARE_RECORD (CpPlanActivity, cp_plan_activity)

typedef struct
{
  CpTime at;
  gboolean date_only;
  char *partial_date; /* (nullable): as that of CpDossierItem */
  int state;          /* CpGoalState: how the goal stood; unknown: it is not told */
  char *text;         /* empty when only the state is told */
  char *author;       /* (nullable) */
  char *author_role;  /* (nullable) */
  gint64 goal;        /* number; 0: of the plan as a whole */
  char *item;         /* (nullable): id of the card with the same evaluation */
} CpPlanEvaluation;
CP_DECLARE_RECORD (CpPlanEvaluation, cp_plan_evaluation)

typedef struct
{
  char *id;
  char *title;
  char *description; /* (nullable) */
  int state;         /* CpCarePlanState */
  char *from;        /* (nullable) date */
  char *until;       /* (nullable) date */
  gint64 version;
  /* In a single plan only: */
  char *author;       /* (nullable): who answers for it */
  char *author_role;  /* (nullable) */
  char *discussed_on; /* (nullable) date */
  GStrv discussed_with;
  GStrv teams;            /* names of the care teams that carry it out */
  GPtrArray *goals;       /* CpPlanGoal */
  GPtrArray *activities;  /* CpPlanActivity */
  GPtrArray *evaluations; /* CpPlanEvaluation, newest first */
  GPtrArray *versions;    /* CpVersionStamp, oldest first; empty when there is only one */
} CpCarePlan;
CP_DECLARE_RECORD (CpCarePlan, cp_care_plan)

G_END_DECLS
