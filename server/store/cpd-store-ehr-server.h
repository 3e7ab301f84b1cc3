/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-store-ehr.h"

G_BEGIN_DECLS

/* How a type is read from a FHIR server. */
typedef enum
{
  CPD_EHR_MODE_UNKNOWN,
  CPD_EHR_MODE_CHANGES, /* what changed since the mark */
  CPD_EHR_MODE_WHOLE,   /* everything, compared with what is here */
  CPD_EHR_MODE_NONE     /* the server does not offer it */
} CpdEhrMode;

typedef struct
{
  CpdEhrMode mode;
  CpTime swept;
  CpTime history;
} CpdEhrTypeMode;

gboolean cpd_store_ehr_mode (CpdDb *db, const char *source, const char *type, CpdEhrTypeMode *mode, GError **error);
gboolean cpd_store_ehr_put_mode (CpdDb *db, const char *source, const char *type, const CpdEhrTypeMode *mode,
                                 GError **error);

/* What everything that was read depends on (a hash): whether it is still the same; renewing forgets all marks, and each
 * type that was read with another is read anew from then on. */
gboolean cpd_store_ehr_is_context (CpdDb *db, const char *source, GBytes *context, gboolean *same, GError **error);
gboolean cpd_store_ehr_renew (CpdDb *db, const char *source, GBytes *context, GError **error);

/* Of a type that is read anew as it is read in another way, until all of it was: since: (out) when it was read last in
 * the way before; 0: never to its end. "" stands for all types of a directory. The other two in a writer job. */
gboolean cpd_store_ehr_is_anew (CpdDb *db, const char *source, const char *type, gboolean *anew, CpTime *since,
                                GError **error);
gboolean cpd_store_ehr_begin_anew (CpdDb *db, const char *source, const char *type, GError **error);
gboolean cpd_store_ehr_end_anew (CpdDb *db, const char *source, const char *type, GError **error);

/* 0 in *mark: nothing was read yet. */
gboolean cpd_store_ehr_mark (CpdDb *db, const char *source, const char *type, const char *subject, CpTime *mark,
                             GError **error);
/* A mark never goes back, but from after latest. In a writer job. */
gboolean cpd_store_ehr_put_mark (CpdDb *db, const char *source, const char *type, const char *subject, CpTime mark,
                                 CpTime latest, GError **error);
gboolean cpd_store_ehr_has_marks (CpdDb *db, const char *source, gboolean *has, GError **error);

/* body is empty for a resource that the server could not give. */
typedef void (*CpdEhrNameFunc) (const char *key, const char *body, CpTime fetched, gpointer data);
gboolean cpd_store_ehr_each_name (CpdDb *db, const char *source, CpdEhrNameFunc func, gpointer data, GError **error);
gboolean cpd_store_ehr_put_name (CpdDb *db, const char *source, const char *key, const char *body, CpTime fetched,
                                 GError **error);
/* In a writer job. */
gboolean cpd_store_ehr_drop_name (CpdDb *db, const char *source, const char *key, GError **error);

/* (transfer full) (element-type utf8): ids of the type that are in quarantine; NULL with error. */
GPtrArray *cpd_store_ehr_quarantined (CpdDb *db, const char *source, const char *type, GError **error);

/* A resource that came without something that belongs to it. */
typedef struct
{
  char *id;
  gint64 patient; /* whose it is, when it waits for that; 0: it shows without */
} CpdEhrLacking;
CpdEhrLacking *cpd_ehr_lacking_new (const char *id, gint64 patient);
void cpd_ehr_lacking_free (CpdEhrLacking *lacking);
/* (transfer full) (element-type CpdEhrLacking): those of a type, who waits longest first; NULL with error. */
GPtrArray *cpd_store_ehr_lacking (CpdDb *db, const char *source, const char *type, GError **error);
/* FALSE also when the database fails. */
gboolean cpd_store_ehr_is_lacking (CpdDb *db, const char *source, const char *type, const char *id);
/* Both in a writer job. */
gboolean cpd_store_ehr_put_lacking (CpdDb *db, const char *source, const char *type, const CpdEhrLacking *lacking,
                                    CpTime now, GError **error);
gboolean cpd_store_ehr_drop_lacking (CpdDb *db, const char *source, const char *type, const char *id, GError **error);
/* lacks: a run that began at that moment has let go of something, or left it waiting. */
gboolean cpd_store_ehr_lacks_since (CpdDb *db, const char *source, CpTime started, gboolean *lacks, GError **error);
/* In a writer job, at the end of a run over a directory: what lacked something before it does so no more, for it met
 * everything. */
gboolean cpd_store_ehr_settle_lacking (CpdDb *db, const char *source, CpTime started, GError **error);

/* Rows of the Appointment or the Patient base that stand for one of its people: "base" and "base#...". */
gboolean cpd_store_ehr_each_of (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *base,
                                CpdEhrLiveFunc func, gpointer data, GError **error);
/* When the latest of those rows changed, tombstones too; 0 in *newest: there are none, or they do not say. */
gboolean cpd_store_ehr_newest_of (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *base,
                                  CpTime *newest, GError **error);
/* (transfer full) (element-type utf8): the ids of those rows; base alone where there are none. NULL with error. */
GPtrArray *cpd_store_ehr_ids_of (CpdDb *db, CpdEhrKind kind, const char *source, const char *type, const char *base,
                                 GError **error);

/* (transfer full): "system|value" of somebody enrolled, sealed; NULL with error. */
GBytes *cpd_store_ehr_sealed_identifier (CpdDb *db, gint64 patient, GError **error);

/* How many rows of a type are shown, over all kinds. */
gboolean cpd_store_ehr_count (CpdDb *db, const char *source, const char *type, gint64 *count, GError **error);

/* What is kept of a type, and how its newest run went. */
typedef struct
{
  gint64 quarantined;
  gint64 odd;
  char *error; /* (owned) (nullable) */
} CpdEhrStanding;
gboolean cpd_store_ehr_standing (CpdDb *db, const char *source, const char *type, CpdEhrStanding *standing,
                                 GError **error);

/* Problems of the newest run. type and id are nullable. */
typedef void (*CpdEhrProblemFunc) (const char *place, const char *type, const char *id, const char *reason,
                                   gpointer data);
gboolean cpd_store_ehr_each_problem (CpdDb *db, const char *source, int limit, CpdEhrProblemFunc func, gpointer data,
                                     GError **error);

G_END_DECLS
