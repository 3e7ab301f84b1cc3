/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-dossier-query.h"

#include <string.h>

#include "cpd-content.h"
#include "cpd-store-care-plan.h"

#define AUTHOR_MAX 200

static const struct
{
  const char *name;
  guint kinds;
} reports[] = {
  { "general", 1u << CP_DOSSIER_REPORT_GENERAL },
  { "plan", 1u << CP_DOSSIER_REPORT_PLAN },
};

/* What is not asked for a month, and brings the text along. */
static const char *const narrowing[] = { "report", "from", "until", "author", "plan" };

/**
 * cpd_dossier_query_refuse:
 * @name: of the parameter
 */
gboolean
cpd_dossier_query_refuse (const char *name, const char *what, GError **error)
{
  g_autoptr (GError) refused = g_error_new (CP_ERROR, CP_ERROR_BAD_REQUEST, "%s %s", name, what);

  cp_error_details (refused)->field = g_strdup (name);
  g_propagate_error (error, g_steal_pointer (&refused));
  return FALSE;
}

/**
 * cpd_dossier_query_kinds:
 */
gboolean
cpd_dossier_query_kinds (const CpdCall *call, guint *kinds, GError **error)
{
  const char *report = cpd_request_query (call->request, "report");

  *kinds = cpd_content_cards (call);
  if (report == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (reports); i++)
    if (strcmp (report, reports[i].name) == 0)
      {
        *kinds &= reports[i].kinds;
        return TRUE;
      }
  return cpd_dossier_query_refuse ("report", "is general or plan", error);
}

/**
 * cpd_dossier_query_version:
 */
gboolean
cpd_dossier_query_version (const CpdCall *call, gint64 *version, GError **error)
{
  const char *text = cpd_request_query (call->request, "version");

  *version = 0;
  if (text == NULL || g_ascii_string_to_signed (text, 10, 1, G_MAXINT32, version, NULL))
    return TRUE;
  return cpd_dossier_query_refuse ("version", "is a number from 1", error);
}

/* "2026-01" as 202601. */
static gboolean
read_month (const CpdCall *call, CpdDossierFilter *filter, GError **error)
{
  const char *text = cpd_request_query (call->request, "month");
  g_autofree char *date = g_strconcat (text != NULL ? text : "2026-01", "-01", NULL);

  if (!cp_time_date_is_valid (date))
    return cpd_dossier_query_refuse ("month", "is a year and a month, as 2026-01", error);
  if (text == NULL)
    return TRUE;
  for (gsize i = 0; i < G_N_ELEMENTS (narrowing); i++)
    if (cpd_request_query (call->request, narrowing[i]) != NULL)
      return cpd_dossier_query_refuse (narrowing[i], "does not go with month", error);
  filter->month = (int) (g_ascii_strtoll (date, NULL, 10) * 100 + g_ascii_strtoll (date + 5, NULL, 10));
  return TRUE;
}

/* The start of that day in the organisation's zone, or of the next one; 0 when it is not asked. */
static gboolean
read_day (const CpdCall *call, const char *name, gboolean end, CpTime *time, GError **error)
{
  const char *text = cpd_request_query (call->request, name);
  GTimeZone *zone = call->services->config->zone;

  *time = 0;
  if (text == NULL)
    return TRUE;
  if (!cp_time_date_is_valid (text))
    return cpd_dossier_query_refuse (name, "is a date, as 2026-01-31", error);
  *time = cp_time_of_local (text, 0, zone);
  if (!end)
    return TRUE;
  *time = cp_time_day_begins (*time, 0, 1, zone);
  return *time != 0 || cpd_dossier_query_refuse (name, "is too far away", error);
}

static gboolean
read_author (const CpdCall *call, CpdDossierFilter *filter, GError **error)
{
  filter->author = cpd_request_query (call->request, "author");
  if (filter->author != NULL && (*filter->author == '\0' || g_utf8_strlen (filter->author, -1) > AUTHOR_MAX))
    return cpd_dossier_query_refuse ("author", "is a name", error);
  return TRUE;
}

/* A plan that is not the patient's, or not shared, is not there. */
static gboolean
read_plan (const CpdCall *call, CpdDossierFilter *filter, GError **error)
{
  const char *plan = cpd_request_query (call->request, "plan");

  if (plan == NULL)
    return TRUE;
  if (cpd_content_is_shown (call, CP_FRESH_PLANS) &&
      !cpd_store_care_plan_row (call->db, &call->grant, plan, &filter->plan, error))
    return FALSE;
  if (filter->plan != 0)
    return TRUE;
  g_set_error_literal (error, CP_ERROR, CP_ERROR_NOT_FOUND, "no such plan of this patient");
  return FALSE;
}

/**
 * cpd_dossier_query_read:
 * @filter: (out caller-allocates)
 */
gboolean
cpd_dossier_query_read (const CpdCall *call, CpdDossierFilter *filter, GError **error)
{
  *filter = (CpdDossierFilter){ 0 };
  if (!cpd_dossier_query_kinds (call, &filter->kinds, error) || !read_month (call, filter, error) ||
      !read_day (call, "from", FALSE, &filter->from, error) || !read_day (call, "until", TRUE, &filter->until, error) ||
      !read_author (call, filter, error) || !read_plan (call, filter, error))
    return FALSE;
  if (filter->until != 0 && filter->from >= filter->until)
    return cpd_dossier_query_refuse ("until", "is before from", error);
  for (gsize i = 0; i < G_N_ELEMENTS (narrowing); i++)
    filter->text |= cpd_request_query (call->request, narrowing[i]) != NULL;
  return TRUE;
}
