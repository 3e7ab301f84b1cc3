/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"

G_BEGIN_DECLS

typedef struct
{
  char *month; /* "2026-01", in the organisation's zone */
  gint64 count;
  gint64 unread;
} CpTimelineMonth;
CP_DECLARE_RECORD (CpTimelineMonth, cp_timeline_month)

/* GET /patients/{patient}/timeline: how much there is, by month. The place of a card among all is the sum of the counts
 * of the months before it, and its place in its month. */
typedef struct
{
  int state; /* CpContentState */
  CpFreshness *freshness;
  GPtrArray *months; /* CpTimelineMonth, oldest first, only those with cards */
  gint64 unread;
  gint64 unread_general;   /* of them, general reports */
  gint64 unread_plan;      /* and reports on the plan */
  char *oldest_unread;     /* (nullable): id of the card */
  CpTime oldest_unread_at; /* 0: none */
  CpTime asked_at;         /* what came until then can be marked as read */
  GStrv allowed;
} CpTimeline;
CP_DECLARE_RECORD (CpTimeline, cp_timeline)

/* POST /patients/{patient}/dossier/read: all cards that came until then, the asked_at of a timeline.
 * POST /patients/{patient}/dossier/{item}/read: this card as it came until then, its seen: not what it says since. */
typedef struct
{
  CpTime until;
} CpReadRequest;
CP_DECLARE_RECORD (CpReadRequest, cp_read_request)

/* GET /patients/{patient}/dossier/authors: who wrote, by name */
typedef struct
{
  GStrv authors;
  GStrv allowed;
} CpAuthorList;
CP_DECLARE_RECORD (CpAuthorList, cp_author_list)

/* GET /patients/{patient}/dossier/search?text=&report=&from=&until=&author=&cursor= : newest first */
typedef struct
{
  int state;
  CpFreshness *freshness;
  GPtrArray *items;  /* CpDossierItem with text and marks */
  gint64 reports;    /* how many were found; of those that the asker may read */
  gint64 times;      /* how often in all of them; 0: too many to count */
  gboolean more;     /* there are more than reports says */
  char *next_cursor; /* (nullable) */
  GStrv allowed;
} CpSearchPage;
CP_DECLARE_RECORD (CpSearchPage, cp_search_page)

/* GET /patients/{patient}/care-plans/{plan}?version= */
typedef struct
{
  CpFreshness *freshness;
  CpCarePlan *plan;
  GStrv allowed;
} CpCarePlanAnswer;
CP_DECLARE_RECORD (CpCarePlanAnswer, cp_care_plan_answer)

/* An abbreviation or term of carers. */
typedef struct
{
  char *term;
  GStrv meanings;
  gboolean own; /* from the organisation's own list */
} CpWord;
CP_DECLARE_RECORD (CpWord, cp_word)

/* GET /words */
typedef struct
{
  GPtrArray *words; /* CpWord, by term */
} CpWordList;
CP_DECLARE_RECORD (CpWordList, cp_word_list)

G_END_DECLS
