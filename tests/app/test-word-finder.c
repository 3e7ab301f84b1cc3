/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <time.h>

#include "cpa-word-finder.h"

/* A term and, behind "|", its meaning. */
static const char *const terms[] = {
  "ADL|algemene dagelijkse levensverrichtingen",
  "ALS|een ziekte",
  "AVG|arts",
  "AVG|wet",
  "EVV'er|verzorgende",
  "GZ-psycholoog|psycholoog",
  "HA|huisarts",
  "O2|zuurstof",
  "RR|bloeddruk",
  "Wlz|wet langdurige zorg",
  "cl.|cliënt",
  "decubitus|doorligwond",
  "eigen regie|zelf kiezen",
  "i.o.m.|in overleg met",
  "mantelzorger|naaste",
  "min.|minuten",
  "mw.|mevrouw",
  "p.o.|door de mond",
  "passieve lift|een lift",
  "regie|sturing",
  "t/m|tot en met",
  "vpk.|verpleegkundige",
  "z.n.|zo nodig",
  "zn.|zoon",
  "ouderenzorg|zorg",
  "één|getal",
  "wondje|x",
};

static CpWordList *
list_new (void)
{
  CpWordList *list = cp_word_list_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (terms); i++)
    {
      g_auto (GStrv) parts = g_strsplit (terms[i], "|", 2);
      const char *meanings[] = { parts[1], NULL };
      CpWord *word = cp_word_new ();

      word->term = g_strdup (parts[0]);
      g_strfreev (word->meanings);
      word->meanings = g_strdupv ((char **) meanings);
      g_ptr_array_add (list->words, word);
    }
  return list;
}

static CpaWordFinder *
finder_new (void)
{
  g_autoptr (CpWordList) list = list_new ();

  return cpa_word_finder_new (list);
}

/* "[iom] x [zn.]": what is found, and of how many meanings when that is not one. */
static char *
describe (CpaWordFinder *finder, const char *text)
{
  g_autoptr (GArray) found = cpa_word_finder_find (finder, text);
  GString *said = g_string_new (NULL);

  for (guint i = 0; i < found->len; i++)
    {
      const CpaWordMatch *match = &g_array_index (found, CpaWordMatch, i);

      g_string_append_printf (said, "%s%.*s", i > 0 ? "|" : "", (int) (match->end - match->start), text + match->start);
      if (match->words->len != 1)
        g_string_append_printf (said, "*%u", match->words->len);
    }
  return g_string_free (said, FALSE);
}

static const struct
{
  const char *text, *found;
} cases[] = {
  { "", "" },
  { "Geen vaktaal hier.", "" },
  /* whole words */
  { "Mevrouw deed de ADL zelf.", "ADL" },
  { "De ADL, (ADL) en ADL.", "ADL" },
  { "ADLX XADL 2ADL", "" },
  { "Hulp bij ADL-zorg gaat goed", "ADL" },
  { "Regisseur, regiem", "" },
  /* points */
  { "I.o.m. de arts", "I.o.m." },
  { "iom de arts", "iom" },
  { "Belt mw. Jansen", "mw." },
  { "Belt mw Jansen", "mw" },
  { "Zo ziet mw.", "mw." },
  { "Geef paracetamol z.n. bij pijn", "z.n.*2" },
  { "Zijn zn. belde", "zn.*2" },
  { "Klaar met ADL.Mevrouw rust", "ADL" },
  { "Om 19.30 uur", "" },
  /* a common word */
  { "Na 5 min. rust", "min." },
  { "Na 5 min rust", "" },
  { "min", "" },
  { "Cl. slaapt", "Cl." },
  { "Drie cl water", "" },
  { "Op de po geholpen, de po-stoel", "" },
  { "Zij zat op de po. Daarna", "" },
  { "Paracetamol p.o. gegeven", "p.o." },
  { "Paracetamol p.o bij pijn", "p.o" },
  /* case */
  { "Hij zei ha", "" },
  { "de HA belde", "HA" },
  { "als mevrouw belt", "" },
  { "Zij heeft ALS sinds jaren", "ALS" },
  { "ALS MEVROUW BELT", "" },
  { "Rustig\nALS MEVROUW BELT\nen dan ALS", "ALS" },
  { "ADL", "ADL" },
  { "Mantelzorger belt", "Mantelzorger" },
  { "DE MANTELZORGER BELT", "MANTELZORGER" },
  { "wlz en WlZ en wLZ", "" },
  { "Via de WLZ en", "WLZ" },
  { "Via de Wlz en", "Wlz" },
  { "Nog ÉÉN keer", "ÉÉN" },
  /* plurals */
  { "De mantelzorgers komen", "mantelzorgers" },
  { "Twee EVV'er's, drie EVV’er", "EVV'er's" },
  { "De HA's bellen", "HA's" },
  { "mws zijn", "" },
  { "min's", "" },
  { "wondjes", "wondjes" },
  /* several words, the longest first */
  { "Met eigen regie", "eigen regie" },
  { "Met eigen\nregie", "eigen\nregie" },
  { "Met eigen  regie", "regie" },
  { "Heeft eigen meubels", "" },
  { "Twee passieve liften", "passieve liften" },
  { "De passieve lift", "passieve lift" },
  { "GZ-psycholoog kwam", "GZ-psycholoog" },
  { "ma t/m vr", "t/m" },
  { "3 l O2 gegeven", "O2" },
  /* meanings, and the first place only */
  { "De AVG zegt", "AVG*2" },
  { "RR 120, RR 130", "" },
  { "rr, RR 120, RR 130", "RR" },
};

