/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cp-dossier-item.h"

G_BEGIN_DECLS

/* A report in the list of Lezen. Signal "changed": something of what is around its text. */
#define CPA_TYPE_REPORT (cpa_report_get_type ())
G_DECLARE_FINAL_TYPE (CpaReport, cpa_report, CPA, REPORT, GObject)

/* Takes item. */
CpaReport *cpa_report_new (CpDossierItem *item);
const CpDossierItem *cpa_report_get_item (CpaReport *self);
/* The same to the eye, but for what is around its text. */
gboolean cpa_report_is_same (CpaReport *self, const CpDossierItem *item);

/* Whether it begins and ends what was written on a day. */
void cpa_report_set_ends (CpaReport *self, gboolean first, gboolean last);
gboolean cpa_report_is_first (CpaReport *self);
gboolean cpa_report_is_last (CpaReport *self);
/* Of the same report, asked again: whether it is unread, and since when. */
void cpa_report_follow (CpaReport *self, const CpDossierItem *item);
void cpa_report_set_unread (CpaReport *self, gboolean unread);
gboolean cpa_report_is_unread (CpaReport *self);
/* The found word that the person went to, of all of them; -1 for none. */
void cpa_report_set_current (CpaReport *self, int mark);
int cpa_report_get_current (CpaReport *self);

/* Where in a report a search looks, in the order in which they are read. */
typedef enum
{
  CPA_REPORT_AUTHOR,
  CPA_REPORT_TITLE,
  CPA_REPORT_TEXT,
  CPA_REPORT_N_PLACES
} CpaReportPlace;

/* How many words were found in all of them. */
guint cpa_report_count_marks (const CpDossierItem *item);
/* Which of the found words of place it is; -1 when it stands in another place. */
int cpa_report_mark_in (const CpDossierItem *item, CpaReportPlace place, int mark);
/* (transfer none): what was found there, as CpTextMark; in text (nullable). */
const GPtrArray *cpa_report_get_marks (const CpDossierItem *item, CpaReportPlace place, const char **text);

G_END_DECLS
