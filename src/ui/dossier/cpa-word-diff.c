/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-word-diff.h"

/* Of the search for what is common: beyond so many changed words a stretch counts as changed as a whole. */
#define MOST_CHANGES 1000

typedef struct
{
  const char *const *texts; /* (borrowed) */
  const guint *words;       /* (borrowed): equal numbers are equal texts */
  gboolean *changed;        /* (borrowed) */
} Side;

/* Both searches of a stretch, one from each end: how far along a each diagonal (place in a minus place in b) came. */
typedef struct
{
  int forward[2 * MOST_CHANGES + 3];
  int backward[2 * MOST_CHANGES + 3];
} Reach;

typedef struct
{
  Side a, b;
  Reach *reach; /* (borrowed) */
} Diff;

/* A stretch of both sides. */
typedef struct
{
  int a, a_end, b, b_end;
} Stretch;

static void
mark_all (Diff *diff, const Stretch *part)
{
  for (int i = part->a; i < part->a_end; i++)
    diff->a.changed[i] = TRUE;
  for (int i = part->b; i < part->b_end; i++)
    diff->b.changed[i] = TRUE;
}

static gboolean
is_equal (const Diff *diff, int a, int b)
{
  return diff->a.words[a] == diff->b.words[b];
}

/* One more step from the start. TRUE when it meets what came from the end: then *x, *y is where. */
static gboolean
step_forward (Diff *diff, const Stretch *part, int d, int *x, int *y)
{
  int n = part->a_end - part->a, m = part->b_end - part->b, delta = n - m;
  int *forward = diff->reach->forward + MOST_CHANGES + 1, *backward = diff->reach->backward + MOST_CHANGES + 1;

  for (int k = -d; k <= d; k += 2)
    {
      int at = k == -d || (k != d && forward[k - 1] < forward[k + 1]) ? forward[k + 1] : forward[k - 1] + 1;

      while (at < n && at - k < m && is_equal (diff, part->a + at, part->b + at - k))
        at++;
      forward[k] = at;
      if (delta % 2 != 0 && ABS (delta - k) <= d - 1 && at + backward[delta - k] >= n && at <= n && at - k <= m)
        {
          *x = at;
          *y = at - k;
          return TRUE;
        }
    }
  return FALSE;
}

static gboolean
step_backward (Diff *diff, const Stretch *part, int d, int *x, int *y)
{
  int n = part->a_end - part->a, m = part->b_end - part->b, delta = n - m;
  int *forward = diff->reach->forward + MOST_CHANGES + 1, *backward = diff->reach->backward + MOST_CHANGES + 1;

  for (int k = -d; k <= d; k += 2)
    {
      int at = k == -d || (k != d && backward[k - 1] < backward[k + 1]) ? backward[k + 1] : backward[k - 1] + 1;

      while (at < n && at - k < m && is_equal (diff, part->a_end - 1 - at, part->b_end - 1 - (at - k)))
        at++;
      backward[k] = at;
      if (delta % 2 == 0 && ABS (delta - k) <= d && at + forward[delta - k] >= n && at <= n && at - k <= m)
        {
          *x = n - at;
          *y = m - (at - k);
          return TRUE;
        }
    }
  return FALSE;
}

/* A point through which a shortest way from the start of the stretch to its end goes: E. W. Myers, "An O(ND) Difference
 * Algorithm and Its Variations" (1986), section 4b. FALSE: the way is too long to be looked for. */
static gboolean
find_middle (Diff *diff, const Stretch *part, int *x, int *y)
{
  int most = MIN (MOST_CHANGES, (part->a_end - part->a + part->b_end - part->b + 1) / 2 + 1);

  diff->reach->forward[MOST_CHANGES + 2] = diff->reach->backward[MOST_CHANGES + 2] = 0;
  for (int d = 0; d <= most; d++)
    if (step_forward (diff, part, d, x, y) || step_backward (diff, part, d, x, y))
      return TRUE;
  return FALSE;
}

/* What both ends have in common is no part of what has to be looked at. */
static void
trim (Diff *diff, Stretch *part)
{
  while (part->a < part->a_end && part->b < part->b_end && is_equal (diff, part->a, part->b))
    {
      part->a++;
      part->b++;
    }
  while (part->a < part->a_end && part->b < part->b_end && is_equal (diff, part->a_end - 1, part->b_end - 1))
    {
      part->a_end--;
      part->b_end--;
    }
}

static void
compare (Diff *diff, Stretch whole)
{
  g_autoptr (GArray) todo = g_array_new (FALSE, FALSE, sizeof (Stretch));

  g_array_append_val (todo, whole);
  while (todo->len > 0)
    {
      Stretch part = g_array_index (todo, Stretch, todo->len - 1);
      int x, y;

      g_array_set_size (todo, todo->len - 1);
      trim (diff, &part);
      if (part.a == part.a_end || part.b == part.b_end || !find_middle (diff, &part, &x, &y) || (x == 0 && y == 0) ||
          (x == part.a_end - part.a && y == part.b_end - part.b))
        {
          mark_all (diff, &part);
          continue;
        }
      g_array_append_val (todo, ((Stretch){ part.a + x, part.a_end, part.b + y, part.b_end }));
      g_array_append_val (todo, ((Stretch){ part.a, part.a + x, part.b, part.b + y }));
    }
}

/* From the marks on both sides to pieces */

/* What was removed and added in one place, and the words kept before it. */
typedef struct
{
  int a, a_changed, a_end; /* kept from a to a_changed, removed to a_end */
  int b, b_changed, b_end;
} Group;

