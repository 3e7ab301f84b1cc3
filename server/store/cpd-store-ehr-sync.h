/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

/* Somebody whom the portal asks the EHR for. */
typedef struct
{
  gint64 id;
  guchar identifier_hash[32];
  char *fhir_id;    /* (nullable): not linked yet */
  char *short_name; /* as the operator enrolled, until the EHR gives it */
  gboolean deceased;
  char **earlier; /* ids that it was linked to before another Patient replaced that one */
} CpdEhrEnrolled;

/* (transfer full) (element-type CpdEhrEnrolled): everybody enrolled for the source. */
GPtrArray *cpd_store_ehr_enrolled (CpdDb *db, const char *source, GError **error);
/* CP_ERROR_CONFLICT when somebody else is linked to that id. The id before it is remembered. In a writer job. */
gboolean cpd_store_ehr_link (CpdDb *db, gint64 patient, const char *fhir_id, GError **error);

/* How one type went. */
typedef struct
{
  const char *type;
  const char *error; /* (nullable) */
  gint64 read;
  gint64 written;
  gint64 odd;
  gboolean withheld; /* the source does not grant it */
} CpdEhrTypeResult;
gboolean cpd_store_ehr_put_type (CpdDb *db, const char *source, CpTime at, const CpdEhrTypeResult *result,
                                 GError **error);

/* Problems of the newest run only: cpd_store_ehr_clear_problems begins anew. */
gboolean cpd_store_ehr_clear_problems (CpdDb *db, const char *source, GError **error);
gboolean cpd_store_ehr_add_problem (CpdDb *db, const char *source, CpTime at, const char *place, const char *type,
                                    const char *id, const char *reason, GError **error);

/* How a type stands. */
typedef struct
{
  CpTime last_attempt; /* 0: never */
  CpTime last_success; /* 0: never */
  gboolean failed;     /* the last attempt */
  gboolean withheld;   /* it failed because the source does not grant the type */
} CpdEhrTypeState;
gboolean cpd_store_ehr_type_state (CpdDb *db, const char *source, const char *type, CpdEhrTypeState *state,
                                   GError **error);

/* The same for several types at once: types ends with NULL, states has an element for each. */
gboolean cpd_store_ehr_type_states (CpdDb *db, const char *source, const char *const *types, CpdEhrTypeState *states,
                                    GError **error);

/* Puts what is so of one client only into states, after cpd_store_ehr_type_states() with the same types: something of
 * theirs waits for what the source could not give. */
gboolean cpd_store_ehr_type_waits (CpdDb *db, const char *source, gint64 patient, const char *const *types,
                                   CpdEhrTypeState *states, GError **error);

/* All of the client's was read by a run that began at that moment, and everything: all of every type. In a writer job.
 */
gboolean cpd_store_ehr_put_read (CpdDb *db, gint64 patient, CpTime at, gboolean everything, GError **error);

/* How many clients are shown nothing since a backup was put back: no run has read all of theirs again. */
gboolean cpd_store_ehr_count_put_back (CpdDb *db, const char *source, gint64 *n, GError **error);

/* A slot of the schedule. */
typedef struct
{
  CpTime started;  /* 0: not begun */
  CpTime finished; /* 0: not finished */
  gboolean failed; /* the newest run of it that was not stopped; stays so while it is tried again */
} CpdEhrSlotState;
gboolean cpd_store_ehr_slot (CpdDb *db, const char *date, int minute, CpdEhrSlotState *state, GError **error);
/* When nothing is running: what has not finished and let its lease lie has died, and so has failed; what was stopped
 * gave it back, and is run again. What began after latest (a moment just after now) did so by a clock that was ahead,
 * and is forgotten: the time of that slot is yet to come. */
gboolean cpd_store_ehr_slots_put_right (CpdDb *db, CpTime latest, GError **error);
/* FALSE in *taken when the slot is done. */
gboolean cpd_store_ehr_slot_begin (CpdDb *db, const char *date, int minute, CpTime now, gboolean *taken,
                                   GError **error);
gboolean cpd_store_ehr_slot_finish (CpdDb *db, const char *date, int minute, CpTime now, gboolean failed,
                                    GError **error);

G_END_DECLS
