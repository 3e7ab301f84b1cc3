/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-client.h"
#include "http-kit.h"

#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#define FROM(address, path) "GET " path " HTTP/1.1\r\n" HTTP_HOST "X-Forwarded-For: " address "\r\n\r\n"

static void
test_total (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  int fds[8];

  kit->limits.connections = 5;
  http_kit_start (kit);
  for (int i = 0; i < 5; i++)
    {
      g_auto (HttpAnswer) answer = { 0 };
      fds[i] = http_connect (kit->port);
      http_send (fds[i], HTTP_GET ("/api/v1/version"), -1);
      answer = http_receive (fds[i]);
      g_assert_cmpint (answer.status, ==, 200);
    }
  for (int i = 5; i < 8; i++)
    {
      fds[i] = http_connect (kit->port);
      g_assert_true (http_is_closed (fds[i], 5000));
      close (fds[i]);
    }
  close (fds[0]);
  for (int tries = 0;; tries++)
    {
      g_auto (HttpAnswer) answer = http_ask (kit->port, HTTP_GET ("/api/v1/version"));
      if (answer.status == 200)
        break;
      g_assert_cmpint (tries, <, 1000);
      g_usleep (1000);
    }
  for (int i = 1; i < 5; i++)
    close (fds[i]);
}

static gint64
processor_ms (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * G_GINT64_CONSTANT (1000) +
         (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1000;
}

/* Who comes when the process has no descriptor left waits in the queue of the system, and nothing runs in circles. */
static void
test_no_descriptor (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };
  struct rlimit before, tight;
  gint64 used;
  int next, fd;

  http_kit_start (kit);
  next = dup (STDERR_FILENO);
  close (next);
  g_assert_cmpint (getrlimit (RLIMIT_NOFILE, &before), ==, 0);
  tight = (struct rlimit){ .rlim_cur = next + 1, .rlim_max = before.rlim_max };
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &tight), ==, 0);
  fd = http_connect (kit->port);
  g_assert_cmpint (fd, ==, next);
  http_send (fd, HTTP_GET ("/api/v1/version"), -1);
  used = processor_ms ();
  g_assert_false (http_is_closed (fd, 400));
  g_assert_cmpint (processor_ms () - used, <, 200);
  g_assert_cmpint (setrlimit (RLIMIT_NOFILE, &before), ==, 0);
  answer = http_receive (fd);
  g_assert_cmpint (answer.status, ==, 200);
  close (fd);
}

/* Peers of other addresses than loopback, without a network: the count is of the list, not of the socket. */
static void
test_per_block (void)
{
  static const char *const peers[] = { "192.0.2.7",   "::ffff:192.0.2.7", "192.0.2.7",   "192.0.2.8",
                                       "2001:db8::1", "2001:db8::2",      "2001:db8::3", "2001:db8:0:1::1" };
  static const gboolean open[] = { TRUE, TRUE, FALSE, TRUE, TRUE, TRUE, FALSE, TRUE };
  CpdConnections *connections = cpd_connections_new (&cpd_limits_default, 2, NULL);
  CpdConnection *added[G_N_ELEMENTS (peers)];
  int ends[G_N_ELEMENTS (peers)][2];
  CpdConnection *again;

  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      CpdAddress address;
      struct sockaddr_in6 peer = { .sin6_family = AF_INET6 };

      g_assert_true (cpd_address_from_text (peers[i], &address));
      peer.sin6_addr = address.ip;
      g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM, 0, ends[i]), ==, 0);
      cpd_connections_expect (connections);
      added[i] = cpd_connections_add (connections, ends[i][0], (struct sockaddr *) &peer);
      g_assert_cmpint (http_is_closed (ends[i][1], 0), ==, !open[i]);
    }
  cpd_connections_remove (connections, added[0]);
  cpd_connections_expect (connections);
  again = cpd_connections_add (
      connections, ends[0][0],
      (struct sockaddr *) &(struct sockaddr_in6){ .sin6_family = AF_INET6, .sin6_addr = added[1]->address.ip });
  g_assert_false (http_is_closed (ends[0][1], 0));
  cpd_connections_remove (connections, again);
  for (guint i = 1; i < G_N_ELEMENTS (peers); i++)
    cpd_connections_remove (connections, added[i]);
  for (guint i = 0; i < G_N_ELEMENTS (peers); i++)
    {
      close (ends[i][0]);
      close (ends[i][1]);
    }
  cpd_connections_free (connections);
}

