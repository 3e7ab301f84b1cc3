/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-client.h"
#include "http-kit.h"

#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define CLIENTS 200
#define ROUNDS 10
#define CONNECTIONS 2000

static long
resident_kib (void)
{
  g_autofree char *text = NULL;
  long total, resident;

  g_assert_true (g_file_get_contents ("/proc/self/statm", &text, NULL, NULL));
  g_assert_cmpint (sscanf (text, "%ld %ld", &total, &resident), ==, 2);
  return resident * (sysconf (_SC_PAGESIZE) / 1024);
}

/* A race between the handler that returns and the thread that answers, on every request. */
static void *
keep_asking (void *data)
{
  HttpKit *kit = data;
  int fd = http_connect (kit->port);

  for (int i = 0; i < ROUNDS; i++)
    {
      g_auto (HttpAnswer) answer = { 0 };
      http_send (fd, i % 3 == 0 ? HTTP_GET ("/api/v1/version") : HTTP_GET ("/api/v1/organisation"), -1);
      answer = http_receive (fd);
      g_assert_cmpint (answer.status, ==, 200);
      g_assert_nonnull (strstr (answer.body, i % 3 == 0 ? "api_min" : "linde"));
    }
  close (fd);
  return NULL;
}

static void
test_parallel (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  pthread_t clients[CLIENTS];

  http_kit_start (kit);
  for (int i = 0; i < CLIENTS; i++)
    g_assert_cmpint (pthread_create (&clients[i], NULL, keep_asking, kit), ==, 0);
  for (int i = 0; i < CLIENTS; i++)
    pthread_join (clients[i], NULL);
  g_assert_cmpint (g_atomic_int_get (&kit->n_requests), ==, CLIENTS * ROUNDS);
}

static void
test_held (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  int fds[20];

  http_kit_start (kit);
  for (int i = 0; i < 20; i++)
    {
      fds[i] = http_connect (kit->port);
      http_send (fds[i], HTTP_GET (HTTP_KIT_HELD) HTTP_GET ("/api/v1/version"), -1);
    }
  http_kit_wait_for (&kit->n_held, 20);
  for (int i = 0; i < 20; i++)
    g_assert_false (http_is_closed (fds[i], 0));
  http_kit_release (kit);
  for (int i = 0; i < 20; i++)
    {
      g_auto (HttpAnswer) held = http_receive (fds[i]);
      g_auto (HttpAnswer) next = http_receive (fds[i]);
      g_assert_nonnull (strstr (held.body, "linde"));
      g_assert_nonnull (strstr (next.body, "api_min"));
      close (fds[i]);
    }
}

/* Clients that leave while they wait: the late answers go nowhere, the descriptors come back. */
static void
test_client_leaves (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };
  long before;

  http_kit_start (kit);
  answer = http_ask (kit->port, HTTP_GET ("/api/v1/version"));
  before = http_kit_descriptors ();
  for (int i = 1; i <= 20; i++)
    {
      int fd = http_connect (kit->port);
      http_send (fd, HTTP_GET (HTTP_KIT_HELD), -1);
      http_kit_wait_for (&kit->n_held, i);
      close (fd);
    }
  http_kit_release (kit);
  http_kit_wait_for_descriptors (before);
}

/* A handler that waits for long is told, so that nobody is waited for who is gone; then the descriptor comes back too.
 */
static void
test_client_leaves_what_waits (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };
  long before;
  int fd;

  http_kit_start (kit);
  answer = http_ask (kit->port, HTTP_GET ("/api/v1/version"));
  before = http_kit_descriptors ();
  fd = http_connect (kit->port);
  http_send (fd, HTTP_GET (HTTP_KIT_WAITING), -1);
  http_kit_wait_for (&kit->n_held, 1);
  g_usleep (100 * 1000);
  g_assert_cmpint (g_atomic_int_get (&kit->n_left), ==, 0);
  close (fd);
  http_kit_wait_for (&kit->n_left, 1);
  http_kit_wait_for_descriptors (before);
  http_kit_release (kit);
}

/* The next request on the same connection is one like any other. */
static void
test_after_it_waited (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  int fd;

  http_kit_start (kit);
  fd = http_connect (kit->port);
  for (int i = 1; i <= 3; i++)
    {
      g_auto (HttpAnswer) waited = { 0 };
      g_auto (HttpAnswer) next = { 0 };
      http_send (fd, HTTP_GET (HTTP_KIT_WAITING), -1);
      http_kit_wait_for (&kit->n_held, i);
      http_kit_release (kit);
      waited = http_receive (fd);
      g_assert_nonnull (strstr (waited.body, "linde"));
      http_send (fd, HTTP_GET ("/api/v1/version"), -1);
      next = http_receive (fd);
      g_assert_nonnull (strstr (next.body, "api_min"));
    }
  close (fd);
  g_assert_cmpint (g_atomic_int_get (&kit->n_left), ==, 0);
}

static void
ask_often (HttpKit *kit, int times)
{
  for (int i = 0; i < times; i++)
    {
      g_auto (HttpAnswer) answer = http_ask (kit->port, i % 2 == 0 ? HTTP_GET ("/api/v1/session?from=a")
                                                                   : "GET // HTTP/1.1\r\n" HTTP_HOST "\r\n");
      g_assert_cmpint (answer.status, ==, i % 2 == 0 ? 200 : 400);
    }
}

static void
test_nothing_grows (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  long descriptors, kib;

  http_kit_start (kit);
  ask_often (kit, CONNECTIONS / 4);
  descriptors = http_kit_descriptors ();
  kib = resident_kib ();
  ask_often (kit, CONNECTIONS);
  http_kit_wait_for_descriptors (descriptors);
  g_test_message ("%ld KiB more", resident_kib () - kib);
#ifndef SANITIZED
  g_assert_cmpint (resident_kib () - kib, <, 2048);
#endif
}

/* 300 MB that nobody asked for. */
static void
test_upload_moves_nothing (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_autofree char *megabyte = g_strnfill (1024 * 1024, 'x');
  g_auto (HttpAnswer) answer = { 0 };
  long kib;
  int fd;

  http_kit_start (kit);
  answer = http_ask (kit->port, HTTP_GET ("/api/v1/version"));
  kib = resident_kib ();
  fd = http_connect (kit->port);
  http_send (fd,
             "POST /api/v1/login HTTP/1.1\r\n" HTTP_HOST "Content-Type: application/json\r\n"
             "Content-Length: 314572800\r\n\r\n",
             -1);
  for (int i = 0; i < 300; i++)
    http_send (fd, megabyte, 1024 * 1024);
  g_assert_true (http_is_closed (fd, 5000));
  close (fd);
  g_test_message ("%ld KiB more", resident_kib () - kib);
#ifndef SANITIZED
  g_assert_cmpint (resident_kib () - kib, <, 4096);
#endif
  g_assert_cmpint (g_atomic_int_get (&kit->n_requests), ==, 1);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/threads/parallel", test_parallel);
  g_test_add_func ("/http/threads/held", test_held);
  g_test_add_func ("/http/threads/client-leaves", test_client_leaves);
  g_test_add_func ("/http/threads/client-leaves-what-waits", test_client_leaves_what_waits);
  g_test_add_func ("/http/threads/after-it-waited", test_after_it_waited);
  g_test_add_func ("/http/threads/nothing-grows", test_nothing_grows);
  g_test_add_func ("/http/threads/upload-moves-nothing", test_upload_moves_nothing);
  return g_test_run ();
}
