/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-record-text.h"

#include "cp-time.h"

char *
cpa_record_text_of_list (const CpRecordType *type, const GPtrArray *records)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < records->len; i++)
    cp_record_write (type, g_ptr_array_index (records, i), NULL, text);
  return g_string_free (text, FALSE);
}

/* (transfer full) (nullable) */
static char *
text_of_day (GTimeZone *zone)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (cp_time_now () / CP_TIME_SECOND);
  g_autoptr (GDateTime) local = zone != NULL ? g_date_time_to_timezone (utc, zone) : NULL;

  return local != NULL ? g_date_time_format (local, "%F ") : NULL;
}

/* Takes text. */
static gboolean
is_news (char **shown, char *text, GTimeZone *zone)
{
  g_autofree char *day = text_of_day (zone);
  g_autofree char *now = g_strconcat (day != NULL ? day : "", text, NULL);

  g_free (text);
  if (g_strcmp0 (now, *shown) == 0)
    return FALSE;
  g_free (*shown);
  *shown = g_steal_pointer (&now);
  return TRUE;
}

gboolean
cpa_record_text_is_news (char **shown, const CpRecordType *type, gconstpointer record, GTimeZone *zone)
{
  return is_news (shown, cp_record_to_text (type, record, zone, NULL), zone);
}

gboolean
cpa_record_text_list_is_news (char **shown, const CpRecordType *type, const GPtrArray *records, GTimeZone *zone)
{
  return is_news (shown, cpa_record_text_of_list (type, records), zone);
}
