/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-ehr.h"
#include "cpd-demo-pdf.h"
#include "cpd-demo-words.h"
#include "cpd-ehr-reader.h"

#include <glib/gstdio.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static const char *const types[] = {
  "Appointment",           "Binary",        "CarePlan",       "CareTeam",     "DocumentReference", "Goal",
  "Observation",           "Organization",  "Patient",        "Practitioner", "PractitionerRole",  "Questionnaire",
  "QuestionnaireResponse", "RelatedPerson", "ServiceRequest",
};

static void
remove_demo (const char *directory)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strdup_printf ("%s/%s.ndjson", directory, types[i]);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (directory), ==, 0);
}

static char *
write_demo (guint64 seed, const char *today)
{
  g_autofree char *directory = g_dir_make_tmp ("demo-ehr-XXXXXX", NULL);
  CpdDemoEhrOptions options = { .patients = 5, .days = 200, .seed = seed, .output = directory, .today = today };
  g_autoptr (GError) error = NULL;

  cpd_demo_ehr_write (&options, &error);
  g_assert_no_error (error);
  return g_steal_pointer (&directory);
}

static char *
contents (const char *directory, const char *type)
{
  g_autofree char *path = g_strdup_printf ("%s/%s.ndjson", directory, type);
  char *text = NULL;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  return text;
}

static void
test_same_bytes (void)
{
  g_autofree char *first = write_demo (1, "2026-03-03");
  g_autofree char *second = write_demo (1, "2026-03-03");
  g_autofree char *other = write_demo (2, "2026-03-03");
  g_autofree char *reports = contents (first, "Observation");
  g_autofree char *other_reports = contents (other, "Observation");

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *a = contents (first, types[i]);
      g_autofree char *b = contents (second, types[i]);

      g_assert_cmpstr (a, ==, b);
    }
  g_assert_cmpstr (reports, !=, other_reports);
  remove_demo (first);
  remove_demo (second);
  remove_demo (other);
}

/* The reader finds nothing odd in it: it passes the strict scanner, each id once in its type. */
static void
test_readable (void)
{
  g_autofree char *directory = write_demo (1, "2026-03-03");
  g_autoptr (CpdEhrReader) reader = cpd_ehr_reader_new (directory, NULL, NULL);
  g_autoptr (GHashTable) ids = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  CpdEhrResource *resource;
  CpdEhrProblem *problem;

  while (cpd_ehr_reader_next (reader, &resource, &problem) != CPD_EHR_READ_END)
    {
      g_assert_null (problem);
      g_assert_true (g_hash_table_add (ids, g_strconcat (resource->type, "/", resource->id, NULL)));
      cpd_ehr_resource_free (resource);
    }
  g_assert_cmpint (g_hash_table_size (ids), >, 5 * 200);
  remove_demo (directory);
}

static void
assert_no_match (const char *pattern, const char *text)
{
  g_assert_false (g_regex_match_simple (pattern, text, 0, 0));
}

/* What may be somebody's: how it looks, and what it is not to be; and one of the world, by which that is tried. */
static const struct
{
  const char *looks, *wrong, *real;
} real[] = {
  { "\"phone\",\"value\":\"", "\"phone\",\"value\":\"(?!088 000 |06-00000)",
    "{\"system\":\"phone\",\"value\":\"06-12345678\"" },
  /* Wherever it stands: nine digits of which the first is one of an area, or a country in front of them. */
  { "088 000", "(?<![0-9A-Za-z-])(?!088 000 |06-00000)(0[1-9]|\\+31)([ -]?[0-9]){8}(?![0-9-])", "bel 020-624 11 11" },
  { "NamingSystem/bsn\",\"value\":\"9999", "NamingSystem/bsn\",\"value\":\"(?!9999)",
    "{\"system\":\"http://fhir.nl/fhir/NamingSystem/bsn\",\"value\":\"123456782\"" },
  { "@", "@(?![a-z]+\\.example\")", "\"wil@debruin.nl\"" },
  { NULL, "\\{[A-Za-z]+\\}", "{m} was moe" },
};

