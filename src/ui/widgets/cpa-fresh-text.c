/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-fresh-text.h"

#include <glib/gi18n.h>

#include "cpa-fill.h"
#include "cpa-time-text.h"

static const char *const kind_words[CP_FRESH_N_KINDS] = {
  [CP_FRESH_APPOINTMENTS] = NC_ ("kind", "appointments with the care team"),
  [CP_FRESH_REPORTS] = NC_ ("kind", "reports"),
  [CP_FRESH_FORMS] = NC_ ("kind", "forms"),
  [CP_FRESH_PLANS] = NC_ ("kind", "plans"),
  [CP_FRESH_PROFILE] = NC_ ("kind", "personal details"),
  [CP_FRESH_CONTACTS] = NC_ ("kind", "contacts"),
};

static gboolean
is_bad (int state)
{
  return state != CP_FRESH_CURRENT && state != CP_FRESH_RUNNING;
}

/* What was never fetched beside what was has no age, and is told of where one looks for it. */
static gboolean
counts (const CpFreshness *freshness, const CpFreshPart *part)
{
  return part->shared && (part->state != CP_FRESH_NEVER || freshness->fetched_at == 0);
}

/* How many kinds count; *bad of them are not up to date, their words are joined in *words. */
static guint
count_shared (const CpFreshness *freshness, guint *bad, char **words)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();
  guint shared = 0;

  for (guint i = 0; i < freshness->kinds->len; i++)
    {
      const CpFreshPart *part = g_ptr_array_index (freshness->kinds, i);

      if (!counts (freshness, part))
        continue;
      shared++;
      if (is_bad (part->state))
        g_ptr_array_add (names, (gpointer) cpa_fresh_kind_word (part->kind));
    }
  *bad = names->len;
  g_ptr_array_add (names, NULL);
  *words = cpa_fresh_join ((const char *const *) names->pdata);
  return shared;
}

static char *
current_text (const CpFreshness *freshness, GTimeZone *zone)
{
  CpTime now = cp_time_now ();
  int age = cp_time_days_between (freshness->fetched_at, now, zone);
  gboolean next_today = cp_time_days_between (now, freshness->next_at, zone) == 0;
  g_autofree char *time = cpa_time_clock (freshness->fetched_at, zone);
  g_autofree char *when = cpa_time_day_clock (freshness->fetched_at, zone);
  g_autofree char *next_clock = cpa_time_clock (freshness->next_at, zone);
  g_autofree char *next = next_today ? g_strdup (next_clock) : cpa_time_day_clock (freshness->next_at, zone);

  if (age == 0)
    return cpa_fill (_ ("As of today {time}, next {next}"), "time", time, "next", next, NULL);
  if (age == 1 && next_today)
    return cpa_fill (_ ("As of yesterday {time}, next today {next}"), "time", time, "next", next_clock, NULL);
  return cpa_fill (_ ("As of {when}, next {next}"), "when", when, "next", next, NULL);
}

static const char *
late_template (int state)
{
  switch (state)
    {
    case CP_FRESH_LATE:
      return _ ("As of {when}. The data of {time} is late. We keep trying.");
    case CP_FRESH_SKIPPED:
      return _ ("As of {when}. Fetching at {time} was skipped because of a fault. It will be done now.");
    default:
      return _ ("As of {when}. Fetching at {time} failed. You see the data from before. We keep trying.");
    }
}

char *
cpa_fresh_line_text (const CpFreshness *freshness, GTimeZone *zone)
{
  g_autofree char *words = NULL;
  g_autofree char *when = cpa_time_day_clock (freshness->fetched_at, zone);
  guint bad;
  guint shared = count_shared (freshness, &bad, &words);

  if (freshness->state == CP_FRESH_RUNNING)
    return g_strdup (_ ("The data is being fetched now. You can go on reading."));
  if (bad > 0 && bad < shared)
    return cpa_fill (_ ("Not everything is up to date: {parts}."), "parts", words, NULL);
  if (freshness->state == CP_FRESH_NEVER || freshness->fetched_at == 0)
    {
      g_autofree char *first = cpa_time_at (freshness->next_at, zone);

      return cpa_fill (_ ("Nothing has been fetched yet. That happens for the first time {when}."), "when", first,
                       NULL);
    }
  if (is_bad (freshness->state))
    {
      g_autofree char *slot = cpa_time_clock (freshness->slot_at, zone);

      return cpa_fill (late_template (freshness->state), "when", when, "time", slot, NULL);
    }
  return current_text (freshness, zone);
}

