/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What stands for the same in two versions of a plan, and how the difference is told. */
#include "cpa-plan-diff.h"

#include "cpa-diff-label.h"
#include "cpa-plan-text.h"

static void
add_goal (CpCarePlan *plan, gint64 number, const char *text, int state)
{
  CpPlanGoal *goal = cp_plan_goal_new ();

  goal->number = number;
  g_free (goal->text);
  goal->text = g_strdup (text);
  goal->state = state;
  g_ptr_array_add (plan->goals, goal);
}

static void
add_activity (CpCarePlan *plan, gint64 goal, const char *text)
{
  CpPlanActivity *activity = cp_plan_activity_new ();

  g_free (activity->text);
  activity->text = g_strdup (text);
  activity->goal = goal;
  g_ptr_array_add (plan->activities, activity);
}

static const CpaPlanGoalPair *
pair_at (const CpaPlanDiff *diff, guint i)
{
  return g_ptr_array_index (diff->goals, i);
}

static void
test_goals_are_matched (void)
{
  g_autoptr (CpCarePlan) old = cp_care_plan_new (), new = cp_care_plan_new ();
  g_autoptr (CpaPlanDiff) diff = NULL;

  add_goal (old, 1, "Zelf wassen", CP_GOAL_IN_PROGRESS);
  add_goal (old, 2, "Veilig twee keer per dag lopen", CP_GOAL_IN_PROGRESS);
  add_goal (old, 3, "Weer de krant lezen", CP_GOAL_STOPPED);
  /* Another number, the same text; the same number, other words; the same number and another goal. */
  add_goal (new, 1, "Veilig drie keer per dag lopen", CP_GOAL_BETTER);
  add_goal (new, 2, "Zelf wassen", CP_GOAL_IN_PROGRESS);
  add_goal (new, 3, "Rustig slapen", CP_GOAL_PLANNED);
  diff = cpa_plan_diff_new (old, new);
  g_assert_cmpint (diff->goals->len, ==, 4);
  g_assert_true (pair_at (diff, 0)->old == g_ptr_array_index (old->goals, 1));
  g_assert_cmpint (pair_at (diff, 0)->changes, ==, 2); /* the word and the state */
  g_assert_true (pair_at (diff, 1)->old == g_ptr_array_index (old->goals, 0));
  g_assert_cmpint (pair_at (diff, 1)->changes, ==, 0);
  g_assert_null (pair_at (diff, 2)->old);
  g_assert_cmpint (pair_at (diff, 2)->changes, ==, 1);
  g_assert_null (pair_at (diff, 3)->new);
  g_assert_true (pair_at (diff, 3)->old == g_ptr_array_index (old->goals, 2));
  g_assert_cmpint (diff->changes, ==, 4);
}

static void
test_activities_go_with_their_goal (void)
{
  g_autoptr (CpCarePlan) old = cp_care_plan_new (), new = cp_care_plan_new ();
  g_autoptr (CpaPlanDiff) diff = NULL;
  const CpaPlanActivityPair *activity;

  add_goal (old, 1, "Veilig lopen", CP_GOAL_IN_PROGRESS);
  add_goal (new, 5, "Veilig lopen", CP_GOAL_IN_PROGRESS);
  add_activity (old, 1, "Fysiotherapie op maandag");
  add_activity (old, 1, "Schoenen passen");
  add_activity (old, 0, "Oogdruppels");
  add_activity (new, 5, "Wandelen");
  add_activity (new, 5, "Fysiotherapie op dinsdag");
  /* Of a goal that there is not. */
  add_activity (new, 9, "Oogdruppels");
  diff = cpa_plan_diff_new (old, new);
  g_assert_cmpint (pair_at (diff, 0)->activities->len, ==, 3);
  activity = g_ptr_array_index (pair_at (diff, 0)->activities, 0);
  g_assert_null (activity->old);
  activity = g_ptr_array_index (pair_at (diff, 0)->activities, 1);
  g_assert_cmpstr (activity->old_text, ==, "Fysiotherapie op maandag");
  g_assert_cmpint (activity->changes, ==, 1);
  activity = g_ptr_array_index (pair_at (diff, 0)->activities, 2);
  g_assert_null (activity->new);
  g_assert_cmpint (pair_at (diff, 0)->changes, ==, 3);
  g_assert_cmpint (diff->other->activities->len, ==, 1);
  g_assert_cmpint (diff->other->changes, ==, 0);
  g_assert_cmpint (diff->changes, ==, 3);
}

static void
assert_fact (const CpaPlanDiff *diff, guint i, const char *old, const char *new)
{
  const CpaPlanFactPair *pair = g_ptr_array_index (diff->facts, i);

  g_assert_cmpstr (pair->old_text, ==, old);
  g_assert_cmpstr (pair->new_text, ==, new);
  g_assert_cmpint (pair->changes, >, 0);
}

