/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-freshness.h"

#include <pthread.h>
#include <string.h>

#include "cpd-ehr-schedule.h"
#include "cpd-store-ehr-sync.h"
#include "cpd-store-lease.h"

#define GRACE (15 * CP_TIME_MINUTE) /* a slot that has not begun by then was skipped */
#define BEGINNING CP_TIME_MINUTE    /* a slot that has begun has its lease by then */

/* Types, and which of them (bits) each kind is made of. */
enum
{
  PATIENT,
  RELATED_PERSON,
  CARE_TEAM,
  GOAL,
  CARE_PLAN,
  SERVICE_REQUEST,
  TASK,
  PROCEDURE,
  OBSERVATION,
  DOCUMENT_REFERENCE,
  COMPOSITION,
  QUESTIONNAIRE_RESPONSE,
  APPOINTMENT,
  N_TYPES
};
static const char *const types[N_TYPES + 1] = {
  "Patient",     "RelatedPerson",     "CareTeam",    "Goal",
  "CarePlan",    "ServiceRequest",    "Task",        "Procedure",
  "Observation", "DocumentReference", "Composition", "QuestionnaireResponse",
  "Appointment"
};
static const guint types_of[CP_FRESH_N_KINDS] = {
  [CP_FRESH_APPOINTMENTS] = 1 << APPOINTMENT,
  [CP_FRESH_REPORTS] = 1 << OBSERVATION | 1 << DOCUMENT_REFERENCE | 1 << COMPOSITION,
  [CP_FRESH_FORMS] = 1 << QUESTIONNAIRE_RESPONSE,
  [CP_FRESH_PLANS] = 1 << CARE_PLAN | 1 << GOAL | 1 << SERVICE_REQUEST | 1 << TASK | 1 << PROCEDURE,
  [CP_FRESH_PROFILE] = 1 << PATIENT | 1 << CARE_TEAM,
  [CP_FRESH_CONTACTS] = 1 << PATIENT | 1 << RELATED_PERSON,
};

typedef struct
{
  CpdEhrSlot slot;
  CpdEhrSlotState state;
  CpdEhrTypeState types[N_TYPES];
  CpTime leased;  /* until when a run over the EHR holds its lease; 0: none does */
  CpTime read_at; /* of the client; 0: never */
  CpTime now;
} Last;

static gboolean
is_unfinished (const Last *last)
{
  return last->state.started != 0 && last->state.finished == 0 && !last->state.failed;
}

static gboolean
read_lease (CpdDb *db, Last *last, GError **error)
{
  g_autofree char *owner = NULL;

  return !is_unfinished (last) || cpd_store_lease_look (db, &owner, &last->leased, error);
}

/* However long it takes: a run that goes on holds the lease, and one that died loses it. */
static gboolean
is_running (const Last *last)
{
  return is_unfinished (last) && last->now < MAX (last->leased, last->state.started + BEGINNING);
}

/* A slot that has failed says so until it goes well: in an outage it is tried again and again. What was asked for and
 * never came has failed too; what was never asked for, or is not given, was never fetched. */
static int
judge (const Last *last, CpTime fetched_at, gboolean failed)
{
  if (is_running (last))
    return CP_FRESH_RUNNING;
  if (fetched_at == 0)
    return failed ? CP_FRESH_FAILED : CP_FRESH_NEVER;
  if (failed || (last->state.failed && fetched_at < last->slot.at))
    return CP_FRESH_FAILED;
  if (fetched_at >= last->slot.at)
    return CP_FRESH_CURRENT;
  return last->now - last->slot.at < GRACE ? CP_FRESH_LATE : CP_FRESH_SKIPPED;
}

static CpFreshPart *
part_new (const CpdConfig *config, const Last *last, CpFreshKind kind)
{
  CpFreshPart *part = cp_fresh_part_new ();
  gboolean failed = FALSE;
  gboolean never = TRUE;

  part->kind = kind;
  part->shared = cpd_config_shares (config, kind);
  for (int i = 0; i < N_TYPES; i++)
    if ((types_of[kind] & 1u << i) != 0)
      {
        const CpdEhrTypeState *state = &last->types[i];

        /* A type that was never asked for says nothing: it is new in this version, or the source does not have it. Nor
         * does one that the source has never given. */
        if (state->last_attempt == 0 || (state->withheld && state->last_success == 0))
          continue;
        failed |= state->failed;
        if (never || state->last_success < part->fetched_at)
          part->fetched_at = state->last_success;
        never = FALSE;
      }
  /* The types went well, but this client was left out of the newest run. */
  if (last->read_at < part->fetched_at)
    {
      failed |= last->read_at != 0 && last->read_at < last->slot.at;
      part->fetched_at = last->read_at;
    }
  part->state = judge (last, part->fetched_at, failed);
  return part;
}

