/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A set of 64-bit tags, of which each bit is as likely as not: 8 to 16 bytes for each of a million. */
typedef struct _CpdEhrSeen CpdEhrSeen;

CpdEhrSeen *cpd_ehr_seen_new (void);
void cpd_ehr_seen_free (CpdEhrSeen *seen);

/* FALSE when it was there already. */
gboolean cpd_ehr_seen_add (CpdEhrSeen *seen, guint64 tag);
gboolean cpd_ehr_seen_has (const CpdEhrSeen *seen, guint64 tag);

G_END_DECLS
