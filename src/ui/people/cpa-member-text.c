/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-member-text.h"

#include <glib/gi18n.h>

#include "cpa-answer.h"
#include "cpa-error-text.h"
#include "cpa-fill.h"
#include "cpa-kin-text.h"
#include "cpa-part-text.h"
#include "cpa-time-text.h"

#define NOON (12 * 60) /* of a day: no change of the clock moves it to another */

static const CpaMemberLook looks[] = {
  [CP_MEMBER_KNOWN] = { "contact-new-symbolic", "quiet" },
  [CP_MEMBER_NOT_INVITED] = { "content-loading-symbolic", "quiet" },
  [CP_MEMBER_INVITED] = { "mail-unread-symbolic", "waits" },
  [CP_MEMBER_EXPIRED] = { "alarm-symbolic", "waits" },
  [CP_MEMBER_WITHDRAWN] = { "action-unavailable-symbolic", "quiet" },
  [CP_MEMBER_DECLINED] = { "action-unavailable-symbolic", "waits" },
  [CP_MEMBER_UNDELIVERED] = { "dialog-warning-symbolic", "bad" },
  [CP_MEMBER_ACTIVE] = { "object-select-symbolic", "good" },
  [CP_MEMBER_ENDED] = { "action-unavailable-symbolic", "quiet" },
};

char *
cpa_member_relation (const CpMember *member)
{
  const char *name = member->kind == CP_MEMBER_CLIENT ? _ ("Client") : cpa_relation_name (member->relation);
  g_autofree char *word = name != NULL ? g_strdup (name) : cpa_kin_line (member->relation_words);

  if (!member->self)
    return word != NULL ? g_steal_pointer (&word) : g_strdup ("");
  return word != NULL ? cpa_fill (_ ("{relation} (you)"), "relation", word, NULL) : g_strdup (_ ("You"));
}

gboolean
cpa_member_is_over (const CpMember *member)
{
  return member->state == CP_MEMBER_WITHDRAWN || member->state == CP_MEMBER_DECLINED ||
         member->state == CP_MEMBER_ENDED;
}

static gboolean
is_closed (const CpMember *member)
{
  return member->state == CP_MEMBER_KNOWN || cpa_member_is_over (member);
}

const char *
cpa_member_ground (const CpMember *member)
{
  /* In the order of cp_ground_names. */
  static const char *const words[] = {
    N_ ("Access as: family or friend"),
    N_ ("Access as: authorized in writing"),
    N_ ("Access as: legal representative"),
    N_ ("Access as: mentor"),
    N_ ("Access as: curator"),
  };

  /* What it was of is not held any more. */
  if (member->ground == NULL || is_closed (member) || ((member->parts | member->pending) & CP_PARTS_GROUNDED) == 0)
    return NULL;
  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (member->ground, cp_ground_names[i]))
      return _ (words[i]);
  return NULL;
}

/* within_days: it is so near that the year is known. */
static char *
fill_date (const char *template, CpTime time, GTimeZone *zone, gboolean within_days)
{
  g_autofree char *day = cp_time_date (time, zone);
  g_autofree char *date = within_days ? cpa_time_short_date (day) : cpa_time_short_day (day);

  return cpa_fill (template, "date", date, NULL);
}

char *
cpa_member_state (const CpMember *member, GTimeZone *zone)
{
  static const char *const words[] = {
    [CP_MEMBER_KNOWN] = N_ ("Known by the care team"),
    [CP_MEMBER_NOT_INVITED] = N_ ("Not invited yet"),
    [CP_MEMBER_EXPIRED] = N_ ("Invitation ended"),
    [CP_MEMBER_WITHDRAWN] = N_ ("Invitation withdrawn"),
    [CP_MEMBER_DECLINED] = N_ ("Invitation declined"),
    [CP_MEMBER_UNDELIVERED] = N_ ("E-mail did not arrive"),
    [CP_MEMBER_ACTIVE] = N_ ("Accepted"),
  };

  if (member->state == CP_MEMBER_INVITED)
    return fill_date (_ ("Invited, until {date}"), member->invited_until, zone, TRUE);
  if (member->state == CP_MEMBER_ENDED)
    return fill_date (_ ("Access ended on {date}"), member->ended_at, zone, FALSE);
  /* Nobody has to hear of the care team that the client is known. */
  if (member->state == CP_MEMBER_KNOWN && member->kind == CP_MEMBER_CLIENT)
    return g_strdup (_ ("Not invited yet"));
  return g_strdup (_ (words[member->state]));
}

const char *
cpa_member_state_more (CpaMember *member)
{
  const CpMember *record = cpa_member_get (member);
  guint ticked = cpa_member_get_ticked (member);

  switch (record->state)
    {
    case CP_MEMBER_NOT_INVITED:
    case CP_MEMBER_INVITED:
      return ticked == 0 ? _ ("No rights yet") : _ ("Starts after accepting");
    case CP_MEMBER_ACTIVE:
      return ticked == 0 ? _ ("No rights yet") : NULL;
    default:
      return NULL;
    }
}

