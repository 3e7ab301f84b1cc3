/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-dossier-item.h"
#include "cp-organisation.h"

G_BEGIN_DECLS

/* The words around an item of the dossier. (transfer full) unless const. */

/* The organisation's word for the plan: "care plan". */
const char *cpa_dossier_plan_word (const CpOrganisation *organisation);
/* "General Report", "Report: Care Plan", "Form", ... */
char *cpa_dossier_kind_text (int kind, const CpOrganisation *organisation);
const char *cpa_dossier_kind_icon (int kind);
/* "This report", "This form", ... */
const char *cpa_dossier_this (int kind);
/* What a screen reader calls it in a list: "Form, today 14:00, Ineke Bos, nurse, unread"; of evaluations, of which
 * several may be of one moment, also of what. */
char *cpa_dossier_name (const CpDossierItem *item, gboolean unread, const CpOrganisation *organisation,
                        GTimeZone *zone);
/* Its own title, or else its kind. */
char *cpa_dossier_title (const CpDossierItem *item, const CpOrganisation *organisation);
/* (nullable): of what was read whole, that nothing of it can be shown here, or not all of it. */
char *cpa_dossier_unshown (const CpDossierItem *item);
/* "Ineke Bos, nurse"; "Writer not known". */
char *cpa_dossier_writer (const CpDossierItem *item);
/* "Written by Ineke Bos, nurse"; "Writer not known". */
char *cpa_dossier_written_by (const CpDossierItem *item);
/* "Told by Wil de Bruin"; NULL when the source does not say who, or it is the writer. */
char *cpa_dossier_told_by (const CpDossierItem *item);
/* "Writer: Ineke Bos", and that others are left out; of a list that has only what author wrote. */
char *cpa_dossier_only_by (const char *author);
/* Why a list that was narrowed has nothing: by its period, its writer (nullable), or both. */
char *cpa_dossier_none_of (gboolean period, const char *author);
/* 14:00; empty when the source knows the day only. */
char *cpa_dossier_clock (const CpDossierItem *item, GTimeZone *zone);
/* "today"; "March 2026" or "2026" when the source knows no more. */
char *cpa_dossier_day (const CpDossierItem *item, GTimeZone *zone);
/* "Tuesday March 3, 2026"; the same. */
char *cpa_dossier_long_day (const CpDossierItem *item, GTimeZone *zone);
/* For above what is of one day: "Today" with "Tue March 3" in *date, "Monday" with "March 2"; "March 2026" with an
 * empty one. */
char *cpa_dossier_day_heading (const CpDossierItem *item, GTimeZone *zone, char **date);
/* "Tuesday March 3, 2026, 14:00. Written by ..."; of a form who filled it in and who told it. */
char *cpa_dossier_by (const CpDossierItem *item, GTimeZone *zone);
/* "today 14:00", or the day only. */
char *cpa_dossier_when (const CpDossierItem *item, GTimeZone *zone);
/* "Tuesday March 3, 2026, 14:00", or the day only. */
char *cpa_dossier_long_when (const CpDossierItem *item, GTimeZone *zone);
/* Whether the care team changed it after it was final, as far as its answer tells. */
gboolean cpa_dossier_is_changed (const CpDossierItem *item);
/* When, the last time: as the EHR says it, else when the newest text came here. 0: not known. */
CpTime cpa_dossier_changed_at (const CpDossierItem *item);

G_END_DECLS
