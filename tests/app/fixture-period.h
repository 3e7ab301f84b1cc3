/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"
#include "cpa-api.h"

G_BEGIN_DECLS

/* (transfer full): as a filter of "Lezen" answers call: 60 reports and a form, newest first, in pages; one of them in
 * Arabic. A flood has no end. */
CpDossierPage *fixture_period_new (const CpaCall *call, gboolean flood);

G_END_DECLS
