/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-compose.h"

#include <string.h>

#include "cp-json.h"
#include "cpd-ehr-evaluations.h"
#include "cpd-ehr-plan-whole.h"
#include "cpd-store-summary.h"

#define PATIENTS_AT_ONCE 50
#define DEPTH_MAX 16 /* plans inside each other */

/* What is known of the plans of one patient. */
typedef struct
{
  CpdDb *db;
  gint64 patient;
  CpTime now;
  const CpdEhrCards *cards; /* (borrowed) */
  GPtrArray *rows;          /* (owned) of CpdStorePlan */
  GPtrArray *pieces;        /* (owned) of CpdStorePiece */
  GPtrArray *members;       /* (owned) of CpdPlanMember */
  GHashTable *found;        /* (owned) "source\nkey" -> Found */
  GPtrArray *crossed;       /* (borrowed): see cpd_ehr_compose_dirty() */
  gboolean changed;
  GError *error; /* (nullable): of a callback; then nothing is kept */
} Compose;

static void
member_free (gpointer data)
{
  CpdPlanMember *member = data;

  cpd_plan_own_free (member->own);
  g_free (member);
}

static gpointer
parse (const CpRecordType *type, const char *text)
{
  g_autoptr (JsonNode) node = cp_json_parse (text, strlen (text), CP_JSON_DEPTH_FHIR, NULL);

  return node != NULL ? cp_record_from_json (type, node, CP_RECORD_LENIENT, NULL) : NULL;
}

static char *
name_of (const char *source, const char *key)
{
  return g_strconcat (source, "\n", key, NULL);
}

/* A piece, read. */
typedef struct _Found Found;
struct _Found
{
  CpdPlanAim *aim;   /* (nullable): of a Goal */
  CpdPlanWork *work; /* (nullable): of any other */
  const Found *by;   /* (borrowed) (nullable): work that has its place */
};

static void
found_free (gpointer data)
{
  Found *found = data;

  cpd_plan_aim_free (found->aim);
  cpd_plan_work_free (found->work);
  g_free (found);
}

static void
add_pieces (Compose *compose)
{
  for (guint i = 0; i < compose->pieces->len; i++)
    {
      const CpdStorePiece *piece = g_ptr_array_index (compose->pieces, i);
      Found *found = g_new0 (Found, 1);

      if (g_str_has_prefix (piece->key, "Goal/"))
        found->aim = parse (&cpd_plan_aim_record, piece->body);
      else
        found->work = parse (&cpd_plan_work_record, piece->body);
      g_hash_table_insert (compose->found, name_of (piece->source, piece->key), found);
    }
}

static gboolean
is_named (const CpdPlanWork *work, const char *key)
{
  return work != NULL && !work->hidden && g_strv_contains ((const char *const *) work->replaces, key);
}

/* A request that has the place of another stands wherever that one does: unless each says so of the other. */
static void
replace_pieces (Compose *compose)
{
  for (guint i = 0; i < compose->pieces->len; i++)
    {
      const CpdStorePiece *piece = g_ptr_array_index (compose->pieces, i);
      g_autofree char *name = name_of (piece->source, piece->key);
      const Found *found = g_hash_table_lookup (compose->found, name);

      for (gsize n = 0; found->work != NULL && !found->work->hidden && found->work->replaces[n] != NULL; n++)
        {
          g_autofree char *other_name = name_of (piece->source, found->work->replaces[n]);
          Found *other = g_hash_table_lookup (compose->found, other_name);

          if (other != NULL && other->work != NULL && other != found && !is_named (other->work, piece->key))
            other->by = found;
        }
    }
}

/* What has its place now; in a circle nothing has. */
static const Found *
newest_of (const Found *found)
{
  const Found *newest = found;

  for (int depth = 0; newest->by != NULL; depth++)
    {
      if (depth > DEPTH_MAX)
        return found;
      newest = newest->by;
    }
  return newest;
}

static gpointer
find_cb (const CpdPlanMember *member, const char *key, gpointer data)
{
  const Compose *compose = data;
  g_autofree char *name = name_of (member->row->source, key);
  const Found *found = g_hash_table_lookup (compose->found, name);

  if (found == NULL)
    return NULL;
  found = newest_of (found);
  return found->aim != NULL ? (gpointer) found->aim : found->work;
}

