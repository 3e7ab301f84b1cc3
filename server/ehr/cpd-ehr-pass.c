/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-pass.h"

#include "cpd-ehr-about.h"
#include "cpd-ehr-contacts.h"
#include "cpd-ehr-keep.h"
#include "cpd-ehr-later.h"
#include "cpd-ehr-latest.h"
#include "cpd-ehr-others.h"
#include "cpd-ehr-recall.h"
#include "cpd-ehr-reader.h"
#include "cpd-ehr-refused.h"
#include "cpd-ehr-untold.h"
#include "cpd-store-ehr-contact.h"
#include "cpd-store-ehr-server.h"
#include "cpd-store-ehr.h"
#include "cpd-store-replaced.h"

static void
report (CpdEhrRun *run, const CpdEhrResource *resource, const char *reason)
{
  cpd_ehr_run_problem (run,
                       cpd_ehr_problem_new (CPD_EHR_ODD, resource->place, resource->type, resource->id, "%s", reason));
}

/* (transfer content) (transfer full) */
static CpdEhrRow *
row_new (const CpdEhrResource *resource, CpdEhrKind kind, gint64 patient, const char *id, gpointer content)
{
  CpdEhrRow *row = cpd_ehr_row_new (kind, patient, resource->type, id, content);

  row->version_id = g_strdup (resource->version_id);
  return row;
}

/* (transfer row) */
static gboolean
send_row (CpdEhrRun *run, CpdEhrRow *row, GError **error)
{
  /* What it asked for by name may have moved since. */
  if (run->later != NULL && !cpd_ehr_later_check (run->later, error))
    {
      cpd_ehr_row_free (row);
      return FALSE;
    }
  return cpd_ehr_batch_add (run->types[cpd_ehr_run_type (row->type)].batch, row, error);
}

/* FALSE: not for the first time. */
static gboolean
name_row (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id)
{
  if (kind == CPD_EHR_APPOINTMENT || kind == CPD_EHR_CONTACT)
    g_hash_table_add (run->named, g_strdup (id));
  return cpd_ehr_run_see (run, kind, type, id);
}

/* The same resource once more in this run. With a time of change the writer keeps the newest; without one the first
 * counts, or two copies would take turns for ever. TRUE: this one does not count. A directory should have it once; of a
 * server it comes again with each round, and by its id. */
static gboolean
is_repeated (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, const char *id)
{
  run->repeated = !name_row (run, kind, resource->type, id);
  if (!run->repeated)
    return FALSE;
  if (run->recall != NULL)
    cpd_ehr_recall_again (run->recall);
  if (resource->last_updated != 0)
    return FALSE;
  if (run->recall != NULL)
    report (run, resource, "more than once in the directory: the first counts");
  return TRUE;
}

/* What was about somebody else. When nothing says which came later it is shown to nobody, and stays told. */
static void
report_other (CpdEhrRun *run, const CpdEhrResource *resource, gint64 patient, gboolean moves)
{
  static const char reason[] = "is about another Patient than before: it is removed there and not shown here";

  if (moves)
    {
      report (run, resource, "is about another Patient than before: it goes over");
      return;
    }
  report (run, resource, reason);
  cpd_ehr_run_bad (run, patient, resource->place, resource->type, resource->id, reason);
  run->strange = TRUE;
}

/* What is kept of it was made of this very resource, and only our reading of it is another. Where no line tells, the
 * resource's own time of change does: equal times say nothing by themselves, but when everything is read anew for our
 * sake nearly all is what it was. When neither tells, it counts as changed: better a correction that is none than one
 * that nobody sees. */
static gboolean
is_only_read_anew (const CpdEhrRun *run, const CpdEhrKnown *known, const CpdEhrRow *row)
{
  if (known->row == 0 || known->patient != row->patient)
    return FALSE;
  return run->anew || (run->anew_since != 0 && row->last_updated != 0 &&
                       (row->last_updated < run->anew_since || row->last_updated == known->last_updated));
}

