/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-plan-whole.h"

#include <string.h>

#include "cpd-ehr-evaluations.h"

#define MANY 1000 /* the limits of CpCarePlan */

struct _CpdPlanWhole
{
  CpdPlanFindFunc find;
  CpdPlanAppointmentFunc appointment;
  CpdPlanOtherFunc other;
  gpointer data;
  GPtrArray *goals;       /* (owned) of CpPlanGoal */
  GPtrArray *activities;  /* (owned) of CpPlanActivity */
  GPtrArray *evaluations; /* (owned) of CpPlanEvaluation */
  GHashTable *numbers;    /* key of a goal, as find_number() makes it -> number; 0: not shown */
  GHashTable *keys;       /* key -> number of its goal */
  GHashTable *judgements; /* CpPlanEvaluation (borrowed) -> what tells its goal from others, see lasting_name() */
  GHashTable *told;       /* set of CpdPlanWork (borrowed) that an activity only refers to: two may refer to the same */
};

static void
goal_free (gpointer data)
{
  cp_plan_goal_free (data);
}

static void
activity_free (gpointer data)
{
  cp_plan_activity_free (data);
}

static void
evaluation_free (gpointer data)
{
  cp_plan_evaluation_free (data);
}

/**
 * cpd_plan_whole_new:
 *
 * Returns: (transfer full): with nothing in it.
 */
CpdPlanWhole *
cpd_plan_whole_new (CpdPlanFindFunc find, CpdPlanAppointmentFunc appointment, CpdPlanOtherFunc other, gpointer data)
{
  CpdPlanWhole *whole = g_new0 (CpdPlanWhole, 1);

  whole->find = find;
  whole->appointment = appointment;
  whole->other = other;
  whole->data = data;
  whole->goals = g_ptr_array_new_with_free_func (goal_free);
  whole->activities = g_ptr_array_new_with_free_func (activity_free);
  whole->evaluations = g_ptr_array_new_with_free_func (evaluation_free);
  whole->numbers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  whole->keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  whole->judgements = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  whole->told = g_hash_table_new (NULL, NULL);
  return whole;
}

/**
 * cpd_plan_whole_free:
 * @whole: (nullable):
 */
void
cpd_plan_whole_free (CpdPlanWhole *whole)
{
  if (whole == NULL)
    return;
  g_ptr_array_unref (whole->goals);
  g_ptr_array_unref (whole->activities);
  g_ptr_array_unref (whole->evaluations);
  g_hash_table_unref (whole->numbers);
  g_hash_table_unref (whole->keys);
  g_hash_table_unref (whole->judgements);
  g_hash_table_unref (whole->told);
  g_free (whole);
}

/**
 * cpd_plan_whole_keys:
 *
 * Returns: (transfer none) (element-type utf8 guint)
 */
GHashTable *
cpd_plan_whole_keys (CpdPlanWhole *whole)
{
  return whole->keys;
}

/**
 * cpd_plan_whole_judgements:
 *
 * Returns: (transfer none) (element-type CpPlanEvaluation utf8)
 */
GHashTable *
cpd_plan_whole_judgements (CpdPlanWhole *whole)
{
  return whole->judgements;
}

static void
add_key (CpdPlanWhole *whole, const char *key, guint goal)
{
  if (key != NULL && *key != '#' && !g_hash_table_contains (whole->keys, key))
    g_hash_table_insert (whole->keys, g_strdup (key), GUINT_TO_POINTER (goal));
}

static void
add_keys (CpdPlanWhole *whole, char **keys, guint goal)
{
  for (; keys != NULL && *keys != NULL; keys++)
    add_key (whole, *keys, goal);
}

static gboolean
is_same (const CpPlanEvaluation *a, const CpPlanEvaluation *b)
{
  return a->at == b->at && a->goal == b->goal && a->state == b->state && g_str_equal (a->text, b->text) &&
         cpd_ehr_evaluations_author_may_be (a, b);
}

/* (transfer evaluation): who wrote it may be told by one of the two only. */
static void
merge_evaluation (CpPlanEvaluation *known, CpPlanEvaluation *evaluation)
{
  if (known->author == NULL)
    {
      known->author = g_steal_pointer (&evaluation->author);
      known->author_role = g_steal_pointer (&evaluation->author_role);
    }
  cp_plan_evaluation_free (evaluation);
}

