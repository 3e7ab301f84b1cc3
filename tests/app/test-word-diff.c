/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-word-diff.h"

#include <string.h>

static char *
joined (const GPtrArray *pieces, CpaDiffKind left_out)
{
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const CpaDiffPiece *piece = g_ptr_array_index (pieces, i);

      g_assert_cmpstr (piece->text, !=, "");
      if (piece->kind != left_out)
        g_string_append (text, piece->text);
    }
  return g_string_free (text, FALSE);
}

/* What has to be so for any two texts. */
static void
assert_whole (const char *old, const char *new)
{
  g_autoptr (GPtrArray) pieces = cpa_word_diff (old, new);
  g_autofree char *before = joined (pieces, CPA_DIFF_ADDED), *after = joined (pieces, CPA_DIFF_REMOVED);

  g_assert_cmpstr (before, ==, old);
  g_assert_cmpstr (after, ==, new);
  g_assert_cmpint (cpa_word_diff_changes (pieces) == 0, ==, strcmp (old, new) == 0);
  for (guint i = 1; i < pieces->len; i++)
    {
      const CpaDiffPiece *piece = g_ptr_array_index (pieces, i), *last = g_ptr_array_index (pieces, i - 1);

      g_assert_cmpint (piece->kind, !=, last->kind);
      g_assert_true (piece->kind != CPA_DIFF_REMOVED || last->kind == CPA_DIFF_KEPT);
    }
}

/* "[-two-]{+three+}" */
static char *
written (const char *old, const char *new)
{
  static const char *const marks[][2] = { { "", "" }, { "[-", "-]" }, { "{+", "+}" } };
  g_autoptr (GPtrArray) pieces = cpa_word_diff (old, new);
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < pieces->len; i++)
    {
      const CpaDiffPiece *piece = g_ptr_array_index (pieces, i);

      g_string_append_printf (text, "%s%s%s", marks[piece->kind][0], piece->text, marks[piece->kind][1]);
    }
  return g_string_free (text, FALSE);
}