/* No number that somebody has, no citizen service number outside the test range. */
static void
test_invented (void)
{
  g_autofree char *directory = write_demo (1, "2026-03-03");

  for (gsize n = 0; n < G_N_ELEMENTS (real); n++)
    {
      gboolean met = real[n].looks == NULL;

      g_assert_true (g_regex_match_simple (real[n].wrong, real[n].real, 0, 0));
      for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
        {
          g_autofree char *text = contents (directory, types[i]);

          met |= !met && strstr (text, real[n].looks) != NULL;
          assert_no_match (real[n].wrong, text);
        }
      g_assert_true (met);
    }
  remove_demo (directory);
}

/* An attachment of which the bytes are nowhere is odd, in each sync. */
static void
test_attachments (void)
{
  g_autofree char *directory = write_demo (1, "2026-03-03");
  g_autofree char *forms = contents (directory, "QuestionnaireResponse");
  g_autofree char *documents = contents (directory, "DocumentReference");
  static const char empty[] = "ttachment\":\\{(?![^}]*\"(data|url)\":\"[^\"])";

  g_assert_nonnull (strstr (forms, "\"valueAttachment\":{"));
  g_assert_nonnull (strstr (documents, "\"attachment\":{"));
  assert_no_match (empty, forms);
  assert_no_match (empty, documents);
  remove_demo (directory);
}

static void
test_people (void)
{
  g_autofree char *directory = write_demo (9, "2026-03-03");
  g_autofree char *patients = contents (directory, "Patient");
  g_autofree char *contacts = contents (directory, "RelatedPerson");

  g_assert_nonnull (strstr (patients, "\"DL-000001\""));
  g_assert_nonnull (strstr (patients, "Wil de Bruin-Hofstra"));
  g_assert_nonnull (strstr (patients, "1938-05-14"));
  g_assert_nonnull (strstr (patients, "1935-11-02"));
  g_assert_nonnull (strstr (contacts, "Marijke de Bruin"));
  remove_demo (directory);
}

static void
count_changes (const char *before, const char *after, int *all, int *changed)
{
  g_auto (GStrv) lines = g_strsplit (before, "\n", -1);
  g_auto (GStrv) later = g_strsplit (after, "\n", -1);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (int i = 0; later[i] != NULL; i++)
    g_hash_table_add (known, later[i]);
  for (int i = 0; lines[i] != NULL; i++, (*all)++)
    *changed += !g_hash_table_contains (known, lines[i]);
}

/* A day later there is a day more, and about one report in a hundred of those before has other words. */
static void
test_later_today (void)
{
  g_autofree char *first = write_demo (1, "2026-03-03");
  g_autofree char *later = write_demo (1, "2026-03-04");
  int all = 0;
  int changed = 0;

  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *before = contents (first, types[i]);
      g_autofree char *after = contents (later, types[i]);

      count_changes (before, after, &all, &changed);
    }
  /* With the oldest day, and the night of the first today, of each client: 15 of about 2000. */
  g_assert_cmpint (all, >, 1500);
  g_assert_cmpint (changed * 1000 / all, >=, 5);
  g_assert_cmpint (changed * 1000 / all, <=, 30);
  remove_demo (first);
  remove_demo (later);
}

static CpTime now;

static CpTime
tell_now (void)
{
  return now;
}

/* No time of it is later than now. */
static void
assert_all_has_been (const char *text)
{
  static const char *const members[] = { "\"effectiveDateTime\":\"", "\"issued\":\"", "\"time\":\"", "\"authored\":\"",
                                         "\"date\":\"" };

  for (gsize i = 0; i < G_N_ELEMENTS (members); i++)
    for (const char *at = text; (at = strstr (at, members[i])) != NULL; at++)
      {
        const char *value = at + strlen (members[i]);
        g_autofree char *when = g_strndup (value, strcspn (value, "\""));
        CpTime time;

        g_assert_true (cp_time_parse (when, &time));
        g_assert_cmpint (time, <=, now);
      }
}