/* Stores row when it changes something; what belongs to somebody else is removed there. (transfer row) */
static gboolean
store (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrRow *row, GError **error)
{
  g_autoptr (CpdEhrRow) owned = row;
  CpdEhrKnown known = { 0 };
  gint64 by = 0;
  gboolean fresh = run->types[cpd_ehr_run_type (resource->type)].fresh;
  gboolean late = FALSE;
  gboolean untold = FALSE;

  /* Of a first load there can only be rows of this run, which the writer looks for. */
  row->first = fresh && !run->repeated && !run->met;
  if (!fresh &&
      !cpd_store_ehr_find (run->db, row->kind, run->sync->config->source_name, row->type, row->id, &known, error))
    return FALSE;
  row->known = known.row;
  if (!cpd_ehr_latest_set_changed (run, resource, row, &known, error))
    return FALSE;
  if (known.row == 0 && !row->first && !cpd_ehr_latest_is_late (run, resource, row, &late, error))
    return FALSE;
  if (late)
    return TRUE;
  if (!fresh && !cpd_ehr_untold_judge (run, resource, row, &known, &untold, error))
    return FALSE;
  if (untold)
    return send_row (run, g_steal_pointer (&owned), error);
  row->anew = is_only_read_anew (run, &known, row);
  if (known.row == 0 && !fresh && !cpd_store_replaced_by (run->db, run->sync->config->source_name, row, &by, error))
    return FALSE;
  /* What it replaced itself is told there; what is not shown replaces nothing. */
  if (by != 0 && (row->removed || ((const CpdEhrItem *) row->content)->replaces == NULL))
    return TRUE;
  if (known.row != 0 && known.patient != row->patient && !cpd_store_ehr_is_older (&known, row))
    report_other (run, resource, row->patient, cpd_store_ehr_moves (&known, row));
  run->shown = run->shown || row->content != NULL;
  if (run->waits && row->content != NULL && (known.row == 0 || known.patient == row->patient))
    {
      run->waiting = row->patient;
      return TRUE;
    }
  /* What another line of this run says of it may be on its way to the writer still: there it is compared. */
  if (cpd_store_ehr_is_unchanged (&known, row) && !(run->repeated && (known.row == 0 || run->recall != NULL)))
    return known.row == 0 || row->kind != CPD_EHR_ITEM || row->content == NULL ||
           cpd_ehr_keep_missing (run->sync, run->db, known.row, row->content, error);
  if (row->kind == CPD_EHR_ITEM && row->content != NULL &&
      !cpd_ehr_keep_attachments (run->sync, run->db, known.patient == row->patient ? known.row : 0, row->content,
                                 error))
    return FALSE;
  return send_row (run, g_steal_pointer (&owned), error);
}

/* TRUE when it comes in the place of what is here of that patient: it is put right by another resource. */
static gboolean
replaces_here (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, gint64 patient)
{
  g_autofree char *replaces = cpd_ehr_map_replaces (&run->mapper, resource);
  g_auto (GStrv) ids = g_strsplit (replaces != NULL ? replaces : "", " ", -1);
  gboolean here = FALSE;
  CpdEhrKnown known;

  for (gsize i = 0; !here && ids[i] != NULL; i++)
    here = cpd_store_ehr_find (run->db, kind, run->sync->config->source_name, resource->type, ids[i], &known, NULL) &&
           known.row != 0 && !known.removed && known.patient == patient;
  return here;
}

/* TRUE when an appointment is shown to the patient under another id: it was theirs alone, or one of several. Also when
 * that cannot be said. */
static gboolean
has_other_id (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, gint64 patient, const char *id)
{
  CpdEhrKnown alike;

  return !cpd_store_ehr_find_alike (run->db, kind, run->sync->config->source_name, resource->type, id, patient, &alike,
                                    NULL) ||
         alike.row != 0;
}

/* TRUE when a row of it is here: of that patient, or shown to somebody else; or will be, when it has what it lacks. Of
 * a contact it must show: of two records of one person only one does, and of who has died that stays the same one. Also
 * when that cannot be said, which storing it will tell. */
