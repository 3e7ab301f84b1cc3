/* SPDX-License-Identifier: GPL-3.0-or-later */
/* A flood of logins: so many wait as the pool of hashing takes of strangers, all others are told at once to come back,
 * and whoever asks something else is answered meanwhile. Somebody on a device of theirs is let in, during it and when
 * those others have tried too often. */
#include <pthread.h>
#include <string.h>

#include "cpd-dispatch.h"
#include "cpd-login-throttle.h"
#include "cpd-queue.h"
#include "cpd-stmt.h"
#include "cpd-store-session.h"
#include "store-kit.h"

#define FLOOD 400
#define ACCOUNT 1
#define PASSWORD "vier losse fietsbellen"
#define DEVICE "BBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBBB" /* a token is CP_TOKEN_LENGTH long */
#define CAPACITY 4
#define KEPT 1
#define STRANGERS (CAPACITY - KEPT)
#define WAIT_SECONDS 3

/* The pool has one thread, and the test holds it. */
static const CpdPoolKind held = { "hash", 1, CAPACITY, 0, WAIT_SECONDS, KEPT };

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
  int n_throttled;
  int n_hashed;
  int n_let_in;
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
throttled_cb (CpdReply *reply, gpointer data)
{
  World *world = data;

  g_assert_error (reply->error, CP_ERROR, CP_ERROR_THROTTLED);
  cpd_reply_free (reply);
  count (world, &world->n_throttled);
}

static void
let_in_cb (CpdReply *reply, gpointer data)
{
  World *world = data;

  g_assert_no_error (reply->error);
  cpd_reply_free (reply);
  count (world, &world->n_let_in);
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
post_login (World *world, const char *body, int address, CpdReplyFunc done)
{
  CpdRequest *request = cpd_request_new (CP_ROUTE_LOGIN);

  request->address = g_strdup_printf ("192.0.2.%d", address);
  request->body = g_bytes_new (body, strlen (body));
  cpd_dispatch (world->dispatch, request, done, world);
}

static void
log_in (World *world, int n, CpdReplyFunc done)
{
  g_autofree char *body = g_strdup_printf ("{\"username\":\"nobody.%d\",\"password\":\"not the password\"}", n);

  post_login (world, body, n % 200, done);
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

/* Whoever asks from address 0 as nobody.0 has tried as often as one may. */
static gboolean
use_up_tries (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  CpdThrottleKey buckets[CPD_LOGIN_BUCKETS];
  gsize n = cpd_login_throttle_buckets (world->kit.keys, "nobody.0", 0, "192.0.2.0", buckets);
  g_autoptr (GError) full = NULL;

  while (cpd_throttle_take (db, buckets, n, cp_time_now (), &full))
    ;
  g_assert_error (full, CP_ERROR, CP_ERROR_THROTTLED);
  return TRUE;
}

static gboolean
add_trusted (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  g_autofree char *hash = cpd_password_hash (world->kit.keys, world->services.cost, PASSWORD, error);
  guchar token_hash[CPD_HASH_SIZE];
  CpTime now = cp_time_now ();
  gint64 device;

  g_assert_cmpuint (strlen (DEVICE), ==, CP_TOKEN_LENGTH);
  cpd_keys_hash (world->kit.keys, "device", DEVICE, strlen (DEVICE), token_hash);
  return hash != NULL &&
         cpd_db_run (
             db, error,
             "INSERT INTO account (id, public_id, username, name, given_name, email, created)"
             " VALUES (?, 'AAAAAAAAAAAAAAAAAAAAAA', 'w.debruin', 'Wil de Bruin', 'Wil', 'wil@debruin.example', 1)",
             "i", (gint64) ACCOUNT) &&
         cpd_store_account_set_own (db, ACCOUNT, cpd_keys_pepper (world->kit.keys), hash, now, error) &&
         cpd_store_device_add (db, ACCOUNT, token_hash, 0, now, &device, error);
}

static void
log_in_trusted (World *world)
{
  const char *body = "{\"username\":\"w.debruin\",\"password\":\"" PASSWORD "\",\"device_token\":\"" DEVICE "\"}";

  post_login (world, body, 0, let_in_cb);
}

static gpointer
flood_thread (gpointer data)
{
  World world;
  int n_tries;

  set_up (&world);
  store_kit_write (&world.kit, add_trusted, &world);
  for (int n = 0; n < FLOOD; n++)
    log_in (&world, n, login_cb);
  wait_for (&world, &world.n_busy, FLOOD - STRANGERS);
  ask (&world, CP_ROUTE_VERSION);
  ask (&world, CP_ROUTE_SESSION);
  ask (&world, CP_ROUTE_LOGOUT);
  wait_for (&world, &world.n_other, 3);
  g_assert_cmpint (world.n_hashed, ==, 0);
  log_in_trusted (&world);
  /* Who was told to come back has not tried: or a flood of others would use up the tries of somebody. */
  store_kit_write (&world.kit, count_tries, &n_tries);
  g_assert_cmpint (n_tries, ==, STRANGERS);
  cpd_queue_push (world.gate, &world);
  wait_for (&world, &world.n_hashed, STRANGERS);
  wait_for (&world, &world.n_let_in, 1);
  tear_down (&world);
  return NULL;
}

static gboolean
hold_writer (CpdDb *db, gpointer data, GError **error)
{
  hold_cb (data);
  return TRUE;
}

static gpointer
throttled_thread (gpointer data)
{
  World world;
  gpointer item;

  set_up (&world);
  store_kit_write (&world.kit, use_up_tries, &world);
  store_kit_write (&world.kit, add_trusted, &world);
  /* They are all under way before it is seen that they tried too often. */
  g_assert_true (cpd_writer_submit (world.kit.writer, hold_writer, NULL, &world, NULL));
  cpd_queue_pop_many (world.begun, &item, 1);
  for (int n = 0; n < FLOOD; n++)
    log_in (&world, 0, throttled_cb);
  log_in_trusted (&world);
  cpd_queue_push (world.gate, &world); /* to the writer or to the pool: */
  cpd_queue_push (world.gate, &world); /* both go on */
  wait_for (&world, &world.n_throttled, FLOOD);
  wait_for (&world, &world.n_let_in, 1);
  tear_down (&world);
  return NULL;
}

/* The gate keeps a connection for each thread that reads: one of its own, so that it is closed with the thread. */
static void
test_flood (void)
{
  g_thread_join (g_thread_new ("flood", flood_thread, NULL));
}

static void
test_throttled (void)
{
  g_thread_join (g_thread_new ("flood", throttled_thread, NULL));
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/flood/of-logins", test_flood);
  g_test_add_func ("/flood/throttled", test_throttled);
  return g_test_run ();
}
