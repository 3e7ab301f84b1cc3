/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-http"

#include "cpd-listener.h"

#include <gio/gio.h>
#include <gnutls/abstract.h>
#include <pthread.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include "cpd-acceptor.h"
#include "cpd-socket.h"
#include "cpd-tls.h"

#define THREADS 4
/* Of each connection, for the header and the answer's header. Bodies are not in it. */
#define POOL_BYTES (20 * 1024)
#define POOL_STEP_BYTES (4 * 1024)
/* Descriptors that database, logs, sync and mail need beside the connections. */
#define OTHER_DESCRIPTORS 128
/* Version 1 of the library redirects a target with a space in it unless it is told to be strict; before that, 400 is
 * its answer when it is not told. */
#define STRICT (MHD_VERSION >= 0x01000000)

struct _CpdListener
{
  const CpdConfig *config; /* (borrowed) */
  CpdExchangeContext context;
  struct MHD_Daemon *daemon;   /* (owned) */
  CpdAcceptor *acceptor;       /* (owned) (nullable): NULL once quiesced */
  int fd;                      /* (owned) */
  pthread_mutex_t lock;        /* of certificate */
  CpdCertificate *certificate; /* (owned) (nullable) */
};

static gboolean
start_tls (CpdListener *self, struct MHD_Connection *mhd, CpdConnection *connection)
{
  pthread_mutex_lock (&self->lock);
  connection->certificate = cpd_certificate_ref (self->certificate);
  pthread_mutex_unlock (&self->lock);
  return cpd_tls_start (connection, mhd);
}

static void
connection_cb (void *data, struct MHD_Connection *mhd, void **socket_context, enum MHD_ConnectionNotificationCode what)
{
  CpdListener *self = data;

  if (what == MHD_CONNECTION_NOTIFY_STARTED)
    {
      int fd = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CONNECTION_FD)->connect_fd;
      const struct sockaddr *peer = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_CLIENT_ADDRESS)->client_addr;
      CpdConnection *connection = cpd_connections_add (self->context.connections, fd, peer);

      *socket_context = connection;
      if (self->context.tls && !start_tls (self, mhd, connection))
        shutdown (fd, SHUT_RDWR);
    }
  else if (*socket_context != NULL)
    cpd_connections_remove (self->context.connections, g_steal_pointer (socket_context));
}

/* Called with the request line. Its return value is the con_cls of the callbacks below. */
static void *
request_line_cb (void *data, const char *target, struct MHD_Connection *mhd)
{
  CpdListener *self = data;
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (mhd, MHD_CONNECTION_INFO_SOCKET_CONTEXT);

  return cpd_exchange_new (&self->context, mhd, info->socket_context, target);
}

static enum MHD_Result
request_cb (void *data, struct MHD_Connection *mhd, const char *url, const char *method, const char *version,
            const char *upload, size_t *upload_size, void **request_context)
{
  CpdExchange *exchange = *request_context;

  if (exchange == NULL)
    return MHD_NO;
  if (!cpd_exchange_head_is_read (exchange))
    return cpd_exchange_read_head (exchange, method, version);
  if (*upload_size == 0)
    return cpd_exchange_answer (exchange);
  cpd_exchange_read_body (exchange, upload, *upload_size);
  *upload_size = 0;
  return MHD_YES;
}

static void
completed_cb (void *data, struct MHD_Connection *mhd, void **request_context, enum MHD_RequestTerminationCode how)
{
  if (*request_context != NULL)
    cpd_exchange_end (g_steal_pointer (request_context));
}

/* Every session is given its certificate before its handshake; the library's own credentials have none. */
static int
no_certificate_cb (gnutls_session_t session, const gnutls_datum_t *authorities, int n_authorities,
                   const gnutls_pk_algorithm_t *algorithms, int n_algorithms, gnutls_pcert_st **chain,
                   unsigned int *chain_length, gnutls_privkey_t *key)
{
  return -1;
}

static void G_GNUC_PRINTF (2, 0) library_log_cb (void *data, const char *format, va_list arguments)
{
  g_logv (G_LOG_DOMAIN, G_LOG_LEVEL_DEBUG, format, arguments);
}

static gboolean
start_daemon (CpdListener *self, GError **error)
{
  const CpdLimits *limits = cpd_connections_get_limits (self->context.connections);
  unsigned int flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_NO_LISTEN_SOCKET | MHD_USE_ITC |
                       MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ERROR_LOG;
  struct MHD_OptionItem tls_options[] = {
    { MHD_OPTION_HTTPS_PRIORITIES, 0, (void *) CPD_TLS_PRIORITIES },
    { MHD_OPTION_HTTPS_CERT_CALLBACK, 0, (void *) no_certificate_cb },
    { MHD_OPTION_END, 0, NULL },
  };
  struct MHD_OptionItem *options = self->context.tls ? tls_options : &tls_options[2];

  if (self->context.tls)
    flags |= MHD_USE_TLS;
  /* The library shares its limit out to its threads. Ours is over all, so the library's must never be met first. */
  self->daemon =
      MHD_start_daemon (flags, 0, NULL, NULL, request_cb, self, MHD_OPTION_EXTERNAL_LOGGER, library_log_cb, NULL,
                        MHD_OPTION_THREAD_POOL_SIZE, THREADS, MHD_OPTION_CONNECTION_LIMIT,
                        (unsigned int) (limits->connections + 64) * THREADS, MHD_OPTION_CONNECTION_TIMEOUT, 0,
                        MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t) POOL_BYTES, MHD_OPTION_CONNECTION_MEMORY_INCREMENT,
                        (size_t) POOL_STEP_BYTES, MHD_OPTION_NOTIFY_CONNECTION, connection_cb, self,
                        MHD_OPTION_URI_LOG_CALLBACK, request_line_cb, self, MHD_OPTION_NOTIFY_COMPLETED, completed_cb,
                        self, MHD_OPTION_STRICT_FOR_CLIENT, STRICT, MHD_OPTION_ARRAY, options, MHD_OPTION_END);
  if (self->daemon == NULL)
    {
      g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_FAILED, "the HTTP server could not be started");
      return FALSE;
    }
  self->acceptor = cpd_acceptor_new (self->fd, self->daemon, self->context.connections, error);
  return self->acceptor != NULL;
}

