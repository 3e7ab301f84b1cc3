/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A listening socket that does not block. address is an IPv4 or IPv6 address, or the absolute path of a Unix socket
 * (then port is ignored, and a socket that was left there is replaced). port 0: any free one. Returns -1 with error. */
int cpd_socket_listen (const char *address, int port, GError **error);
int cpd_socket_port (int fd); /* 0 for a Unix socket */
/* Whether a new connection to a socket that listens is taken and answered (or ended) within so many milliseconds. */
gboolean cpd_socket_answers (int listening, int timeout_ms);
gboolean cpd_socket_is_private (const char *address); /* loopback or Unix socket: may go without TLS */

G_END_DECLS
