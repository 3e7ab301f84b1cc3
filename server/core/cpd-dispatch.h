/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-hash-pool.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* THE gate: every request passes here, whatever it asks. */
typedef struct _CpdDispatch CpdDispatch;

/* Called in the writer thread after a change that may have queued something to send. */
typedef void (*CpdWakeFunc) (gpointer data);

CpdDispatch *cpd_dispatch_new (const CpdServices *services, CpdWriter *writer, CpdHashPool *pool, CpdWakeFunc wake,
                               gpointer wake_data);
/* No request may be under way. */
void cpd_dispatch_free (CpdDispatch *dispatch);

/* Takes request; done is called once, in this thread or another, now or later. */
void cpd_dispatch (CpdDispatch *dispatch, CpdRequest *request, CpdReplyFunc done, gpointer done_data);

G_END_DECLS
