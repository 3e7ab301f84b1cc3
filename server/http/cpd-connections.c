/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-http"

#include "cpd-connections.h"

#include <errno.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/eventfd.h>
#include <time.h>
#include <unistd.h>

#include <microhttpd.h>

#include "cpd-exchange.h"

/* For the library's threads, which are never busy for long, to begin with what they were handed. Of one for which it
 * has no memory nothing is heard. */
#define BEGIN_MS 5000

const CpdLimits cpd_limits_default = {
  .header_ms = 10 * 1000,
  .body_ms = 30 * 1000,
  .answer_ms = 30 * 1000,
  .piece_ms = 1000,
  .idle_ms = 60 * 1000,
  .tick_ms = 500,
  .connections = 4000,
};

struct _CpdConnections
{
  CpdLimits limits;
  int per_block;
  CpdAddress *proxies; /* (owned) */
  guint n_proxies;

  pthread_mutex_t lock;
  pthread_cond_t changed; /* while draining expected or active became 0 */
  GQueue all;             /* CpdConnection, by their links */
  GHashTable *blocks;     /* (owned): block to number */
  int expected;           /* handed to the library, which has not begun with them */
  int active;             /* requests in progress */
  int watched;            /* (owned): an epoll descriptor */
  int quit;               /* (owned): an eventfd, readable in the end */
  gboolean draining;
  gboolean stopping;
  pthread_t watcher;
};

static struct timespec
timespec_of (gint64 monotonic)
{
  return (struct timespec){ .tv_sec = monotonic / G_USEC_PER_SEC, .tv_nsec = monotonic % G_USEC_PER_SEC * 1000 };
}

static void
unwatch (CpdConnections *self, CpdConnection *connection)
{
  if (connection->watched)
    epoll_ctl (self->watched, EPOLL_CTL_DEL, connection->fd, NULL);
  connection->watched = FALSE;
}

static void
watch (CpdConnections *self, CpdConnection *connection, guint32 events)
{
  struct epoll_event event = { .events = events | EPOLLONESHOT, .data.ptr = connection };

  connection->watched = epoll_ctl (self->watched, EPOLL_CTL_ADD, connection->fd, &event) == 0;
  if (!connection->watched)
    g_warning ("a connection is not watched: %s", g_strerror (errno));
}

static void
go_on (CpdConnections *self, CpdConnection *connection)
{
  unwatch (self, connection);
  connection->paused = FALSE;
  MHD_resume_connection (connection->mhd);
}

/* The library notices that a connection is shut down, but of one that is suspended. */
static void
close_connection (CpdConnections *self, CpdConnection *connection)
{
  shutdown (connection->fd, SHUT_RDWR);
  if (connection->paused)
    go_on (self, connection);
  if (connection->exchange != NULL)
    cpd_exchange_abandon (connection->exchange);
}

/* Nothing comes from a client that waits for an answer, but the end of its connection. */
static void
take_events (CpdConnections *self)
{
  struct epoll_event events[64];
  int n;

  do
    {
      n = epoll_wait (self->watched, events, G_N_ELEMENTS (events), 0);
      for (int i = 0; i < n; i++)
        {
          CpdConnection *connection = events[i].data.ptr;

          if (connection->paused)
            go_on (self, connection);
          else
            close_connection (self, connection);
        }
    }
  while (n == G_N_ELEMENTS (events));
}

static void
close_those_who_are_late (CpdConnections *self, gint64 now)
{
  for (GList *at = self->all.head; at != NULL; at = at->next)
    if (((CpdConnection *) at->data)->deadline <= now)
      close_connection (self, at->data);
}

/* An open connection cannot be used after its fd is closed: the library says that it closes before it does, and
 * cpd_connections_remove needs the lock under which events are taken here. */
