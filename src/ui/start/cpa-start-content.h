/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"
#include "cpa-start-panel.h"
#include "cpa-context.h"

G_BEGIN_DECLS

/* What each panel of the start screen shows, from its part of the answer. freshness is nullable. */
void cpa_start_show_appointments (CpaStartPanel *panel, CpaContext *context, const CpStartAppointments *appointments,
                                  const CpFreshness *freshness);
void cpa_start_show_messages (CpaStartPanel *panel, CpaContext *context, const CpStartMessages *messages,
                              const CpFreshness *freshness);
void cpa_start_show_dossier (CpaStartPanel *panel, CpaContext *context, const CpStartDossier *dossier,
                             const CpFreshness *freshness);
void cpa_start_show_profile (CpaStartPanel *panel, CpaContext *context, const CpStartProfile *profile,
                             const CpFreshness *freshness);

G_END_DECLS