/* (borrowed): as it stands in the plan. */
static CpPlanEvaluation *
add_evaluation (CpdPlanWhole *whole, const CpPlanEvaluation *evaluation, guint goal)
{
  CpPlanEvaluation *copy = cp_record_copy (&cp_plan_evaluation_record, evaluation);

  copy->goal = goal;
  for (guint i = 0; i < whole->evaluations->len; i++)
    {
      CpPlanEvaluation *known = g_ptr_array_index (whole->evaluations, i);

      if (!is_same (copy, known))
        continue;
      merge_evaluation (known, copy);
      return known;
    }
  g_ptr_array_add (whole->evaluations, copy);
  return copy;
}

static void
add_evaluations (CpdPlanWhole *whole, const GPtrArray *evaluations, guint goal)
{
  for (guint i = 0; i < evaluations->len; i++)
    add_evaluation (whole, g_ptr_array_index (evaluations, i), goal);
}

static const CpdPlanAim *
find_aim (CpdPlanWhole *whole, const CpdPlanMember *member, const char *key)
{
  if (*key != '#')
    return g_str_has_prefix (key, "Goal/") ? whole->find (member, key, whole->data) : NULL;
  for (guint i = 0; i < member->own->aims->len; i++)
    {
      const CpdPlanAim *aim = g_ptr_array_index (member->own->aims, i);

      if (g_strcmp0 (aim->key, key) == 0)
        return aim;
    }
  return NULL;
}

/* (nullable): what a reference says of what is not known here. */
static const char *
words_of_ref (CpdPlanWhole *whole, const CpdPlanMember *member, const CpdPlanRef *ref)
{
  gboolean inside = ref->key == NULL || *ref->key == '#';

  return ref->text == NULL || inside || !whole->other (member, ref->key, whole->data) ? ref->text : NULL;
}

/* (transfer full): the id of a goal inside the plan is of one version only, and the next may give it to another goal:
 * what lasts are its words. */
static char *
lasting_name (const CpdPlanMember *member, const char *key, const char *words)
{
  return *key == '#' ? g_strconcat (member->row->key, "=", words, NULL) : g_strdup (key);
}

/* The number of the goal; it gets one when it has none. A goal that is not known stands there by its words only. */
static guint
number_of (CpdPlanWhole *whole, const CpdPlanMember *member, const CpdPlanRef *ref)
{
  const CpdPlanAim *aim = ref->key != NULL ? find_aim (whole, member, ref->key) : NULL;
  g_autofree char *name = ref->key == NULL   ? g_strconcat ("=", ref->text, NULL)
                          : *ref->key == '#' ? g_strconcat (member->row->key, ref->key, NULL)
                                             : g_strdup (ref->key);
  const char *words;
  CpPlanGoal *goal;
  gpointer number;

  if (g_hash_table_lookup_extended (whole->numbers, name, NULL, &number))
    return GPOINTER_TO_UINT (number);
  words = aim != NULL ? aim->text : words_of_ref (whole, member, ref);
  if (whole->goals->len == MANY || (aim != NULL && aim->hidden) || (aim == NULL && words == NULL))
    {
      /* That it names it is noted, so that what it said of it goes. */
      if (aim == NULL && ref->key != NULL && *ref->key != '#' && whole->other (member, ref->key, whole->data))
        add_key (whole, ref->key, 0);
      g_hash_table_insert (whole->numbers, g_steal_pointer (&name), GUINT_TO_POINTER (0));
      return 0;
    }
  goal = cp_plan_goal_new ();
  goal->number = whole->goals->len + 1;
  goal->text = g_strdup (words);
  goal->state = aim != NULL ? aim->state : CP_GOAL_UNKNOWN;
  goal->start = aim != NULL ? g_strdup (aim->start) : NULL;
  goal->before = aim != NULL ? g_strdup (aim->before) : NULL;
  goal->note = aim != NULL ? g_strdup (aim->note) : NULL;
  g_ptr_array_add (whole->goals, goal);
  g_hash_table_insert (whole->numbers, g_steal_pointer (&name), GUINT_TO_POINTER (goal->number));
  add_key (whole, ref->key, goal->number);
  if (aim != NULL)
    {
      add_evaluations (whole, aim->evaluations, goal->number);
      if (aim->judgement != NULL)
        g_hash_table_replace (whole->judgements, add_evaluation (whole, aim->judgement, goal->number),
                              lasting_name (member, ref->key, goal->text));
      add_keys (whole, aim->outcomes, goal->number);
    }
  return goal->number;
}

