/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-resource.h"

G_BEGIN_DECLS

/* Where the Binaries of a directory stand, so that each is read when a document points at it: together they may be
 * larger than memory. */
typedef struct _CpdEhrBinaries CpdEhrBinaries;

CpdEhrBinaries *cpd_ehr_binaries_new (const char *directory);
void cpd_ehr_binaries_free (CpdEhrBinaries *binaries);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrBinaries, cpd_ehr_binaries_free)

/* Remembers where a Binary stood; the first of two with the same id counts. */
void cpd_ehr_binaries_add (CpdEhrBinaries *binaries, const CpdEhrResource *resource);
/* CpdEhrBesideFunc: reads it again; data is the CpdEhrBinaries. */
CpdEhrResource *cpd_ehr_binaries_find (const char *key, gpointer data);

G_END_DECLS
