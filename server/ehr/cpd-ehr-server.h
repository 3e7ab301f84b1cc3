/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"

G_BEGIN_DECLS

/* A run over a FHIR R4 server: who is who, then type by type what changed, then what is gone. A type that fails says so
 * in the report and keeps its marks. FALSE with error when the run as a whole fails or is cancelled. */
gboolean cpd_ehr_server_run (CpdEhrRun *run, GError **error);

G_END_DECLS