/**
 * cpd_plan_whole_add_goals:
 *
 * Those that the CarePlan lists, then those that only its activities name.
 */
void
cpd_plan_whole_add_goals (CpdPlanWhole *whole, const CpdPlanMember *member)
{
  add_key (whole, member->row->key, 0);
  for (guint i = 0; i < member->own->goals->len; i++)
    number_of (whole, member, g_ptr_array_index (member->own->goals, i));
  for (guint i = 0; i < member->own->works->len; i++)
    {
      const CpdPlanWork *work = g_ptr_array_index (member->own->works, i);

      for (guint j = 0; j < work->goals->len; j++)
        number_of (whole, member, g_ptr_array_index (work->goals, j));
    }
}

/* What the activity refers to; (nullable): not known, or an Appointment. */
static const CpdPlanWork *
find_work (CpdPlanWhole *whole, const CpdPlanMember *member, const char *key)
{
  if (*key != '#')
    return g_str_has_prefix (key, "Goal/") ? NULL : whole->find (member, key, whole->data);
  for (guint i = 0; i < member->own->held->len; i++)
    {
      const CpdPlanWork *work = g_ptr_array_index (member->own->held, i);

      if (g_strcmp0 (work->key, key) == 0)
        return work;
    }
  return NULL;
}

static guint
goal_of (CpdPlanWhole *whole, const CpdPlanMember *member, const CpdPlanWork *work, const CpdPlanWork *other,
         gboolean is_root)
{
  guint number = 0;

  for (guint i = 0; number == 0 && i < work->goals->len; i++)
    number = number_of (whole, member, g_ptr_array_index (work->goals, i));
  for (guint i = 0; number == 0 && other != NULL && i < other->goals->len; i++)
    number = number_of (whole, member, g_ptr_array_index (other->goals, i));
  /* An intervention that is a CarePlan of its own is all for its goal. */
  for (guint i = 0; number == 0 && !is_root && i < member->own->goals->len; i++)
    number = number_of (whole, member, g_ptr_array_index (member->own->goals, i));
  return number;
}

static CpTiming *
copy_timing (const CpTiming *timing)
{
  return timing != NULL ? cp_record_copy (&cp_timing_record, timing) : NULL;
}

/* (transfer text) (nullable): the activity goes without words. */
static void
add_activity (CpdPlanWhole *whole, char *text, const CpdPlanWork *work, const CpdPlanWork *other, guint goal)
{
  CpPlanActivity *activity;

  if (text == NULL || whole->activities->len == MANY)
    {
      g_free (text);
      return;
    }
  activity = cp_plan_activity_new ();
  activity->text = text;
  activity->do_not = work->do_not || (other != NULL && other->do_not);
  activity->note = g_strdup (work->note != NULL || other == NULL ? work->note : other->note);
  activity->timing = copy_timing (work->timing != NULL || other == NULL ? work->timing : other->timing);
  g_strfreev (activity->who);
  activity->who = g_strdupv (work->who[0] != NULL || other == NULL ? work->who : other->who);
  activity->goal = goal;
  g_ptr_array_add (whole->activities, activity);
}

/* FALSE when the activity is an Appointment that is not shown. */
static gboolean
find_appointment (CpdPlanWhole *whole, const CpdPlanMember *member, const char *key, char **words)
{
  return key == NULL || !g_str_has_prefix (key, "Appointment/") ||
         whole->appointment (member, key + strlen ("Appointment/"), words, whole->data);
}

/* (transfer full) (nullable): the words of the activity, else of what it refers to, else of the reference. */
static char *
words_of (CpdPlanWhole *whole, const CpdPlanMember *member, const CpdPlanWork *work, const CpdPlanWork *other,
          const char *appointment)
{
  if (work->text != NULL)
    return g_strdup (work->text);
  if (other != NULL)
    return g_strdup (other->text);
  if (appointment != NULL)
    return g_strdup (appointment);
  return work->refers != NULL ? g_strdup (words_of_ref (whole, member, work->refers)) : NULL;
}

/* Of two activities that only refer to the same work the first tells it. */
static gboolean
is_told (CpdPlanWhole *whole, const CpdPlanWork *work, const CpdPlanWork *other)
{
  return other != NULL && work->text == NULL && !g_hash_table_add (whole->told, (gpointer) other);
}

