/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-writer.h"

G_BEGIN_DECLS

/* One run over the EHR at a time, over all processes and machines that share the database. */
typedef struct _CpdEhrLease CpdEhrLease;

/* NULL with CP_ERROR_CONFLICT while another run goes on. One that its process left behind is taken over: at once when
 * that process is known to be gone, else when it was not renewed for five minutes. */
CpdEhrLease *cpd_ehr_lease_take (CpdWriter *writer, GError **error);
/* Renews it when that is due; to be called every few minutes at least. FALSE with error when it was lost. */
gboolean cpd_ehr_lease_keep (CpdEhrLease *lease, GError **error);
/* Ends it. */
void cpd_ehr_lease_free (CpdEhrLease *lease);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrLease, cpd_ehr_lease_free)

G_END_DECLS
