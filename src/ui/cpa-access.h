/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-session.h"

G_BEGIN_DECLS

/* Whose portals one may open, and what became of that. */

/* (nullable) (transfer none) */
const CpPatientAccess *cpa_access_find (const CpSession *session, const char *id);
/* Whether both sessions lead to the same pages. */
gboolean cpa_access_is_same (const CpSession *before, const CpSession *now);

typedef struct
{
  char *text;       /* (owned): a sentence */
  char *patient_id; /* (owned) (nullable): a client whom one could not look at before */
} CpaAccessGiven;

/* In words: what was taken, as a title with its text, or both NULL; and what was given. New clients come last. */
typedef struct
{
  gboolean taken;   /* anything, also what the person gave up: that is told where they do so */
  char *title;      /* (owned) (nullable) */
  char *text;       /* (owned) (nullable) */
  GPtrArray *given; /* (owned) of CpaAccessGiven */
} CpaAccessNews;

/* shown_id (nullable): the client on the screen, of whom parts are told too; but not those that one gave up oneself. */
CpaAccessNews *cpa_access_news_new (const CpSession *before, const CpSession *now, const char *shown_id,
                                    guint given_up);
void cpa_access_news_free (CpaAccessNews *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaAccessNews, cpa_access_news_free)

G_END_DECLS
