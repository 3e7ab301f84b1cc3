/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-plan-diff.h"

#include "cpa-plan-text.h"
#include "cpa-word-diff.h"

/* How much two texts have in common when one is the other after a change: with the same number less is enough. */
#define ALIKE_WITH_NUMBER 0.3
#define ALIKE 0.5
/* More pairs than these are not looked at one by one. */
#define MOST_PAIRS 10000

/* The texts of one side, and the number that each had. */
typedef struct
{
  const char *text;
  gint64 number;
  int partner; /* in the other side; -1: none */
} Entry;

static void
pair_up (Entry *old, int i, Entry *new, int j)
{
  old[i].partner = j;
  new[j].partner = i;
}

static void
match_equal (Entry *old, guint n_old, Entry *new, guint n_new)
{
  g_autoptr (GHashTable) places = g_hash_table_new (g_str_hash, g_str_equal);

  /* The first of equal ones stays in the table. */
  for (guint i = n_old; i-- > 0;)
    g_hash_table_insert (places, (gpointer) old[i].text, GUINT_TO_POINTER (i + 1));
  for (guint j = 0; j < n_new; j++)
    {
      guint place = GPOINTER_TO_UINT (g_hash_table_lookup (places, new[j].text));

      if (place > 0 && old[place - 1].partner < 0)
        pair_up (old, (int) place - 1, new, (int) j);
    }
}

static void
match_numbers (Entry *old, guint n_old, Entry *new, guint n_new)
{
  for (guint i = 0; i < n_old; i++)
    for (guint j = 0; j < n_new && old[i].partner < 0; j++)
      if (new[j].partner < 0 && old[i].number == new[j].number &&
          cpa_word_similarity (old[i].text, new[j].text) >= ALIKE_WITH_NUMBER)
        pair_up (old, (int) i, new, (int) j);
}

typedef struct
{
  double alike;
  int old, new;
} Likeness;

static int
compare_likeness (gconstpointer a, gconstpointer b)
{
  const Likeness *left = a, *right = b;

  if (left->alike != right->alike)
    return left->alike > right->alike ? -1 : 1;
  return left->new != right->new ? left->new - right->new : left->old - right->old;
}

/* The most alike first. */
static void
match_alike (Entry *old, guint n_old, Entry *new, guint n_new)
{
  g_autoptr (GArray) likenesses = g_array_new (FALSE, FALSE, sizeof (Likeness));

  for (guint i = 0; i < n_old; i++)
    for (guint j = 0; j < n_new && old[i].partner < 0; j++)
      {
        Likeness likeness = { new[j].partner < 0 ? cpa_word_similarity (old[i].text, new[j].text) : 0, (int) i,
                              (int) j };

        if (likeness.alike >= ALIKE)
          g_array_append_val (likenesses, likeness);
      }
  g_array_sort (likenesses, compare_likeness);
  for (guint i = 0; i < likenesses->len; i++)
    {
      const Likeness *likeness = &g_array_index (likenesses, Likeness, i);

      if (old[likeness->old].partner < 0 && new[likeness->new].partner < 0)
        pair_up (old, likeness->old, new, likeness->new);
    }
}

static guint
count_alone (const Entry *entries, guint n)
{
  guint alone = 0;

  for (guint i = 0; i < n; i++)
    alone += entries[i].partner < 0 ? 1 : 0;
  return alone;
}

static void
match (Entry *old, guint n_old, Entry *new, guint n_new)
{
  match_equal (old, n_old, new, n_new);
  if (count_alone (old, n_old) * count_alone (new, n_new) > MOST_PAIRS)
    return;
  match_numbers (old, n_old, new, n_new);
  match_alike (old, n_old, new, n_new);
}

static guint
text_changes (const char *old, const char *new)
{
  g_autoptr (GPtrArray) pieces = NULL;

  if (g_strcmp0 (old, new) == 0)
    return 0;
  pieces = cpa_word_diff (old, new);
  return cpa_word_diff_changes (pieces);
}

/* Activities */

