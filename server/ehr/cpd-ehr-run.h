/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-batch.h"
#include "cpd-ehr-link.h"
#include "cpd-ehr-sync.h"

G_BEGIN_DECLS

/* What one run knows while it goes. */
typedef struct
{
  CpdEhrBatch *batch; /* (owned) */
  gboolean hole;      /* something of this type could not be read: nothing is concluded from what is missing */
} CpdEhrRunType;

typedef struct
{
  const CpdEhrSync *sync;    /* (borrowed) */
  GCancellable *cancellable; /* (borrowed) (nullable) */
  CpdEhrSyncReport *report;  /* (borrowed) */
  CpTime started;
  CpdDb *db; /* (owned): a reader of this thread */
  CpdEhrMapper mapper;
  CpdEhrLink *link; /* (owned) */
  GHashTable *seen; /* set of 64-bit hashes of kind, type and id: 8 bytes for each of a million */
  CpdEhrRunType types[CPD_EHR_N_TYPES];
} CpdEhrRun;

/* Begins report too. */
CpdEhrRun *cpd_ehr_run_new (const CpdEhrSync *sync, GCancellable *cancellable, CpdEhrSyncReport *report);
void cpd_ehr_run_free (CpdEhrRun *run);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrRun, cpd_ehr_run_free)

/* The number of a type, -1 when the portal does not read it. */
int cpd_ehr_run_type (const char *type);

/* Takes problem, counts it, and draws the conclusion of its severity. */
void cpd_ehr_run_problem (CpdEhrRun *run, CpdEhrProblem *problem);
/* The type did not go well; the first reason stays. */
void cpd_ehr_run_fail (CpdEhrRun *run, int type, const char *reason);
void cpd_ehr_run_fail_all (CpdEhrRun *run, const char *reason);

/* FALSE when it was seen already. */
gboolean cpd_ehr_run_see (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id);
gboolean cpd_ehr_run_has_seen (CpdEhrRun *run, CpdEhrKind kind, const char *type, const char *id);

G_END_DECLS
