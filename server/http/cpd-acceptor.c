/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-http"

#include "cpd-acceptor.h"

#include <errno.h>
#include <gio/gio.h>
#include <poll.h>
#include <pthread.h>
#include <sys/eventfd.h>
#include <sys/socket.h>
#include <unistd.h>

/* How long new connections stay in the queue of the system when it has no descriptor or memory for one more. */
#define SHORTAGE_MS 100

/* So many are taken before the thread looks whether it is to stop: of a flood there is always one more. */
#define AT_ONCE 64

struct _CpdAcceptor
{
  int fd;                      /* (borrowed) */
  int stop;                    /* (owned): an eventfd, readable in the end */
  struct MHD_Daemon *daemon;   /* (borrowed) */
  CpdConnections *connections; /* (borrowed) */
  pthread_t thread;
};

/* The library owns the descriptor, also when it refuses it. */
static void
hand_over (CpdAcceptor *self, int fd, const struct sockaddr *peer, socklen_t length)
{
  cpd_connections_expect (self->connections);
  if (MHD_add_connection (self->daemon, fd, peer, length) != MHD_YES)
    cpd_connections_unexpect (self->connections);
}

/* Returns FALSE when the system has no room for the one that waits. */
static gboolean
accept_some (CpdAcceptor *self)
{
  for (int i = 0; i < AT_ONCE; i++)
    {
      struct sockaddr_storage peer = { 0 };
      socklen_t length = sizeof peer;
      int fd = accept4 (self->fd, (struct sockaddr *) &peer, &length, SOCK_NONBLOCK | SOCK_CLOEXEC);

      if (fd >= 0)
        hand_over (self, fd, (struct sockaddr *) &peer, length);
      else if (errno != ECONNABORTED && errno != EPROTO && errno != EINTR)
        return errno == EAGAIN;
    }
  return TRUE;
}

static void *
accept_until_stopped (void *data)
{
  CpdAcceptor *self = data;
  struct pollfd ready[] = { { .fd = self->stop, .events = POLLIN }, { .fd = self->fd, .events = POLLIN } };
  gboolean shortage = FALSE;

  for (;;)
    {
      if (poll (ready, shortage ? 1 : 2, shortage ? SHORTAGE_MS : -1) < 0 && errno != EINTR)
        g_error ("no connection can be waited for: %s", g_strerror (errno));
      if (ready[0].revents != 0)
        return NULL;
      shortage = !accept_some (self);
    }
}

/**
 * cpd_acceptor_new:
 * @fd: (transfer none): listens, does not block, and stays open for as long as this lives
 * @daemon: (transfer none): started with MHD_USE_NO_LISTEN_SOCKET and MHD_USE_ITC
 * @connections: (transfer none): of @daemon
 *
 * Returns: (transfer full): a running thread, or NULL with @error.
 */
CpdAcceptor *
cpd_acceptor_new (int fd, struct MHD_Daemon *daemon, CpdConnections *connections, GError **error)
{
  CpdAcceptor *self = g_new0 (CpdAcceptor, 1);
  int status;

  self->fd = fd;
  self->daemon = daemon;
  self->connections = connections;
  self->stop = eventfd (0, EFD_CLOEXEC);
  status = self->stop < 0 ? errno : pthread_create (&self->thread, NULL, accept_until_stopped, self);
  if (status == 0)
    return self;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (status), "connections cannot be accepted: %s",
               g_strerror (status));
  if (self->stop >= 0)
    close (self->stop);
  g_free (self);
  return NULL;
}

/**
 * cpd_acceptor_free:
 *
 * Afterwards no connection comes any more.
 */
void
cpd_acceptor_free (CpdAcceptor *self)
{
  if (eventfd_write (self->stop, 1) != 0)
    g_error ("the thread that accepts cannot be stopped: %s", g_strerror (errno));
  pthread_join (self->thread, NULL);
  close (self->stop);
  g_free (self);
}
