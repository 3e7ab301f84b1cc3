/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-dossier-text.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-time-text.h"

static const char *const plan_words[] = {
  [CP_PLAN_WORD_CARE_AND_LIFE_PLAN] = NC_ ("plan", "care and life plan"),
  [CP_PLAN_WORD_CARE_PLAN] = NC_ ("plan", "care plan"),
  [CP_PLAN_WORD_SUPPORT_PLAN] = NC_ ("plan", "support plan"),
};

static const struct
{
  const char *text, *icon, *this;
} kinds[] = {
  [CP_DOSSIER_REPORT_GENERAL] = { N_ ("General Report"), "cp-report-symbolic", N_ ("This report") },
  [CP_DOSSIER_REPORT_PLAN] = { N_ ("Report: {Plan}"), "cp-plan-symbolic", N_ ("This report") },
  [CP_DOSSIER_FORM] = { N_ ("Form"), "cp-form-symbolic", N_ ("This form") },
  [CP_DOSSIER_EVALUATION] = { N_ ("Evaluation"), "cp-evaluation-symbolic", N_ ("This evaluation") },
  [CP_DOSSIER_DOCUMENT] = { N_ ("Document"), "cp-report-symbolic", N_ ("This document") },
};

const char *
cpa_dossier_plan_word (const CpOrganisation *organisation)
{
  return g_dpgettext2 (NULL, "plan", plan_words[organisation->plan_word]);
}

char *
cpa_dossier_kind_text (int kind, const CpOrganisation *organisation)
{
  g_autofree char *plan = cpa_time_capital (g_strdup (cpa_dossier_plan_word (organisation)));

  return cpa_fill (_ (kinds[kind].text), "Plan", plan, NULL);
}

const char *
cpa_dossier_kind_icon (int kind)
{
  return kinds[kind].icon;
}

const char *
cpa_dossier_this (int kind)
{
  return _ (kinds[kind].this);
}

char *
cpa_dossier_title (const CpDossierItem *item, const CpOrganisation *organisation)
{
  return item->title != NULL && *item->title != '\0' ? g_strdup (item->title)
                                                     : cpa_dossier_kind_text (item->kind, organisation);
}

char *
cpa_dossier_unshown (const CpDossierItem *item)
{
  gboolean has_text = item->text != NULL && *item->text != '\0';

  if (item->kind == CP_DOSSIER_FORM || has_text || item->entries->len > 0 || item->attachments->len > 0)
    return item->unshown ? g_strdup (_ ("Not all of this can be shown here. Ask the care team for the rest.")) : NULL;
  return cpa_fill (_ ("{what} cannot be shown here. Ask the care team for it."), "what", cpa_dossier_this (item->kind),
                   NULL);
}

char *
cpa_dossier_writer (const CpDossierItem *item)
{
  if (item->author == NULL)
    return g_strdup (_ ("Writer not known"));
  if (item->author_role == NULL)
    return g_strdup (item->author);
  return cpa_fill (_ ("{name}, {role}"), "name", item->author, "role", item->author_role, NULL);
}

char *
cpa_dossier_written_by (const CpDossierItem *item)
{
  if (item->author == NULL)
    return g_strdup (_ ("Writer not known"));
  if (item->author_role == NULL)
    return cpa_fill (_ ("Written by {name}"), "name", item->author, NULL);
  return cpa_fill (_ ("Written by {name}, {role}"), "name", item->author, "role", item->author_role, NULL);
}

char *
cpa_dossier_told_by (const CpDossierItem *item)
{
  if (item->informant == NULL || g_strcmp0 (item->informant, item->author) == 0)
    return NULL;
  return cpa_fill (_ ("Told by {name}"), "name", item->informant, NULL);
}

char *
cpa_dossier_only_by (const char *author)
{
  return cpa_fill (_ ("Writer: {name}. What others wrote is left out."), "name", author, NULL);
}

char *
cpa_dossier_none_of (gboolean period, const char *author)
{
  if (author == NULL)
    return g_strdup (_ ("No reports in this period."));
  return cpa_fill (period ? _ ("No reports by {name} here in this period.") : _ ("No reports by {name} here."), "name",
                   author, NULL);
}