static gboolean
is_here (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, gint64 patient, const char *id)
{
  CpdEhrKnown known;

  return cpd_store_ehr_is_lacking (run->db, run->sync->config->source_name, resource->type, resource->id) ||
         !cpd_store_ehr_find (run->db, kind, run->sync->config->source_name, resource->type, id, &known, NULL) ||
         (known.row != 0 && (!known.removed || (known.patient == patient && kind != CPD_EHR_CONTACT))) ||
         replaces_here (run, resource, kind, patient) || has_other_id (run, resource, kind, patient, id);
}

/* Nothing new comes of somebody who has died. What is here follows what the source makes of it: it is put right,
 * cancelled or withdrawn there still. */
static gboolean
is_over (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, const CpdEhrAbout *about)
{
  return kind != CPD_EHR_PROFILE && cpd_ehr_link_has_died (run->link, about->key) &&
         !is_here (run, resource, kind, about->patient, about->id);
}

/* It is looked at again when that was a mistake. */
static void
leave_out (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, const char *id)
{
  name_row (run, kind, resource->type, id);
  if (run->recall != NULL)
    cpd_ehr_recall_again (run->recall);
}

/* settled: of who has died, and was here before this run. */
static gboolean
store_contacts (CpdEhrRun *run, const CpdEhrResource *resource, const CpdEhrAbout *about, gboolean settled,
                GError **error)
{
  g_autoptr (GPtrArray) contacts = cpd_ehr_map_patient_contacts (&run->mapper, resource);

  if (!cpd_ehr_contacts_settle (run, about->patient, resource, contacts, error))
    return FALSE;
  for (guint i = 0; i < contacts->len; i++)
    {
      CpdEhrPatientContact *contact = g_ptr_array_index (contacts, i);
      gboolean doubled = !settled && cpd_ehr_link_has_contact (run->link, about->key, contact);
      CpdEhrRow *row;

      if (settled && !is_here (run, resource, CPD_EHR_CONTACT, about->patient, contact->id))
        {
          leave_out (run, resource, CPD_EHR_CONTACT, contact->id);
          continue;
        }
      if (is_repeated (run, resource, CPD_EHR_CONTACT, contact->id))
        continue;
      row = row_new (resource, CPD_EHR_CONTACT, about->patient, contact->id,
                     doubled ? NULL : g_steal_pointer (&contact->content));
      if (!store (run, resource, row, error))
        return FALSE;
    }
  return TRUE;
}

/* A contact inside the Patient of who turns out to have died stays, and so the same person is no contact twice by a
 * record of their own that comes with it. */
static gboolean
is_contact_already (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, const CpdEhrAbout *about,
                    const CpdEhrContact *content)
{
  return kind == CPD_EHR_CONTACT && content != NULL && cpd_ehr_link_keeps (run->link, about->patient) &&
         !is_here (run, resource, kind, about->patient, about->id) &&
         cpd_store_ehr_has_own_contact (run->db, about->patient, content);
}

