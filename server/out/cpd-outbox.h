/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-keys.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* The thread that hands over what the outbox table holds, one row at a time, the longest due first. */
typedef struct _CpdOutbox CpdOutbox;

CpdOutbox *cpd_outbox_new (const CpdConfig *config, const CpdKeys *keys, CpdWriter *writer, GError **error);
/* Looks now, because something may have been added. Any thread. */
void cpd_outbox_wake (CpdOutbox *outbox);
/* Ends after the row that it is handing over. */
void cpd_outbox_free (CpdOutbox *outbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdOutbox, cpd_outbox_free)

G_END_DECLS