/**
 * cpd_plan_whole_add_works:
 * @is_root: FALSE: of a plan that is part of another
 */
void
cpd_plan_whole_add_works (CpdPlanWhole *whole, const CpdPlanMember *member, gboolean is_root)
{
  guint before = whole->activities->len;
  const CpdPlanWork *last = NULL;

  for (guint i = 0; i < member->own->works->len; i++)
    {
      const CpdPlanWork *work = g_ptr_array_index (member->own->works, i);
      const char *key = work->refers != NULL ? work->refers->key : NULL;
      const CpdPlanWork *other = key != NULL ? find_work (whole, member, key) : NULL;
      guint goal = goal_of (whole, member, work, other, is_root);
      g_autofree char *appointment = NULL;
      gboolean shown =
          !work->hidden && find_appointment (whole, member, key, &appointment) && (other == NULL || !other->hidden);

      if (!work->hidden)
        last = work;
      add_evaluations (whole, work->evaluations, goal);
      add_keys (whole, work->outcomes, goal);
      add_key (whole, key, goal);
      if (shown && !is_told (whole, work, other))
        add_activity (whole, words_of (whole, member, work, other, appointment), work, other, goal);
    }
  /* An intervention that says no more than what it is called. */
  if (!is_root && whole->activities->len == before && last == NULL)
    {
      g_autoptr (CpdPlanWork) nothing = cpd_plan_work_new ();

      nothing->note = member->row->title != NULL ? g_strdup (member->row->description) : NULL;
      add_activity (whole, g_strdup (member->row->title != NULL ? member->row->title : member->row->description),
                    nothing, NULL, goal_of (whole, member, nothing, NULL, is_root));
    }
}

static gboolean
has_work (const CpdPlanWhole *whole, const CpdPlanWork *work)
{
  for (guint i = 0; i < whole->activities->len; i++)
    {
      const CpPlanActivity *activity = g_ptr_array_index (whole->activities, i);

      if (g_strcmp0 (activity->text, work->text) == 0 && activity->do_not == work->do_not)
        return TRUE;
    }
  return FALSE;
}

/**
 * cpd_plan_whole_add_based:
 * @key: of the work
 *
 * Work that is done again and again (a Procedure each time) stands there once.
 */
void
cpd_plan_whole_add_based (CpdPlanWhole *whole, const CpdPlanMember *root, const char *key, const CpdPlanWork *work)
{
  gpointer goal = NULL;
  gboolean ours = FALSE;

  if (work->hidden || g_hash_table_contains (whole->keys, key))
    return;
  for (guint i = 0; !ours && work->based_on[i] != NULL; i++)
    ours = g_hash_table_lookup_extended (whole->keys, work->based_on[i], NULL, &goal);
  if (!ours)
    return;
  if (GPOINTER_TO_UINT (goal) == 0)
    goal = GUINT_TO_POINTER (goal_of (whole, root, work, NULL, TRUE));
  add_key (whole, key, GPOINTER_TO_UINT (goal));
  if (!has_work (whole, work))
    add_activity (whole, g_strdup (work->text), work, NULL, GPOINTER_TO_UINT (goal));
}

static int
newest_first (gconstpointer a, gconstpointer b)
{
  const CpPlanEvaluation *left = *(CpPlanEvaluation *const *) a;
  const CpPlanEvaluation *right = *(CpPlanEvaluation *const *) b;
  int order;

  if (left->at != right->at)
    return left->at < right->at ? 1 : -1;
  if (left->goal != right->goal)
    return left->goal < right->goal ? -1 : 1;
  if (left->state != right->state)
    return left->state - right->state;
  order = strcmp (left->text, right->text);
  return order != 0 ? order : g_strcmp0 (left->author, right->author);
}

static void
move_all (GPtrArray **from, GPtrArray **to)
{
  GPtrArray *had = *to;

  if ((*from)->len > MANY)
    g_ptr_array_set_size (*from, MANY);
  *to = *from;
  *from = had;
}

/**
 * cpd_plan_whole_take:
 *
 * Moves what was put together into @plan.
 */
void
cpd_plan_whole_take (CpdPlanWhole *whole, CpCarePlan *plan)
{
  g_ptr_array_sort (whole->evaluations, newest_first);
  move_all (&whole->goals, &plan->goals);
  move_all (&whole->activities, &plan->activities);
  move_all (&whole->evaluations, &plan->evaluations);
}