/* Whatever makes a version more is told: how the plan stands, its period, who wrote it, with whom it was discussed. */
static void
test_facts (void)
{
  g_autoptr (CpCarePlan) old = cp_care_plan_new (), new = cp_care_plan_new ();
  g_autoptr (CpaPlanDiff) diff = NULL, alone = NULL;

  g_free (new->title);
  new->title = g_strdup ("Zorgleefplan");
  new->state = CP_CARE_PLAN_EXPIRED;
  old->until = g_strdup ("2026-03-01");
  new->until = g_strdup ("2026-04-01");
  old->author = g_strdup ("Ineke Bos");
  new->discussed_on = g_strdup ("2026-01-12");
  diff = cpa_plan_diff_new (old, new);
  g_assert_cmpint (diff->facts->len, ==, 5);
  assert_fact (diff, 0, NULL, "Zorgleefplan");
  assert_fact (diff, 1, "Status: Current", "Status: Expired");
  assert_fact (diff, 2, "Valid until March 1, 2026", "Valid until April 1, 2026");
  assert_fact (diff, 3, "Written by Ineke Bos", NULL);
  assert_fact (diff, 4, NULL, "Discussed on January 12, 2026");
  g_assert_cmpint (diff->changes, ==, 5);
  alone = cpa_plan_diff_new (NULL, new);
  g_assert_cmpint (alone->facts->len + alone->changes, ==, 0);
}

/* That a plan has expired is one change: its last day is the same. */
static void
test_expired (void)
{
  g_autoptr (CpCarePlan) old = cp_care_plan_new (), new = cp_care_plan_new ();
  g_autoptr (CpaPlanDiff) diff = NULL;

  old->until = g_strdup ("2026-03-01");
  new->until = g_strdup ("2026-03-01");
  new->state = CP_CARE_PLAN_EXPIRED;
  diff = cpa_plan_diff_new (old, new);
  g_assert_cmpint (diff->facts->len, ==, 1);
  g_assert_cmpint (diff->changes, ==, 1);
}

static void
test_same (void)
{
  g_autoptr (CpCarePlan) plan = cp_care_plan_new ();
  g_autoptr (CpaPlanDiff) same = NULL, alone = NULL;

  add_goal (plan, 1, "Veilig lopen", CP_GOAL_IN_PROGRESS);
  add_activity (plan, 1, "Wandelen");
  same = cpa_plan_diff_new (plan, plan);
  g_assert_true (same->compared);
  g_assert_cmpint (same->changes, ==, 0);
  alone = cpa_plan_diff_new (NULL, plan);
  g_assert_false (alone->compared);
  g_assert_cmpint (alone->changes, ==, 0);
}

/* What was done must not be done any more: the words say so, and that it changed. */
static void
test_do_not (void)
{
  g_autoptr (CpCarePlan) old = cp_care_plan_new (), new = cp_care_plan_new ();
  g_autoptr (CpaPlanDiff) diff = NULL;
  const CpaPlanActivityPair *pair;

  add_activity (old, 0, "Tillen");
  add_activity (new, 0, "Tillen");
  ((CpPlanActivity *) g_ptr_array_index (new->activities, 0))->do_not = TRUE;
  diff = cpa_plan_diff_new (old, new);
  pair = g_ptr_array_index (diff->other->activities, 0);
  g_assert_cmpstr (pair->old_text, ==, "Tillen");
  g_assert_cmpstr (pair->new_text, ==, "Do not do: Tillen");
  g_assert_cmpint (diff->changes, ==, 1);
}