static void *
watch_until_quit (void *data)
{
  CpdConnections *self = data;
  struct pollfd ready[] = { { .fd = self->quit, .events = POLLIN }, { .fd = self->watched, .events = POLLIN } };
  gint64 next = 0;

  while (ready[0].revents == 0)
    {
      gint64 now = g_get_monotonic_time ();

      pthread_mutex_lock (&self->lock);
      take_events (self);
      if (now >= next)
        {
          close_those_who_are_late (self, now);
          next = now + self->limits.tick_ms * 1000;
        }
      pthread_mutex_unlock (&self->lock);
      poll (ready, G_N_ELEMENTS (ready), (int) ((next - now + 999) / 1000));
    }
  return NULL;
}

/**
 * cpd_connections_new:
 * @per_block: connections, or requests through a proxy, that one address block may have at once
 * @proxies: (nullable): addresses whose X-Forwarded-For is believed; "unix" for the peers of a Unix socket
 *
 * Returns: (transfer full): no connections yet, and a running thread.
 */
CpdConnections *
cpd_connections_new (const CpdLimits *limits, int per_block, const char *const *proxies)
{
  CpdConnections *self = g_new0 (CpdConnections, 1);
  guint n = proxies != NULL ? g_strv_length ((char **) proxies) : 0;
  pthread_condattr_t monotonic;

  self->limits = *limits;
  self->per_block = per_block;
  self->proxies = g_new0 (CpdAddress, n);
  self->n_proxies = n;
  for (guint i = 0; i < n; i++)
    if (!cpd_address_from_text (proxies[i], &self->proxies[i]))
      g_error ("a proxy that is not an address");
  self->blocks = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->watched = epoll_create1 (EPOLL_CLOEXEC);
  self->quit = eventfd (0, EFD_CLOEXEC);
  if (self->watched < 0 || self->quit < 0)
    g_error ("no descriptor to watch connections by");
  pthread_mutex_init (&self->lock, NULL);
  pthread_condattr_init (&monotonic);
  pthread_condattr_setclock (&monotonic, CLOCK_MONOTONIC);
  pthread_cond_init (&self->changed, &monotonic);
  pthread_condattr_destroy (&monotonic);
  if (pthread_create (&self->watcher, NULL, watch_until_quit, self) != 0)
    g_error ("no thread for the deadlines of connections");
  return self;
}

/**
 * cpd_connections_free:
 *
 * Ends the thread too.
 */
void
cpd_connections_free (CpdConnections *self)
{
  if (eventfd_write (self->quit, 1) != 0)
    g_error ("the thread that watches connections cannot be stopped: %s", g_strerror (errno));
  pthread_join (self->watcher, NULL);
  pthread_cond_destroy (&self->changed);
  pthread_mutex_destroy (&self->lock);
  close (self->watched);
  close (self->quit);
  g_hash_table_unref (self->blocks);
  g_free (self->proxies);
  g_free (self);
}

/**
 * cpd_connections_get_limits:
 *
 * Returns: (transfer none): as given; they do not change.
 */
const CpdLimits *
cpd_connections_get_limits (const CpdConnections *self)
{
  return &self->limits;
}

static gboolean
count_block (CpdConnections *self, const char *block)
{
  int number = GPOINTER_TO_INT (g_hash_table_lookup (self->blocks, block));

  if (number >= self->per_block)
    return FALSE;
  g_hash_table_insert (self->blocks, g_strdup (block), GINT_TO_POINTER (number + 1));
  return TRUE;
}

static void
uncount_block (CpdConnections *self, const char *block)
{
  int number = GPOINTER_TO_INT (g_hash_table_lookup (self->blocks, block));

  if (number > 1)
    g_hash_table_insert (self->blocks, g_strdup (block), GINT_TO_POINTER (number - 1));
  else
    g_hash_table_remove (self->blocks, block);
}

static gboolean
is_proxy (const CpdConnections *self, const CpdAddress *address)
{
  for (guint i = 0; i < self->n_proxies; i++)
    if (cpd_address_equal (address, &self->proxies[i]))
      return TRUE;
  return FALSE;
}

/* One less of expected or active. */
static void
count_down (CpdConnections *self, int *number)
{
  --*number;
  if (self->draining && *number == 0)
    pthread_cond_broadcast (&self->changed);
}

