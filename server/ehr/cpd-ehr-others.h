/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"
#include "cpd-store-ehr.h"

G_BEGIN_DECLS

/* Of a directory: what a line says is nobody's who is read. Whether another line says that it is somebody's is only
 * clear at its end. */

/* TRUE: row (then taken), a tombstone of what the resource is, waits for the end. */
gboolean cpd_ehr_others_wait (CpdEhrRun *run, const CpdEhrResource *resource, const CpdEhrKnown *known, CpdEhrRow *row);
/* At the end: func (takes row) for each that goes. FALSE with error. */
typedef gboolean (*CpdEhrOthersFunc) (CpdEhrRun *run, CpdEhrRow *row, const char *place, GError **error);
gboolean cpd_ehr_others_end (CpdEhrRun *run, CpdEhrOthersFunc func, GError **error);

G_END_DECLS