/* The slots around a moment. They change twice a day and are asked for with every request: the last answer is kept. */
static gboolean
slots_around (const CpdConfig *config, CpTime now, CpdEhrSlot *last, CpdEhrSlot *next)
{
  static pthread_mutex_t mutex = PTHREAD_MUTEX_INITIALIZER;
  static const CpdConfig *kept_for;
  static CpdEhrSlot kept_last;
  static CpdEhrSlot kept_next;
  gboolean found = TRUE;

  pthread_mutex_lock (&mutex);
  if (kept_for != config || now < kept_last.at || now >= kept_next.at)
    {
      found = cpd_ehr_schedule_last (config, now, &kept_last) && cpd_ehr_schedule_next (config, now, &kept_next);
      kept_for = found ? config : NULL;
    }
  *last = kept_last;
  *next = kept_next;
  pthread_mutex_unlock (&mutex);
  return found;
}

/* How the last slot and all types stand. Every request asks for it, and only a run of the sync changes it: the writer's
 * thread keeps the last answer as long as nothing has changed. */
static gboolean
read_states (CpdDb *db, const CpdConfig *config, gboolean has_slot, Last *last, GError **error)
{
  static __thread guint64 kept_at;
  static __thread Last kept;
  guint64 generation = cpd_db_generation (db);

  if (generation != 0 && generation == kept_at && kept.slot.at == last->slot.at)
    {
      last->state = kept.state;
      last->leased = kept.leased;
      memcpy (last->types, kept.types, sizeof kept.types);
      return TRUE;
    }
  if (has_slot && !cpd_store_ehr_slot (db, last->slot.date, last->slot.minute, &last->state, error))
    return FALSE;
  if (!read_lease (db, last, error) || !cpd_store_ehr_type_states (db, config->source_name, types, last->types, error))
    return FALSE;
  kept = *last;
  kept_at = generation;
  return TRUE;
}

/* The oldest of the shared kinds that were ever fetched; 0: none was. */
static CpTime
oldest (const CpFreshness *freshness)
{
  CpTime fetched_at = 0;

  for (guint i = 0; i < freshness->kinds->len; i++)
    {
      const CpFreshPart *part = g_ptr_array_index (freshness->kinds, i);

      if (part->shared && part->fetched_at != 0 && (fetched_at == 0 || part->fetched_at < fetched_at))
        fetched_at = part->fetched_at;
    }
  return fetched_at;
}

/* The whole is as old as its oldest kind, and as bad as its worst; what is not shared does not count. Nor does a kind
 * that the source has never given beside one that it gives: there is nothing of it to be old. */
static void
set_whole (CpFreshness *freshness)
{
  freshness->fetched_at = oldest (freshness);
  freshness->state = CP_FRESH_CURRENT;
  for (guint i = 0; i < freshness->kinds->len; i++)
    {
      const CpFreshPart *part = g_ptr_array_index (freshness->kinds, i);

      if (part->shared && (part->state != CP_FRESH_NEVER || freshness->fetched_at == 0))
        freshness->state = MAX (freshness->state, part->state);
    }
}

/**
 * cpd_ehr_freshness:
 * @kinds: bits of CpFreshKind: those that the asker may see
 *
 * Returns: (transfer full) (nullable)
 */
CpFreshness *
cpd_ehr_freshness (CpdDb *db, const CpdConfig *config, const CpdGrant *grant, CpTime now, guint kinds, GError **error)
{
  g_autoptr (CpFreshness) freshness = cp_freshness_new ();
  Last last = { .now = now, .read_at = grant->read_at };
  CpdEhrSlot next = { .at = now };

  if (!read_states (db, config, slots_around (config, now, &last.slot, &next), &last, error) ||
      (grant->waits && !cpd_store_ehr_type_waits (db, config->source_name, grant->patient, types, last.types, error)))
    return NULL;
  freshness->next_at = next.at;
  for (int kind = 0; kind < CP_FRESH_N_KINDS; kind++)
    if ((kinds & 1u << kind) != 0)
      g_ptr_array_add (freshness->kinds, part_new (config, &last, kind));
  set_whole (freshness);
  if (freshness->state == CP_FRESH_LATE || freshness->state == CP_FRESH_FAILED || freshness->state == CP_FRESH_SKIPPED)
    freshness->slot_at = last.slot.at;
  return g_steal_pointer (&freshness);
}
