/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"

G_BEGIN_DECLS

/* Of a directory: finds the lines (Observations) that the reports of those who are read name, wherever they lie. paths:
 * (borrowed) the set of the files in which reports stand. Run after it is known who is who; then the mapper gets each
 * line that it asks for, and a report is read again when a line of it is new, gone, or says something else. FALSE with
 * error. */
gboolean cpd_ehr_soap_find (CpdEhrRun *run, GHashTable *paths, GError **error);

G_END_DECLS