char *
cpa_fresh_old_text (const CpFreshness *freshness)
{
  int days = (int) ((cp_time_now () - freshness->fetched_at) / CP_TIME_DAY);

  if (freshness->fetched_at == 0 || days < 1)
    return NULL;
  return cpa_fill_n (ngettext ("Please note: this data is {n} day old. Ask the care team if you are not sure.",
                               "Please note: this data is {n} days old. Ask the care team if you are not sure.", days),
                     days, NULL);
}

char *
cpa_fresh_kind_text (const CpFreshPart *part, CpaContext *context)
{
  g_autofree char *when = cpa_time_day_clock (part->fetched_at, cpa_context_get_zone (context));
  const char *template;

  if (!part->shared)
    template = _ ("{kind}: not shared by {organization}");
  else if (part->fetched_at == 0)
    template = _ ("{kind}: not fetched yet");
  else if (is_bad (part->state))
    template = _ ("{kind}: as of {when}, newer data could not be fetched");
  else
    template = _ ("{kind}: as of {when}");
  return cpa_time_capital (cpa_fill (template, "kind", cpa_fresh_kind_word (part->kind), "when", when, "organization",
                                     cpa_context_get_organisation (context)->name, NULL));
}

char *
cpa_fresh_times_text (const CpOrganisation *organisation)
{
  return cpa_fresh_join ((const char *const *) organisation->sync_times);
}

gboolean
cpa_fresh_is_good (const CpFreshness *freshness)
{
  g_autofree char *words = NULL;
  g_autofree char *old = cpa_fresh_old_text (freshness);
  guint bad;

  count_shared (freshness, &bad, &words);
  return bad == 0 && old == NULL && !is_bad (freshness->state);
}

CpTime
cpa_fresh_fetched_at (const CpFreshness *freshness, CpFreshKind kind)
{
  for (guint i = 0; i < freshness->kinds->len; i++)
    {
      const CpFreshPart *part = g_ptr_array_index (freshness->kinds, i);

      if (part->kind == (int) kind)
        return part->fetched_at;
    }
  return freshness->fetched_at;
}

CpTime
cpa_fresh_of_card (const CpFreshness *freshness, int kind)
{
  return freshness != NULL ? cpa_fresh_fetched_at (freshness, cp_fresh_kinds_of_cards[kind]) : 0;
}

const char *
cpa_fresh_kind_word (CpFreshKind kind)
{
  return g_dpgettext2 (NULL, "kind", kind_words[kind]);
}

char *
cpa_fresh_join (const char *const *words)
{
  guint n = g_strv_length ((char **) words);
  g_autoptr (GString) first = g_string_new (NULL);

  if (n == 0)
    return g_strdup ("");
  for (guint i = 0; i + 1 < n; i++)
    g_string_append_printf (first, "%s%s", i > 0 ? ", " : "", words[i]);
  if (n == 1)
    return g_strdup (words[0]);
  return cpa_fill (_ ("{first} and {last}"), "first", first->str, "last", words[n - 1], NULL);
}

char *
cpa_fresh_died_text (const CpPatientAccess *patient)
{
  g_autofree char *until = patient->until != NULL ? cpa_time_date (patient->until) : NULL;

  if (until == NULL)
    return cpa_fill (_ ("{client} has died. We are sorry for your loss. Nothing new is added here any more."), "client",
                     patient->name, NULL);
  return cpa_fill (
      _ ("{client} has died. We are sorry for your loss. Nothing new is added here any more. You can still "
         "read what is here until {date}."),
      "client", patient->name, "date", until, NULL);
}
