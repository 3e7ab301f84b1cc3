/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-batch.h"
#include "cpd-ehr-spots.h"
#include "cpd-ehr-lease.h"
#include "cpd-ehr-link.h"
#include "cpd-ehr-seen.h"
#include "cpd-ehr-sync.h"
#include "cpd-store-ehr-server.h"
#include "cpd-store-quarantine.h"

G_BEGIN_DECLS

/* What one run knows while it goes. */
typedef struct
{
  CpdEhrBatch *batch; /* (owned) */
  gboolean fresh;     /* no row of it was there when the run began */
  gboolean loose;     /* a row of it was named elsewhere than in a line */
  gboolean hole;      /* something of this type could not be read: nothing is concluded from what is missing */
  gboolean settled;   /* what is gone of it was looked for, and all of that went */
  GPtrArray *lacks;   /* (owned) of CpdEhrLacking: of a directory, what waits */
} CpdEhrRunType;

typedef struct _CpdEhrRecall CpdEhrRecall;

typedef struct
{
  const CpdEhrSync *sync;    /* (borrowed) */
  GCancellable *cancellable; /* (borrowed) (nullable) */
  CpdEhrSyncReport *report;  /* (borrowed) */
  CpTime started;
  CpTime clock; /* of a server when the run began, ours when it tells none, and of a directory: what says that it
                 * changed long after it is wrong */
  CpdDb *db;    /* (owned): a reader of this thread */
  CpdEhrMapper mapper;
  CpdEhrSpots *spots;  /* (owned) */
  CpdEhrLink *link;    /* (owned) */
  GPtrArray *bad;      /* (owned) of CpdQuarantined: what could not be kept, at most CPD_EHR_BAD_MAX */
  gboolean ended;      /* it went to its end */
  gboolean whole;      /* and it met everything that there is */
  CpdEhrSeen *seen;    /* (owned): tags of kind, type and id */
  GHashTable *named;   /* (owned) set of ids: rows that the newest resource makes, of one that may make several */
  GArray *kept;        /* (owned) of gint64: see cpd_ehr_run_keep_patient() */
  GHashTable *odd;     /* (owned) gsize as in seen -> CpdQuarantined: what was in quarantine when the run began */
  GPtrArray *others;   /* (owned) of CpdEhrRow: tombstones of what a line says is nobody's */
  GPtrArray *nameless; /* (owned) of CpdEhrRow: the same of what does not say whose it is */
  guchar tag_key[CPD_TAG_KEY_SIZE];
  CpdEhrRecall *recall;             /* (borrowed) (nullable): of a directory */
  const struct _CpdEhrLater *later; /* (borrowed) (nullable): of recall, lines that are put off */
  gboolean trusts;                  /* what recall has of the run before counts */
  gboolean refused;                 /* the database did not take a row */
  CpdEhrLease *lease;               /* (borrowed) */
  gboolean repeated;                /* the newest row was named before in this run */
  gboolean passed_over;             /* the newest resource does not count, as one before it in this run does */
  gboolean met;        /* the newest resource was met before in this run, maybe with rows under other ids */
  gboolean strange;    /* the newest resource could not be understood */
  gboolean shown;      /* it makes something that shows */
  gboolean left_out;   /* words of it are about another client */
  gboolean waits;      /* it is not to be shown yet; where it was, it stays as it is until then, unless it goes */
  gint64 waiting;      /* whose it is, when it does wait */
  gboolean anew;       /* everything is read again in another way, and the newest resource is what it was before: see
                        * cpd_ehr_context_anew() */
  CpTime anew_since;   /* the same of a server, and of what is no line of before: the newest resource is, if it did not
                        * change since or tells the moment that is kept; 0: it is not */
  gboolean lines_hole; /* of a directory: the line of a report may be among what could not be read */
  CpdEhrRunType types[CPD_EHR_N_TYPES];
} CpdEhrRun;

/* Begins report too. */
CpdEhrRun *cpd_ehr_run_new (const CpdEhrSync *sync, GCancellable *cancellable, CpdEhrSyncReport *report);
void cpd_ehr_run_free (CpdEhrRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrRun, cpd_ehr_run_free)

/* The number of a type, -1 when the portal does not read it. */
int cpd_ehr_run_type (const char *type);

#define CPD_EHR_BAD_MAX 10000
/* A resource of a type that the portal reads could not be kept: into quarantine. patient: whose it is; 0: not known. */
void cpd_ehr_run_bad (CpdEhrRun *run, gint64 patient, const char *place, const char *type, const char *id,
                      const char *reason);

/* The same of what cannot be understood whatever else is there, and is told: of a directory the next run may tell it
 * again without reading it. */
void cpd_ehr_run_odd (CpdEhrRun *run, const CpdQuarantined *odd);
/* Before the first resource: what is in quarantine. */
gboolean cpd_ehr_run_load_odd (CpdEhrRun *run, GError **error);
/* (nullable) (borrowed): that of the row with that tag. */
const CpdQuarantined *cpd_ehr_run_was_odd (const CpdEhrRun *run, gsize key);

/* Takes problem, counts it, and draws the conclusion of its severity. */
void cpd_ehr_run_problem (CpdEhrRun *run, CpdEhrProblem *problem);
#define CPD_EHR_YET_TO_COME "it says that it changed at a moment that is yet to come"
#define CPD_EHR_LEFT_OUT "it points at what is of another client: the words of that are left out"
/* The type did not go well; the first reason stays. */
void cpd_ehr_run_fail (CpdEhrRun *run, int type, const char *reason);
/* Whether so many of a type may not vanish at once: then it has failed. */
gboolean cpd_ehr_run_refuses (CpdEhrRun *run, const char *place, const char *type, guint n, gint64 all);
void cpd_ehr_run_fail_all (CpdEhrRun *run, const char *reason);
/* Returns when every row so far is on disk. */
gboolean cpd_ehr_run_flush (CpdEhrRun *run, GError **error);

/* Something of the patient stays although a directory does not name it; the next run looks at all that is shown of
 * them. run->kept has each once, the lowest first. */
void cpd_ehr_run_keep_patient (CpdEhrRun *run, gint64 patient);

/* TRUE when the source itself says that a moment is yet to come. */
gboolean cpd_ehr_run_is_ahead (const CpdEhrRun *run, CpTime said);
/* When a row counts as changed whose resource says that it did at a moment: by now, when that is yet to come by the
 * clock of the source or by ours, or what comes after it would be older. */
CpTime cpd_ehr_run_moment (const CpdEhrRun *run, CpTime said);

/* FALSE when it was seen already. */
gboolean cpd_ehr_run_see (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id);
gboolean cpd_ehr_run_has_seen (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id);
/* A resource that may have rows under other ids. FALSE when it was met already. */
gboolean cpd_ehr_run_meet (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id);

G_END_DECLS