const CpaMemberLook *
cpa_member_state_look (const CpMember *member)
{
  return &looks[member->state];
}

char *
cpa_member_until (const CpMember *member)
{
  if (member->until != NULL)
    return cpa_time_short_day (member->until);
  return g_strdup (is_closed (member) ? "–" : _ ("always"));
}

char *
cpa_member_until_more (const CpMember *member, const CpMemberOptions *options, GTimeZone *zone)
{
  CpTime end = member->until != NULL ? cp_time_of_local (member->until, NOON, zone) : 0;
  int days = end != 0 ? cp_time_days_between (cp_time_now (), end, zone) : -1;

  if (days < 0 || options == NULL || days > options->warning_days || member->state == CP_MEMBER_ENDED)
    return NULL;
  if (days == 0)
    return g_strdup (_ ("today"));
  return cpa_fill_n (ngettext ("{n} more day", "{n} more days", days), days, NULL);
}

/* The hour tells something of today and yesterday only. */
static char *
last_login (CpTime time, GTimeZone *zone)
{
  return cp_time_days_between (time, cp_time_now (), zone) <= 1 ? cpa_time_day_clock (time, zone)
                                                                : cpa_time_day (time, zone);
}

char *
cpa_member_last_login (const CpMember *member, GTimeZone *zone)
{
  if (member->self)
    return g_strdup (_ ("now"));
  if (member->last_login == 0)
    return g_strdup (cpa_member_is_over (member) ? "–" : _ ("Not yet"));
  return cpa_time_capital (last_login (member->last_login, zone));
}

/* (transfer full) (nullable): as a line of its own; of who never had access everybody knows it. */
static char *
last_login_line (const CpMember *member, GTimeZone *zone)
{
  g_autofree char *when = NULL;

  if (member->last_login == 0 && !member->self)
    return is_closed (member) ? NULL : g_strdup (_ ("Not logged in yet"));
  when = member->self ? g_strdup (_ ("now")) : last_login (member->last_login, zone);
  return cpa_fill (_ ("Last logged in: {when}"), "when", when, NULL);
}

static char *
until_line (const CpMember *member)
{
  g_autofree char *date = cpa_member_until (member);

  if (member->until != NULL)
    return cpa_fill (_ ("Until {date}"), "date", date, NULL);
  return is_closed (member) ? NULL : g_strdup (_ ("No end date"));
}

char *
cpa_member_rest (const CpMember *member, const CpMemberOptions *options, GTimeZone *zone)
{
  char *lines[] = { until_line (member), cpa_member_until_more (member, options, zone),
                    last_login_line (member, zone) };
  GString *text = g_string_new (NULL);

  for (gsize i = 0; i < G_N_ELEMENTS (lines); i++)
    {
      if (lines[i] != NULL)
        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", lines[i]);
      g_free (lines[i]);
    }
  return g_string_free (text, FALSE);
}

char *
cpa_member_refusal (const CpMember *member, int reason, const CpOrganisation *organisation)
{
  static const char *const reasons[] = {
    [CP_REFUSAL_SELF] =
        N_ ("You cannot give yourself more rights. Ask another portal administrator or {organization}."),
    [CP_REFUSAL_NOT_HELD] = N_ ("You do not have this right yourself, so you cannot give it."),
    [CP_REFUSAL_OWN_END] = N_ ("Your own access ends before this. You cannot give access for longer."),
    [CP_REFUSAL_LAST_SETTINGS] = N_ ("Your own tick at Settings stays: there must always be a portal administrator."),
    [CP_REFUSAL_DECEASED] = N_ ("No invitations are sent any more after somebody has died. Whoever has access now can "
                                "still read what is here."),
  };

  g_return_val_if_fail (reason >= 0 && reason < (int) G_N_ELEMENTS (reasons), NULL);
  if (reason == CP_REFUSAL_LAST_SETTINGS && !member->self)
    return g_strdup (_ ("This is the last portal administrator. First make somebody else portal administrator."));
  return cpa_fill (_ (reasons[reason]), "organization", organisation->name, NULL);
}

char *
cpa_member_box (CpaMember *member, CpPart part, const CpOrganisation *organisation)
{
  int reason = cpa_member_get_refusal (member, part);

  if (reason >= 0)
    return cpa_member_refusal (cpa_member_get (member), reason, organisation);
  if ((cpa_member_get (member)->pending & part) != 0)
    return g_strdup (_ ("Starts after accepting"));
  return NULL;
}

char *
cpa_member_failure (const GError *error, const char *not_changed, const CpOrganisation *organisation)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, organisation);
  const char *then = cpa_answer_is_unsure (error) ? _ ("Perhaps it has been changed all the same. Look at how it is "
                                                       "now, and try again if needed.")
                                                  : not_changed;

  return text->can_retry && then != NULL ? g_strdup_printf ("%s. %s", text->title, then) : g_strdup (text->text);
}