/**
 * cpd_connections_expect:
 *
 * Before the library has it, since its threads may be quicker than who hands it over.
 */
void
cpd_connections_expect (CpdConnections *self)
{
  pthread_mutex_lock (&self->lock);
  self->expected++;
  pthread_mutex_unlock (&self->lock);
}

/**
 * cpd_connections_unexpect:
 *
 * Takes one cpd_connections_expect back.
 */
void
cpd_connections_unexpect (CpdConnections *self)
{
  pthread_mutex_lock (&self->lock);
  count_down (self, &self->expected);
  pthread_mutex_unlock (&self->lock);
}

/**
 * cpd_connections_add:
 * @fd: (transfer none)
 *
 * Returns: (transfer none): the new connection, with the deadline of a header.
 */
CpdConnection *
cpd_connections_add (CpdConnections *self, int fd, const struct sockaddr *peer)
{
  CpdConnection *connection = g_new0 (CpdConnection, 1);
  gboolean refused;

  connection->connections = self;
  connection->fd = fd;
  connection->pull.fd = fd;
  connection->push.fd = fd;
  connection->link.data = connection;
  connection->deadline = g_get_monotonic_time () + self->limits.header_ms * G_GINT64_CONSTANT (1000);
  cpd_address_from_socket (peer, &connection->address);
  cpd_address_block (&connection->address, connection->block);
  connection->from_proxy = is_proxy (self, &connection->address);

  pthread_mutex_lock (&self->lock);
  count_down (self, &self->expected);
  refused = self->stopping || (int) self->all.length >= self->limits.connections;
  if (!refused && !connection->from_proxy && !cpd_address_is_loopback (&connection->address))
    {
      connection->counted = count_block (self, connection->block);
      refused = !connection->counted;
    }
  g_queue_push_tail_link (&self->all, &connection->link);
  if (refused)
    close_connection (self, connection);
  pthread_mutex_unlock (&self->lock);
  return connection;
}

/**
 * cpd_connections_remove:
 * @connection: (transfer full): gone after this; its fd may be closed then
 */
void
cpd_connections_remove (CpdConnections *self, CpdConnection *connection)
{
  pthread_mutex_lock (&self->lock);
  unwatch (self, connection);
  g_queue_unlink (&self->all, &connection->link);
  if (connection->counted)
    uncount_block (self, connection->block);
  pthread_mutex_unlock (&self->lock);
  cpd_certificate_unref (connection->certificate);
  g_free (connection);
}

/**
 * cpd_connections_watch:
 */
void
cpd_connections_watch (CpdConnections *self, CpdConnection *connection)
{
  pthread_mutex_lock (&self->lock);
  watch (self, connection, EPOLLRDHUP);
  pthread_mutex_unlock (&self->lock);
}

/**
 * cpd_connections_unwatch:
 */
void
cpd_connections_unwatch (CpdConnections *self, CpdConnection *connection)
{
  pthread_mutex_lock (&self->lock);
  unwatch (self, connection);
  pthread_mutex_unlock (&self->lock);
}

/* What cannot be watched would not go on. */
static void
pause_connection (CpdConnections *self, CpdConnection *connection, guint32 events)
{
  if (!self->stopping)
    watch (self, connection, events);
  connection->paused = connection->watched;
  if (connection->paused)
    MHD_suspend_connection (connection->mhd);
  else
    close_connection (self, connection);
}

/**
 * cpd_connections_pause:
 * @events: of epoll
 *
 * From the thread of the connection, which is suspended while nothing of @events is there. It goes on when it is
 * closed, as at its deadline: MHD_stop_daemon aborts the process while any is suspended.
 */
void
cpd_connections_pause (CpdConnections *self, CpdConnection *connection, guint32 events)
{
  pthread_mutex_lock (&self->lock);
  if (!connection->paused)
    pause_connection (self, connection, events);
  pthread_mutex_unlock (&self->lock);
}

/**
 * cpd_connections_set_deadline:
 *
 * Replaces the deadline of @connection.
 */
