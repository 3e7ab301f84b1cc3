/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-care-plan.h"
#include "cp-organisation.h"

G_BEGIN_DECLS

/* The words around a care plan, for the screen and for paper. (transfer full) unless const; NULL where there is nothing
 * to say. */

/* Its own title, or else the organisation's word for it. */
char *cpa_plan_title (const CpCarePlan *plan, const CpOrganisation *organisation);
/* "since January 12, 2026"; "Valid from ... until ..."; "Expired on ...". */
char *cpa_plan_period (const CpCarePlan *plan);
/* Its period whatever the plan's state: "Since January 12, 2026"; "Valid until ...". */
char *cpa_plan_dates (const CpCarePlan *plan);
/* The same for the list: "since January 12, 2026"; "March 14, 2025 to January 11, 2026". */
char *cpa_plan_short_period (const CpCarePlan *plan);
/* "Version 4". */
char *cpa_plan_version (gint64 version);
/* "Discussed on January 12, 2026 with Marijke de Bruin". */
char *cpa_plan_discussed (const CpCarePlan *plan);
/* (nullable) (transfer full): the teams that carry it out. */
char *cpa_plan_who (const CpCarePlan *plan);
/* "Written by Ineke Bos, nurse"; NULL when that is not known. */
char *cpa_plan_written (const CpCarePlan *plan);
/* "Current", "On hold for now", ...; css_class is that of its chip. */
const char *cpa_plan_state (int state, const char **css_class);
/* "Status: Current". */
char *cpa_plan_status (const CpCarePlan *plan);

/* "Goal 2". */
char *cpa_plan_goal_number (const CpPlanGoal *goal);
const char *cpa_plan_goal_state (int state, const char **css_class);
/* "Aim: before March 1, 2026". */
char *cpa_plan_goal_aim (const CpPlanGoal *goal);
/* What is said of a goal below its text: note and aim, a line each; "" when there is nothing. goal is nullable. */
char *cpa_plan_goal_details (const CpPlanGoal *goal);
/* What is done, when, by whom, and the note: a line each. */
char *cpa_plan_activity (const CpPlanActivity *activity);
/* "Evaluation, Tuesday March 3, 2026. Ineke Bos, nurse". */
char *cpa_plan_evaluation_head (const CpPlanEvaluation *evaluation, GTimeZone *zone);
/* How the goal stood, and what was written: "Getting better. Walks to the garden again." */
char *cpa_plan_evaluation_text (const CpPlanEvaluation *evaluation);

G_END_DECLS
