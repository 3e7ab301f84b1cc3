/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd"
#include "cpd-serve.h"

#include <glib-unix.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "cpd-control.h"
#include "cpd-dispatch.h"
#include "cpd-drawing.h"
#include "cpd-ehr-keep.h"
#include "cpd-end-dates.h"
#include "cpd-listener.h"
#include "cpd-outbox.h"
#include "cpd-pool.h"
#include "cpd-routes.h"
#include "cpd-service-manager.h"
#include "cpd-store-month.h"
#include "cpd-store-summary.h"
#include "cpd-tidy.h"
#include "cpd-volume.h"
#include "cpd-watchdog.h"
#include "cpd-words.h"

#define GRACE_SECONDS 10
#define TIDY_SECONDS 3600
#define RETRY_SECONDS 10

typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  CpdKeys *keys;           /* (owned), and all below, in the order in which they start */
  CpdWriter *writer;
  CpdServices services;
  CpdPool *hashing;
  CpdPool *reading;
  CpdOutbox *outbox;
  CpdEhrTimer *timer;
  CpdDispatch *dispatch;
  CpdListener *listener;
  CpdControl *control;
  GMainLoop *loop;
  CpWordList *words;     /* (borrowed): the newest of word_lists, atomic */
  GPtrArray *word_lists; /* (owned) of CpWordList: threads may still read the older ones */
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

static void
request_left (gpointer done_data, gpointer user_data)
{
  cpd_dispatch_left (((CpdServer *) user_data)->dispatch, done_data);
}

typedef struct
{
  const CpdConfig *config; /* (borrowed) */
  gboolean more;
} KeepEnds;

static gboolean
ends_in_writer (CpdDb *db, gpointer data, GError **error)
{
  KeepEnds *run = data;

  return cpd_end_dates_keep (db, run->config, cp_time_now (), &run->more, error);
}

/* Waits for the writer, a few rows at a time, so that nothing of it is under way when the server stops. A run that
 * cannot go on now is no loss: the next one does. */
static void
keep_ends (CpdServer *server)
{
  KeepEnds run = { server->config, TRUE };
  g_autoptr (GError) error = NULL;

  while (run.more && cpd_writer_run (server->writer, ends_in_writer, &run, &error))
    ;
  if (error != NULL)
    g_message ("nobody was told of access that ends: %s", error->message);
  cpd_outbox_wake (server->outbox);
}

static gboolean
tidy_cb (gpointer data)
{
  CpdServer *server = data;

  /* A second place, of which the operator chooses how long it is kept and where. */
  cpd_writer_log_mark (server->writer);
  cpd_tidy_run (server->writer, server->config->audit_years);
  keep_ends (server);
  return G_SOURCE_CONTINUE;
}

