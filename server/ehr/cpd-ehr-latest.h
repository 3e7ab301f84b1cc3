/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-about.h"
#include "cpd-ehr-run.h"
#include "cpd-store-ehr.h"

G_BEGIN_DECLS

/* Which version of a resource counts. Of one that makes a row for each of its people (an Appointment, the contacts of a
 * Patient) the latest says who they are: also when an older file of a directory still lies there. */

/* When row counts as changed; known: what is kept under its key. FALSE with error. */
gboolean cpd_ehr_latest_set_changed (CpdEhrRun *run, const CpdEhrResource *resource, CpdEhrRow *row,
                                     const CpdEhrKnown *known, GError **error);
/* Before a resource of which another copy was met in this run: what came of that is on disk. FALSE with error. */
gboolean cpd_ehr_latest_wait (CpdEhrRun *run, const CpdEhrResource *resource, GError **error);
/* Of a row that is not here. late: (out) a later version is, without it. What that one shows the patient is named: this
 * version does too. FALSE with error. */
gboolean cpd_ehr_latest_is_late (CpdEhrRun *run, const CpdEhrResource *resource, const CpdEhrRow *row, gboolean *late,
                                 GError **error);
/* After a resource: the rows of it that are not among run->named go. FALSE with error. */
gboolean cpd_ehr_latest_retire (CpdEhrRun *run, const CpdEhrResource *resource, GError **error);
/* A version that cannot be shown says all the same whose it is: what an earlier one shows to somebody else goes. FALSE
 * with error. */
gboolean cpd_ehr_latest_take_away (CpdEhrRun *run, const CpdEhrResource *resource, const CpdEhrAbout *about,
                                   GError **error);

G_END_DECLS
