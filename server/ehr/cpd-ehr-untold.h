/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"
#include "cpd-store-ehr.h"

G_BEGIN_DECLS

/* What another has the place of, and tells as an earlier version, until it turns out to be somebody else's or a
 * mistake.
 */

/* TRUE when it says that it was an error, and not merely that another came in its place. */
gboolean cpd_ehr_untold_is_mistake (const CpdEhrResource *resource);
/* Sets row->untold. untold: the row goes to the writer though nothing else of it changes anything. */
gboolean cpd_ehr_untold_judge (const CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrRow *row,
                               const CpdEhrKnown *known, gboolean *untold, GError **error);
/* Of a resource of nobody who is enrolled. row: (out) (nullable) (transfer full): for the writer. */
gboolean cpd_ehr_untold_row (const CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrKind kind, const char *id,
                             CpdEhrRow **row, GError **error);

G_END_DECLS