static gboolean
appointment_cb (const CpdPlanMember *member, const char *id, char **words, gpointer data)
{
  Compose *compose = data;
  gboolean shown;

  cpd_store_plan_appointment (compose->db, compose->patient, member->row->source, id, &shown, words,
                              compose->error == NULL ? &compose->error : NULL);
  return shown;
}

static gboolean
other_cb (const CpdPlanMember *member, const char *key, gpointer data)
{
  Compose *compose = data;
  gboolean other;

  cpd_store_plan_is_of_other (compose->db, compose->patient, member->row->source, key, &other,
                              compose->error == NULL ? &compose->error : NULL);
  if (other && !g_ptr_array_find_with_equal_func (compose->crossed, member->row->key, g_str_equal, NULL))
    g_ptr_array_add (compose->crossed, g_strdup (member->row->key));
  return other;
}

static void
add_members (Compose *compose)
{
  for (guint i = 0; i < compose->rows->len; i++)
    {
      CpdPlanMember *member = g_new0 (CpdPlanMember, 1);

      member->row = g_ptr_array_index (compose->rows, i);
      member->own = parse (&cpd_plan_own_record, member->row->own);
      if (member->own == NULL)
        member->own = cpd_plan_own_new ();
      g_ptr_array_add (compose->members, member);
    }
}

static const CpdPlanMember *
find_member (const Compose *compose, const char *source, const char *key)
{
  for (guint i = 0; i < compose->members->len; i++)
    {
      const CpdPlanMember *member = g_ptr_array_index (compose->members, i);

      if (g_str_equal (member->row->key, key) && g_str_equal (member->row->source, source))
        return member;
    }
  return NULL;
}

/* (nullable): one that is shown before one that is gone. */
static const CpdPlanMember *
parent_of (const Compose *compose, const CpdPlanMember *member)
{
  const CpdPlanMember *parent = NULL;

  if (member->row->gone)
    return NULL;
  for (guint i = 0; (parent == NULL || parent->row->gone) && member->own->part_of[i] != NULL; i++)
    {
      const CpdPlanMember *other = find_member (compose, member->row->source, member->own->part_of[i]);

      if (other != NULL && other != member)
        parent = other;
    }
  return parent;
}

/* Up to the plan that is part of no other. In a circle nobody is on top: then each is a plan of its own. What stands
 * under a plan that is gone stands there, and is not shown: not as a plan of its own either. */
static gint64
root_of (const Compose *compose, const CpdPlanMember *member)
{
  const CpdPlanMember *top = member;
  const CpdPlanMember *parent;
  int depth = 0;

  while ((parent = parent_of (compose, top)) != NULL)
    {
      if (++depth > DEPTH_MAX)
        return member->row->id;
      top = parent;
    }
  return top->row->id;
}

static gboolean
replaces (const CpdPlanMember *member, const CpdPlanMember *other)
{
  return member != other && !member->row->gone && g_str_equal (member->row->source, other->row->source) &&
         g_strv_contains ((const char *const *) member->own->replaces, other->row->key);
}

/* Another plan took its place, whatever its own status says: unless each says so of the other. */
static gboolean
is_replaced (const Compose *compose, const CpdPlanMember *member)
{
  for (guint i = 0; i < compose->members->len; i++)
    {
      const CpdPlanMember *other = g_ptr_array_index (compose->members, i);

      if (replaces (other, member) && !replaces (member, other))
        return TRUE;
    }
  return FALSE;
}

/* The parts of a plan that no other part has replaced. */
static gboolean
is_part (const Compose *compose, const CpdPlanMember *member, const CpdPlanMember *root)
{
  return member != root && member->root == root->row->id && !is_replaced (compose, member);
}

