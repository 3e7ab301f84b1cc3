/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Where threads meet: a bounded queue on a pthread mutex and condition (GLib's own primitives use futexes that
 * ThreadSanitizer cannot see). */
typedef struct _CpdQueue CpdQueue;

CpdQueue *cpd_queue_new (guint capacity);
void cpd_queue_free (CpdQueue *queue);
/* FALSE when it is full or closed. */
gboolean cpd_queue_try_push (CpdQueue *queue, gpointer item);
/* Waits for room; FALSE when it is closed. */
gboolean cpd_queue_push (CpdQueue *queue, gpointer item);
/* Waits for one item at least and takes up to max. 0 when it is closed and empty. */
guint cpd_queue_pop_many (CpdQueue *queue, gpointer *items, guint max);
/* Whether nothing waits in it at this moment. */
gboolean cpd_queue_is_empty (CpdQueue *queue);
/* Nothing more can be pushed; what is in it is still given out. */
void cpd_queue_close (CpdQueue *queue);

G_END_DECLS