static void
test_examples (void)
{
  static const struct
  {
    const char *old, *new, *written;
  } cases[] = {
    { "", "", "" },
    { "gelijk", "gelijk", "gelijk" },
    { "", "nieuw plan", "{+nieuw plan+}" },
    { "oud plan", "", "[-oud plan-]" },
    { "Mevrouw loopt twee keer per dag", "Mevrouw loopt drie keer per dag",
      "Mevrouw loopt [-twee-]{+drie+} keer per dag" },
    { "Loopt met hulp van één verzorgende.", "Loopt zelfstandig, steeds iemand in de buurt.",
      "Loopt [-met hulp van één verzorgende-]{+zelfstandig, steeds iemand in de buurt+}." },
    { "op maandag", "op dinsdag en vrijdag", "op [-maandag-]{+dinsdag en vrijdag+}" },
    { "twee boterhammen", "twee boterhammen en thee", "twee boterhammen{+ en thee+}" },
    /* A word is a word, not its letters. */
    { "gaan", "gaat", "[-gaan-]{+gaat+}" },
    /* A time, a dose, a blood pressure is a word too, and a full stop after a number is none of it. */
    { "om 19.30 uur", "om 19.00 uur", "om [-19.30-]{+19.00+} uur" },
    { "2,5 mg en RR 140/80.", "2,0 mg en RR 140/85.", "[-2,5-]{+2,0+} mg en RR [-140/80-]{+140/85+}." },
    { "om 19. Dan", "om 20. Dan", "om [-19-]{+20+}. Dan" },
    { "’s avonds foto’s", "’s ochtends foto’s", "’s [-avonds-]{+ochtends+} foto’s" },
    { "cafe\xcc\x81 open", "cafe open", "[-cafe\xcc\x81-]{+cafe+} open" },
    { "👩‍👩‍👧 op bezoek", "👩‍👧 op bezoek", "[-👩‍👩‍👧-]{+👩‍👧+} op bezoek" },
    { "🇳🇱🇧🇪", "🇳🇱🇩🇪", "🇳🇱[-🇧🇪-]{+🇩🇪+}" },
    { "شربت الشاي", "شربت القهوة", "شربت [-الشاي-]{+القهوة+}" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = written (cases[i].old, cases[i].new);

      g_assert_cmpstr (text, ==, cases[i].written);
      assert_whole (cases[i].old, cases[i].new);
    }
  g_assert_cmpint (cpa_word_diff (NULL, NULL)->len, ==, 0);
}

/* The same letters however they are put together; what is shown is the newer text. */
static void
test_spelling (void)
{
  static const char composed[] = "Café één open", decomposed[] = "Cafe\xcc\x81 e\xcc\x81\xc3\xa9n open";
  g_autofree char *there = written (composed, decomposed), *back = written (decomposed, composed);
  g_autofree char *changed = written ("cafe\xcc\x81 dicht", "café open");

  g_assert_cmpstr (there, ==, decomposed);
  g_assert_cmpstr (back, ==, composed);
  g_assert_cmpstr (changed, ==, "café [-dicht-]{+open+}");
  g_assert_cmpfloat (cpa_word_similarity (composed, decomposed), ==, 1);
}

static char *
random_text (GRand *rand, int most, int words)
{
  static const char *const pool[] = { "de", "het",  " ",   " ",     "  ", "\n",
                                      ".",  ",",    "één", "loopt", "’",  "👨🏽‍🦼",
                                      "🇳🇱", "صباح", "日本" };
  GString *text = g_string_new (NULL);

  for (int n = g_rand_int_range (rand, 0, most); n > 0; n--)
    g_string_append (text, pool[g_rand_int_range (rand, 0, words)]);
  return g_string_free (text, FALSE);
}

static void
test_any_texts (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (20260303);

  for (int i = 0; i < 4000; i++)
    {
      int words = g_rand_int_range (rand, 2, 16);
      g_autofree char *old = random_text (rand, 40, words), *new = random_text (rand, 40, words);

      assert_whole (old, new);
    }
}

/* The fewest changed words that there can be, by the plain quadratic table. */
static guint
fewest (const GPtrArray *a, const GPtrArray *b)
{
  g_autofree guint *row = g_new0 (guint, b->len + 1);

  for (guint i = 0; i < a->len; i++)
    {
      guint corner = 0;

      for (guint j = 0; j < b->len; j++)
        {
          guint up = row[j + 1];
          gboolean equal = g_str_equal (g_ptr_array_index (a, i), g_ptr_array_index (b, j));

          row[j + 1] = equal ? corner + 1 : MAX (up, row[j]);
          corner = up;
        }
    }
  return a->len + b->len - 2 * row[b->len];
}

static void
test_is_shortest (void)
{
  g_autoptr (GRand) rand = g_rand_new_with_seed (7);

  for (int i = 0; i < 2000; i++)
    {
      /* Without words nothing is read together, so what is marked is what was found. */
      g_autofree char *old = g_strnfill (1, ','), *new = NULL;
      GString *a = g_string_new (NULL), *b = g_string_new (NULL);
      g_autoptr (GPtrArray) a_pieces = NULL, b_pieces = NULL, pieces = NULL;
      guint changed = 0;

      for (int n = g_rand_int_range (rand, 0, 30); n > 0; n--)
        g_string_append_c (a, ",.;:"[g_rand_int_range (rand, 0, 4)]);
      for (int n = g_rand_int_range (rand, 0, 30); n > 0; n--)
        g_string_append_c (b, ",.;:"[g_rand_int_range (rand, 0, 4)]);
      g_free (old);
      old = g_string_free (a, FALSE);
      new = g_string_free (b, FALSE);
      a_pieces = cpa_word_split (old);
      b_pieces = cpa_word_split (new);
      pieces = cpa_word_diff (old, new);
      for (guint j = 0; j < pieces->len; j++)
        {
          const CpaDiffPiece *piece = g_ptr_array_index (pieces, j);

          changed += piece->kind != CPA_DIFF_KEPT ? strlen (piece->text) : 0;
        }
      g_assert_cmpint (changed, ==, fewest (a_pieces, b_pieces));
    }
}

/* 200,000 words with nothing in common, and with a change here and there: bounded, and still whole. */
static void
test_long (void)
{
  GString *old = g_string_new (NULL), *new = g_string_new (NULL), *other = g_string_new (NULL);
  gint64 start = g_get_monotonic_time ();

  for (int i = 0; i < 100000; i++)
    {
      g_string_append_printf (old, "woord%d ", i);
      g_string_append_printf (new, i % 1000 == 0 ? "anders%d " : "woord%d ", i);
      g_string_append_printf (other, "iets%d ", i);
    }
  assert_whole (old->str, new->str);
  assert_whole (old->str, other->str);
  g_test_message ("%.0f ms", (double) (g_get_monotonic_time () - start) / G_TIME_SPAN_MILLISECOND);
  g_string_free (old, TRUE);
  g_string_free (new, TRUE);
  g_string_free (other, TRUE);
}

static void
test_similarity (void)
{
  g_assert_cmpfloat (cpa_word_similarity ("", ""), ==, 1);
  g_assert_cmpfloat (cpa_word_similarity ("Veilig lopen", "veilig LOPEN"), ==, 1);
  g_assert_cmpfloat (cpa_word_similarity ("veilig lopen in huis", "lezen"), ==, 0);
  g_assert_cmpfloat (cpa_word_similarity ("veilig lopen", "veilig fietsen"), ==, 0.5);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/word-diff/examples", test_examples);
  g_test_add_func ("/word-diff/spelling", test_spelling);
  g_test_add_func ("/word-diff/any-texts", test_any_texts);
  g_test_add_func ("/word-diff/is-shortest", test_is_shortest);
  g_test_add_func ("/word-diff/long", test_long);
  g_test_add_func ("/word-diff/similarity", test_similarity);
  return g_test_run ();
}