static gboolean
store_resource (CpdEhrRun *run, const CpdEhrResource *resource, const CpdEhrAbout *about, GError **error)
{
  CpdEhrKind kind = cpd_ehr_kind_of (resource->type);
  gpointer content = NULL;
  const char *reason = NULL;
  gboolean waited = run->waits;
  CpdEhrMapped mapped;

  run->passed_over = is_repeated (run, resource, kind, about->id);
  if (run->passed_over)
    return TRUE;
  run->mapper.patient = about->key;
  run->left_out = FALSE;
  mapped = cpd_ehr_map (&run->mapper, resource, &content, &reason);
  run->mapper.patient = NULL;
  /* Without its file nothing can be said of it yet. */
  if (mapped == CPD_EHR_STRANGE && run->waits && !waited)
    {
      run->waiting = about->patient;
      return cpd_ehr_latest_take_away (run, resource, about, error);
    }
  run->strange = mapped == CPD_EHR_STRANGE;
  if (run->strange && !cpd_ehr_latest_take_away (run, resource, about, error))
    return FALSE;
  if (run->strange)
    {
      const CpdQuarantined odd = { .type = resource->type,
                                   .id = resource->id,
                                   .place = resource->place,
                                   .reason = (char *) reason,
                                   .patient = about->patient };

      cpd_ehr_run_odd (run, &odd);
    }
  else if (reason != NULL)
    report (run, resource, reason);
  if (run->left_out)
    report (run, resource, CPD_EHR_LEFT_OUT);
  if (run->strange)
    return TRUE;
  if (is_contact_already (run, resource, kind, about, content))
    {
      cpd_ehr_content_free (kind, content);
      leave_out (run, resource, kind, about->id);
      return TRUE;
    }
  return store (run, resource, row_new (resource, kind, about->patient, about->id, content), error);
}

/* (transfer row) */
static gboolean
forget (CpdEhrRun *run, CpdEhrRow *row, const char *place, GError **error)
{
  cpd_ehr_run_problem (run, cpd_ehr_problem_new (CPD_EHR_ODD, place, row->type, row->id,
                                                 "is about somebody else than before: it is removed"));
  return send_row (run, row, error);
}

static gboolean
forget_row (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, const char *id, GError **error)
{
  CpdEhrKnown known;
  CpdEhrRow *row;

  if (!cpd_store_ehr_find (run->db, kind, run->sync->config->source_name, resource->type, id, &known, error))
    return FALSE;
  if (known.row == 0 || known.removed)
    {
      if (!cpd_ehr_untold_row (run, resource, kind, id, &row, error) || (row != NULL && !send_row (run, row, error)))
        return FALSE;
      /* What a line before this one made is on its way to the writer: the next run judges them. */
      if (run->recall != NULL && cpd_ehr_run_has_seen (run, kind, resource->type, id))
        cpd_ehr_recall_again (run->recall);
      return TRUE;
    }
  row = row_new (resource, kind, known.patient, id, NULL);
  row->untold = TRUE;
  if (!cpd_ehr_latest_set_changed (run, resource, row, &known, error))
    {
      cpd_ehr_row_free (row);
      return FALSE;
    }
  if (cpd_ehr_others_wait (run, resource, &known, row))
    return TRUE;
  if (!cpd_ehr_link_is_whole (run->link, known.patient) || cpd_store_ehr_is_older (&known, row))
    {
      cpd_ehr_row_free (row);
      return TRUE;
    }
  return forget (run, row, resource->place, error);
}

/**
 * cpd_ehr_pass_forget:
 *
 * A resource of nobody who is enrolled. When it was somebody's before, it is so no more; of an appointment of several
 * each has a row.
 */
gboolean
cpd_ehr_pass_forget (CpdEhrRun *run, const CpdEhrResource *resource, GError **error)
{
  CpdEhrKind kind = cpd_ehr_kind_of (resource->type);
  g_autoptr (GPtrArray) ids = NULL;

  if (kind == CPD_EHR_PROFILE)
    return TRUE;
  ids = cpd_store_ehr_ids_of (run->db, kind, run->sync->config->source_name, resource->type, resource->id, error);
  if (ids == NULL)
    return FALSE;
  for (guint i = 0; i < ids->len; i++)
    if (!forget_row (run, resource, kind, g_ptr_array_index (ids, i), error))
      return FALSE;
  return TRUE;
}

/**
 * cpd_ehr_pass_is_over:
 *
 * Returns: TRUE when it is about nobody but who has died, and nothing of it is here.
 */
gboolean
cpd_ehr_pass_is_over (CpdEhrRun *run, const CpdEhrResource *resource)
{
  g_autoptr (GPtrArray) all = cpd_ehr_about (run, resource);
  gboolean over = all->len > 0;

  for (guint i = 0; over && i < all->len; i++)
    over = is_over (run, resource, cpd_ehr_kind_of (resource->type), g_ptr_array_index (all, i));
  return over;
}

