/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPD_DEMO_EHR_PATIENTS_MAX 1000000
#define CPD_DEMO_EHR_DAYS_MAX 36500
#define CPD_DEMO_EHR_REPORTS_MAX 1000000

/* A believable EHR of invented people as FHIR NDJSON: the same bytes for the same options, and of the day that it is in
 * the same hour; in memory for one client at a time. Of that day nothing is told that is still to come. A later today
 * adds days, and about one report in a hundred changes with each of them: words are corrected, a report is amended or
 * withdrawn, a plan is evaluated and amended. Nothing else of the days before does. */
typedef struct
{
  int patients; /* the first two are always Wil and Henk de Bruin */
  int days;     /* of history */
  guint64 seed;
  const char *output;      /* directory, made when it is not there */
  const char *today;       /* "2026-03-03"; NULL: today */
  int reports_per_patient; /* day reports over all of the history; 0: one a day */
} CpdDemoEhrOptions;

/* The identifiers of the invented people: CPD_DEMO_EHR_SYSTEM "|DL-000001" is Wil, DL-000002 is Henk, and so on. */
#define CPD_DEMO_EHR_SYSTEM "https://zorggroep-de-linde.example/client"

gboolean cpd_demo_ehr_write (const CpdDemoEhrOptions *options, GError **error);

G_END_DECLS
