/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-tls.h"

#include <errno.h>
#include <sys/epoll.h>

/* When GnuTLS cannot go on with a handshake, the library (0.9.75 to 1.0.1) takes no note of it, as it does afterwards:
 * it calls GnuTLS again and again, and a client that stands still keeps a thread busy. */
static void
wait_in_handshake (CpdConnection *connection, guint32 events)
{
  int reason = errno;

  if (connection->in_handshake && reason == EAGAIN)
    cpd_connections_pause (connection->connections, connection, events);
  errno = reason;
}

/* The client's last message came. What the server still says then, if anything, is short, and what is received after it
 * is not of the handshake. */
static int
finished_cb (gnutls_session_t session, unsigned int type, unsigned int when, unsigned int incoming,
             const gnutls_datum_t *message)
{
  CpdConnection *connection = gnutls_transport_get_ptr (session);

  if (incoming)
    connection->in_handshake = FALSE;
  return 0;
}

static ssize_t
pull_cb (gnutls_transport_ptr_t data, void *bytes, size_t size)
{
  CpdConnection *connection = data;
  gssize came = cpd_pull (&connection->pull, bytes, size);

  if (came < 0)
    wait_in_handshake (connection, EPOLLIN);
  return came;
}

static ssize_t
push_cb (gnutls_transport_ptr_t data, const giovec_t *pieces, int n_pieces)
{
  CpdConnection *connection = data;
  gssize taken = cpd_push (&connection->push, pieces, n_pieces);
  gssize size = 0;

  for (int i = 0; i < n_pieces; i++)
    size += (gssize) pieces[i].iov_len;
  /* The library waits for the descriptor, to send the rest. */
  if (taken < size)
    connection->pull.unwatched = FALSE;
  if (taken < 0)
    wait_in_handshake (connection, EPOLLOUT);
  return taken;
}

/**
 * cpd_tls_start:
 *
 * Returns: whether there is a session that can begin.
 */
gboolean
cpd_tls_start (CpdConnection *connection, struct MHD_Connection *mhd)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_GNUTLS_SESSION);

  if (info == NULL || info->tls_session == NULL)
    return FALSE;
  connection->mhd = mhd;
  connection->in_handshake = TRUE;
  gnutls_transport_set_ptr (info->tls_session, connection);
  gnutls_transport_set_pull_function (info->tls_session, pull_cb);
  gnutls_transport_set_vec_push_function (info->tls_session, push_cb);
  gnutls_handshake_set_hook_function (info->tls_session, GNUTLS_HANDSHAKE_FINISHED, GNUTLS_HOOK_POST, finished_cb);
  return cpd_certificate_use (connection->certificate, info->tls_session);
}
