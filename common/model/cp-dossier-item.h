/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"

G_BEGIN_DECLS

typedef enum
{
  CP_DOSSIER_REPORT_GENERAL, /* "hoe gaat het met u" */
  CP_DOSSIER_REPORT_PLAN,
  CP_DOSSIER_FORM,
  CP_DOSSIER_EVALUATION,
  CP_DOSSIER_DOCUMENT
} CpDossierKind;
extern const char *const cp_dossier_kind_names[];

/* One line of a form: a heading (no answers), or a question with its answers. */
typedef struct
{
  gint64 level;   /* 0 for the top */
  char *label;    /* (nullable): "Vraag zonder tekst" */
  gboolean group; /* a heading: it has no answers of its own */
  GStrv answers;  /* empty: not filled in */
} CpFormEntry;
CP_DECLARE_RECORD (CpFormEntry, cp_form_entry)

typedef struct
{
  char *id;
  int kind;           /* CpDossierKind */
  char *title;        /* (nullable) */
  CpTime at;          /* when it was written or measured */
  gboolean date_only; /* the source knows the day, not the time */
  char *author;       /* (nullable) */
  char *author_role;  /* (nullable) */
  char *about;        /* (nullable): title of the plan or goal that it belongs to */
  gboolean amended;   /* changed by the care team after it was final */
  CpTime amended_at;  /* 0: not known */
  gboolean unfinished;
  gboolean is_new;    /* came since the asker's previous visit */
  char *preview;      /* first lines, at most 300 characters; in lists only */
  char *text;         /* (nullable): plain text, paragraphs separated by newlines; in a single item only */
  GPtrArray *entries; /* CpFormEntry; in a single item of kind form only */
} CpDossierItem;
CP_DECLARE_RECORD (CpDossierItem, cp_dossier_item)

typedef enum
{
  CP_CARE_PLAN_CURRENT,
  CP_CARE_PLAN_ON_HOLD,
  CP_CARE_PLAN_EXPIRED,
  CP_CARE_PLAN_UNKNOWN
} CpCarePlanState;
extern const char *const cp_care_plan_state_names[];

typedef struct
{
  char *id;
  char *title;
  char *description; /* (nullable) */
  int state;         /* CpCarePlanState */
  char *from;        /* (nullable) date */
  char *until;       /* (nullable) date */
} CpCarePlan;
CP_DECLARE_RECORD (CpCarePlan, cp_care_plan)

G_END_DECLS
