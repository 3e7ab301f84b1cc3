/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-client.h"
#include "http-kit.h"

#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#ifdef SANITIZED
#define SHORT_MS 600 /* a sanitizer is three times as slow */
#else
#define SHORT_MS 200
#endif
#define LONG_MS 20000

/* All are long but the one under test, so that no other can end the connection. */
static HttpKit *
kit_with (int header, int body, int answer, int idle)
{
  HttpKit *kit = http_kit_new ();

  kit->limits.header_ms = header;
  kit->limits.body_ms = body;
  kit->limits.answer_ms = answer;
  kit->limits.idle_ms = idle;
  http_kit_start (kit);
  return kit;
}

/* Sends a byte now and then, which is no silence. It ends at the deadline all the same. */
static void
assert_drips_end (int fd, char byte)
{
  gint64 start = g_get_monotonic_time ();
  gint64 lived;

  while (g_get_monotonic_time () - start < 10 * SHORT_MS * 1000)
    {
      http_send (fd, &byte, 1);
      if (http_is_closed (fd, SHORT_MS / 10))
        break;
    }
  lived = (g_get_monotonic_time () - start) / 1000;
  g_test_message ("lived %" G_GINT64_FORMAT " ms", lived);
  g_assert_cmpint (lived, <, 6 * SHORT_MS);
  close (fd);
}

static void
test_silence (void)
{
  g_autoptr (HttpKit) kit = kit_with (SHORT_MS, LONG_MS, LONG_MS, LONG_MS);
  int fd = http_connect (kit->port);

  g_assert_false (http_is_closed (fd, SHORT_MS / 2));
  g_assert_true (http_is_closed (fd, 5 * SHORT_MS));
  close (fd);
}

static void
test_header (void)
{
  g_autoptr (HttpKit) kit = kit_with (SHORT_MS, LONG_MS, LONG_MS, LONG_MS);
  int fd = http_connect (kit->port);

  http_send (fd, "GET /api/v1/version HTTP/1.1\r\n" HTTP_HOST "X-A: ", -1);
  assert_drips_end (fd, 'a');
}

static void
test_request_line (void)
{
  g_autoptr (HttpKit) kit = kit_with (SHORT_MS, LONG_MS, LONG_MS, LONG_MS);
  int fd = http_connect (kit->port);

  http_send (fd, "GET /", -1);
  assert_drips_end (fd, 'a');
}

static void
test_body (void)
{
  g_autoptr (HttpKit) kit = kit_with (LONG_MS, SHORT_MS, LONG_MS, LONG_MS);
  int fd = http_connect (kit->port);

  http_send (fd,
             "POST /api/v1/login HTTP/1.1\r\n" HTTP_HOST "Content-Type: application/json\r\n"
             "Content-Length: 60000\r\n\r\n",
             -1);
  assert_drips_end (fd, ' ');
  g_assert_cmpint (g_atomic_int_get (&kit->n_requests), ==, 0);
}

/* A larger body is given longer. */
static void
test_body_by_size (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  int fd;

  kit->limits.body_ms = SHORT_MS;
  kit->limits.piece_ms = LONG_MS;
  http_kit_start (kit);
  fd = http_connect (kit->port);
  http_send (fd,
             "POST /api/v1/login HTTP/1.1\r\n" HTTP_HOST "Content-Type: application/json\r\n"
             "Content-Length: 65536\r\n\r\n",
             -1);
  g_assert_false (http_is_closed (fd, 2 * SHORT_MS));
  close (fd);
}

static void
test_idle (void)
{
  g_autoptr (HttpKit) kit = kit_with (LONG_MS, LONG_MS, LONG_MS, SHORT_MS);
  int fd = http_connect (kit->port);
  g_auto (HttpAnswer) answer = { 0 };

  http_send (fd, HTTP_GET ("/api/v1/version"), -1);
  answer = http_receive (fd);
  g_assert_cmpint (answer.status, ==, 200);
  g_assert_true (http_is_closed (fd, 5 * SHORT_MS));
  close (fd);
}

/* The deadline of the header does not end a connection that is used properly. */
static void
test_use_goes_on (void)
{
  g_autoptr (HttpKit) kit = kit_with (SHORT_MS, LONG_MS, LONG_MS, LONG_MS);
  int fd = http_connect (kit->port);

  for (int i = 0; i < 4; i++)
    {
      g_auto (HttpAnswer) answer = { 0 };
      http_send (fd, HTTP_GET ("/api/v1/version"), -1);
      answer = http_receive (fd);
      g_assert_cmpint (answer.status, ==, 200);
      g_assert_false (http_is_closed (fd, SHORT_MS / 2));
    }
  close (fd);
}

