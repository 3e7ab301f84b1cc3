/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The control socket ends when its commands have, and waits for nobody who only holds the line. */
#include <gio/gio.h>
#include <gio/gunixsocketaddress.h>
#include <pthread.h>

#include "cpd-control.h"
#include "store-kit.h"

typedef struct
{
  StoreKit kit;
  CpdControl *control;
  pthread_mutex_t mutex;
  pthread_cond_t cond;
  gboolean running; /* a command is */
  gboolean go_on;
  gboolean freed;
  char *said;
} World;

static void
set (World *world, gboolean *flag)
{
  pthread_mutex_lock (&world->mutex);
  *flag = TRUE;
  pthread_cond_broadcast (&world->cond);
  pthread_mutex_unlock (&world->mutex);
}

/* Returns FALSE when it is not set within so many milliseconds. */
static gboolean
wait_for (World *world, gboolean *flag, int milliseconds)
{
  gint64 end = g_get_real_time () + milliseconds * G_TIME_SPAN_MILLISECOND;
  const struct timespec until = { .tv_sec = end / G_USEC_PER_SEC, .tv_nsec = end % G_USEC_PER_SEC * 1000 };
  gboolean is_set;

  pthread_mutex_lock (&world->mutex);
  while (!*flag && pthread_cond_timedwait (&world->cond, &world->mutex, &until) == 0)
    ;
  is_set = *flag;
  pthread_mutex_unlock (&world->mutex);
  return is_set;
}

/* Called by the command when its change is on disk: it runs on until it may go on. */
static void
wake_cb (gpointer data)
{
  World *world = data;

  set (world, &world->running);
  g_assert_true (wait_for (world, &world->go_on, 20000));
}

static void
set_up (World *world)
{
  g_autoptr (GError) error = NULL;
  CpdCommandContext context = { .wake = wake_cb, .wake_data = world };

  *world = (World){ 0 };
  pthread_mutex_init (&world->mutex, NULL);
  pthread_cond_init (&world->cond, NULL);
  store_kit_set_up (&world->kit);
  context.config = world->kit.config;
  context.keys = world->kit.keys;
  context.writer = world->kit.writer;
  world->control = cpd_control_new (&context, &error);
  g_assert_no_error (error);
}

static void
tear_down (World *world)
{
  store_kit_tear_down (&world->kit);
  pthread_cond_destroy (&world->cond);
  pthread_mutex_destroy (&world->mutex);
}

static gpointer
enrol_thread (gpointer data)
{
  static const char *const words[][2] = {
    { "identifier", "system|1" }, { "source", "ecd" },       { "client", "Anna Kok" },
    { "username", "n.noord" },    { "name", "Nico Noord" },  { "email", "nico@noord.example" },
    { "mobile", "+31612345678" }, { "relation", "partner" },
  };
  World *world = data;
  g_autoptr (GHashTable) arguments = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;

  for (gsize i = 0; i < G_N_ELEMENTS (words); i++)
    g_hash_table_insert (arguments, (gpointer) words[i][0], (gpointer) words[i][1]);
  world->said = cpd_control_ask (world->kit.config, "enrol", arguments, &error);
  g_assert_no_error (error);
  return NULL;
}

static gpointer
free_thread (gpointer data)
{
  World *world = data;

  cpd_control_free (world->control);
  set (world, &world->freed);
  return NULL;
}

static void
test_a_command_comes_to_its_end (void)
{
  World world;
  GThread *asking;
  GThread *freeing;

  set_up (&world);
  asking = g_thread_new ("ask", enrol_thread, &world);
  g_assert_true (wait_for (&world, &world.running, 20000));
  freeing = g_thread_new ("free", free_thread, &world);
  g_assert_false (wait_for (&world, &world.freed, 300));
  set (&world, &world.go_on);
  g_thread_join (freeing);
  g_thread_join (asking);
  g_assert_cmpstr (world.said, ==, "Nico Noord is invited; the mail is on its way.\n");
  g_free (world.said);
  tear_down (&world);
}

static void
test_who_holds_the_line_is_not_waited_for (void)
{
  World world;
  g_autofree char *path = NULL;
  g_autofree char *status = NULL;
  g_autoptr (GSocketAddress) address = NULL;
  g_autoptr (GSocketClient) client = g_socket_client_new ();
  g_autoptr (GSocketConnection) silent = NULL;
  g_autoptr (GHashTable) arguments = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GError) error = NULL;
  gint64 begin;

  set_up (&world);
  path = cpd_command_socket_path (world.kit.config);
  address = g_unix_socket_address_new (path);
  silent = g_socket_client_connect (client, G_SOCKET_CONNECTABLE (address), NULL, &error);
  g_assert_no_error (error);
  /* Whoever came later was answered: so the first one has a thread. */
  g_hash_table_insert (arguments, (gpointer) "status", (gpointer) "yes");
  status = cpd_control_ask (world.kit.config, "sync", arguments, &error);
  g_assert_no_error (error);
  begin = g_get_monotonic_time ();
  cpd_control_free (world.control);
  g_assert_cmpint (g_get_monotonic_time () - begin, <, 5 * G_TIME_SPAN_SECOND);
  g_assert_false (g_file_test (path, G_FILE_TEST_EXISTS));
  tear_down (&world);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/control/a-command-comes-to-its-end", test_a_command_comes_to_its_end);
  g_test_add_func ("/control/who-holds-the-line-is-not-waited-for", test_who_holds_the_line_is_not_waited_for);
  return g_test_run ();
}
