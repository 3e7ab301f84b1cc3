/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-error.h"

G_BEGIN_DECLS

/* Threads for argon2: cores minus one, at least one, at nice 19, behind a bounded queue. A flood of logins slows
 * logins, nothing else. */
typedef struct _CpdHashPool CpdHashPool;

typedef void (*CpdHashFunc) (gpointer data); /* in a thread of the pool */

CpdHashPool *cpd_hash_pool_new (void);
/* Runs what is queued, then ends the threads. */
void cpd_hash_pool_free (CpdHashPool *pool);
/* FALSE with CP_ERROR_BUSY (and a time to wait) when the queue is full. */
gboolean cpd_hash_pool_submit (CpdHashPool *pool, CpdHashFunc func, gpointer data, GError **error);

G_END_DECLS
