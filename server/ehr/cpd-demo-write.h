/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-demo-ehr.h"
#include "cpd-demo-person.h"

G_BEGIN_DECLS

/* For cpd-demo-ehr.c: the lines of one client in the file of one type. */

typedef struct
{
  const CpdDemoEhrOptions *options;
  GTimeZone *zone;
  GDate today;
  int minute; /* of today: what is later has not been yet */
} CpdDemo;

typedef void (*CpdDemoWriter) (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);

/* cpd-demo-people.c; the carers, their organisation and the form come with the first client. */
void cpd_demo_write_patient (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_contacts (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_carers (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_roles (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_organization (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);

/* cpd-demo-plan.c */
void cpd_demo_write_plans (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_goals (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_requests (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_team (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);

/* cpd-demo-documents.c */
void cpd_demo_write_documents (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_binaries (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);

/* cpd-demo-care.c */
void cpd_demo_write_appointments (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_form (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);
void cpd_demo_write_agreements (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);

/* cpd-demo-reports.c */
void cpd_demo_write_reports (const CpdDemo *demo, const CpdDemoPerson *person, GString *out);

/* The first day of the history. */
void cpd_demo_first_day (const CpdDemo *demo, GDate *day);
/* "2026-03-03" */
void cpd_demo_date (const GDate *day, char text[11]);
/* (transfer full): that minute of the day as RFC 3339. */
char *cpd_demo_time (const CpdDemo *demo, const GDate *day, int minute);
/* Whether that minute of the day has been. */
gboolean cpd_demo_has_been (const CpdDemo *demo, const GDate *day, int minute);
/* The year whose plan is in force on a day: plans begin on 12 January. */
int cpd_demo_plan_year (const GDate *day);
/* How many goals the plan of a year has, and goal i of a client as its place in cpd_demo_goals. */
guint cpd_demo_n_goals_of (const CpdDemo *demo, const CpdDemoPerson *person, int year);
guint cpd_demo_goal (const CpdDemo *demo, const CpdDemoPerson *person, guint i);
/* (transfer full): id of goal i of the plan of a year. */
char *cpd_demo_goal_id (const CpdDemoPerson *person, int year, guint i);

/* What cpd_demo_pick is asked for here. */
enum
{
  CPD_DEMO_PICK_GOAL = 100,
  CPD_DEMO_PICK_AGREEMENT,
  CPD_DEMO_PICK_VISIT,
  CPD_DEMO_PICK_PLAN = 200,   /* and following */
  CPD_DEMO_PICK_REPORT = 1000 /* and following, a thousand for each report of a day */
};

G_END_DECLS