static void
test_loopback_has_no_limit (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  int fds[10];

  kit->config.connections_per_address = 2;
  http_kit_start (kit);
  for (int i = 0; i < 10; i++)
    fds[i] = http_connect (kit->port);
  for (int i = 0; i < 10; i++)
    {
      g_auto (HttpAnswer) answer = { 0 };
      http_send (fds[i], HTTP_GET ("/api/v1/version"), -1);
      answer = http_receive (fds[i]);
      g_assert_cmpint (answer.status, ==, 200);
      close (fds[i]);
    }
}

static void
test_proxy_word (void)
{
  char *proxies[] = { (char *) "127.0.0.1", NULL };
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };
  g_auto (HttpAnswer) lie = { 0 };
  g_auto (HttpAnswer) lines = { 0 };

  kit->config.proxies = proxies;
  http_kit_start (kit);
  answer = http_ask (kit->port, FROM ("203.0.113.9, 2001:db8:1:2::5, 127.0.0.1", "/api/v1/session"));
  g_assert_nonnull (strstr (answer.body, "\"address\":\"2001:db8:1:2::/64\""));
  lie = http_ask (kit->port, FROM ("203.0.113.9, nonsense", "/api/v1/session"));
  g_assert_nonnull (strstr (lie.body, "\"address\":\"127.0.0.1\""));
  lines = http_ask (kit->port, "GET /api/v1/session HTTP/1.1\r\n" HTTP_HOST "X-Forwarded-For: 203.0.113.9\r\n"
                               "X-Forwarded-For: 192.0.2.7\r\n\r\n");
  g_assert_nonnull (strstr (lines.body, "\"address\":\"192.0.2.7\""));
}

/* Behind a proxy the requests at once are what a block has a share of. */
static void
test_proxy_share (void)
{
  char *proxies[] = { (char *) "127.0.0.1", NULL };
  g_autoptr (HttpKit) kit = http_kit_new ();
  int first, second;
  g_auto (HttpAnswer) third = { 0 };
  g_auto (HttpAnswer) other = { 0 };
  g_auto (HttpAnswer) held = { 0 };
  g_auto (HttpAnswer) after = { 0 };
  g_autofree char *wait = NULL;

  kit->config.proxies = proxies;
  kit->config.connections_per_address = 2;
  http_kit_start (kit);
  first = http_connect (kit->port);
  second = http_connect (kit->port);
  http_send (first, FROM ("192.0.2.7", HTTP_KIT_HELD), -1);
  http_send (second, FROM ("192.0.2.7", HTTP_KIT_HELD), -1);
  http_kit_wait_for (&kit->n_held, 2);
  third = http_ask (kit->port, FROM ("192.0.2.7", "/api/v1/version"));
  wait = http_answer_field (&third, "Retry-After");
  g_assert_cmpint (third.status, ==, 429);
  g_assert_cmpstr (wait, ==, "5");
  other = http_ask (kit->port, FROM ("192.0.2.8", "/api/v1/version"));
  g_assert_cmpint (other.status, ==, 200);
  http_kit_release (kit);
  held = http_receive (first);
  g_assert_cmpint (held.status, ==, 200);
  after = http_receive (second);
  g_assert_cmpint (after.status, ==, 200);
  for (int tries = 0;; tries++)
    {
      g_auto (HttpAnswer) again = http_ask (kit->port, FROM ("192.0.2.7", "/api/v1/version"));
      if (again.status == 200)
        break;
      g_assert_cmpint (tries, <, 1000);
    }
  close (first);
  close (second);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/limits/no-descriptor", test_no_descriptor);
  g_test_add_func ("/http/limits/total", test_total);
  g_test_add_func ("/http/limits/per-block", test_per_block);
  g_test_add_func ("/http/limits/loopback-has-no-limit", test_loopback_has_no_limit);
  g_test_add_func ("/http/limits/proxy-word", test_proxy_word);
  g_test_add_func ("/http/limits/proxy-share", test_proxy_share);
  return g_test_run ();
}
