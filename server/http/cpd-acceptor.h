/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <microhttpd.h>
#include "cpd-connections.h"

G_BEGIN_DECLS

/* Hands the connections of a listening socket to an HTTP daemon, from a thread of its own. The library can listen
 * itself, but MHD_quiesce_daemon() of 0.9.75 to 1.0 takes the socket from its epoll set while the library's threads may
 * do the same, and aborts the process when it comes second. */
typedef struct _CpdAcceptor CpdAcceptor;

CpdAcceptor *cpd_acceptor_new (int fd, struct MHD_Daemon *daemon, CpdConnections *connections, GError **error);
void cpd_acceptor_free (CpdAcceptor *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdAcceptor, cpd_acceptor_free)

G_END_DECLS
