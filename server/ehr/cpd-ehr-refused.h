/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-server-private.h"

G_BEGIN_DECLS

/* A version that cannot be used: of an earlier one that is here it may say all the same that it is somebody else's, or
 * was a mistake. Nothing of it is stored. */

/* resource: what can be seen of it. elsewhere: (out) it is about nobody who is read. FALSE with error. */
gboolean cpd_ehr_refused_take (CpdEhrRun *run, const CpdEhrResource *resource, gboolean *elsewhere, GError **error);
/* Of a server, and of the type at hand: asks what can be seen of one that is larger than is read. FALSE with error. */
gboolean cpd_ehr_refused_look (CpdEhrServer *server, const char *id, GError **error);

G_END_DECLS