void
cpd_connections_set_deadline (CpdConnections *self, CpdConnection *connection, gint64 from_now_ms)
{
  pthread_mutex_lock (&self->lock);
  connection->deadline = g_get_monotonic_time () + from_now_ms * 1000;
  pthread_mutex_unlock (&self->lock);
}

/**
 * cpd_connections_client_block:
 * @block: (out): always filled in
 *
 * Returns: whether the block is a proxy's word.
 */
gboolean
cpd_connections_client_block (CpdConnections *self, const CpdConnection *connection, const char *forwarded,
                              char block[CPD_BLOCK_SIZE])
{
  CpdAddress client;

  if (connection->from_proxy && forwarded != NULL &&
      cpd_address_forwarded (forwarded, self->proxies, self->n_proxies, &client))
    {
      cpd_address_block (&client, block);
      return !cpd_address_is_loopback (&client);
    }
  g_strlcpy (block, connection->block, CPD_BLOCK_SIZE);
  return FALSE;
}

/**
 * cpd_connections_count:
 *
 * Returns: FALSE when @block has its share already; then nothing was counted.
 */
gboolean
cpd_connections_count (CpdConnections *self, const char *block)
{
  gboolean counted;

  pthread_mutex_lock (&self->lock);
  counted = count_block (self, block);
  pthread_mutex_unlock (&self->lock);
  return counted;
}

/**
 * cpd_connections_uncount:
 *
 * Takes one cpd_connections_count back.
 */
void
cpd_connections_uncount (CpdConnections *self, const char *block)
{
  pthread_mutex_lock (&self->lock);
  uncount_block (self, block);
  pthread_mutex_unlock (&self->lock);
}

/**
 * cpd_connections_begin:
 * @exchange: (transfer none): until cpd_connections_end
 *
 * Returns: FALSE when no request may begin any more.
 */
gboolean
cpd_connections_begin (CpdConnections *self, CpdConnection *connection, CpdExchange *exchange)
{
  gboolean begun;

  pthread_mutex_lock (&self->lock);
  begun = !self->stopping;
  if (begun)
    {
      connection->exchange = exchange;
      self->active++;
    }
  pthread_mutex_unlock (&self->lock);
  return begun;
}

/**
 * cpd_connections_end:
 *
 * The request is answered, or will not be. The deadline becomes that of an idle connection.
 */
void
cpd_connections_end (CpdConnections *self, CpdConnection *connection)
{
  pthread_mutex_lock (&self->lock);
  connection->exchange = NULL;
  connection->deadline = g_get_monotonic_time () + self->limits.idle_ms * G_GINT64_CONSTANT (1000);
  count_down (self, &self->active);
  pthread_mutex_unlock (&self->lock);
}

static void
close_all (CpdConnections *self, gboolean also_busy)
{
  for (GList *at = self->all.head; at != NULL; at = at->next)
    if (also_busy || ((CpdConnection *) at->data)->exchange == NULL)
      close_connection (self, at->data);
}

static void
wait_for_none (CpdConnections *self, const int *number, gint64 longest_ms)
{
  struct timespec end = timespec_of (g_get_monotonic_time () + longest_ms * 1000);

  while (*number > 0 && pthread_cond_timedwait (&self->changed, &self->lock, &end) != ETIMEDOUT)
    continue;
}

/**
 * cpd_connections_drain:
 *
 * Afterwards no request waits for its answer (then MHD_stop_daemon aborts the process) and none will. And the library
 * has begun with all that it was handed: the rest it would close without the lock under which it was handed them.
 */
void
cpd_connections_drain (CpdConnections *self, gint64 grace_ms)
{
  pthread_mutex_lock (&self->lock);
  self->draining = TRUE;
  close_all (self, FALSE);
  wait_for_none (self, &self->expected, BEGIN_MS);
  wait_for_none (self, &self->active, grace_ms);
  if (self->active > 0)
    g_message ("%d requests were not answered before the end", self->active);
  self->stopping = TRUE;
  close_all (self, TRUE);
  pthread_mutex_unlock (&self->lock);
}
