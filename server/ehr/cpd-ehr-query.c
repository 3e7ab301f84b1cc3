/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-server-private.h"

const CpdEhrQuery cpd_ehr_queries[] = {
  { "Patient", "_id", .whole = TRUE },
  { "RelatedPerson", "patient", .whole = TRUE },
  { "CareTeam", "patient", .whole = TRUE },
  { "Goal", "patient" },
  { "CarePlan", "patient" },
  { "ServiceRequest", "patient" },
  { "Task", "patient" },
  { "Procedure", "patient" },
  { "Observation", "patient", .coded = TRUE },
  { "DocumentReference", "patient" },
  { "Composition", "patient" },
  { "QuestionnaireResponse", "patient" },
  { "Appointment", "patient", .recent = TRUE },
};
const int cpd_ehr_n_queries = G_N_ELEMENTS (cpd_ehr_queries);

static void
append_codes (GString *filter, GStrv codes)
{
  for (guint i = 0; codes != NULL && codes[i] != NULL; i++)
    {
      g_autofree char *escaped = g_uri_escape_string (codes[i], NULL, FALSE);

      g_string_append_printf (filter, "%s%s", filter->len > 0 ? "," : "code=", escaped);
    }
}

/**
 * cpd_ehr_query_filter:
 *
 * Returns: (transfer full) (nullable)
 */
char *
cpd_ehr_query_filter (const CpdEhrQuery *query, const CpdConfig *config)
{
  g_autoptr (GString) filter = g_string_new (NULL);

  if (!query->coded)
    return NULL;
  append_codes (filter, config->report_codes);
  append_codes (filter, config->evaluation_codes);
  return filter->len > 0 ? g_strdup (filter->str) : NULL;
}

/**
 * cpd_ehr_query_url:
 *
 * Returns: (transfer full)
 */
char *
cpd_ehr_query_url (const CpdEhrQuery *query, const char *filter, GPtrArray *subjects, const char *rest)
{
  GString *url = g_string_new (query->type);
  const char *prefix = g_str_equal (query->parameter, "patient") ? "Patient/" : "";

  g_string_append_printf (url, "?%s=", query->parameter);
  for (guint i = 0; i < subjects->len; i++)
    {
      const CpdEhrSubject *subject = g_ptr_array_index (subjects, i);

      g_string_append_printf (url, "%s%s%s", i > 0 ? "," : "", prefix, subject->id);
    }
  if (filter != NULL)
    g_string_append_printf (url, "&%s", filter);
  if (rest != NULL)
    g_string_append_printf (url, "&%s", rest);
  return g_string_free (url, FALSE);
}

/**
 * cpd_ehr_query_tick:
 *
 * Returns: @time rounded down.
 */
CpTime
cpd_ehr_query_tick (CpTime time)
{
  return time - time % CPD_EHR_TICK;
}

/**
 * cpd_ehr_query_instant:
 *
 * Returns: (transfer full)
 */
char *
cpd_ehr_query_instant (CpTime time)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (time / CP_TIME_SECOND);
  g_autofree char *seconds = g_date_time_format (utc, "%Y-%m-%dT%H:%M:%S");

  return g_strdup_printf ("%s.%03dZ", seconds, (int) (time % CP_TIME_SECOND / CPD_EHR_TICK));
}
