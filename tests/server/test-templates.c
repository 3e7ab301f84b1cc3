/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cpd-date-words.h"
#include "cpd-templates.h"

/* What the longest settings allow, and more than any name may be. */
static const struct
{
  const char *key;
  const char *value;
} longest[] = {
  { "organization", "Stichting Zorggroep De Lange Linde aan de Gouwe en Omstreken" },
  { "sms_name", "Zorggroep De Linde X" },
  { "phone", "+31 88 000 1200" },
  { "desk", "de servicedesk" },
  { "Desk", "De servicedesk" },
  { "hours", "werkdagen 8.30 tot 16.30 uur" },
  { "address", "portal.example.org" },
  { "inviter", "Marijke de Bruin" },
  { "username", "m.debruin" },
  { "masked", "06-••••••12" },
  { "code", "123456" },
  { "device", "laptop aan de keukentafel" },
  { "password", "abcd-efgh-jkmn-pqrs" },
  { "link", "https://portal.example.org/" },
  { "link: Cliëntportaal openen", "https://portal.example.org/" },
  { "link: Open Client Portal", "https://portal.example.org/" },
  { "time", "23:59" },
  { "date", "woensdag 30 september 2026" },
  { "when", "woensdag 30 september 2026 23:59" },
  { "minutes", "5" },
  { "signature", "-" },
};

static GHashTable *
longest_values (void)
{
  GHashTable *values = g_hash_table_new (g_str_hash, g_str_equal);

  for (gsize i = 0; i < G_N_ELEMENTS (longest); i++)
    g_hash_table_insert (values, (gpointer) longest[i].key, (gpointer) longest[i].value);
  return values;
}

static void
test_fill (void)
{
  g_autoptr (GHashTable) values = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *text = NULL;

  g_hash_table_insert (values, (gpointer) "a", (gpointer) "{b}");
  g_hash_table_insert (values, (gpointer) "b", (gpointer) "two");
  text = cpd_template_fill ("{a} and {b}, {a}; {c} {", values);
  g_assert_cmpstr (text, ==, "{b} and two, {b}; {c} {");
}

/* Each has words in both languages, and compose knows every placeholder in them. */
static void
test_words (void)
{
  g_autoptr (GHashTable) values = longest_values ();
  gsize n;
  const CpdTemplate *templates = cpd_template_list (&n);

  for (gsize i = 0; i < 2 * n; i++)
    {
      const CpdTemplate *template = &templates[i / 2];
      g_autofree char *subject = NULL;
      g_autofree char *words = cpd_template_words (template->name, i % 2, &subject);
      g_autofree char *filled = cpd_template_fill (words, values);
      g_autofree char *title = cpd_template_fill (subject != NULL ? subject : "", values);

      g_test_message ("%s, language %d", template->name, (int) i % 2);
      g_assert_true ((subject != NULL) == (template->kind == CPD_OUTBOX_MAIL));
      g_assert_null (strchr (filled, '{'));
      g_assert_null (strchr (title, '{'));
      g_assert_true (template->kind == CPD_OUTBOX_SMS || g_str_has_suffix (words, "\n\n{signature}"));
      g_assert_true (template->by_organization == NULL || cpd_template_get (template->by_organization) != NULL);
      g_assert_true (template->with_rights == NULL || cpd_template_get (template->with_rights) != NULL);
      g_assert_cmpint (template->secret == CPD_SECRET_CODE, ==, strstr (words, "{code}") != NULL);
      g_assert_cmpint (template->secret == CPD_SECRET_PASSWORD, ==, strstr (words, "{password}") != NULL);
    }
}

/* The longest values that the settings allow. */
static void
test_sms_fits (void)
{
  g_autoptr (GHashTable) values = longest_values ();
  gsize n;
  const CpdTemplate *templates = cpd_template_list (&n);

  for (gsize i = 0; i < 2 * n; i++)
    {
      g_autofree char *subject = NULL;
      g_autofree char *words = NULL;
      g_autofree char *text = NULL;

      if (templates[i / 2].kind != CPD_OUTBOX_SMS)
        continue;
      words = cpd_template_words (templates[i / 2].name, i % 2, &subject);
      text = cpd_template_fill (words, values);
      g_assert_cmpint (strlen (text), <=, 160);
      for (const char *at = text; *at != '\0'; at++)
        g_assert_true (*at >= ' ' && *at < 0x7f && strchr ("[]{}\\^|~`", *at) == NULL);
    }
}

static void
test_unknown (void)
{
  g_assert_null (cpd_template_get ("no-such-template"));
}

static void
assert_words (char *words, const char *expected)
{
  g_assert_cmpstr (words, ==, expected);
  g_free (words);
}

static void
test_dates (void)
{
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Amsterdam");
  CpTime late = 1772492340 * CP_TIME_SECOND; /* 2026-03-02 22:59 UTC */
  CpTime later = late + 5 * CP_TIME_MINUTE;

  assert_words (cp_time_clock (late, zone), "23:59");
  assert_words (cpd_date_words_date (late, zone, CPD_DUTCH), "maandag 2 maart 2026");
  assert_words (cpd_date_words_date (later, zone, CPD_DUTCH), "dinsdag 3 maart 2026");
  assert_words (cpd_date_words_date (later, zone, CPD_ENGLISH), "Tuesday March 3, 2026");
  assert_words (cpd_date_words_when (late, late - CP_TIME_MINUTE, zone, CPD_DUTCH), "23:59");
  assert_words (cpd_date_words_when (later, late, zone, CPD_DUTCH), "dinsdag 3 maart 2026 00:04");
  assert_words (cpd_date_words_when (later, late, zone, CPD_ENGLISH), "Tuesday March 3, 2026, 00:04");
}

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/templates/fill", test_fill);
  g_test_add_func ("/templates/words", test_words);
  g_test_add_func ("/templates/sms-fits", test_sms_fits);
  g_test_add_func ("/templates/unknown", test_unknown);
  g_test_add_func ("/templates/dates", test_dates);
  return g_test_run ();
}
