/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"
#include "cpd-keys.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* Two threads that hand over what the outbox table holds, one for mails and one for text messages, so that neither
 * waits for the other; each one row at a time, the longest due first. */
typedef struct _CpdOutbox CpdOutbox;

CpdOutbox *cpd_outbox_new (const CpdConfig *config, const CpdKeys *keys, CpdWriter *writer, GError **error);
/* Looks now, because something may have been added. Any thread. */
void cpd_outbox_wake (CpdOutbox *outbox);
/* Ends after the rows that are being handed over; what takes too long is broken off and tried again by the next one. */
void cpd_outbox_stop (CpdOutbox *outbox);
/* Stops it, if that was not done, and takes it down. Nothing may wake it any more: after the writer, if changes may be
 * under way. */
void cpd_outbox_free (CpdOutbox *outbox);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdOutbox, cpd_outbox_free)

G_END_DECLS