char *
cpa_dossier_clock (const CpDossierItem *item, GTimeZone *zone)
{
  return item->date_only ? g_strdup ("") : cpa_time_clock (item->at, zone);
}

char *
cpa_dossier_day (const CpDossierItem *item, GTimeZone *zone)
{
  return item->partial_date != NULL ? cpa_time_known_date (item->partial_date) : cpa_time_day (item->at, zone);
}

char *
cpa_dossier_long_day (const CpDossierItem *item, GTimeZone *zone)
{
  return item->partial_date != NULL ? cpa_time_known_date (item->partial_date) : cpa_time_long_day (item->at, zone);
}

char *
cpa_dossier_day_heading (const CpDossierItem *item, GTimeZone *zone, char **date)
{
  int days = cp_time_days_between (item->at, cp_time_now (), zone);
  gboolean has_name = days == 0 || days == 1;

  if (item->partial_date != NULL)
    {
      *date = g_strdup ("");
      return cpa_time_capital (cpa_time_known_date (item->partial_date));
    }
  *date = has_name ? cpa_time_weekday (item->at, zone) : cpa_time_month_day (item->at, zone);
  return cpa_time_capital (has_name ? cpa_time_day (item->at, zone) : cpa_time_day_of_week (item->at, zone));
}

char *
cpa_dossier_when (const CpDossierItem *item, GTimeZone *zone)
{
  return item->date_only ? cpa_dossier_day (item, zone) : cpa_time_day_clock (item->at, zone);
}

char *
cpa_dossier_long_when (const CpDossierItem *item, GTimeZone *zone)
{
  return item->date_only ? cpa_dossier_long_day (item, zone) : cpa_time_long_day_clock (item->at, zone);
}

/* (transfer full) */
static char *
filled_in (const CpDossierItem *item, GTimeZone *zone)
{
  g_autofree char *when =
      item->partial_date != NULL ? cpa_time_date (item->partial_date) : cpa_dossier_long_when (item, zone);

  return cpa_fill (item->partial_date != NULL ? _ ("Filled in in {month} by {name}") : _ ("Filled in {when} by {name}"),
                   "when", when, "month", when, "name", item->author, NULL);
}

char *
cpa_dossier_by (const CpDossierItem *item, GTimeZone *zone)
{
  g_autofree char *when = cpa_time_capital (cpa_dossier_long_when (item, zone));
  g_autofree char *writer = cpa_dossier_written_by (item);
  g_autofree char *line = item->kind == CP_DOSSIER_FORM && item->author != NULL
                              ? filled_in (item, zone)
                              : g_strconcat (when, ". ", writer, NULL);
  g_autofree char *told = cpa_dossier_told_by (item);

  return told != NULL ? g_strconcat (line, ". ", told, NULL) : g_steal_pointer (&line);
}

char *
cpa_dossier_name (const CpDossierItem *item, gboolean unread, const CpOrganisation *organisation, GTimeZone *zone)
{
  g_autofree char *kind = cpa_dossier_kind_text (item->kind, organisation);
  g_autofree char *when = cpa_dossier_when (item, zone);
  g_autofree char *writer = cpa_dossier_writer (item);
  const char *about = item->kind == CP_DOSSIER_EVALUATION ? item->about : NULL;
  g_autofree char *name = g_strjoin (", ", writer, about, NULL);

  return cpa_fill (unread ? _ ("{kind}, {date}, {name}, unread") : _ ("{kind}, {date}, {name}"), "kind", kind, "date",
                   when, "name", name, NULL);
}

gboolean
cpa_dossier_is_changed (const CpDossierItem *item)
{
  return item->amended || item->versions->len > 1;
}

CpTime
cpa_dossier_changed_at (const CpDossierItem *item)
{
  const CpVersionStamp *newest =
      item->versions->len > 1 ? g_ptr_array_index (item->versions, item->versions->len - 1) : NULL;

  if (item->amended && item->amended_at != 0)
    return item->amended_at;
  return newest != NULL ? newest->seen : 0;
}
