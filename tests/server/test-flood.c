/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flood of logins: so many wait as the pool of hashing takes, all others are told at once to come back, and whoever
 * asks something else is answered meanwhile. */
#include <pthread.h>
#include <string.h>

#include "cpd-dispatch.h"
#include "cpd-queue.h"
#include "cpd-stmt.h"
#include "cpd-throttle.h"
#include "store-kit.h"

#define FLOOD 400
#define CAPACITY 4
#define WAIT_SECONDS 3

/* The pool has one thread, and the test holds it. */
static const CpdPoolKind held = { "hash", 1, CAPACITY, 0, WAIT_SECONDS };

typedef struct
{
  StoreKit kit;
  CpdServices services;
  CpdPool *hashing;
  CpdDispatch *dispatch;
  CpdQueue *begun;
  CpdQueue *gate;
  pthread_mutex_t lock; /* of what follows */
  pthread_cond_t came;
  int n_busy;
  int n_hashed;
  int n_other;
} World;

static void
wake (gpointer data)
{
}

static void
hold_cb (gpointer data)
{
  World *world = data;
  gpointer item;

  cpd_queue_push (world->begun, world);
  cpd_queue_pop_many (world->gate, &item, 1);
}

static void
count (World *world, int *number)
{
  pthread_mutex_lock (&world->lock);
  ++*number;
  pthread_cond_signal (&world->came);
  pthread_mutex_unlock (&world->lock);
}

static void
wait_for (World *world, const int *number, int value)
{
  pthread_mutex_lock (&world->lock);
  while (*number < value)
    pthread_cond_wait (&world->came, &world->lock);
  g_assert_cmpint (*number, ==, value);
  pthread_mutex_unlock (&world->lock);
}

static void
login_cb (CpdReply *reply, gpointer data)
{
  World *world = data;
  gboolean busy = g_error_matches (reply->error, CP_ERROR, CP_ERROR_BUSY);

  if (busy)
    g_assert_cmpint (cp_error_details (reply->error)->wait_seconds, ==, WAIT_SECONDS);
  else
    g_assert_error (reply->error, CP_ERROR, CP_ERROR_LOGIN_FAILED);
  cpd_reply_free (reply);
  count (world, busy ? &world->n_busy : &world->n_hashed);
}

static void
other_cb (CpdReply *reply, gpointer data)
{
  World *world = data;

  g_assert_false (g_error_matches (reply->error, CP_ERROR, CP_ERROR_BUSY));
  cpd_reply_free (reply);
  count (world, &world->n_other);
}

static void
log_in (World *world, int n)
{
  CpdRequest *request = cpd_request_new (CP_ROUTE_LOGIN);
  g_autofree char *body = g_strdup_printf ("{\"username\":\"nobody.%d\",\"password\":\"not the password\"}", n);

  request->address = g_strdup_printf ("192.0.2.%d", n % 200);
  request->body = g_bytes_new (body, strlen (body));
  cpd_dispatch (world->dispatch, request, login_cb, world);
}

static void
ask (World *world, CpRouteId route)
{
  CpdRequest *request = cpd_request_new (route);

  request->address = g_strdup ("192.0.2.250");
  request->bearer = g_strnfill (CP_TOKEN_LENGTH, 'A');
  cpd_dispatch (world->dispatch, request, other_cb, world);
}

static void
set_up (World *world)
{
  gpointer item;

  *world = (World){ .begun = cpd_queue_new (1), .gate = cpd_queue_new (1) };
  pthread_mutex_init (&world->lock, NULL);
  pthread_cond_init (&world->came, NULL);
  store_kit_set_up (&world->kit);
  world->services.config = world->kit.config;
  world->services.keys = world->kit.keys;
  world->services.cost = (CpdPasswordCost){ 19, 2 };
  world->services.log_outs = cpd_log_outs_new (world->kit.writer);
  world->hashing = cpd_pool_new (&held);
  world->dispatch = cpd_dispatch_new (&world->services, world->kit.writer, world->hashing, NULL, 0, wake, NULL);
  g_assert_true (cpd_pool_submit (world->hashing, hold_cb, world, NULL));
  cpd_queue_pop_many (world->begun, &item, 1);
}

static void
tear_down (World *world)
{
  cpd_pool_free (world->hashing);
  store_kit_tear_down (&world->kit);
  cpd_dispatch_free (world->dispatch);
  cpd_log_outs_free (world->services.log_outs);
  cpd_queue_free (world->begun);
  cpd_queue_free (world->gate);
  pthread_cond_destroy (&world->came);
  pthread_mutex_destroy (&world->lock);
}

static gboolean
count_tries (CpdDb *db, gpointer data, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "SELECT sum (count) FROM throttle WHERE bucket = ?", "i",
                                           (gint64) CPD_THROTTLE_LOGIN_ACCOUNT);

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  *(int *) data = (int) cpd_stmt_int (stmt, 0);
  return TRUE;
}

static gpointer
flood_thread (gpointer data)
{
  World world;
  int n_tries;

  set_up (&world);
  for (int n = 0; n < FLOOD; n++)
    log_in (&world, n);
  wait_for (&world, &world.n_busy, FLOOD - CAPACITY);
  ask (&world, CP_ROUTE_VERSION);
  ask (&world, CP_ROUTE_SESSION);
  ask (&world, CP_ROUTE_LOGOUT);
  wait_for (&world, &world.n_other, 3);
  g_assert_cmpint (world.n_hashed, ==, 0);
  /* Who was told to come back has not tried: or a flood of others would use up the tries of somebody. */
  store_kit_write (&world.kit, count_tries, &n_tries);
  g_assert_cmpint (n_tries, ==, CAPACITY);
  cpd_queue_push (world.gate, &world);
  wait_for (&world, &world.n_hashed, CAPACITY);
  tear_down (&world);
  return NULL;
}

/* The gate keeps a connection for each thread that reads: one of its own, so that it is closed with the thread. */
static void
test_flood (void)
{
  g_thread_join (g_thread_new ("flood", flood_thread, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flood/of-logins", test_flood);
  return g_test_run ();
}
