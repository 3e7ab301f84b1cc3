/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A believable EHR of invented people as FHIR NDJSON: the same bytes for the same options. What is written for a day does
 * not depend on today, so that a later today adds days and leaves the others as they are. */
typedef struct
{
  int patients;       /* 1 to 1,000,000; the first two are always Wil and Henk de Bruin */
  int days;           /* of history, 1 to 36,500 */
  guint64 seed;
  const char *output; /* directory, made when it is not there */
  const char *today;  /* "2026-03-03"; NULL: today */
} CpdDemoEhrOptions;

/* The identifiers of the invented people: CPD_DEMO_EHR_SYSTEM "|DL-000001" is Wil, DL-000002 is Henk, and so on. */
#define CPD_DEMO_EHR_SYSTEM "https://zorggroep-de-linde.example/client"

gboolean cpd_demo_ehr_write (const CpdDemoEhrOptions *options, GError **error);

G_END_DECLS
