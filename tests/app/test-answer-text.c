/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-answer-text.h"

#include "cpa-language.h"

static void
test_dutch (void)
{
  static const struct
  {
    int kind;
    const char *answer, *dutch;
  } cases[] = {
    { CP_ANSWER_TEXT, "yes", "yes" },
    { CP_ANSWER_TEXT, "", NULL },
    { CP_ANSWER_YES_NO, "yes", "Ja" },
    { CP_ANSWER_YES_NO, "no", "Nee" },
    { CP_ANSWER_DATE, "2026", "2026" },
    { CP_ANSWER_DATE, "2026-03", "maart 2026" },
    { CP_ANSWER_DATE, "2026-03-01", "1 maart 2026" },
    { CP_ANSWER_DATE, "2026-07-01T10:00:00Z", "woensdag 1 juli 2026 12:00" },
    { CP_ANSWER_FILE, "Foto", "Bijlage: Foto" },
    { CP_ANSWER_FILE, "", "Bijlage" },
  };
  g_autoptr (GTimeZone) zone = g_time_zone_new_identifier ("Europe/Amsterdam");

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      char *answers[] = { (char *) cases[i].answer, NULL };
      CpFormEntry entry = { .kind = cases[i].kind, .answers = answers };
      g_auto (GStrv) texts = cpa_answer_texts (&entry, zone);

      g_assert_cmpstr (texts[0], ==, cases[i].dutch);
    }
}

/* An answer that says nothing is none, also beside one that does. */
static void
test_nothing_is_said (void)
{
  char *nothing[] = { (char *) "", NULL }, *half[] = { (char *) "", (char *) "Wassen", NULL };
  CpFormEntry entry = { .kind = CP_ANSWER_TEXT, .label = (char *) "", .answers = nothing };
  g_auto (GStrv) none = cpa_answer_texts (&entry, NULL);
  g_auto (GStrv) one = NULL;

  g_assert_cmpstr (cpa_answer_question (&entry), ==, "Vraag zonder tekst");
  g_assert_null (none[0]);
  entry.answers = half;
  one = cpa_answer_texts (&entry, NULL);
  g_assert_cmpstr (one[0], ==, "Wassen");
  g_assert_null (one[1]);
}

/* The first lines of a card in a list: the words of a report, the answers of a form, the title of a letter or a photo
 * that has no words. */
static void
test_preview (void)
{
  char *yes[] = { (char *) "yes", NULL }, *nothing[] = { (char *) "", NULL }, *day[] = { (char *) "2026-03", NULL };
  CpFormEntry answers[] = { { .kind = CP_ANSWER_YES_NO, .answers = yes },
                            { .kind = CP_ANSWER_TEXT, .answers = nothing },
                            { .kind = CP_ANSWER_DATE, .answers = day } };
  g_autoptr (GPtrArray) list = g_ptr_array_new ();
  CpDossierItem item = { .preview = (char *) "Goed geslapen.", .answers = list };
  g_autofree char *report = cpa_answer_preview (&item, NULL);
  g_autofree char *letter = NULL;
  g_autofree char *form = NULL;
  g_autofree char *file = NULL;

  item.preview = NULL;
  file = cpa_answer_preview (&item, NULL);
  item.title = (char *) "Brief van de huisarts";
  letter = cpa_answer_preview (&item, NULL);
  for (gsize i = 0; i < G_N_ELEMENTS (answers); i++)
    g_ptr_array_add (list, &answers[i]);
  form = cpa_answer_preview (&item, NULL);
  g_assert_cmpstr (report, ==, "Goed geslapen.");
  g_assert_cmpstr (letter, ==, "Brief van de huisarts");
  g_assert_cmpstr (file, ==, "Document");
  g_assert_cmpstr (form, ==, "Ja\nmaart 2026");
}

/* Behind a question mark no colon is wanted, and what was found stays marked. An answer keeps its own words. */
static void
test_tidy (void)
{
  static const struct
  {
    int kind;
    const char *text, *tidy;
    int start, length; /* where "goed" is marked */
  } cases[] = {
    { CP_DOSSIER_FORM, "Hoe gaat het?: Heel goed", "Hoe gaat het? Heel goed", 19, 4 },
    { CP_DOSSIER_FORM, "Slaapt u goed?: Ja\nIdeeën:: Gaat goed\nNaam: Wil",
      "Slaapt u goed? Ja\nIdeeën: Gaat goed\nNaam: Wil", 9, 4 },
    { CP_DOSSIER_FORM, "Eén?: Twee?: goed", "Eén? Twee?: goed", 12, 4 },
    { CP_DOSSIER_FORM, "Zorg\nGaat het goed?", "Zorg\nGaat het goed?", 14, 4 },
    { CP_DOSSIER_FORM, "Naam: goed", "Naam: goed", 6, 4 },
    { CP_DOSSIER_REPORT_GENERAL, "Waarom?: gaat goed", "Waarom?: gaat goed", 14, 4 },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (CpDossierItem) item = cp_dossier_item_new ();
      CpTextMark *mark = cp_text_mark_new ();

      item->kind = cases[i].kind;
      item->text = g_strdup (cases[i].text);
      mark->start = g_utf8_pointer_to_offset (item->text, strstr (item->text, "goed"));
      mark->length = 4;
      g_ptr_array_add (item->marks, mark);
      cpa_answer_tidy (item);
      g_assert_cmpstr (item->text, ==, cases[i].tidy);
      g_assert_cmpint (mark->start, ==, cases[i].start);
      g_assert_cmpint (mark->length, ==, cases[i].length);
    }
}

int
main (int argc, char **argv)
{
  g_setenv ("LANGUAGE", "nl", TRUE);
  g_test_init (&argc, &argv, NULL);
  cpa_language_setup (BUILT_LOCALE_DIR);
  g_test_add_func ("/answer-text/dutch", test_dutch);
  g_test_add_func ("/answer-text/nothing-is-said", test_nothing_is_said);
  g_test_add_func ("/answer-text/preview", test_preview);
  g_test_add_func ("/answer-text/tidy", test_tidy);
  return g_test_run ();
}