/* Who logged out while the disk was full. */
static gboolean
retry_cb (gpointer data)
{
  CpdServer *server = data;

  cpd_log_outs_retry (server->services.log_outs);
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
load_words (CpdServer *server, GError **error)
{
  CpWordList *words = cpd_words_load (server->config->words, error);

  if (words == NULL)
    return FALSE;
  g_ptr_array_add (server->word_lists, words);
  g_atomic_pointer_set (&server->words, words);
  return TRUE;
}

static gboolean
reload_cb (gpointer data)
{
  CpdServer *server = data;
  g_autoptr (GError) error = NULL;

  if (!cpd_listener_reload_certificate (server->listener, &error))
    g_warning ("the certificate could not be read again, the one before stays: %s", error->message);
  g_clear_error (&error);
  if (!load_words (server, &error))
    g_warning ("the words could not be read again, the list before stays: %s", error->message);
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

/* name: the key; path: (nullable); image: (out) (transfer full) (nullable). By its first byte it is a PNG or a JPEG, of
 * which the app sees the size before it opens it, or else a drawing. */
static gboolean
load_image (const CpdConfig *config, const char *name, const char *path, gsize max_kib, GBytes **image, GError **error)
{
  g_autoptr (GError) wrong = NULL;
  g_autofree char *bytes = NULL;
  gsize size;

  *image = NULL;
  if (path == NULL)
    return TRUE;
  if (!g_file_get_contents (path, &bytes, &size, &wrong))
    return cpd_config_complain (config->reader, "organisation", name, error, "%s", wrong->message);
  if (size == 0 || size > max_kib * 1024)
    return cpd_config_complain (config->reader, "organisation", name, error,
                                "%s is empty or larger than %" G_GSIZE_FORMAT " KiB", path, max_kib);
  if (bytes[0] != '\x89' && bytes[0] != '\xff' && !cpd_drawing_check (bytes, size, &wrong))
    return cpd_config_complain (config->reader, "organisation", name, error, "%s: %s", path, wrong->message);
  *image = g_bytes_new_take (g_steal_pointer (&bytes), size);
  return TRUE;
}

static gboolean
load_images (const CpdConfig *config, GBytes **logo, GBytes **picture, GError **error)
{
  *picture = NULL;
  return load_image (config, "logo", config->logo, 256, logo, error) &&
         load_image (config, "picture", config->picture, 1024, picture, error);
}

/**
 * cpd_serve_check:
 */
gboolean
cpd_serve_check (const CpdConfig *config, GError **error)
{
  g_autoptr (GBytes) logo = NULL;
  g_autoptr (GBytes) picture = NULL;

  return load_images (config, &logo, &picture, error);
}

/* At 70 ms each and one worker the last in the queue waits about 4 s: longer would only look like a fault. A quarter is
 * left to who is on a device of theirs, changes a password, or has a link. */
static CpdPool *
new_hashing (void)
{
  const CpdPoolKind hashing = { "hash", MAX (1, g_get_num_processors () - 1), 64, 19, 5, 16 };

  return cpd_pool_new (&hashing);
}

/* Searching takes milliseconds, and somebody who types looks at it. */
static const CpdPoolKind reading = { "read", 2, 64, 0, 2, 0 };

static gboolean
rewrite_summaries (CpdDb *db, gpointer data, GError **error)
{
  const CpdConfig *config = data;

  return cpd_store_summary_rewrite (db, cp_time_now (), config->zone, error);
}

/* A disk that is full is no reason not to begin: what could not be kept is asked for in full. */
static void
keep_summaries (CpdServer *server)
{
  g_autoptr (GError) error = NULL;

  if (!cpd_writer_run (server->writer, rewrite_summaries, (gpointer) server->config, &error))
    g_warning ("the summaries were not rewritten: %s", error->message);
}

static CpdWriter *
open_writer (const CpdConfig *config, const CpdKeys *keys, GError **error)
{
  CpdWriter *writer = cpd_writer_new (config->database, error);

  if (writer != NULL)
    cpd_writer_keep_mark (writer, keys);
  return writer;
}

/* The dossier lies in the database as it is read. */
static void
look_at_volume (const CpdConfig *config)
{
  switch (cpd_volume_of (config->database, "/sys"))
    {
    case CPD_VOLUME_OPEN:
      g_warning ("the volume of %s is not encrypted by this machine: who gets hold of the disk can read everything",
                 config->database);
      break;
    case CPD_VOLUME_UNKNOWN:
      g_warning ("it cannot be seen whether the volume of %s is encrypted: see to it that it is", config->database);
      break;
    case CPD_VOLUME_ENCRYPTED:
      break;
    }
}

/* What only the database of before a restore names stays with it: it may be the only one that is whole. */
static gboolean
sweep_documents (const CpdConfig *config, GError **error)
{
  g_autofree char *kept = cpd_command_kept_path (config->database);

  return g_file_test (kept, G_FILE_TEST_EXISTS) || cpd_ehr_keep_sweep (config, error);
}

static gboolean
start (CpdServer *server, GError **error)
{
  const CpdConfig *config = server->config;
  CpdCommandContext context = { .config = config, .wake = wake_outbox, .wake_data = server };
  CpdEhrSync sync = { .config = config, .wake = wake_outbox, .wake_data = server };
  const CpdAnswerer answerer = {
    .handler = handle_request, .limits = cpd_routes_limits, .left = request_left, .user_data = server
  };

  if (!cpd_command_lock (config, error) ||
      !load_images (config, &server->services.logo, &server->services.picture, error) || !load_words (server, error) ||
      (server->keys = cpd_keys_load (config->key_file, error)) == NULL ||
      (server->writer = open_writer (config, server->keys, error)) == NULL ||
      !cpd_store_months_judge (server->writer, config->organisation->time_zone, config->zone, error) ||
      !sweep_documents (config, error))
    return FALSE;
  cpd_command_remove_left_over (config, NULL); /* what somebody is at work on they remove themselves */
  keep_summaries (server);
  server->services.config = config;
  server->services.keys = server->keys;
  server->services.log_outs = cpd_log_outs_new (server->writer);
  server->services.sending = cpd_sending_new ();
  server->services.words = &server->words;
  server->services.cost = (CpdPasswordCost){ config->argon2_memory_mib, config->argon2_passes };
  server->hashing = new_hashing ();
  server->reading = cpd_pool_new (&reading);
  server->outbox = cpd_outbox_new (config, server->keys, server->writer, error);
  if (server->outbox == NULL)
    return FALSE;
  sync.keys = server->keys;
  sync.writer = server->writer;
  server->timer = cpd_ehr_timer_new (&sync);
  /* A quarter of the connections is never taken by who waits. */
  server->dispatch = cpd_dispatch_new (&server->services, server->writer, server->hashing, server->reading,
                                       (guint) cpd_listener_capacity () / 4 * 3, wake_outbox, server);
  context.keys = server->keys;
  context.writer = server->writer;
  context.timer = server->timer;
  server->control = cpd_control_new (&context, error);
  if (server->control == NULL)
    return FALSE;
  server->listener = cpd_listener_new (config, &answerer, error);
  return server->listener != NULL;
}

/* New requests stop first, and what waits for news is answered; the writer, which everybody before it needs, stops
 * last. What it still has to do for a login that nobody waits for any more finds the pool there, and closed. */
static void
stop (CpdServer *server)
{
  if (server->listener != NULL)
    {
      cpd_listener_quiesce (server->listener);
      cpd_dispatch_stop_waiting (server->dispatch);
      cpd_listener_stop (server->listener, GRACE_SECONDS);
    }
  cpd_control_free (server->control);
  cpd_ehr_timer_free (server->timer);
  cpd_pool_stop (server->reading);
  cpd_pool_stop (server->hashing);
  cpd_outbox_stop (server->outbox);
  if (server->services.log_outs != NULL)
    cpd_log_outs_retry (server->services.log_outs);
  cpd_writer_free (server->writer);
  /* The last changes of the writer still woke it. */
  cpd_outbox_free (server->outbox);
  cpd_log_outs_free (server->services.log_outs);
  cpd_sending_free (server->services.sending);
  cpd_dispatch_free (server->dispatch);
  cpd_pool_free (server->reading);
  cpd_pool_free (server->hashing);
  cpd_keys_free (server->keys);
  g_clear_pointer (&server->services.logo, g_bytes_unref);
  g_clear_pointer (&server->services.picture, g_bytes_unref);
  g_ptr_array_unref (server->word_lists);
}

static void
run_and_stop (CpdServer *server)
{
  guint sources[] = {
    g_unix_signal_add (SIGTERM, stop_cb, server),
    g_unix_signal_add (SIGINT, stop_cb, server),
    g_unix_signal_add (SIGHUP, reload_cb, server),
    g_timeout_add_seconds (TIDY_SECONDS, tidy_cb, server),
    g_timeout_add_seconds (RETRY_SECONDS, retry_cb, server),
  };

  CpdWatchdog *watchdog = cpd_watchdog_new (server->listener);

  look_at_volume (server->config);
  tidy_cb (server);
  cpd_service_manager_tell ("READY=1");
  g_print ("clientportaald listens on %s port %d\n", server->config->address, cpd_listener_get_port (server->listener));
  g_main_loop_run (server->loop);
  cpd_watchdog_free (watchdog);
  cpd_service_manager_tell ("STOPPING=1");
  stop (server);
  /* Not before: a signal that nobody waits for kills, and Ctrl-C in a terminal is often told twice. */
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
  server.word_lists = g_ptr_array_new_with_free_func ((GDestroyNotify) cp_word_list_free);
  started = start (&server, error);
  if (started)
    run_and_stop (&server);
  else
    stop (&server);
  g_main_loop_unref (server.loop);
  return started;
}
