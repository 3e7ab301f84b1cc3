/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"

G_BEGIN_DECLS

/* Of a directory without fullUrl: which address its absolute references begin with. Who has the same id at another
 * address is somebody else, so it counts only when that is certain. */
typedef struct _CpdEhrBases CpdEhrBases;

CpdEhrBases *cpd_ehr_bases_new (void);
void cpd_ehr_bases_free (CpdEhrBases *bases);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrBases, cpd_ehr_bases_free)

/* Looks in a line or a file for how it names Patients. */
void cpd_ehr_bases_look (CpdEhrBases *bases, const char *text, gsize length);
/* After all of them, when the names know who is there: the names get the address, if there is one. FALSE with error. */
gboolean cpd_ehr_bases_settle (CpdEhrBases *bases, CpdEhrRun *run, GError **error);

G_END_DECLS
