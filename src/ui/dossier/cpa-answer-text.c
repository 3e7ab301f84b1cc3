/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-answer-text.h"

#include <glib/gi18n.h>
#include <string.h>

#include "cpa-fill.h"
#include "cpa-time-text.h"

#define DATE_LENGTH 10 /* what is longer is a time */

static char *
date_text (const char *answer, GTimeZone *zone)
{
  CpTime time;

  if (strlen (answer) > DATE_LENGTH && cp_time_parse (answer, &time))
    return cpa_time_long_day_clock (time, zone);
  return cpa_time_date (answer);
}

/* (transfer full) */
static char *
answer_text (const CpFormEntry *entry, const char *text, GTimeZone *zone)
{
  switch ((CpAnswerKind) entry->kind)
    {
    case CP_ANSWER_YES_NO:
      return g_strdup (g_str_equal (text, "yes") ? _ ("Yes") : _ ("No"));
    case CP_ANSWER_DATE:
      return date_text (text, zone);
    case CP_ANSWER_FILE:
      return *text != '\0' ? cpa_fill (_ ("Attachment: {title}"), "title", text, NULL) : g_strdup (_ ("Attachment"));
    case CP_ANSWER_TEXT:
      break;
    }
  return g_strdup (text);
}

const char *
cpa_answer_question (const CpFormEntry *entry)
{
  return entry->label != NULL && *entry->label != '\0' ? entry->label : _ ("Question without text");
}

char **
cpa_answer_texts (const CpFormEntry *entry, GTimeZone *zone)
{
  g_autoptr (GStrvBuilder) texts = g_strv_builder_new ();

  for (guint i = 0; entry->answers[i] != NULL; i++)
    {
      g_autofree char *text = answer_text (entry, entry->answers[i], zone);

      if (*text != '\0')
        g_strv_builder_add (texts, text);
    }
  return g_strv_builder_end (texts);
}

char *
cpa_answer_preview (const CpDossierItem *item, GTimeZone *zone)
{
  GString *lines = g_string_new (item->preview);

  for (guint i = 0; i < item->answers->len; i++)
    {
      g_auto (GStrv) texts = cpa_answer_texts (g_ptr_array_index (item->answers, i), zone);

      for (char **text = texts; *text != NULL; text++)
        g_string_append_printf (lines, "%s%s", lines->len > 0 ? "\n" : "", *text);
    }
  /* What has no words and is no form is a file. */
  if (lines->len == 0 && (item->title != NULL || item->kind != CP_DOSSIER_FORM))
    g_string_append (lines, item->title != NULL ? item->title : _ ("Document"));
  return g_string_free (lines, FALSE);
}

static gboolean
ends_question (const char *at)
{
  return g_str_has_prefix (at, "?: ") || g_str_has_prefix (at, ":: ");
}

/* A character of the text is gone: marks behind it move along, one that it is in is shorter. */
static void
move_marks (GPtrArray *marks, gint64 gone)
{
  for (guint i = 0; i < marks->len; i++)
    {
      CpTextMark *mark = g_ptr_array_index (marks, i);

      if (mark->start > gone)
        mark->start--;
      else if (mark->start + mark->length > gone)
        mark->length--;
    }
}

/* Of each line only the first: what comes after it is the answer, in somebody's own words. */
void
cpa_answer_tidy (CpDossierItem *item)
{
  g_autoptr (GString) tidy = NULL;
  gboolean asked = FALSE;
  gint64 length = 0; /* of tidy, in characters */

  if (item->kind != CP_DOSSIER_FORM || item->text == NULL)
    return;
  tidy = g_string_new (NULL);
  for (const char *at = item->text; *at != '\0'; at = g_utf8_next_char (at))
    {
      g_string_append_unichar (tidy, g_utf8_get_char (at));
      length++;
      if (*at == '\n')
        asked = FALSE;
      if (asked || !ends_question (at))
        continue;
      asked = TRUE;
      move_marks (item->marks, length);
      at++;
    }
  g_free (item->text);
  item->text = g_string_free (g_steal_pointer (&tidy), FALSE);
}
