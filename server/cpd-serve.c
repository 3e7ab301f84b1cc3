/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd"
#include "cpd-serve.h"

#include <glib-unix.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "cpd-control.h"
#include "cpd-dispatch.h"
#include "cpd-listener.h"
#include "cpd-outbox.h"
#include "cpd-routes.h"
#include "cpd-store-attempt.h"
#include "cpd-store-throttle.h"

#define GRACE_SECONDS 10
#define TIDY_SECONDS 3600
/* Nothing looks further back than the limits of a day. */
#define KEPT (25 * CP_TIME_HOUR)

typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  CpdKeys *keys;           /* (owned), and all below, in the order in which they start */
  CpdWriter *writer;
  CpdServices services;
  CpdHashPool *pool;
  CpdOutbox *outbox;
  CpdEhrTimer *timer;
  CpdDispatch *dispatch;
  CpdListener *listener;
  CpdControl *control;
  GMainLoop *loop;
} CpdServer;

static void
wake_outbox (gpointer data)
{
  CpdServer *server = data;

  cpd_outbox_wake (server->outbox);
}

static void
handle_request (CpdRequest *request, CpdReplyFunc done, gpointer done_data, gpointer user_data)
{
  CpdServer *server = user_data;

  cpd_dispatch (server->dispatch, request, done, done_data);
}

static gboolean
tidy_in_writer (CpdDb *db, gpointer data, GError **error)
{
  CpTime before = cp_time_now () - KEPT;

  return cpd_store_attempt_forget (db, before, error) && cpd_store_throttle_forget (db, before, error);
}

static gboolean
tidy_cb (gpointer data)
{
  CpdServer *server = data;

  cpd_writer_submit (server->writer, tidy_in_writer, NULL, server, NULL);
  return G_SOURCE_CONTINUE;
}

static gboolean
stop_cb (gpointer data)
{
  CpdServer *server = data;

  g_main_loop_quit (server->loop);
  return G_SOURCE_CONTINUE;
}

static gboolean
reload_cb (gpointer data)
{
  CpdServer *server = data;
  g_autoptr (GError) error = NULL;

  if (!cpd_listener_reload_certificate (server->listener, &error))
    g_warning ("the certificate could not be read again, the one before stays: %s", error->message);
  return G_SOURCE_CONTINUE;
}

/* Passwords and reports pass through memory: none of it may reach a core file, and no other process may look. */
static void
keep_memory_private (void)
{
  const struct rlimit none = { 0, 0 };

  setrlimit (RLIMIT_CORE, &none);
  prctl (PR_SET_DUMPABLE, 0);
}

static gboolean
load_logo (CpdServer *server, GError **error)
{
  g_autofree char *bytes = NULL;
  gsize size;

  if (server->config->logo == NULL)
    return TRUE;
  if (!g_file_get_contents (server->config->logo, &bytes, &size, error))
    return FALSE;
  if (size == 0 || size > 256 * 1024)
    {
      g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "the logo %s is empty or larger than 256 KiB",
                   server->config->logo);
      return FALSE;
    }
  server->services.logo = g_bytes_new_take (g_steal_pointer (&bytes), size);
  return TRUE;
}

static gboolean
start (CpdServer *server, GError **error)
{
  const CpdConfig *config = server->config;
  CpdCommandContext context = { .config = config, .wake = wake_outbox, .wake_data = server };
  CpdEhrSync sync = { .config = config };

  if (!cpd_command_lock (config, error) || !load_logo (server, error) ||
      (server->keys = cpd_keys_load (config->key_file, error)) == NULL ||
      (server->writer = cpd_writer_new (config->database, error)) == NULL)
    return FALSE;
  server->services.config = config;
  server->services.keys = server->keys;
  server->services.cost = (CpdPasswordCost){ config->argon2_memory_mib, config->argon2_passes };
  server->pool = cpd_hash_pool_new ();
  server->outbox = cpd_outbox_new (config, server->keys, server->writer, error);
  if (server->outbox == NULL)
    return FALSE;
  sync.keys = server->keys;
  sync.writer = server->writer;
  server->timer = cpd_ehr_timer_new (&sync);
  server->dispatch = cpd_dispatch_new (&server->services, server->writer, server->pool, wake_outbox, server);
  context.keys = server->keys;
  context.writer = server->writer;
  context.timer = server->timer;
  server->control = cpd_control_new (&context, error);
  if (server->control == NULL)
    return FALSE;
  server->listener = cpd_listener_new (config, handle_request, cpd_routes_body_limit, server, error);
  return server->listener != NULL;
}

/* New requests stop first; the writer, which everybody before it needs, stops last. */
static void
stop (CpdServer *server)
{
  if (server->listener != NULL)
    cpd_listener_stop (server->listener, GRACE_SECONDS);
  cpd_control_free (server->control);
  cpd_ehr_timer_free (server->timer);
  cpd_hash_pool_free (server->pool);
  cpd_outbox_free (server->outbox);
  cpd_writer_free (server->writer);
  cpd_dispatch_free (server->dispatch);
  cpd_keys_free (server->keys);
  g_clear_pointer (&server->services.logo, g_bytes_unref);
}

static void
run (CpdServer *server)
{
  guint sources[] = {
    g_unix_signal_add (SIGTERM, stop_cb, server),
    g_unix_signal_add (SIGINT, stop_cb, server),
    g_unix_signal_add (SIGHUP, reload_cb, server),
    g_timeout_add_seconds (TIDY_SECONDS, tidy_cb, server),
  };

  tidy_cb (server);
  g_print ("clientportaald listens on %s port %d\n", server->config->address, cpd_listener_get_port (server->listener));
  g_main_loop_run (server->loop);
  for (gsize i = 0; i < G_N_ELEMENTS (sources); i++)
    g_source_remove (sources[i]);
}

/**
 * cpd_serve:
 */
gboolean
cpd_serve (const CpdConfig *config, GError **error)
{
  CpdServer server = { .config = config };
  gboolean started;

  keep_memory_private ();
  server.loop = g_main_loop_new (NULL, FALSE);
  started = start (&server, error);
  if (started)
    run (&server);
  stop (&server);
  g_main_loop_unref (server.loop);
  return started;
}
