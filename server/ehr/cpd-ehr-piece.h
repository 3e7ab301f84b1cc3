/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-care-plan.h"
#include "cpd-ehr-map.h"

G_BEGIN_DECLS

/* What plans are made of, as it lies in the database between the mapping and the putting together (cpd-ehr-compose.c).
 * References are kept as keys ("Goal/3"), because they may come before their target. */

/* A reference, with the words to fall back on. */
typedef struct
{
  char *key;  /* (nullable): it names nothing that can be found; "#3" lies in the same resource */
  char *text; /* (nullable): its display */
} CpdPlanRef;
CP_DECLARE_RECORD (CpdPlanRef, cpd_plan_ref)

/* A Goal. */
typedef struct
{
  gboolean hidden;             /* by its status: it stands in no plan, whatever refers to it */
  char *key;                   /* (nullable): "#3" of one that lies in the CarePlan */
  char *text;                  /* (nullable) */
  int state;                   /* CpGoalState */
  char *start;                 /* (nullable) date */
  char *before;                /* (nullable) date */
  char *note;                  /* (nullable) */
  GPtrArray *evaluations;      /* CpPlanEvaluation, their goal not numbered yet */
  CpPlanEvaluation *judgement; /* (nullable): how it stands by now, and since which day; the one before is not told */
  GStrv outcomes;              /* keys of what tells how it went: "Observation/9" */
} CpdPlanAim;
CP_DECLARE_RECORD (CpdPlanAim, cpd_plan_aim)

/* Something that is done: CarePlan.activity, ServiceRequest, Task or Procedure. */
typedef struct
{
  gboolean hidden;    /* by its status: how it went is told all the same */
  char *key;          /* (nullable): "#3" of one that lies in the CarePlan */
  CpdPlanRef *refers; /* (nullable): activity.reference: the rest is said there */
  char *text;         /* (nullable) */
  gboolean do_not;    /* it must not be done */
  char *note;         /* (nullable) */
  CpTiming *timing;   /* (nullable) */
  GStrv who;
  GPtrArray *goals;       /* CpdPlanRef */
  GStrv based_on;         /* keys: of a Procedure what it was done for */
  GStrv replaces;         /* keys: of a ServiceRequest those that it has the place of */
  GPtrArray *evaluations; /* CpPlanEvaluation */
  GStrv outcomes;
} CpdPlanWork;
CP_DECLARE_RECORD (CpdPlanWork, cpd_plan_work)

/* care_plan.own: what a CarePlan itself says beside what stands in the columns. */
typedef struct
{
  GStrv part_of;      /* keys */
  GStrv replaces;     /* keys */
  char *author;       /* (nullable) */
  char *author_role;  /* (nullable) */
  char *discussed_on; /* (nullable) date */
  GStrv discussed_with;
  GStrv teams;
  GPtrArray *goals; /* CpdPlanRef, in their order */
  GPtrArray *aims;  /* CpdPlanAim: Goals that lie in the CarePlan */
  GPtrArray *works; /* CpdPlanWork: its activities */
  GPtrArray *held;  /* CpdPlanWork: what lies in the CarePlan and its activities refer to */
} CpdPlanOwn;
CP_DECLARE_RECORD (CpdPlanOwn, cpd_plan_own)

/* For cpd-ehr-map-plan.c and its sisters. */

/* (transfer full): of a Goal, ServiceRequest, Task or Procedure, in container or a resource of its own. */
CpdPlanAim *cpd_ehr_map_aim (const CpdEhrMapper *mapper, JsonObject *object, JsonObject *container,
                             const char **reason);
CpdPlanWork *cpd_ehr_map_work (const CpdEhrMapper *mapper, JsonObject *object, JsonObject *container,
                               const char **reason);
/* (transfer full): the keys that an array of References names, into container too. */
GStrv cpd_ehr_map_keys (const CpdEhrMapper *mapper, JsonArray *references);
/* (transfer full): CpdPlanRef of a Reference; NULL when it says nothing. */
CpdPlanRef *cpd_ehr_map_ref (const CpdEhrMapper *mapper, JsonObject *reference, JsonObject *container);
/* Adds a CpPlanEvaluation for each Annotation that has a time, and returns the words of those without one (with
 * evaluations NULL: of all), under who wrote them and when, (transfer full) (nullable). */
char *cpd_ehr_map_annotations (const CpdEhrMapper *mapper, JsonArray *annotations, JsonObject *container,
                               GPtrArray *evaluations);
/* (transfer full): names of an array of References, of who may be named in a plan. */
GStrv cpd_ehr_map_people (const CpdEhrMapper *mapper, JsonArray *references, JsonObject *container);

/* (transfer full) (nullable): FHIR Timing (nullable) in numbers. */
CpTiming *cpd_ehr_map_timing (const CpdEhrMapper *mapper, JsonObject *timing, gboolean as_needed);
/* Adds to *timing, which may be NULL, that it is done in a Period, or else on the day of moment; each nullable. */
void cpd_ehr_map_timing_days (const CpdEhrMapper *mapper, JsonObject *period, const char *moment, CpTiming **timing);

G_END_DECLS