static CpCarePlan *
put_together (Compose *compose, const CpdPlanMember *root, CpdPlanWhole *whole)
{
  CpCarePlan *plan = cp_care_plan_new ();

  plan->id = g_strdup ("");
  plan->version = 1;
  plan->title = g_strdup (root->row->title != NULL ? root->row->title : "");
  plan->description = g_strdup (root->row->description);
  plan->state = is_replaced (compose, root) ? CP_CARE_PLAN_EXPIRED : root->row->state;
  plan->from = g_strdup (root->row->from);
  plan->until = g_strdup (root->row->until);
  plan->author = g_strdup (root->own->author);
  plan->author_role = g_strdup (root->own->author_role);
  plan->discussed_on = g_strdup (root->own->discussed_on);
  g_strfreev (plan->discussed_with);
  plan->discussed_with = g_strdupv (root->own->discussed_with);
  g_strfreev (plan->teams);
  plan->teams = g_strdupv (root->own->teams);
  cpd_plan_whole_add_goals (whole, root);
  for (guint i = 0; i < compose->members->len; i++)
    {
      const CpdPlanMember *member = g_ptr_array_index (compose->members, i);

      if (is_part (compose, member, root))
        cpd_plan_whole_add_goals (whole, member);
    }
  cpd_plan_whole_add_works (whole, root, TRUE);
  for (guint i = 0; i < compose->members->len; i++)
    {
      const CpdPlanMember *member = g_ptr_array_index (compose->members, i);

      if (is_part (compose, member, root))
        cpd_plan_whole_add_works (whole, member, FALSE);
    }
  for (guint i = 0; i < compose->pieces->len; i++)
    {
      const CpdStorePiece *piece = g_ptr_array_index (compose->pieces, i);
      g_autofree char *name = name_of (piece->source, piece->key);
      const Found *found = g_hash_table_lookup (compose->found, name);

      if (found != NULL && found->work != NULL && newest_of (found) == found &&
          g_str_equal (piece->source, root->row->source))
        cpd_plan_whole_add_based (whole, root, piece->key, found->work);
    }
  cpd_plan_whole_take (whole, plan);
  return plan;
}

/* (transfer full): what tells one version from another: not how it goes, nor who carries it out, nor since when a goal
 * is one, which nothing shows. */
static char *
what_it_says (const CpCarePlan *plan)
{
  g_autoptr (CpCarePlan) copy = cp_record_copy (&cp_care_plan_record, plan);

  g_ptr_array_set_size (copy->evaluations, 0);
  g_strfreev (copy->teams);
  copy->teams = g_new0 (char *, 1);
  for (guint i = 0; i < copy->goals->len; i++)
    g_clear_pointer (&((CpPlanGoal *) g_ptr_array_index (copy->goals, i))->start, g_free);
  return cp_record_to_text (&cp_care_plan_record, copy, NULL, NULL);
}

/* before: (nullable): it could not be read */
static gboolean
says_the_same (const CpCarePlan *before, const CpCarePlan *plan)
{
  g_autofree char *old = before != NULL ? what_it_says (before) : NULL;
  g_autofree char *new = what_it_says (plan);

  return g_strcmp0 (old, new) == 0;
}

static gboolean
compose_plan (Compose *compose, const CpdPlanMember *root, GError **error)
{
  g_autoptr (CpdPlanWhole) whole = cpd_plan_whole_new (find_cb, appointment_cb, other_cb, compose);
  g_autoptr (CpCarePlan) plan = put_together (compose, root, whole);
  const char *old = root->row->body;
  g_autoptr (CpCarePlan) before = old != NULL ? parse (&cp_care_plan_record, old) : NULL;
  g_autofree char *body = NULL;
  /* Of a patient with both it is not known which of the plans the EHR changed: each counts as changed. */
  gboolean new_version = old != NULL && !compose->cards->anew && !says_the_same (before, plan);
  gboolean others = FALSE;

  if (compose->error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&compose->error));
      return FALSE;
    }
  if (!cpd_store_plan_set_keys (compose->db, root->row->id, cpd_plan_whole_keys (whole), error) ||
      !cpd_store_plan_note_others (compose->db, root->row->id, &others, error) ||
      !cpd_ehr_evaluations_keep (compose->cards, root->row, plan, before, cpd_plan_whole_keys (whole),
                                 cpd_plan_whole_judgements (whole), error))
    return FALSE;
  body = cp_record_to_text (&cp_care_plan_record, plan, NULL, NULL);
  compose->changed |= others || g_strcmp0 (old, body) != 0;
  if (g_strcmp0 (old, body) == 0)
    return TRUE;
  /* What it said of another client is no version of it. */
  return cpd_store_plan_set_body (compose->db, root->row->id, body, new_version && !others, compose->now, error);
}

