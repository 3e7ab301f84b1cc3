/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What invented carers write. Sentences of one subject exclude each other, those of different subjects never do, so
 * that a report of one sentence of a few subjects does not contradict itself. In a sentence {M} and {m} stand for Mevr.
 * and mevr. (Dhr., dhr.), {Z} and {z} for Zij, zij (Hij, hij), {h} for haar (zijn), {o} for haar (hem), {b} for who
 * visits. */

typedef enum
{
  CPD_DEMO_MORNING = 1 << 0,
  CPD_DEMO_AFTERNOON = 1 << 1,
  CPD_DEMO_EVENING = 1 << 2,
  CPD_DEMO_NIGHT = 1 << 3
} CpdDemoMoments;

typedef struct
{
  CpdDemoMoments moments;
  const char *const *sentences; /* NULL-terminated */
} CpdDemoSubject;
extern const CpdDemoSubject cpd_demo_subjects[];
extern const guint cpd_demo_n_subjects;

/* Whole reports of the day, written by hand. */
extern const char *const cpd_demo_reports[];
extern const guint cpd_demo_n_reports;

/* Something that is done for a goal. Timings are JSON with ' for quotation marks. */
typedef struct
{
  const char *what;
  const char *note;         /* (nullable) */
  const char *timing;       /* (nullable): when needed; "": not said */
  const char *later_note;   /* (nullable): when the plan was amended */
  const char *later_timing; /* (nullable) */
  guint carer;              /* place in cpd_demo_carers */
} CpdDemoWork;

typedef struct
{
  const char *title;              /* of the goal */
  const char *short_title;        /* of a report on it */
  const char *const *sentences;   /* reports on it, NULL-terminated */
  const char *const *evaluations; /* one for each half of a year */
  const CpdDemoWork *works;       /* what is done, ends with a NULL */
  const char *const *progress;    /* said of it at an evaluation, NULL-terminated */
} CpdDemoGoal;
extern const CpdDemoGoal cpd_demo_goals[];
extern const guint cpd_demo_n_goals;

typedef struct
{
  const char *about;
  const char *agreement;
  const char *care;
  const char *client;
  const char *family;
  int times;         /* a week */
  const char *at;    /* "08:30:00" */
  const char *alone; /* how much goes without help */
} CpdDemoAgreement;
extern const CpdDemoAgreement cpd_demo_agreements[];
extern const guint cpd_demo_n_agreements;

typedef struct
{
  const char *description;
  int minute;  /* of the day */
  int minutes; /* how long */
  const char *place;
  const char *instruction; /* (nullable) */
  int weekday;             /* 1 Monday to 7 Sunday */
  int weeks;               /* every so many weeks */
} CpdDemoVisit;
extern const CpdDemoVisit cpd_demo_visits[];
extern const guint cpd_demo_n_visits;

/* (transfer full): sentence with its words filled in. */
char *cpd_demo_fill (const char *sentence, gboolean woman, const char *visitor);

G_END_DECLS