static gboolean
take_for (CpdEhrRun *run, const CpdEhrResource *resource, const CpdEhrAbout *about, GError **error)
{
  CpdEhrKind kind = cpd_ehr_kind_of (resource->type);
  gboolean is_patient = g_str_equal (resource->type, "Patient");
  gboolean settled;

  if (is_over (run, resource, kind, about))
    {
      leave_out (run, resource, kind, about->id);
      return TRUE;
    }
  /* A Patient that was replaced stands for the person in references only. */
  if (is_patient && !cpd_ehr_link_is_main (run->link, resource->id))
    return TRUE;
  run->report->types[cpd_ehr_run_type (resource->type)].read++;
  settled = is_patient && cpd_ehr_link_keeps (run->link, about->patient) &&
            is_here (run, resource, kind, about->patient, about->id);
  /* Of two Patients without a time of change the first counts, with its contacts. */
  return store_resource (run, resource, about, error) &&
         (!is_patient || (run->repeated && resource->last_updated == 0) ||
          store_contacts (run, resource, about, settled, error));
}

/* Of a directory; of a server cpd-ehr-take.c tells it. It is taken as it is, and told until it says otherwise. */
static void
tell_ahead (CpdEhrRun *run, const CpdEhrResource *resource, gint64 patient)
{
  if (run->recall == NULL || run->strange || !cpd_ehr_run_is_ahead (run, resource->last_updated))
    return;
  report (run, resource, CPD_EHR_YET_TO_COME);
  cpd_ehr_run_bad (run, patient, resource->place, resource->type, resource->id, CPD_EHR_YET_TO_COME);
}

/**
 * cpd_ehr_pass_take:
 *
 * Returns: FALSE with @error when the database fails.
 */
gboolean
cpd_ehr_pass_take (CpdEhrRun *run, const CpdEhrResource *resource, GError **error)
{
  g_autoptr (GPtrArray) all = cpd_ehr_about (run, resource);
  CpdEhrKind kind = cpd_ehr_kind_of (resource->type);

  run->strange = run->shown = FALSE;
  run->waiting = 0;
  run->met = (kind == CPD_EHR_APPOINTMENT || kind == CPD_EHR_PROFILE) &&
             !cpd_ehr_run_meet (run, kind, resource->type, resource->id);
  g_hash_table_remove_all (run->named);
  if (run->met && !cpd_ehr_latest_wait (run, resource, error))
    return FALSE;
  for (guint i = 0; i < all->len; i++)
    if (!take_for (run, resource, g_ptr_array_index (all, i), error))
      return FALSE;
  if (all->len == 0)
    return cpd_ehr_pass_forget (run, resource, error);
  if (!run->strange && (resource->last_updated != 0 || !run->met) && !cpd_ehr_latest_retire (run, resource, error))
    return FALSE;
  tell_ahead (run, resource, ((const CpdEhrAbout *) g_ptr_array_index (all, 0))->patient);
  return TRUE;
}

/* What is known of it by a line before this one, and does not say when it changed: that one counts. */
static gboolean
is_told_before (CpdEhrRun *run, const CpdEhrResource *refused)
{
  return refused->last_updated == 0 &&
         cpd_ehr_run_has_seen (run, cpd_ehr_kind_of (refused->type), refused->type, refused->id);
}

