/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-resource.h"

G_BEGIN_DECLS

#define CPD_EHR_LINE_MAX (4 * 1024 * 1024)
#define CPD_EHR_FILE_MAX (16 * 1024 * 1024)

/* The directory source: every resource of the .ndjson files (a resource a line), of the .json Bundles (each entry) and
 * of the .json files with one resource, in the order of the sorted paths. */
typedef struct _CpdEhrReader CpdEhrReader;

typedef enum
{
  CPD_EHR_READ_RESOURCE,
  CPD_EHR_READ_PROBLEM,
  CPD_EHR_READ_END
} CpdEhrRead;

/* NULL with error when the directory cannot be read or has no such file. types (nullable, NULL-terminated, kept by the
 * caller): other types may be left out. */
CpdEhrReader *cpd_ehr_reader_new (const char *directory, const char *const *types, GError **error);
void cpd_ehr_reader_free (CpdEhrReader *reader);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrReader, cpd_ehr_reader_free)

/* Exactly one of resource and problem is set, (transfer full), until the end. */
CpdEhrRead cpd_ehr_reader_next (CpdEhrReader *reader, CpdEhrResource **resource, CpdEhrProblem **problem);

G_END_DECLS
