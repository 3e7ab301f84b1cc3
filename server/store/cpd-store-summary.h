/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-start.h"
#include "cpd-actor.h"
#include "cpd-config.h"
#include "cpd-db.h"
#include "cpd-store-appointment.h"

G_BEGIN_DECLS

/* Brings the patient's row up to date. In the writer job that changed something of the patient. */
gboolean cpd_store_summary_refresh (CpdDb *db, gint64 patient, CpTime now, GTimeZone *zone, GError **error);
/* The same when nothing but appointments of the patient changed. */
gboolean cpd_store_summary_refresh_appointments (CpdDb *db, gint64 patient, CpTime now, GTimeZone *zone,
                                                 GError **error);
/* What is kept of answers is remade for everybody: when the program begins, which reads only what it wrote itself. */
gboolean cpd_store_summary_rewrite (CpdDb *db, CpTime now, GTimeZone *zone, GError **error);

/* Fills the panels that are not NULL with what the organisation shares: dossier (what came or was corrected after
 * since, and the newest report), profile (name, birth date and address; untouched when there is none). since 0: nothing
 * counts as new. All of it, and the next appointments, comes from one row; whether those are shared is for the caller
 * to know. */
gboolean cpd_store_summary_read (CpdDb *db, const CpdConfig *config, const CpdGrant *grant, CpTime since,
                                 CpStartDossier *dossier, CpStartProfile *profile, CpdNextAppointments *next,
                                 GError **error);
/* Whether anything of the dossier came after since that the organisation shares, or a plan changed; what was corrected
 * does not count. */
gboolean cpd_store_summary_came (CpdDb *db, const CpdConfig *config, const CpdGrant *grant, CpTime since,
                                 gboolean *came, GError **error);

G_END_DECLS
