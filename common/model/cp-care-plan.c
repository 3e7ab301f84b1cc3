/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-care-plan.h"

const char *const cp_care_plan_state_names[] = { "current", "on-hold", "expired", "unknown", NULL };
const char *const cp_goal_state_names[] = {
  "unknown",  "planned",      "in-progress",  "better",  "worse",   "same",   "no-progress",
  "achieved", "not-achieved", "not-feasible", "stopped", "on-hold", "closed", NULL
};
const char *const cp_timing_unit_names[] = { "none", "day", "week", "month", "year", "hour", NULL };
const char *const cp_weekday_names[] = { "monday", "tuesday",  "wednesday", "thursday",
                                         "friday", "saturday", "sunday",    NULL };
const char *const cp_day_part_names[] = { "waking",
                                          "early-morning",
                                          "before-breakfast",
                                          "at-breakfast",
                                          "after-breakfast",
                                          "morning",
                                          "late-morning",
                                          "before-lunch",
                                          "at-lunch",
                                          "after-lunch",
                                          "early-afternoon",
                                          "afternoon",
                                          "late-afternoon",
                                          "before-dinner",
                                          "at-dinner",
                                          "after-dinner",
                                          "early-evening",
                                          "evening",
                                          "late-evening",
                                          "before-meals",
                                          "at-meals",
                                          "after-meals",
                                          "before-sleep",
                                          "asleep",
                                          "night",
                                          NULL };

#define TEXT_MAX 1000000

static const CpField timing_fields[] = {
  { "count", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, count), .min = 0, .max = 1000 },
  { "count_max", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, count_max), .min = 0, .max = 1000 },
  { "period", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, period), .min = 0, .max = 1000 },
  { "period_max", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, period_max), .min = 0, .max = 1000 },
  { "unit", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpTiming, unit), .names = cp_timing_unit_names },
  { "days", CP_FIELD_FLAGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, days), .names = cp_weekday_names },
  { "day_parts", CP_FIELD_FLAGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, day_parts), .names = cp_day_part_names },
  { "times", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, times) },
  { "as_needed", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, as_needed) },
  { "from", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpTiming, from) },
  { "until", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpTiming, until) },
  { "text", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, text) },
  { "more", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpTiming, more) },
  { NULL }
};
CP_DEFINE_RECORD (CpTiming, cp_timing, "Timing", timing_fields)

static const CpField plan_goal_fields[] = {
  { "number", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpPlanGoal, number), .min = 1, .max = 10000 },
  { "text", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpPlanGoal, text), .max = TEXT_MAX },
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpPlanGoal, state), .names = cp_goal_state_names },
  { "start", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpPlanGoal, start) },
  { "before", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpPlanGoal, before) },
  { "note", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanGoal, note), .max = TEXT_MAX },
  { NULL }
};
CP_DEFINE_RECORD (CpPlanGoal, cp_plan_goal, "PlanGoal", plan_goal_fields)

static const CpField plan_activity_fields[] = {
  { "text", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpPlanActivity, text), .max = TEXT_MAX },
  { "do_not", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanActivity, do_not) },
  { "note", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanActivity, note), .max = TEXT_MAX },
  { "timing", CP_FIELD_RECORD, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanActivity, timing),
    .record = &cp_timing_record },
  { "who", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanActivity, who) },
  { "goal", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanActivity, goal), .min = 0, .max = 10000 },
  { NULL }
};
CP_DEFINE_RECORD (CpPlanActivity, cp_plan_activity, "PlanActivity", plan_activity_fields)

static const CpField plan_evaluation_fields[] = {
  { "at", CP_FIELD_TIME, 0, G_STRUCT_OFFSET (CpPlanEvaluation, at) },
  { "date_only", CP_FIELD_BOOL, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanEvaluation, date_only) },
  { "partial_date", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL,
    G_STRUCT_OFFSET (CpPlanEvaluation, partial_date) },
  { "state", CP_FIELD_ENUM, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanEvaluation, state),
    .names = cp_goal_state_names },
  { "text", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpPlanEvaluation, text), .max = TEXT_MAX },
  { "author", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanEvaluation, author) },
  { "author_role", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanEvaluation, author_role) },
  { "goal", CP_FIELD_INT, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanEvaluation, goal), .min = 0, .max = 10000 },
  { "item", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpPlanEvaluation, item) },
  { NULL }
};
CP_DEFINE_RECORD (CpPlanEvaluation, cp_plan_evaluation, "PlanEvaluation", plan_evaluation_fields)

static const CpField care_plan_fields[] = {
  { "id", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpCarePlan, id) },
  { "title", CP_FIELD_STRING, 0, G_STRUCT_OFFSET (CpCarePlan, title) },
  { "description", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, description), .max = TEXT_MAX },
  { "state", CP_FIELD_ENUM, 0, G_STRUCT_OFFSET (CpCarePlan, state), .names = cp_care_plan_state_names },
  { "from", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpCarePlan, from) },
  { "until", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpCarePlan, until) },
  { "version", CP_FIELD_INT, 0, G_STRUCT_OFFSET (CpCarePlan, version), .min = 1, .max = G_MAXINT32 },
  { "author", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, author) },
  { "author_role", CP_FIELD_STRING, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, author_role) },
  { "discussed_on", CP_FIELD_DATE, CP_FIELD_OPTIONAL | CP_FIELD_PARTIAL, G_STRUCT_OFFSET (CpCarePlan, discussed_on) },
  { "discussed_with", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, discussed_with) },
  { "teams", CP_FIELD_STRINGS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, teams) },
  { "goals", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, goals), .record = &cp_plan_goal_record },
  { "activities", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, activities),
    .record = &cp_plan_activity_record },
  { "evaluations", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, evaluations),
    .record = &cp_plan_evaluation_record },
  { "versions", CP_FIELD_RECORDS, CP_FIELD_OPTIONAL, G_STRUCT_OFFSET (CpCarePlan, versions),
    .record = &cp_version_stamp_record },
  { NULL }
};
CP_DEFINE_RECORD (CpCarePlan, cp_care_plan, "CarePlan", care_plan_fields)