/* Who reads a large answer slowly, but reads on, gets all of it. */
static void
test_answer_by_size (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_autofree char *buffer = g_malloc (CPD_PIECE);
  const int deadline_ms = 5 * SHORT_MS; /* the server needs a part of it before there is anything to read */
  struct timeval patience = { .tv_sec = 5 };
  gint64 start = g_get_monotonic_time ();
  gsize total = 0;
  gssize size;
  int fd;

  kit->limits.answer_ms = deadline_ms;
  kit->limits.piece_ms = LONG_MS;
  kit->big = 16 * 1024 * 1024;
  http_kit_start (kit);
  fd = http_connect (kit->port);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  http_send (fd, HTTP_GET (HTTP_KIT_BIG), -1);
  while ((size = recv (fd, buffer, CPD_PIECE, 0)) > 0 && (total += size) < kit->big)
    if (g_get_monotonic_time () - start < 2 * deadline_ms * 1000)
      g_usleep (SHORT_MS * 1000 / 10);
  g_assert_cmpuint (total, >=, kit->big);
  close (fd);
}

/* What is under way at the deadline still arrives, the rest does not. */
static void
test_slow_reader (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_autofree char *buffer = g_malloc (65536);
  const int deadline_ms = 5 * SHORT_MS; /* the server needs a part of it before there is anything to read */
  struct timeval patience = { .tv_sec = 5 };
  gsize total = 0;
  gssize size;
  int fd;

  kit->limits.answer_ms = deadline_ms;
  kit->limits.piece_ms = 0;
  kit->big = 16 * 1024 * 1024;
  http_kit_start (kit);
  fd = http_connect (kit->port);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  http_send (fd, HTTP_GET (HTTP_KIT_BIG), -1);
  for (int i = 0; i < 8; i++)
    {
      total += MAX (recv (fd, buffer, 1, MSG_DONTWAIT), 0);
      g_usleep (deadline_ms * 1000 / 4);
    }
  while ((size = recv (fd, buffer, 65536, 0)) > 0)
    total += size;
  g_assert_cmpuint (total, >, 0);
  g_assert_cmpuint (total, <, kit->big);
  close (fd);
}

/* A handler that does not answer holds neither the client nor the connection. */
static void
test_no_answer (void)
{
  g_autoptr (HttpKit) kit = kit_with (LONG_MS, LONG_MS, SHORT_MS, LONG_MS);
  int fd = http_connect (kit->port);

  http_send (fd, HTTP_GET (HTTP_KIT_HELD), -1);
  http_kit_wait_for (&kit->n_held, 1);
  g_assert_true (http_is_closed (fd, 5 * SHORT_MS));
  http_kit_release (kit);
  close (fd);
}

/* What may wait for something to happen is given that time too, and no more. */
static void
test_waiting (void)
{
  g_autoptr (HttpKit) kit = kit_with (LONG_MS, LONG_MS, SHORT_MS, LONG_MS);
  int fd = http_connect (kit->port);

  http_send (fd, HTTP_GET (HTTP_KIT_WAITING), -1);
  http_kit_wait_for (&kit->n_held, 1);
  g_assert_false (http_is_closed (fd, HTTP_KIT_WAIT_MS));
  g_assert_true (http_is_closed (fd, 5 * SHORT_MS));
  http_kit_wait_for (&kit->n_left, 1);
  http_kit_release (kit);
  close (fd);
}

/* Those that hold when nobody sets others, as all tests before do. */
static void
test_what_counts (void)
{
  const CpdLimits *limits = &cpd_limits_default;

  g_assert_cmpint (limits->header_ms, ==, 10 * 1000);
  g_assert_cmpint (limits->body_ms, ==, 30 * 1000);
  g_assert_cmpint (limits->piece_ms, ==, 1000);
  g_assert_cmpint (limits->answer_ms, ==, 30 * 1000);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/deadlines/silence", test_silence);
  g_test_add_func ("/http/deadlines/header", test_header);
  g_test_add_func ("/http/deadlines/request-line", test_request_line);
  g_test_add_func ("/http/deadlines/body", test_body);
  g_test_add_func ("/http/deadlines/body-by-size", test_body_by_size);
  g_test_add_func ("/http/deadlines/idle", test_idle);
  g_test_add_func ("/http/deadlines/use-goes-on", test_use_goes_on);
  g_test_add_func ("/http/deadlines/slow-reader", test_slow_reader);
  g_test_add_func ("/http/deadlines/answer-by-size", test_answer_by_size);
  g_test_add_func ("/http/deadlines/no-answer", test_no_answer);
  g_test_add_func ("/http/deadlines/waiting", test_waiting);
  g_test_add_func ("/http/deadlines/what-counts", test_what_counts);
  return g_test_run ();
}