static int
connections_that_fit (int wanted)
{
  struct rlimit descriptors;

  if (getrlimit (RLIMIT_NOFILE, &descriptors) != 0 || descriptors.rlim_cur == RLIM_INFINITY)
    return wanted;
  return (int) CLAMP ((gint64) descriptors.rlim_cur - OTHER_DESCRIPTORS, 16, wanted);
}

static void
listener_free (CpdListener *self)
{
  g_clear_pointer (&self->acceptor, cpd_acceptor_free);
  if (self->daemon != NULL)
    MHD_stop_daemon (self->daemon);
  g_clear_pointer (&self->context.connections, cpd_connections_free);
  if (self->fd >= 0)
    close (self->fd);
  cpd_certificate_unref (self->certificate);
  cpd_pages_free (self->context.pages);
  g_clear_pointer (&self->context.zone, g_time_zone_unref);
  pthread_mutex_destroy (&self->lock);
  g_free (self);
}

static gboolean
listener_start (CpdListener *self, const CpdLimits *limits, GError **error)
{
  const CpdConfig *config = self->config;
  CpdLimits fitting = *limits;

  if (config->certificate == NULL && !cpd_socket_is_private (config->address))
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%s needs a certificate: only loopback and a Unix "
                   "socket may go without",
                   config->address);
      return FALSE;
    }
  if (self->context.tls && !cpd_listener_reload_certificate (self, error))
    return FALSE;
  self->fd = cpd_socket_listen (config->address, config->port, error);
  if (self->fd < 0)
    return FALSE;
  fitting.connections = connections_that_fit (limits->connections);
  self->context.connections =
      cpd_connections_new (&fitting, config->connections_per_address, (const char *const *) config->proxies);
  return start_daemon (self, error);
}

/**
 * cpd_listener_new_full:
 * @limits: copied
 * @answerer: copied; called in several threads at once
 *
 * Returns: (transfer full): for cpd_listener_stop, or NULL with @error.
 */
CpdListener *
cpd_listener_new_full (const CpdConfig *config, const CpdLimits *limits, const CpdAnswerer *answerer, GError **error)
{
  CpdListener *self = g_new0 (CpdListener, 1);

  self->config = config;
  self->fd = -1;
  pthread_mutex_init (&self->lock, NULL);
  self->context.answerer = *answerer;
  self->context.zone = config->zone != NULL ? g_time_zone_ref (config->zone) : NULL;
  self->context.tls = config->certificate != NULL;
  self->context.pages = cpd_pages_new (config);
  if (listener_start (self, limits, error))
    return self;
  listener_free (self);
  return NULL;
}

/**
 * cpd_listener_new:
 *
 * Returns: (transfer full): as cpd_listener_new_full with cpd_limits_default.
 */
CpdListener *
cpd_listener_new (const CpdConfig *config, const CpdAnswerer *answerer, GError **error)
{
  return cpd_listener_new_full (config, &cpd_limits_default, answerer, error);
}

/**
 * cpd_listener_capacity:
 *
 * Returns: of one that is made by cpd_listener_new().
 */
int
cpd_listener_capacity (void)
{
  return connections_that_fit (cpd_limits_default.connections);
}

/**
 * cpd_listener_get_port:
 *
 * Returns: the port, also when the configuration let the system choose it.
 */
int
cpd_listener_get_port (CpdListener *self)
{
  return cpd_socket_port (self->fd);
}

/**
 * cpd_listener_answers:
 */
gboolean
cpd_listener_answers (CpdListener *self, int timeout_ms)
{
  return cpd_socket_answers (self->fd, timeout_ms);
}

/**
 * cpd_listener_reload_certificate:
 *
 * Returns: TRUE, also when there is none to read because the listener goes without TLS.
 */
gboolean
cpd_listener_reload_certificate (CpdListener *self, GError **error)
{
  CpdCertificate *certificate;

  if (!self->context.tls)
    return TRUE;
  certificate = cpd_certificate_load (self->config->certificate, self->config->private_key, error);
  if (certificate == NULL)
    return FALSE;
  pthread_mutex_lock (&self->lock);
  cpd_certificate_unref (self->certificate);
  self->certificate = certificate;
  pthread_mutex_unlock (&self->lock);
  return TRUE;
}

/**
 * cpd_listener_quiesce:
 *
 * From the thread that made the listener. A second call is without effect.
 */
void
cpd_listener_quiesce (CpdListener *self)
{
  if (self->acceptor == NULL)
    return;
  g_atomic_int_set (&self->context.quiescing, TRUE);
  g_clear_pointer (&self->acceptor, cpd_acceptor_free);
  shutdown (self->fd, SHUT_RDWR); /* who waits in its queue is refused now, and not in the end */
  if (self->config->address[0] == '/')
    unlink (self->config->address);
}

/**
 * cpd_listener_stop:
 * @listener: (transfer full)
 * @grace_seconds: for the requests in progress
 *
 * From the thread that made the listener.
 */
void
cpd_listener_stop (CpdListener *self, int grace_seconds)
{
  cpd_listener_quiesce (self);
  cpd_connections_drain (self->context.connections, grace_seconds * G_GINT64_CONSTANT (1000));
  listener_free (self);
}
