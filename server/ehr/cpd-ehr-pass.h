/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"
#include "cpd-ehr-tags.h"

G_BEGIN_DECLS

/* The pass that stores: maps every resource of the portal's types, writes what changed, and then removes what is gone.
 * FALSE with error when the directory or the database fails. */
gboolean cpd_ehr_pass_run (CpdEhrRun *run, CpdEhrTags *tags, GError **error);

/* One resource, whatever the source: maps it, and stores what changed for each enrolled patient that it is about. When
 * it is about nobody enrolled, it is as cpd_ehr_pass_forget. run->strange tells whether it could not be understood. */
gboolean cpd_ehr_pass_take (CpdEhrRun *run, const CpdEhrResource *resource, GError **error);
/* TRUE when nothing comes of the resource, as all whom it is about have died and nothing of it is here. */
gboolean cpd_ehr_pass_is_over (CpdEhrRun *run, const CpdEhrResource *resource);
/* The resource is of somebody else: where it was kept as somebody's, it is removed. Nothing is stored. */
gboolean cpd_ehr_pass_forget (CpdEhrRun *run, const CpdEhrResource *resource, GError **error);

/* For cpd-ehr-pass.c: what was shown and is no longer in the directory, type by type. */
gboolean cpd_ehr_sweep (CpdEhrRun *run, GError **error);

G_END_DECLS
