/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-sync.h"

G_BEGIN_DECLS

/* Puts plans together of a CarePlan, the CarePlans that are part of it, and the Goals, ServiceRequests, Tasks and
 * Procedures that it names. A plan that says something else than before gets a version more; evaluations only come with
 * time and make none. */

/* Those of everybody for whom a plan or a piece changed, at the end of a run: a run that was killed leaves the marks,
 * so that the next one ends the same and makes no version of what was half read. crossed gets the keys of CarePlans
 * ("CarePlan/7") that have words for what is of another client, which are left out. FALSE with error. */
gboolean cpd_ehr_compose_dirty (const CpdEhrSync *sync, CpdDb *reader, CpTime now, GCancellable *cancellable,
                                GPtrArray *crossed, GError **error);

G_END_DECLS