static gboolean
is_word (const char *piece)
{
  return g_unichar_isalnum (g_utf8_get_char (piece));
}

static guint
count (const Side *side, int from, int to)
{
  guint words = 0;

  for (int i = from; i < to; i++)
    words += is_word (side->texts[i]) ? 1 : 0;
  return words;
}

static guint
size_of (const Diff *diff, const Group *group)
{
  return MAX (count (&diff->a, group->a_changed, group->a_end), count (&diff->b, group->b_changed, group->b_end));
}

static GArray *
group_changes (const Diff *diff, int n, int m)
{
  GArray *groups = g_array_new (FALSE, FALSE, sizeof (Group));
  int a = 0, b = 0;

  while (a < n || b < m)
    {
      Group group = { .a = a, .b = b };

      while (a < n && b < m && !diff->a.changed[a] && !diff->b.changed[b])
        {
          a++;
          b++;
        }
      group.a_changed = a;
      group.b_changed = b;
      while (a < n && diff->a.changed[a])
        a++;
      while (b < m && diff->b.changed[b])
        b++;
      group.a_end = a;
      group.b_end = b;
      g_array_append_val (groups, group);
    }
  return groups;
}

/* A space, or a word or two, between two larger changes is read as one change: "met hulp van één" and not four. */
static void
join_groups (const Diff *diff, GArray *groups)
{
  for (guint i = 1; i < groups->len;)
    {
      Group *before = &g_array_index (groups, Group, i - 1), *group = &g_array_index (groups, Group, i);
      guint kept = count (&diff->a, group->a, group->a_changed);
      gboolean both = before->a_changed < before->a_end || before->b_changed < before->b_end;

      both = both && (group->a_changed < group->a_end || group->b_changed < group->b_end);
      if (!both || kept >= MIN (size_of (diff, before), size_of (diff, group)))
        {
          i++;
          continue;
        }
      before->a_end = group->a_end;
      before->b_end = group->b_end;
      g_array_remove_index (groups, i);
    }
}

static void
piece_free (CpaDiffPiece *piece)
{
  g_free (piece->text);
  g_free (piece);
}

static void
add_piece (GPtrArray *pieces, CpaDiffKind kind, const Side *side, int from, int to)
{
  CpaDiffPiece *piece;
  GString *text;

  if (from == to)
    return;
  text = g_string_new (NULL);
  for (int i = from; i < to; i++)
    g_string_append (text, side->texts[i]);
  piece = g_new0 (CpaDiffPiece, 1);
  piece->kind = kind;
  piece->text = g_string_free (text, FALSE);
  g_ptr_array_add (pieces, piece);
}

static GPtrArray *
pieces_of (const Diff *diff, int n, int m)
{
  GPtrArray *pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) piece_free);
  g_autoptr (GArray) groups = group_changes (diff, n, m);

  join_groups (diff, groups);
  for (guint i = 0; i < groups->len; i++)
    {
      const Group *group = &g_array_index (groups, Group, i);

      add_piece (pieces, CPA_DIFF_KEPT, &diff->b, group->b, group->b_changed);
      add_piece (pieces, CPA_DIFF_REMOVED, &diff->a, group->a_changed, group->a_end);
      add_piece (pieces, CPA_DIFF_ADDED, &diff->b, group->b_changed, group->b_end);
    }
  return pieces;
}

/* A number for each different text: "é" is one letter, however it is put together. */
static guint *
number_words (GHashTable *numbers, const GPtrArray *texts)
{
  guint *words = g_new (guint, texts->len + 1);

  for (guint i = 0; i < texts->len; i++)
    {
      g_autofree char *text = g_utf8_normalize (g_ptr_array_index (texts, i), -1, G_NORMALIZE_NFC);

      words[i] = g_hash_table_size (numbers);
      if (g_hash_table_contains (numbers, text))
        words[i] = GPOINTER_TO_UINT (g_hash_table_lookup (numbers, text));
      else
        g_hash_table_insert (numbers, g_steal_pointer (&text), GUINT_TO_POINTER (words[i]));
    }
  return words;
}

GPtrArray *
cpa_word_diff (const char *old, const char *new)
{
  g_autoptr (GPtrArray) a = cpa_word_split (old != NULL ? old : "");
  g_autoptr (GPtrArray) b = cpa_word_split (new != NULL ? new : "");
  g_autoptr (GHashTable) numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autofree guint *a_words = number_words (numbers, a), *b_words = number_words (numbers, b);
  g_autofree gboolean *a_changed = g_new0 (gboolean, a->len + 1), *b_changed = g_new0 (gboolean, b->len + 1);
  g_autofree Reach *reach = g_new0 (Reach, 1);
  Diff diff = { { (const char *const *) a->pdata, a_words, a_changed },
                { (const char *const *) b->pdata, b_words, b_changed },
                reach };

  compare (&diff, (Stretch){ 0, (int) a->len, 0, (int) b->len });
  return pieces_of (&diff, (int) a->len, (int) b->len);
}

guint
cpa_word_diff_changes (const GPtrArray *pieces)
{
  guint changes = 0;

  for (guint i = 0; i < pieces->len; i++)
    {
      const CpaDiffPiece *piece = g_ptr_array_index (pieces, i);
      const CpaDiffPiece *before = i > 0 ? g_ptr_array_index (pieces, i - 1) : NULL;

      if (piece->kind != CPA_DIFF_KEPT && (before == NULL || before->kind == CPA_DIFF_KEPT))
        changes++;
    }
  return changes;
}
