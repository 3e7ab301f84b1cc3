/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-error.h"

G_BEGIN_DECLS

/* Threads for what would keep everybody waiting (argon2, searching), behind a bounded queue: a flood of it slows that
 * alone. */
typedef struct _CpdPool CpdPool;

typedef struct
{
  const char *name; /* static: of its threads */
  guint threads;
  guint capacity;   /* of the queue */
  int nice;         /* 0: as the other threads */
  int wait_seconds; /* what is told when the queue is full */
  guint kept;       /* of the capacity: places for who may take the last ones */
} CpdPoolKind;

typedef void (*CpdPoolFunc) (gpointer data); /* in a thread of the pool */

CpdPool *cpd_pool_new (const CpdPoolKind *kind);
/* Runs what is queued, then ends the threads; a job that comes later is refused. */
void cpd_pool_stop (CpdPool *pool);
/* Stops it first. */
void cpd_pool_free (CpdPool *pool);
/* A place in the queue for a job that is not made yet: before anything is done for it. FALSE with CP_ERROR_BUSY (and a
 * time to wait) when the queue is full, for who may not take the last places (kept) when those are left. Each place
 * needs its job, or is given back. */
gboolean cpd_pool_reserve (CpdPool *pool, gboolean last, GError **error);
void cpd_pool_give_back (CpdPool *pool);
/* The job of a place; FALSE with CP_ERROR_BUSY when the pool ends. */
gboolean cpd_pool_submit_reserved (CpdPool *pool, CpdPoolFunc func, gpointer data, GError **error);
/* Both at once. */
gboolean cpd_pool_submit (CpdPool *pool, CpdPoolFunc func, gpointer data, GError **error);

G_END_DECLS
