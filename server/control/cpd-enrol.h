/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-command.h"

G_BEGIN_DECLS

/* As in cpd-command.h. */
extern const char *const cpd_enrol_options[];

/* Enrols a patient and invites a portal administrator, or helps one who was a member before. */
gboolean cpd_enrol_command (const CpdCommandContext *context, GHashTable *arguments, GString *out, GError **error);

/* What enrolment and the demo share: a patient by "system|value", made when it is new. */
gboolean cpd_enrol_patient (CpdDb *db, const CpdCommandContext *context, const char *source, const char *identifier,
                            const char *name, gint64 *patient, GError **error);

G_END_DECLS
