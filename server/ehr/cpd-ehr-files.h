/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-resource.h"

G_BEGIN_DECLS

#define CPD_EHR_FILE_DEPTH 8 /* folders below the directory */

/* The .ndjson and .json files under a directory as paths relative to it, sorted by their bytes. Names that begin with a
 * dot are skipped (what is still being copied), so are other endings. What cannot be read or leads outside is added to
 * problems (CpdEhrProblem, owned). (transfer full), or NULL when the directory itself cannot be read. */
GPtrArray *cpd_ehr_files_list (const char *directory, GPtrArray *problems, GError **error);

/* Opens a regular file below directory for reading, links that lead out of it refused; -1 with error. */
int cpd_ehr_files_open (const char *directory, const char *path, GError **error);

/* The type that the name of a file promises, "Observation" for "Observation-2.ndjson" and "export/Observation.ndjson";
 * (transfer full), NULL when it promises none. */
char *cpd_ehr_files_type (const char *path);

G_END_DECLS