static void
test_find (void)
{
  g_autoptr (CpaWordFinder) finder = finder_new ();

  for (gsize i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *found = describe (finder, cases[i].text);

      g_test_message ("%s", cases[i].text);
      g_assert_cmpstr (found, ==, cases[i].found);
    }
}

static void
test_odd_texts (void)
{
  g_autoptr (CpaWordFinder) finder = finder_new ();
  g_autofree char *long_word = g_strnfill (100000, 'a');
  g_autofree char *points = g_strnfill (100000, '.');
  g_autofree char *apostrophes = g_strnfill (100000, '\'');
  /* small letters of another length, combining marks, and words at the end */
  const char *odd[] = { long_word, points,   apostrophes, "İstanbul ADL", "e\xcc\x81\xc3\xa9n", "'s", "a.",
                        "eigen",   "eigen ", "z.",        "z.n" };

  for (gsize i = 0; i < G_N_ELEMENTS (odd); i++)
    g_array_unref (cpa_word_finder_find (finder, odd[i]));
}

static void
test_no_words (void)
{
  g_autoptr (CpWordList) list = cp_word_list_new ();
  g_autoptr (CpaWordFinder) finder = cpa_word_finder_new (list);
  g_autofree char *found = describe (finder, "De ADL");

  g_assert_cmpstr (found, ==, "");
}

static gint64
processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_TIME_SPAN_SECOND + now.tv_nsec / 1000;
}

/* A text of a megabyte may not hold up the screen. The bound leaves room for a slow machine. */
static void
test_fast (void)
{
  g_autoptr (CpWordList) list = list_new ();
  g_autoptr (CpaWordFinder) finder = NULL;
  g_autoptr (GString) text = g_string_new (NULL);
  gint64 before, best = G_MAXINT64;

  for (int i = 0; i < 300; i++)
    {
      CpWord *word = cp_word_new ();

      word->term = g_strdup_printf ("%c%c%d.", 'a' + i % 26, 'a' + i % 7, i);
      g_ptr_array_add (list->words, word);
    }
  finder = cpa_word_finder_new (list);
  while (text->len < 1024 * 1024)
    g_string_append (text, "Mevrouw slaapt goed door en was vanmorgen vrolijk; na het ontbijt liepen we i.o.m. de arts "
                           "met de rollator naar de huiskamer. Haar zoon één keer gebeld over de ADL.\n");
  for (int i = 0; i < 5; i++)
    {
      before = processor_time ();
      g_array_unref (cpa_word_finder_find (finder, text->str));
      best = MIN (best, processor_time () - before);
    }
  g_test_message ("1 MB, %u terms: %.1f ms", list->words->len, (double) best / 1000);
  g_assert_cmpint (best, <, 100 * G_TIME_SPAN_MILLISECOND);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/word-finder/find", test_find);
  g_test_add_func ("/word-finder/odd-texts", test_odd_texts);
  g_test_add_func ("/word-finder/no-words", test_no_words);
  g_test_add_func ("/word-finder/fast", test_fast);
  return g_test_run ();
}
