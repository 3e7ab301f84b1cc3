/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What systemd asks of a service of Type=notify (sd_notify(3)), without its library. */

/* "READY=1" and the like; nothing when nobody asks for it. */
void cpd_service_manager_tell (const char *state);
/* How long the service may be silent before it is taken for hung, in microseconds; 0: as long as it likes. */
gint64 cpd_service_manager_patience (void);

G_END_DECLS
