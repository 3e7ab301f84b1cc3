/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-freshness.h"

#include "cpd-ehr-schedule.h"
#include "cpd-store-ehr-sync.h"

#define GRACE (15 * CP_TIME_MINUTE)    /* a slot that has not begun by then was skipped */
#define LONGEST_RUN (6 * CP_TIME_HOUR) /* a run that has not finished by then has died */
#define MAX_TYPES 2

/* What each kind is made of. */
static const char *const types[CP_FRESH_N_KINDS][MAX_TYPES] = {
  [CP_FRESH_APPOINTMENTS] = { "Appointment" },
  [CP_FRESH_REPORTS] = { "Observation" },
  [CP_FRESH_FORMS] = { "QuestionnaireResponse" },
  [CP_FRESH_PLANS] = { "CarePlan" },
  [CP_FRESH_PROFILE] = { "Patient" },
  [CP_FRESH_CONTACTS] = { "Patient", "RelatedPerson" },
};

typedef struct
{
  CpdEhrSlot slot;
  CpdEhrSlotState state;
  CpTime now;
} Last;

static int
judge (const Last *last, CpTime fetched_at, gboolean failed)
{
  gboolean running =
      last->state.started != 0 && last->state.finished == 0 && last->now - last->state.started < LONGEST_RUN;

  if (running)
    return CP_FRESH_RUNNING;
  if (fetched_at == 0)
    return CP_FRESH_NEVER;
  if (failed)
    return CP_FRESH_FAILED;
  if (fetched_at >= last->slot.at)
    return CP_FRESH_CURRENT;
  return last->now - last->slot.at < GRACE ? CP_FRESH_LATE : CP_FRESH_SKIPPED;
}

static CpFreshPart *
part_new (CpdDb *db, const CpdConfig *config, const Last *last, CpFreshKind kind, GError **error)
{
  g_autoptr (CpFreshPart) part = cp_fresh_part_new ();
  gboolean failed = FALSE;
  gboolean never = FALSE;

  part->kind = kind;
  part->shared = (config->unshared & 1u << kind) == 0;
  for (int i = 0; i < MAX_TYPES && types[kind][i] != NULL; i++)
    {
      CpdEhrTypeState state;

      if (!cpd_store_ehr_type_state (db, config->source_name, types[kind][i], &state, error))
        return NULL;
      failed |= state.failed;
      never |= state.last_success == 0;
      if (part->fetched_at == 0 || state.last_success < part->fetched_at)
        part->fetched_at = state.last_success;
    }
  if (never)
    part->fetched_at = 0;
  part->state = judge (last, part->fetched_at, failed);
  return g_steal_pointer (&part);
}

/* The whole is as old as its oldest kind, and as bad as its worst; what is not shared does not count. */
static void
add_part (CpFreshness *freshness, CpFreshPart *part, gboolean first)
{
  g_ptr_array_add (freshness->kinds, part);
  if (!part->shared)
    return;
  freshness->state = first ? part->state : MAX (freshness->state, part->state);
  freshness->fetched_at = first ? part->fetched_at : MIN (freshness->fetched_at, part->fetched_at);
}

/**
 * cpd_ehr_freshness:
 * @kinds: bits of CpFreshKind: those that the asker may see
 *
 * Returns: (transfer full) (nullable)
 */
CpFreshness *
cpd_ehr_freshness (CpdDb *db, const CpdConfig *config, CpTime now, guint kinds, GError **error)
{
  g_autoptr (CpFreshness) freshness = cp_freshness_new ();
  gboolean first = TRUE;
  Last last = { .now = now };
  CpdEhrSlot next = { .at = now };

  if (cpd_ehr_schedule_last (config, now, &last.slot) &&
      !cpd_store_ehr_slot (db, last.slot.date, last.slot.minute, &last.state, error))
    return NULL;
  cpd_ehr_schedule_next (config, now, &next);
  freshness->next_at = next.at;
  for (int kind = 0; kind < CP_FRESH_N_KINDS; kind++)
    {
      CpFreshPart *part;

      if ((kinds & 1u << kind) == 0)
        continue;
      part = part_new (db, config, &last, kind, error);
      if (part == NULL)
        return NULL;
      add_part (freshness, part, first);
      first = first && !part->shared;
    }
  if (freshness->state == CP_FRESH_LATE || freshness->state == CP_FRESH_FAILED || freshness->state == CP_FRESH_SKIPPED)
    freshness->slot_at = last.slot.at;
  return g_steal_pointer (&freshness);
}
