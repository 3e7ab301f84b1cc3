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
  CP_DOSSIER_DOCUMENT,
  CP_DOSSIER_N_KINDS
} CpDossierKind;
extern const char *const cp_dossier_kind_names[];

/* What an answer is: the app makes words of it. */
typedef enum
{
  CP_ANSWER_TEXT,
  CP_ANSWER_YES_NO, /* "yes" or "no" */
  CP_ANSWER_DATE,   /* as in FHIR: "2026", "2026-03", "2026-03-01", or a time with its offset */
  CP_ANSWER_FILE    /* its title; may be empty */
} CpAnswerKind;
extern const char *const cp_answer_kind_names[];

/* One line of a form: a heading or words to read (no answers), or a question with its answers. */
typedef struct
{
  gint64 level;     /* 0 for the top */
  char *label;      /* (nullable): "Vraag zonder tekst" */
  gboolean group;   /* a heading: it has no answers of its own */
  gboolean display; /* words to read: nothing is asked */
  int kind;         /* CpAnswerKind of each of the answers */
  GStrv answers;    /* empty: not filled in */
} CpFormEntry;
CP_DECLARE_RECORD (CpFormEntry, cp_form_entry)

/* A file that belongs to an item; its bytes have a route of their own. */
typedef struct
{
  char *id;
  char *title; /* (nullable) */
  char *type;  /* media type: "application/pdf" */
  gint64 size; /* bytes */
} CpAttachment;
CP_DECLARE_RECORD (CpAttachment, cp_attachment)

/* That there is a version of a report or plan, and when the portal first saw it. */
typedef struct
{
  gint64 version; /* from 1 */
  CpTime seen;
} CpVersionStamp;
CP_DECLARE_RECORD (CpVersionStamp, cp_version_stamp)

/* A found word: characters (not bytes) of the text, title or name. */
typedef struct
{
  gint64 start;
  gint64 length;
} CpTextMark;
CP_DECLARE_RECORD (CpTextMark, cp_text_mark)

typedef struct
{
  char *id;
  int kind;           /* CpDossierKind */
  char *title;        /* (nullable) */
  CpTime at;          /* when it was written or measured */
  gboolean date_only; /* the source knows the day, not the time */
  char *partial_date; /* (nullable): nor the day: "2026-03", "2026", of which at is the first moment */
  char *author;       /* (nullable) */
  char *author_role;  /* (nullable) */
  char *informant;    /* (nullable): who told what a form says; in a single item only */
  char *about;        /* (nullable): title of the plan or goal that it belongs to */
  gboolean amended;   /* changed by the care team after it was final */
  CpTime amended_at;  /* 0: not known */
  gboolean unfinished;
  gboolean unshown;   /* something of it cannot be shown: neither its text nor its attachments have it */
  gboolean is_new;    /* came, or changed, since the asker's previous visit */
  gboolean unread;    /* the asker has not opened it yet, here or elsewhere */
  CpTime seen;        /* when this text came here; in a single item, and in lists with text. See CpReadRequest */
  char *preview;      /* (nullable): first lines, at most 300 characters; in lists only, and not of a form */
  GPtrArray *answers; /* CpFormEntry: the first answers of a form, one of each question; in lists without text only */
  char *text;         /* (nullable): plain text, paragraphs separated by newlines; not in the cards of a month */
  GPtrArray *entries; /* CpFormEntry; in a single item of kind form only */
  GPtrArray *marks;   /* CpTextMark: what a search found in text */
  GPtrArray *title_marks;  /* CpTextMark: the same of title */
  GPtrArray *author_marks; /* CpTextMark: and of author */
  GPtrArray *attachments;  /* CpAttachment; in a single item, and in lists with text */
  gint64 version;          /* in a single item only */
  GPtrArray *versions;     /* CpVersionStamp, oldest first; in a single item that was changed only */
} CpDossierItem;
CP_DECLARE_RECORD (CpDossierItem, cp_dossier_item)

/* TRUE when that file belongs to it. */
gboolean cp_dossier_item_has_attachment (const CpDossierItem *item, const char *attachment);
/* TRUE when both stand under one date in a list. */
gboolean cp_dossier_item_is_same_day (const CpDossierItem *item, const CpDossierItem *other, GTimeZone *zone);

G_END_DECLS