/* How a goal stood is said in the language of the screen, with what was written or without. */
static void
test_evaluation (void)
{
  static const struct
  {
    CpPlanEvaluation evaluation;
    const char *text;
  } cases[] = {
    { { .state = CP_GOAL_BETTER, .text = (char *) "Walks again" }, "Getting better. Walks again" },
    { { .state = CP_GOAL_ON_HOLD, .text = (char *) "" }, "On hold for now." },
    { { .state = CP_GOAL_CLOSED, .text = (char *) "" }, "Closed." },
    { { .text = (char *) "Walks again" }, "Walks again" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *text = cpa_plan_evaluation_text (&cases[i].evaluation);

      g_assert_cmpstr (text, ==, cases[i].text);
    }
}

static void
test_teams (void)
{
  g_autoptr (CpCarePlan) plan = cp_care_plan_new ();
  g_autofree char *nobody = cpa_plan_who (plan);
  g_autofree char *two = NULL;

  g_assert_null (nobody);
  g_strfreev (plan->teams);
  plan->teams = g_strsplit ("Team Noord|Wijkteam", "|", -1);
  two = cpa_plan_who (plan);
  g_assert_cmpstr (two, ==, "Who: Team Noord and Wijkteam");
}

/* Every goal and activity of both stands in it once, however many there are. */
static void
test_many (void)
{
  g_autoptr (CpCarePlan) old = cp_care_plan_new (), new = cp_care_plan_new ();
  g_autoptr (CpaPlanDiff) diff = NULL;
  guint olds = 0, news = 0;

  for (int i = 0; i < 300; i++)
    {
      g_autofree char *before = g_strdup_printf ("doel %d van vroeger %d", i, i * 7);
      g_autofree char *after = g_strdup_printf ("doel %d van nu %d", i * 3, i * 5);

      add_goal (old, i + 1, before, CP_GOAL_UNKNOWN);
      add_goal (new, i + 1, after, CP_GOAL_UNKNOWN);
    }
  diff = cpa_plan_diff_new (old, new);
  for (guint i = 0; i < diff->goals->len; i++)
    {
      olds += pair_at (diff, i)->old != NULL ? 1 : 0;
      news += pair_at (diff, i)->new != NULL ? 1 : 0;
    }
  g_assert_cmpint (olds, ==, 300);
  g_assert_cmpint (news, ==, 300);
}

static void
test_spoken (void)
{
  static const char two[] = "Mevrouw loopt twee keer per dag.", three[] = "Mevrouw loopt drie keer per dag.";
  static const struct
  {
    const char *old, *new;
    CpaDiffSide side;
    const char *spoken;
  } cases[] = {
    { two, three, CPA_DIFF_BOTH, "Mevrouw loopt. Removed: twee. New: drie. keer per dag." },
    { two, three, CPA_DIFF_OLD, "Mevrouw loopt. Removed: twee. keer per dag." },
    { two, three, CPA_DIFF_NEW, "Mevrouw loopt. New: drie. keer per dag." },
    { "Loopt goed, eet zelf", "Loopt slecht, eet zelf", CPA_DIFF_BOTH, "Loopt. Removed: goed. New: slecht. eet zelf" },
    { "Loopt (goed). Eet", "Loopt (slecht). Eet", CPA_DIFF_BOTH, "Loopt (. Removed: goed. New: slecht. Eet" },
    /* A limit, a dose and what is measured are told as they stand there. */
    { "Bellen bij temperatuur boven 38.", "Bellen bij temperatuur < 36 of > 38.", CPA_DIFF_BOTH,
      "Bellen bij temperatuur. Removed: boven. New: < 36 of >. 38." },
    { "Bellen bij twaalf.", "Bellen bij > 15.", CPA_DIFF_BOTH, "Bellen bij. Removed: twaalf. New: > 15" },
    { "Vocht 300 ml", "Vocht -500 ml", CPA_DIFF_BOTH, "Vocht. Removed: 300. New: -500. ml" },
    { "Vocht 300 ml", "Vocht −500 ml", CPA_DIFF_NEW, "Vocht. New: −500. ml" },
    { "Saturatie 92", "Saturatie ≥ 90", CPA_DIFF_NEW, "Saturatie. New: ≥ 90" },
    { "Saturatie 92", "Saturatie ≤ 90", CPA_DIFF_NEW, "Saturatie. New: ≤ 90" },
    { "Zalf 92", "Zalf ± 90", CPA_DIFF_NEW, "Zalf. New: ± 90" },
    { "Suiker < 5 mmol", "Glucose < 5 mmol", CPA_DIFF_NEW, "New: Glucose. < 5 mmol" },
    { "Zalf 5% dun", "Zalf 10% dun", CPA_DIFF_NEW, "Zalf. New: 10. % dun" },
    { "Neem een halve", "Neem .5", CPA_DIFF_NEW, "Neem. New: .5" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *spoken = cpa_diff_spoken (cases[i].old, cases[i].new, cases[i].side);

      g_assert_cmpstr (spoken, ==, cases[i].spoken);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/plan-diff/goals-are-matched", test_goals_are_matched);
  g_test_add_func ("/plan-diff/activities-go-with-their-goal", test_activities_go_with_their_goal);
  g_test_add_func ("/plan-diff/facts", test_facts);
  g_test_add_func ("/plan-diff/expired", test_expired);
  g_test_add_func ("/plan-diff/same", test_same);
  g_test_add_func ("/plan-diff/do-not", test_do_not);
  g_test_add_func ("/plan-diff/evaluation", test_evaluation);
  g_test_add_func ("/plan-diff/teams", test_teams);
  g_test_add_func ("/plan-diff/many", test_many);
  g_test_add_func ("/plan-diff/spoken", test_spoken);
  return g_test_run ();
}
