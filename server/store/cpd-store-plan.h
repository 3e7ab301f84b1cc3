/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-care-plan.h"
#include "cp-time.h"
#include "cpd-db.h"
#include "cpd-store-ehr-row.h"

G_BEGIN_DECLS

/* item.type of a card of what the plan tells itself, which is no resource of the EHR: its fhir_id begins with the row
 * of the plan, "12#". */
#define CPD_STORE_PLAN_EVALUATION "CarePlan#evaluation"

/* For cpd-store-ehr.c: row of the patient was changed or removed; when a plan may say something else by it, the plans
 * of the patient are to be put together again. */
gboolean cpd_store_plan_touch (CpdDb *db, gint64 patient, const CpdEhrRow *row, GError **error);
/* The same before a card goes or says something else: a plan that left it to that card must tell it itself again. */
gboolean cpd_store_plan_touch_card (CpdDb *db, gint64 item, const CpdEhrRow *row, GError **error);
/* While plan is put together, after its keys were set: it does not tell itself what the card with that public_id does.
 */
gboolean cpd_store_plan_leave_to (CpdDb *db, gint64 plan, const char *item, GError **error);

/* What is kept of a care plan, to put it together. */
typedef struct
{
  gint64 id;
  gboolean gone; /* not shown, by its status or as it is not there any more: known for what is part of it */
  char *source;
  char *key;         /* "CarePlan/7" */
  char *title;       /* (nullable) */
  char *description; /* (nullable) */
  int state;         /* CpCarePlanState */
  char *from;        /* (nullable) date */
  char *until;       /* (nullable) date */
  char *own;         /* JSON: CpdPlanOwn */
  char *body;        /* (nullable) JSON: CarePlan as it was put together last */
  CpTime seen;       /* when this version was first put together */
} CpdStorePlan;
void cpd_store_plan_free (CpdStorePlan *plan);

/* A piece of a plan: of its body what ehr/ wrote. */
typedef struct
{
  char *source;
  char *key; /* "Goal/3" */
  char *body;
} CpdStorePiece;
void cpd_store_piece_free (CpdStorePiece *piece);

/* (transfer full) (element-type gint64): up to max patients whose plans are to be put together. */
GArray *cpd_store_plans_dirty (CpdDb *db, guint max, GError **error);
/* anew: (out): of a patient whose plans are dirty: as they are read in another way, and not as the EHR changed any. */
gboolean cpd_store_plans_anew (CpdDb *db, gint64 patient, gboolean *anew, GError **error);
/* (transfer full): the plans of a patient, also those that are gone, and the live pieces of every type but CareTeam. */
GPtrArray *cpd_store_plans_of (CpdDb *db, gint64 patient, GError **error);
GPtrArray *cpd_store_pieces_of (CpdDb *db, gint64 patient, GError **error);
/* other: (out) the piece with that key ("ServiceRequest/3") is, or was, of another patient. */
gboolean cpd_store_plan_is_of_other (CpdDb *db, gint64 patient, const char *source, const char *key, gboolean *other,
                                     GError **error);
/* shown: (out) a plan may tell of that Appointment: not when it is one of the patient that was removed or cancelled.
 * words: (transfer full) (nullable): its description when it is one of theirs. */
gboolean cpd_store_plan_appointment (CpdDb *db, gint64 patient, const char *source, const char *id, gboolean *shown,
                                     char **words, GError **error);

/* A card of an evaluation that the plan tells itself, as far as its name. */
typedef struct
{
  char *public_id;
  char *id;         /* fhir_id */
  gboolean shown;   /* FALSE: removed, and covered */
  gboolean covered; /* a resource tells it too, and that one shows: it comes back when the resource goes */
} CpdStorePlanCard;
void cpd_store_plan_card_free (CpdStorePlanCard *card);

/* (transfer full) (element-type CpdStorePlanCard): those of plan that show, and those that are covered. */
GPtrArray *cpd_store_plan_cards (CpdDb *db, const CpdStorePlan *plan, GError **error);
/* (transfer full) (nullable): what the one with that id says, without its goal; NULL with error. */
CpPlanEvaluation *cpd_store_plan_card_content (CpdDb *db, const CpdStorePlan *plan, const char *id, GError **error);
/* In a writer job. The one with that id is covered from now on, or is not. */
gboolean cpd_store_plan_cover (CpdDb *db, const CpdStorePlan *plan, const char *id, gboolean covered, GError **error);
/* In a writer job. Of the one with the fhir_id old, unless there is or was one with that id. */
gboolean cpd_store_plan_rename_card (CpdDb *db, const CpdStorePlan *plan, const char *old, const char *id,
                                     GError **error);
/* public_id (out) (nullable) (transfer full): of the one with that fhir_id; what was there is freed. */
gboolean cpd_store_plan_card (CpdDb *db, const CpdStorePlan *plan, const char *id, char **public_id, GError **error);

/* All in a writer job. */
/* The plan was put together: a version more keeps the body before. */
gboolean cpd_store_plan_set_body (CpdDb *db, gint64 plan, const char *body, gboolean new_version, CpTime now,
                                  GError **error);
/* After its keys were set. fresh: one of them turns out to be of another client, and then the bodies before are gone.
 */
gboolean cpd_store_plan_note_others (CpdDb *db, gint64 plan, gboolean *fresh, GError **error);
/* parent 0: a plan of its own. replaced: by another plan. */
gboolean cpd_store_plan_set_place (CpdDb *db, gint64 plan, gint64 parent, gboolean replaced, GError **error);
/* keys: "CarePlan/7" -> number of its goal as GUINT_TO_POINTER. */
gboolean cpd_store_plan_set_keys (CpdDb *db, gint64 plan, GHashTable *keys, GError **error);
gboolean cpd_store_plans_done (CpdDb *db, gint64 patient, GError **error);

G_END_DECLS
