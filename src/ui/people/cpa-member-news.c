/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-member-news.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-member-text.h"
#include "cpa-part-text.h"
#include "cpa-time-text.h"

static char *
parts_line (const CpMember *member, GTimeZone *zone)
{
  guint ticked = member->parts | member->pending;
  g_autofree char *names = cpa_part_names (ticked);

  return ticked != 0 ? cpa_fill (_ ("Access to: {parts}"), "parts", names, NULL) : g_strdup (_ ("No rights yet"));
}

static char *
until_line (const CpMember *member, GTimeZone *zone)
{
  g_autofree char *date = member->until != NULL ? cpa_time_date (member->until) : NULL;

  return date != NULL ? cpa_fill (_ ("Until {date}"), "date", date, NULL) : g_strdup (_ ("No end date"));
}

static char *
ground_line (const CpMember *member, GTimeZone *zone)
{
  return g_strdup (cpa_member_ground (member));
}

/* What the person took over is not shown any more. */
static char *
mobile_line (const CpMember *member, GTimeZone *zone)
{
  return member->mobile != NULL ? cpa_fill (_ ("Mobile number: {mobile}"), "mobile", member->mobile, NULL) : NULL;
}

static char *
email_line (const CpMember *member, GTimeZone *zone)
{
  return member->email != NULL ? cpa_fill (_ ("E-mail address: {email}"), "email", member->email, NULL) : NULL;
}

char *
cpa_member_news (const CpMember *seen, const CpMember *now, GTimeZone *zone)
{
  const struct
  {
    gboolean other;
    char *(*line) (const CpMember *member, GTimeZone *zone);
  } kinds[] = {
    { seen->state != now->state, cpa_member_state },
    { (seen->parts | seen->pending) != (now->parts | now->pending), parts_line },
    { g_strcmp0 (seen->until, now->until) != 0, until_line },
    { g_strcmp0 (seen->ground, now->ground) != 0, ground_line },
    { g_strcmp0 (seen->mobile, now->mobile) != 0, mobile_line },
    { g_strcmp0 (seen->email, now->email) != 0, email_line },
  };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *line = kinds[i].other ? kinds[i].line (now, zone) : NULL;

      if (line != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", line);
    }
  return g_string_free (text, FALSE);
}

void
cpa_member_news_ask (CpaFormWindow *window, CpaMember *member, CpMember **seen, GTimeZone *zone)
{
  const CpMember *now = cpa_member_get (member);
  g_autofree char *news = cpa_member_news (*seen, now, zone);
  g_autofree char *text =
      *news != '\0'
          ? cpa_fill (_ ("Somebody else has changed this meanwhile. What you filled in is still here. This is "
                         "how it is now:\n{news}"),
                      "news", news, NULL)
          : g_strdup (_ ("Somebody else has changed this meanwhile. What you filled in is still here."));

  cp_member_free (*seen);
  *seen = cp_record_copy (&cp_member_record, now);
  cpa_form_window_ask_anew (window, text);
}
