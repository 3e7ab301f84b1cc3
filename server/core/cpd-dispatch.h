/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-call.h"
#include "cpd-pool.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* THE gate: every request passes here, whatever it asks. */
typedef struct _CpdDispatch CpdDispatch;

/* Called in the writer thread after a change that may have queued something to send. */
typedef void (*CpdWakeFunc) (gpointer data);

/* hashing and reading are the pools of CPD_RUN_HASH and CPD_RUN_READ_SLOW; waiting is how many of CPD_RUN_WAIT may
 * wait.
 */
CpdDispatch *cpd_dispatch_new (const CpdServices *services, CpdWriter *writer, CpdPool *hashing, CpdPool *reading,
                               guint waiting, CpdWakeFunc wake, gpointer wake_data);
/* No request may be under way, and the writer has stopped. */
void cpd_dispatch_free (CpdDispatch *dispatch);

/* Takes request; done is called once, in this thread or another, now or later. */
void cpd_dispatch (CpdDispatch *dispatch, CpdRequest *request, CpdReplyFunc done, gpointer done_data);
/* Nobody waits for the answer to the request of this done_data any more; done is called all the same. */
void cpd_dispatch_left (CpdDispatch *dispatch, gpointer done_data);
/* The server stops: what waits for news is answered now. */
void cpd_dispatch_stop_waiting (CpdDispatch *dispatch);

G_END_DECLS