static void
activity_pair_free (CpaPlanActivityPair *pair)
{
  g_free (pair->old_text);
  g_free (pair->new_text);
  g_free (pair);
}

static CpaPlanActivityPair *
activity_pair_new (const CpPlanActivity *old, const CpPlanActivity *new, gboolean compare)
{
  CpaPlanActivityPair *pair = g_new0 (CpaPlanActivityPair, 1);

  pair->old = old;
  pair->new = new;
  pair->old_text = old != NULL ? cpa_plan_activity (old) : NULL;
  pair->new_text = new != NULL ? cpa_plan_activity (new) : NULL;
  if (compare)
    pair->changes = old == NULL || new == NULL ? 1 : text_changes (pair->old_text, pair->new_text);
  return pair;
}

/* Of that goal of a plan (nullable); 0: of none that the plan has. */
static GPtrArray *
activities_of (const CpCarePlan *plan, const CpPlanGoal *goal)
{
  GPtrArray *activities = g_ptr_array_new ();

  for (guint i = 0; plan != NULL && i < plan->activities->len; i++)
    {
      const CpPlanActivity *activity = g_ptr_array_index (plan->activities, i);
      gboolean known = FALSE;

      for (guint j = 0; j < plan->goals->len; j++)
        known |= ((const CpPlanGoal *) g_ptr_array_index (plan->goals, j))->number == activity->goal;
      if (goal != NULL ? activity->goal == goal->number : !known)
        g_ptr_array_add (activities, (gpointer) activity);
    }
  return activities;
}

static Entry *
activity_entries (const GPtrArray *activities)
{
  Entry *entries = g_new (Entry, activities->len + 1);

  for (guint i = 0; i < activities->len; i++)
    entries[i] = (Entry){ ((const CpPlanActivity *) g_ptr_array_index (activities, i))->text, i, -1 };
  return entries;
}

static void
add_activities (CpaPlanGoalPair *pair, const CpCarePlan *old_plan, const CpCarePlan *new_plan)
{
  g_autoptr (GPtrArray) old =
      pair->new != NULL && pair->old == NULL ? g_ptr_array_new () : activities_of (old_plan, pair->old);
  g_autoptr (GPtrArray) new =
      pair->old != NULL && pair->new == NULL ? g_ptr_array_new () : activities_of (new_plan, pair->new);
  g_autofree Entry *old_entries = activity_entries (old), *new_entries = activity_entries (new);
  gboolean compare = old_plan != NULL;

  match (old_entries, old->len, new_entries, new->len);
  for (guint j = 0; j < new->len; j++)
    {
      int partner = new_entries[j].partner;

      g_ptr_array_add (pair->activities, activity_pair_new (partner >= 0 ? g_ptr_array_index (old, partner) : NULL,
                                                            g_ptr_array_index (new, j), compare));
    }
  for (guint i = 0; i < old->len; i++)
    if (old_entries[i].partner < 0)
      g_ptr_array_add (pair->activities, activity_pair_new (g_ptr_array_index (old, i), NULL, compare));
}

/* Goals */

static void
goal_pair_free (CpaPlanGoalPair *pair)
{
  g_ptr_array_unref (pair->activities);
  g_free (pair);
}

static guint
goal_changes (const CpaPlanGoalPair *pair)
{
  g_autofree char *old_details = cpa_plan_goal_details (pair->old), *new_details = cpa_plan_goal_details (pair->new);
  guint changes = 0;

  if ((pair->old == NULL) != (pair->new == NULL))
    return 1;
  if (pair->old != NULL)
    changes = text_changes (pair->old->text, pair->new->text) + text_changes (old_details, new_details) +
              (pair->old->state != pair->new->state ? 1 : 0);
  for (guint i = 0; i < pair->activities->len; i++)
    changes += ((const CpaPlanActivityPair *) g_ptr_array_index (pair->activities, i))->changes;
  return changes;
}