/* Of the day that it is, what is still to come is not told yet: a report, what is added to one, an evaluation. */
static void
test_has_been (void)
{
  static const struct
  {
    const char *when;
    gboolean night; /* the report of the night is there */
  } moments[] = {
    { "2026-03-03T00:10:00+01:00", FALSE }, { "2026-03-03T06:59:00+01:00", FALSE },
    { "2026-03-03T09:05:00+01:00", TRUE },  { "2026-03-29T09:05:00+02:00", TRUE },
    { "2026-04-12T14:05:00+02:00", TRUE },  { "2026-04-12T15:05:00+02:00", TRUE },
  };

  cp_time_set_source (tell_now);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    for (int day = 0; day < 7; day++)
      {
        g_autofree char *directory = NULL;
        g_autofree char *night = g_strndup (moments[i].when, strlen ("2026-03-03"));
        g_autofree char *id = g_strconcat ("\"night-1-", night, NULL);

        g_assert_true (cp_time_parse (moments[i].when, &now));
        now += day * CP_TIME_DAY;
        directory = write_demo (1 + (guint64) day, NULL);
        for (gsize type = 0; type < G_N_ELEMENTS (types); type++)
          {
            g_autofree char *text = contents (directory, types[type]);

            assert_all_has_been (text);
            if (day == 0 && g_str_equal (types[type], "Observation"))
              g_assert_cmpint (strstr (text, id) != NULL, ==, moments[i].night);
          }
        remove_demo (directory);
      }
  cp_time_set_source (NULL);
}

/* The same in the same hour; of another day all that it has. */
static void
test_same_hour (void)
{
  static const char *const moments[] = { "2026-04-12T14:01:00+02:00", "2026-04-12T14:59:00+02:00",
                                         "2026-04-12T15:01:00+02:00", "2026-05-01T03:00:00+02:00" };
  char *plans[G_N_ELEMENTS (moments)];

  cp_time_set_source (tell_now);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    {
      g_autofree char *directory = NULL;

      g_assert_true (cp_time_parse (moments[i], &now));
      directory = write_demo (1, "2026-04-12");
      plans[i] = contents (directory, "CarePlan");
      remove_demo (directory);
    }
  g_assert_cmpstr (plans[0], ==, plans[1]);
  g_assert_cmpstr (plans[0], !=, plans[2]);
  g_assert_cmpstr (plans[2], ==, plans[3]);
  for (gsize i = 0; i < G_N_ELEMENTS (moments); i++)
    g_free (plans[i]);
  cp_time_set_source (NULL);
}

/* Half a year later the plan of the year says other things than it did. */
static void
test_plan_is_amended (void)
{
  g_autofree char *first = write_demo (1, "2026-03-03");
  g_autofree char *later = write_demo (1, "2026-08-20");
  g_autofree char *before = contents (first, "CarePlan");
  g_autofree char *after = contents (later, "CarePlan");

  g_assert_false (g_regex_match_simple ("bijgesteld op [0-9]+ [a-z]+ 2026", before, 0, 0));
  g_assert_true (g_regex_match_simple ("bijgesteld op [0-9]+ [a-z]+ 2026", after, 0, 0));
  g_assert_nonnull (strstr (after, "\"progress\""));
  g_assert_nonnull (strstr (after, "\"partOf\""));
  remove_demo (first);
  remove_demo (later);
}

/* What is written of a goal again is not what was written of it before. */
static void
test_evaluations_differ (void)
{
  g_autofree char *directory = g_dir_make_tmp ("demo-ehr-XXXXXX", NULL);
  CpdDemoEhrOptions options = { 1, 400, 1, directory, "2026-03-03", 0 };
  g_autoptr (GHashTable) texts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GRegex) regex = g_regex_new ("\"id\":\"evaluation-1-.*\"valueString\":(\"[^\"]+\")", 0, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_autofree char *reports = NULL;

  g_assert_true (cpd_demo_ehr_write (&options, NULL));
  reports = contents (directory, "Observation");
  for (g_regex_match (regex, reports, 0, &match); g_match_info_matches (match); g_match_info_next (match, NULL))
    g_assert_true (g_hash_table_add (texts, g_match_info_fetch (match, 1)));
  g_assert_cmpint (g_hash_table_size (texts), ==, 4);
  remove_demo (directory);
}

static void
test_reports_per_patient (void)
{
  g_autofree char *directory = g_dir_make_tmp ("demo-ehr-XXXXXX", NULL);
  CpdDemoEhrOptions options = { 2, 30, 1, directory, "2026-03-03", 100 };
  g_autofree char *text = NULL;
  int n = 0;

  g_assert_true (cpd_demo_ehr_write (&options, NULL));
  text = contents (directory, "Observation");
  for (const char *at = text; (at = strstr (at, "\"id\":\"report-1-")) != NULL; at++)
    n++;
  g_assert_cmpint (n, ==, 100);
  remove_demo (directory);
}

