/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cpd-config.h"
#include "cpd-ehr-resource.h"
#include "cpd-keys.h"
#include "cpd-transfer.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* The types that the portal reads, in the order of their report, NULL-terminated. */
extern const char *const cpd_ehr_sync_types[];
#define CPD_EHR_N_TYPES 13

typedef struct
{
  const CpdConfig *config;
  const CpdKeys *keys;
  CpdWriter *writer;
  /* Called in the writer job for each patient whose data it changed; (nullable). */
  gboolean (*changed) (CpdDb *db, gint64 patient, GError **error);
  /* The operator knows that this much is gone: no stop when more than a fifth of a type vanishes. */
  gboolean accept_removals;
  /* Of each request to a FHIR server; (nullable): those of cpd-transfer.h. */
  const CpdTransferLimits *limits;
  /* Called when mails wait after the run; (nullable): nobody sends them now. */
  void (*wake) (gpointer data);
  gpointer wake_data;
} CpdEhrSync;

typedef struct
{
  const char *type;
  gint64 read;    /* resources of an enrolled patient */
  gint64 written; /* rows that changed */
  gint64 odd;
  char *error;       /* (nullable): why the type did not go well */
  gboolean withheld; /* the source does not grant it */
  gint64 waiting;    /* resources that wait for something that the source cannot give now */
} CpdEhrTypeReport;

typedef struct
{
  CpdEhrTypeReport types[CPD_EHR_N_TYPES];
  gint64 recalled;     /* lines that were not read again: see cpd-ehr-recall.h */
  GPtrArray *problems; /* CpdEhrProblem, the first CPD_EHR_PROBLEMS_MAX of them */
} CpdEhrSyncReport;

#define CPD_EHR_PROBLEMS_MAX 1000

void cpd_ehr_sync_report_clear (CpdEhrSyncReport *report);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CpdEhrSyncReport, cpd_ehr_sync_report_clear)

/* One run over the source for everybody who is enrolled. report is filled in either case and cleared by the caller.
 * FALSE with error when nothing could be read or written at all, or when it was cancelled; TRUE also when a type failed
 * (its error says so). */
gboolean cpd_ehr_sync_run (const CpdEhrSync *sync, GCancellable *cancellable, CpdEhrSyncReport *report, GError **error);

/* TRUE when every type went well, and nothing waits. */
gboolean cpd_ehr_sync_report_is_fine (const CpdEhrSyncReport *report);

/* What patient.identifier_hash holds for "system|value" of a source: enrol and the linking use the same. */
void cpd_ehr_identifier_hash (const CpdKeys *keys, const char *source, const char *identifier,
                              guchar out[CPD_HASH_SIZE]);

G_END_DECLS