static CpaPlanGoalPair *
goal_pair_new (const CpPlanGoal *old, const CpPlanGoal *new, const CpCarePlan *old_plan, const CpCarePlan *new_plan)
{
  CpaPlanGoalPair *pair = g_new0 (CpaPlanGoalPair, 1);

  pair->old = old;
  pair->new = new;
  pair->activities = g_ptr_array_new_with_free_func ((GDestroyNotify) activity_pair_free);
  add_activities (pair, old_plan, new_plan);
  pair->changes = old_plan != NULL ? goal_changes (pair) : 0;
  return pair;
}

static Entry *
goal_entries (const GPtrArray *goals)
{
  Entry *entries = g_new (Entry, goals->len + 1);

  for (guint i = 0; i < goals->len; i++)
    {
      const CpPlanGoal *goal = g_ptr_array_index (goals, i);

      entries[i] = (Entry){ goal->text, goal->number, -1 };
    }
  return entries;
}

static void
add_goals (CpaPlanDiff *self, const CpCarePlan *old, const CpCarePlan *new)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new ();
  const GPtrArray *old_goals = old != NULL ? old->goals : none;
  g_autofree Entry *old_entries = goal_entries (old_goals), *new_entries = goal_entries (new->goals);

  match (old_entries, old_goals->len, new_entries, new->goals->len);
  for (guint j = 0; j < new->goals->len; j++)
    {
      int partner = new_entries[j].partner;

      g_ptr_array_add (self->goals, goal_pair_new (partner >= 0 ? g_ptr_array_index (old_goals, partner) : NULL,
                                                   g_ptr_array_index (new->goals, j), old, new));
    }
  for (guint i = 0; i < old_goals->len; i++)
    if (old_entries[i].partner < 0)
      g_ptr_array_add (self->goals, goal_pair_new (g_ptr_array_index (old_goals, i), NULL, old, new));
}

/* The plan as a whole */

static void
fact_pair_free (CpaPlanFactPair *pair)
{
  g_free (pair->old_text);
  g_free (pair->new_text);
  g_free (pair);
}

static char *
say_title (const CpCarePlan *plan)
{
  return g_strdup (plan->title);
}

static char *(*const sayings[]) (const CpCarePlan *plan) = {
  say_title, cpa_plan_status, cpa_plan_dates, cpa_plan_written, cpa_plan_discussed,
};

static void
add_facts (CpaPlanDiff *self, const CpCarePlan *old, const CpCarePlan *new)
{
  for (guint i = 0; i < G_N_ELEMENTS (sayings); i++)
    {
      CpaPlanFactPair *pair = g_new0 (CpaPlanFactPair, 1);

      pair->old_text = sayings[i](old);
      pair->new_text = sayings[i](new);
      pair->changes = text_changes (pair->old_text, pair->new_text);
      self->changes += pair->changes;
      if (pair->changes > 0)
        g_ptr_array_add (self->facts, pair);
      else
        fact_pair_free (pair);
    }
}

CpaPlanDiff *
cpa_plan_diff_new (const CpCarePlan *old, const CpCarePlan *new)
{
  CpaPlanDiff *self = g_new0 (CpaPlanDiff, 1);

  self->facts = g_ptr_array_new_with_free_func ((GDestroyNotify) fact_pair_free);
  self->goals = g_ptr_array_new_with_free_func ((GDestroyNotify) goal_pair_free);
  self->compared = old != NULL;
  add_goals (self, old, new);
  self->other = goal_pair_new (NULL, NULL, old, new);
  self->changes = self->other->changes;
  for (guint i = 0; i < self->goals->len; i++)
    self->changes += ((const CpaPlanGoalPair *) g_ptr_array_index (self->goals, i))->changes;
  if (old == NULL)
    return self;
  add_facts (self, old, new);
  self->changes += text_changes (old->description, new->description);
  return self;
}

void
cpa_plan_diff_free (CpaPlanDiff *self)
{
  g_ptr_array_unref (self->facts);
  g_ptr_array_unref (self->goals);
  goal_pair_free (self->other);
  g_free (self);
}
