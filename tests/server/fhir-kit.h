/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "ehr-kit.h"

/* A small FHIR server in a thread of the test, on a free port of loopback: it holds what a test puts, pages by offset
 * as many real servers do (and so loses what moves between two pages), and does wrong what the test asks. The
 * Date of an answer is the test's clock, and what the server is ahead of it. */
typedef struct _FhirServer FhirServer;

/* What is done instead of answering. */
typedef enum
{
  FHIR_ANSWER, /* status, headers and body of the fault */
  FHIR_CUT,    /* the right answer, or with a body that of the fault, half of it */
  FHIR_RESET,  /* closed without a byte */
  FHIR_HANG    /* nothing, until the client gives up */
} FhirFaultKind;

typedef struct
{
  const char *match; /* part of "GET /fhir/..." */
  int times;
  FhirFaultKind kind;
  int status;
  const char *headers; /* (nullable) "Name: value\r\n"... */
  const char *body;    /* (nullable); ' stands for a quotation mark */
} FhirFault;

typedef struct
{
  EhrKit ehr;
  FhirServer *server; /* (owned) */
  /* Set before a run: */
  guint page; /* the most entries of a page */
  gboolean ignores_updated, ignores_sort, ignores_patient, ignores_identifier, ignores_ids;
  gboolean by_second;       /* that is all it looks at of _lastUpdated */
  gboolean by_time;         /* gives the newest last, also when it is not asked to */
  gboolean without_updated; /* no meta.lastUpdated */
  gboolean without_history; /* not offered */
  gboolean without_next;    /* no link to the next page */
  gboolean ignores_elements;
  gboolean gives_total; /* Bundle.total */
  const char *version;  /* fhirVersion */
  const char *granted;  /* (nullable): scope of a token */
  gboolean asks_token;  /* 401 without one that was given */
  int token_life;       /* seconds */
  CpTime ahead;         /* of the clock of the test: the Date of an answer */
  CpTime token_ahead;   /* the same of who gives tokens */
  /* Called in the server's thread before an answer; (nullable). */
  void (*hook) (gpointer fixture, guint request, const char *line);
  /* Of the newest run: */
  GArray *waits; /* of CpTime */
} FhirKit;

void fhir_kit_set_up (FhirKit *kit);
/* Also with Wil, who is enrolled, and whom the server knows. */
void fhir_kit_set_up_wil (FhirKit *kit);
/* And with Henk, whom the server knows, and Anna, who works there. */
void fhir_kit_set_up_both (FhirKit *kit);
void fhir_kit_tear_down (FhirKit *kit);

/* A hook: the run is cancelled at that request. */
extern guint fhir_kit_cancel_at;
void fhir_kit_cancel_hook (gpointer fixture, guint request, const char *line);

/* Puts a resource (JSON without braces, resourceType, id and meta; ' for quotation marks) as changed at a time. */
void fhir_kit_put (FhirKit *kit, const char *type, const char *id, const char *subject, CpTime updated,
                   const char *members);
/* A day report of subject. */
void fhir_kit_report (FhirKit *kit, const char *id, const char *subject, CpTime updated, const char *text);
/* n day reports of Wil, "r000" and on, a minute after each other. */
void fhir_kit_reports (FhirKit *kit, int n);
void fhir_kit_patient (FhirKit *kit, const char *id, const char *value, const char *name);
void fhir_kit_delete (FhirKit *kit, const char *type, const char *id, CpTime when);
void fhir_kit_fault (FhirKit *kit, const FhirFault *fault);
void fhir_kit_clear_faults (FhirKit *kit);

/* A run; TRUE when it and every type went well. */
gboolean fhir_kit_run (FhirKit *kit);
/* The same; (transfer full): why it, or the type, did not go well; NULL when it did. */
char *fhir_kit_run_error (FhirKit *kit, const char *type);
/* How many resources wait for something that the server could not give in the newest run. */
gint64 fhir_kit_waiting (FhirKit *kit);
/* How many items show, of all patients. */
gint64 fhir_kit_shown (FhirKit *kit);
/* How many items of that id are. */
gint64 fhir_kit_is_shown (FhirKit *kit, const char *id);
/* So long after FHIR_NOW. */
void fhir_kit_days_later (double days);
/* Rows that the newest run wrote. */
gint64 fhir_kit_written (FhirKit *kit);
/* How many requests there were whose line, headers or body holds text. */
guint fhir_kit_requests (FhirKit *kit, const char *text);
void fhir_kit_forget_requests (FhirKit *kit);
int fhir_kit_port (FhirKit *kit);
/* The newest form that the token endpoint got; (transfer full) (nullable). */
char *fhir_kit_token_form (FhirKit *kit);

#define FHIR_NOW (1772539200 * CP_TIME_SECOND) /* where the clock of a test begins */
#define LONG_AGO (FHIR_NOW - 30 * CP_TIME_DAY)
