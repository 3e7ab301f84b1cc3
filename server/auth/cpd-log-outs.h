/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-actor.h"
#include "cpd-writer.h"

G_BEGIN_DECLS

/* Sessions that were logged out and whose row does not say so yet, because it is on its way to the disk or the disk
 * takes nothing: they count as ended from the moment that was asked. Kept in memory, so a restart on a full disk
 * forgets them. Only live sessions get in, so there are never more than those. May be used from every thread. */
typedef struct _CpdLogOuts CpdLogOuts;

CpdLogOuts *cpd_log_outs_new (CpdWriter *writer);
/* After the writer, which may still hold some. */
void cpd_log_outs_free (CpdLogOuts *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdLogOuts, cpd_log_outs_free)

/* From now on the session has ended. */
void cpd_log_outs_add (CpdLogOuts *self, const CpdActor *actor, CpTime now);
/* Costs nothing while there are none. */
gboolean cpd_log_outs_has (CpdLogOuts *self, gint64 session);

/* Writes it: done is called in any case, in the writer's thread or this one. */
void cpd_log_outs_write (CpdLogOuts *self, gint64 session, CpdWriteDone done, gpointer data);
/* Tries again with what is left, some hundreds at a time. */
void cpd_log_outs_retry (CpdLogOuts *self);

G_END_DECLS