static gboolean
compose_all (Compose *compose, GError **error)
{
  for (guint i = 0; i < compose->members->len; i++)
    {
      CpdPlanMember *member = g_ptr_array_index (compose->members, i);

      if (member->row->gone)
        continue;
      member->root = root_of (compose, member);
      if (!cpd_store_plan_set_place (compose->db, member->row->id, member->root != member->row->id ? member->root : 0,
                                     is_replaced (compose, member), error))
        return FALSE;
    }
  for (guint i = 0; i < compose->members->len; i++)
    {
      const CpdPlanMember *member = g_ptr_array_index (compose->members, i);

      if (member->root == member->row->id
              ? !compose_plan (compose, member, error)
              : !cpd_ehr_evaluations_keep (compose->cards, member->row, NULL, NULL, NULL, NULL, error))
        return FALSE;
    }
  return cpd_store_plans_done (compose->db, compose->patient, error);
}

static gboolean
compose_patient (const CpdEhrCards *cards, CpTime now, GPtrArray *crossed, gboolean *changed, GError **error)
{
  CpdDb *db = cards->db;
  gint64 patient = cards->patient;
  Compose compose = { .db = db, .patient = patient, .now = now, .cards = cards, .crossed = crossed };
  gboolean fine;

  compose.rows = cpd_store_plans_of (db, patient, error);
  if (compose.rows == NULL)
    return FALSE;
  compose.pieces = cpd_store_pieces_of (db, patient, error);
  compose.members = g_ptr_array_new_with_free_func (member_free);
  compose.found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, found_free);
  fine = compose.pieces != NULL;
  if (fine)
    {
      add_pieces (&compose);
      replace_pieces (&compose);
      add_members (&compose);
      fine = compose_all (&compose, error);
    }
  g_hash_table_unref (compose.found);
  g_ptr_array_unref (compose.members);
  g_ptr_array_unref (compose.rows);
  g_clear_pointer (&compose.pieces, g_ptr_array_unref);
  *changed = compose.changed || g_hash_table_contains (cards->changed, &patient);
  return fine;
}

typedef struct
{
  const CpdEhrSync *sync;
  const GArray *patients;
  GPtrArray *crossed;
  CpTime now;
} Job;

static gboolean
compose_some (CpdDb *db, gpointer data, GError **error)
{
  const Job *job = data;
  g_autoptr (CpdStoreItems) items = cpd_store_items_new (db);
  g_autoptr (GHashTable) cards_changed = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);

  for (guint i = 0; i < job->patients->len; i++)
    {
      gint64 patient = g_array_index (job->patients, gint64, i);
      CpdEhrCards cards = { db, items, job->sync->config->zone, patient, cards_changed, FALSE };
      gboolean changed = FALSE;

      if (!cpd_store_plans_anew (db, patient, &cards.anew, error) ||
          !compose_patient (&cards, job->now, job->crossed, &changed, error))
        return FALSE;
      if (changed && (!cpd_store_summary_refresh (db, patient, job->now, job->sync->config->zone, error) ||
                      (job->sync->changed != NULL && !job->sync->changed (db, patient, error))))
        return FALSE;
    }
  return cpd_store_items_finish (items, error);
}

/**
 * cpd_ehr_compose_dirty:
 * @reader: a connection of this thread
 * @crossed: (element-type utf8):
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_compose_dirty (const CpdEhrSync *sync, CpdDb *reader, CpTime now, GCancellable *cancellable, GPtrArray *crossed,
                       GError **error)
{
  for (;;)
    {
      g_autoptr (GArray) patients = cpd_store_plans_dirty (reader, PATIENTS_AT_ONCE, error);
      Job job = { sync, patients, crossed, now };

      if (patients == NULL || g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (patients->len == 0)
        return TRUE;
      if (!cpd_writer_run (sync->writer, compose_some, &job, error))
        return FALSE;
    }
}