/* The table of a PDF says where each object stands. */
static void
test_pdf (void)
{
  static const char *const lines[] = { "Café (één)", NULL };
  GString *pdf = cpd_demo_pdf ("Brief", lines);
  const char *table = strstr (pdf->str, "xref\n0 6\n");
  const char *row;

  g_assert_true (g_str_has_prefix (pdf->str, "%PDF-1.4"));
  g_assert_true (g_str_has_suffix (pdf->str, "%%EOF\n"));
  g_assert_nonnull (strstr (pdf->str, "(Caf\\351 \\(\\351\\351n\\))"));
  g_assert_nonnull (table);
  g_assert_cmpint (atoi (strstr (pdf->str, "startxref\n") + strlen ("startxref\n")), ==, table - pdf->str);
  row = table + strlen ("xref\n0 6\n") + 20;
  for (int i = 1; i <= 5; i++, row += 20)
    g_assert_cmpint (atoi (pdf->str + atoi (row)), ==, i);
  g_string_free (pdf, TRUE);
}

static void
test_sentences (void)
{
  guint n = cpd_demo_n_reports;

  for (guint i = 0; i < cpd_demo_n_subjects; i++)
    n += g_strv_length ((char **) cpd_demo_subjects[i].sentences);
  g_assert_cmpint (n, >=, 80);
}

/* A report of the morning does not know what the afternoon and the evening brought. */
static void
test_what_has_been (void)
{
  g_autofree char *directory = write_demo (1, "2026-03-03");
  g_autofree char *reports = contents (directory, "Observation");
  g_auto (GStrv) lines = g_strsplit (reports, "\n", -1);
  guint mornings = 0;

  for (char **line = lines; *line != NULL && **line != '\0'; line++)
    {
      static const char *const later[] = { "anmiddag", "anavond te laat" };
      const char *time = strstr (*line, "\"effectiveDateTime\":\"");
      unsigned hour;

      g_assert_nonnull (time);
      g_assert_cmpint (sscanf (time, "\"effectiveDateTime\":\"%*4u-%*2u-%*2uT%2u", &hour), ==, 1);
      mornings += hour < 12;
      for (gsize i = 0; hour < 12 && i < G_N_ELEMENTS (later); i++)
        if (strstr (*line, later[i]) != NULL)
          g_error ("in the morning: %s", *line);
    }
  g_assert_cmpint (mornings, >, 0);
  remove_demo (directory);
}

static void
test_wrong_options (void)
{
  const CpdDemoEhrOptions wrong[] = {
    { 0, 1, 1, "x", NULL, 0 },         { 1, 0, 1, "x", NULL, 0 },  { 1, 1, 1, "x", "3 maart", 0 },
    { 1, 1, 1, NULL, NULL, 0 },        { 1, 1, 1, "x", NULL, -1 }, { 1, 1, 1, "x", "1000-01-01", 0 },
    { 1, 1, 1, "x", "9998-12-30", 0 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (wrong); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (cpd_demo_ehr_write (&wrong[i], &error));
      g_assert_nonnull (error);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/demo-ehr/same-bytes", test_same_bytes);
  g_test_add_func ("/demo-ehr/readable", test_readable);
  g_test_add_func ("/demo-ehr/invented", test_invented);
  g_test_add_func ("/demo-ehr/attachments", test_attachments);
  g_test_add_func ("/demo-ehr/people", test_people);
  g_test_add_func ("/demo-ehr/later-today", test_later_today);
  g_test_add_func ("/demo-ehr/has-been", test_has_been);
  g_test_add_func ("/demo-ehr/same-hour", test_same_hour);
  g_test_add_func ("/demo-ehr/plan-is-amended", test_plan_is_amended);
  g_test_add_func ("/demo-ehr/evaluations-differ", test_evaluations_differ);
  g_test_add_func ("/demo-ehr/reports-per-patient", test_reports_per_patient);
  g_test_add_func ("/demo-ehr/pdf", test_pdf);
  g_test_add_func ("/demo-ehr/sentences", test_sentences);
  g_test_add_func ("/demo-ehr/what-has-been", test_what_has_been);
  g_test_add_func ("/demo-ehr/wrong-options", test_wrong_options);
  return g_test_run ();
}