/* What cannot be understood is there all the same, unless it says that it is somebody else's. (transfer problem) */
static gboolean
note_problem (CpdEhrRun *run, CpdEhrProblem *problem, GError **error)
{
  g_autoptr (CpdEhrResource) refused = g_steal_pointer (&problem->refused);
  gboolean elsewhere = FALSE;
  gboolean fine = TRUE;

  if (problem->id != NULL && cpd_ehr_run_type (problem->type) >= 0)
    {
      fine = refused == NULL || is_told_before (run, refused) || cpd_ehr_refused_take (run, refused, &elsewhere, error);
      if (!elsewhere)
        cpd_ehr_run_see (run, cpd_ehr_kind_of (problem->type), problem->type, problem->id);
      cpd_ehr_run_bad (run, 0, problem->place, problem->type, problem->id, problem->reason);
      /* Of a Patient or a shared appointment the rows have other ids: then nothing is concluded. */
      if (g_str_equal (problem->type, "Patient") || g_str_equal (problem->type, "Appointment"))
        run->types[cpd_ehr_run_type (problem->type)].hole = TRUE;
    }
  /* Of what has no id, where it stands tells it from others. */
  else if (problem->severity == CPD_EHR_HOLE)
    cpd_ehr_run_bad (run, 0, problem->place, problem->type, problem->place, problem->reason);
  cpd_ehr_run_problem (run, problem);
  return fine;
}

static void
tell_waiting (CpdEhrRun *run, const CpdEhrResource *resource)
{
  int type = cpd_ehr_run_type (resource->type);

  run->report->types[type].waiting++;
  g_ptr_array_add (run->types[type].lacks, cpd_ehr_lacking_new (resource->id, run->waiting));
  report (run, resource, "it waits for a line, which cannot be read now");
}

static gboolean
take (CpdEhrRun *run, const CpdEhrResource *resource, GError **error)
{
  if (cpd_ehr_run_type (resource->type) < 0)
    return TRUE;
  /* Its contacts depend on more than what it refers to: on who is there as a RelatedPerson. */
  if (g_str_equal (resource->type, "Patient"))
    cpd_ehr_recall_again (run->recall);
  run->waits = FALSE;
  if (!cpd_ehr_pass_take (run, resource, error))
    return FALSE;
  if (run->waiting != 0)
    tell_waiting (run, resource);
  return TRUE;
}

static gboolean
find_fresh (CpdEhrRun *run, GError **error)
{
  for (int i = 0; i < CPD_EHR_N_TYPES; i++)
    if (!cpd_store_ehr_is_fresh (run->db, cpd_ehr_kind_of (cpd_ehr_sync_types[i]), run->sync->config->source_name,
                                 cpd_ehr_sync_types[i], &run->types[i].fresh, error))
      return FALSE;
  return TRUE;
}

/**
 * cpd_ehr_pass_run:
 *
 * Returns: FALSE with @error.
 */
gboolean
cpd_ehr_pass_run (CpdEhrRun *run, CpdEhrTags *tags, GError **error)
{
  g_autoptr (CpdEhrReader) reader = cpd_ehr_reader_new (run->sync->config->source_directory, cpd_ehr_sync_types, error);
  CpdEhrRead read = CPD_EHR_READ_RESOURCE;
  gboolean fine = TRUE;

  if (reader == NULL || !find_fresh (run, error))
    return FALSE;
  cpd_ehr_tags_follow (tags, reader);
  while (fine && read != CPD_EHR_READ_END)
    {
      g_autoptr (CpdEhrResource) resource = NULL;
      g_autoptr (CpdEhrProblem) problem = NULL;

      if (g_cancellable_set_error_if_cancelled (run->cancellable, error) || !cpd_ehr_lease_keep (run->lease, error))
        return FALSE;
      read = cpd_ehr_reader_next (reader, &resource, &problem);
      if (!cpd_ehr_tags_check (tags, error))
        return FALSE;
      if (problem != NULL)
        fine = note_problem (run, g_steal_pointer (&problem), error);
      else if (resource != NULL)
        fine = take (run, resource, error);
      fine = fine && cpd_ehr_recall_keep (run->recall, error);
    }
  fine = fine && cpd_ehr_recall_end (run->recall, error) && cpd_ehr_others_end (run, forget, error);
  for (int i = 0; fine && i < CPD_EHR_N_TYPES; i++)
    fine = cpd_ehr_batch_flush (run->types[i].batch, error) &&
           !g_cancellable_set_error_if_cancelled (run->cancellable, error);
  return fine && cpd_ehr_sweep (run, error);
}
