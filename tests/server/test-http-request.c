/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-client.h"
#include "http-kit.h"

#include <gio/gio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define TOKEN "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQ"
#define SESSION(fields) "GET /api/v1/session HTTP/1.1\r\n" HTTP_HOST fields "\r\n"
#define LOGIN(length, fields) "POST /api/v1/login HTTP/1.1\r\n" HTTP_HOST "Content-Length: " length "\r\n" fields "\r\n"
#define JSON "Content-Type: application/json\r\n"
#define LONG_TAG "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"

static const struct
{
  const char *name;
  const char *request;
  const char *contains;
} facts[] = {
  { "nothing", SESSION (""),
    "\"bearer\":\"-\",\"refresh\":0,\"match\":\"-\",\"edits\":\"-\",\"from\":\"-\",\"parameters\":0" },
  { "address", SESSION (""), "\"address\":\"127.0.0.1\"" },
  { "unbelieved proxy", SESSION ("X-Forwarded-For: 192.0.2.7\r\n"), "\"address\":\"127.0.0.1\"" },
  { "bearer", SESSION ("Authorization: Bearer " TOKEN "\r\n"), "\"bearer\":\"" TOKEN "\"" },
  { "field names without case", SESSION ("AUTHORIZATION: Bearer " TOKEN "\r\n"), "\"bearer\":\"" TOKEN "\"" },
  { "short token", SESSION ("Authorization: Bearer abc\r\n"), "\"bearer\":\"-\"" },
  { "long token", SESSION ("Authorization: Bearer " TOKEN "x\r\n"), "\"bearer\":\"-\"" },
  { "foreign letters", SESSION ("Authorization: Bearer =" TOKEN "\r\n"), "\"bearer\":\"-\"" },
  { "other scheme", SESSION ("Authorization: Basic " TOKEN "\r\n"), "\"bearer\":\"-\"" },
  { "no scheme", SESSION ("Authorization: " TOKEN "\r\n"), "\"bearer\":\"-\"" },
  { "cookie is no bearer", SESSION ("Cookie: session=" TOKEN "\r\n"), "\"bearer\":\"-\"" },
  { "refresh", SESSION ("Cp-Cause: refresh\r\n"), "\"refresh\":1" },
  { "other cause", SESSION ("Cp-Cause: refreshed\r\n"), "\"refresh\":0" },
  { "match", SESSION ("If-None-Match: W/'a'\r\n"), "\"match\":\"W/'a'\"" },
  { "long match", SESSION ("If-None-Match: '" LONG_TAG "'\r\n"), "\"match\":\"-\"" },
  { "version of an edit", SESSION ("If-Match: 'a.3-0'\r\n"), "\"edits\":\"'a.3-0'\"" },
  { "no version of an edit", SESSION ("If-Match: \r\n"), "\"edits\":\"\"" },
  { "long version of an edit", SESSION ("If-Match: '" LONG_TAG "'\r\n"), "\"edits\":\"\"" },
  { "range is ignored", SESSION ("Range: bytes=0-1\r\n"), "\"parameters\":0" },
  { "upgrade is ignored", SESSION ("Upgrade: websocket\r\nConnection: Upgrade\r\n"), "\"parameters\":0" },
  { "query", "GET /api/v1/session?from=a%20b&q=x HTTP/1.1\r\n" HTTP_HOST "\r\n", "\"from\":\"a b\",\"parameters\":2" },
  { "HTTP/1.0", "GET /api/v1/session HTTP/1.0\r\n" HTTP_HOST "\r\n", "\"parameters\":0" },
  { "host with port", "GET /api/v1/session HTTP/1.1\r\nHost: portal.example:8443\r\n\r\n", "\"parameters\":0" },
  { "host of IPv6", "GET /api/v1/session HTTP/1.1\r\nHost: [2001:db8::1]:8443\r\n\r\n", "\"parameters\":0" },
  { "body", LOGIN ("4", JSON) "true", "\"length\":4" },
  { "charset", LOGIN ("4", "Content-Type: application/json; charset=UTF-8\r\n") "true", "\"length\":4" },
  { "no body", LOGIN ("0", ""), "\"length\":0" },
  { "no length", "POST /api/v1/login HTTP/1.1\r\n" HTTP_HOST "\r\n", "\"length\":0" },
};

static void
test_facts (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  http_kit_start (kit);
  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    {
      g_auto (HttpAnswer) answer = http_ask (kit->port, facts[i].request);

      g_test_message ("%s", facts[i].name);
      g_assert_cmpint (answer.status, ==, 200);
      if (strstr (answer.body, facts[i].contains) == NULL)
        g_error ("%s: %s lacks %s", facts[i].name, answer.body, facts[i].contains);
    }
}

/* Orderly requests that get an error: the connection goes on when there was no body. */
static const struct
{
  const char *request;
  int status;
  const char *code;
  gboolean goes_on;
} errors[] = {
  { HTTP_GET ("/nowhere"), 404, "not-found", TRUE },
  { HTTP_GET ("/api/v1/patients/short/start"), 404, "not-found", TRUE },
  { HTTP_GET ("/api/v1/login"), 405, "method-not-allowed", TRUE },
  { "HEAD /api/v1/version HTTP/1.1\r\n" HTTP_HOST "Connection: close\r\n\r\n", 405, NULL, FALSE },
  { "BREW /api/v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n", 405, "method-not-allowed", TRUE },
  { "BREW /nowhere HTTP/1.1\r\n" HTTP_HOST "\r\n", 404, "not-found", TRUE },
  { LOGIN ("65537", JSON), 413, "too-large", FALSE },
  { LOGIN ("314572800", JSON), 413, "too-large", FALSE },
  { "POST /api/v1/login/challenge HTTP/1.1\r\n" HTTP_HOST JSON "Content-Length: 2\r\n\r\n{}", 413, "too-large", FALSE },
  { LOGIN ("2", "") "{}", 415, "bad-request", FALSE },
  { LOGIN ("2", "Content-Type: text/plain\r\n") "{}", 415, "bad-request", FALSE },
  { LOGIN ("2", "Content-Type: application/jsonp\r\n") "{}", 415, "bad-request", FALSE },
  { LOGIN ("2", JSON "Content-Encoding: gzip\r\n") "{}", 415, "bad-request", FALSE },
};

static void
test_errors (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  http_kit_start (kit);
  for (guint i = 0; i < G_N_ELEMENTS (errors); i++)
    {
      int fd = http_connect (kit->port);
      g_auto (HttpAnswer) answer = { 0 };

      g_test_message ("%s", errors[i].request);
      http_send (fd, errors[i].request, -1);
      answer = http_receive (fd);
      g_assert_cmpint (answer.status, ==, errors[i].status);
      if (errors[i].code != NULL)
        {
          g_autofree char *type = http_answer_field (&answer, "Content-Type");
          g_autofree char *code = g_strdup_printf ("\"code\":\"%s\"", errors[i].code);
          g_assert_cmpstr (type, ==, "application/problem+json");
          g_assert_nonnull (strstr (answer.body, code));
        }
      if (errors[i].goes_on)
        {
          g_auto (HttpAnswer) second = { 0 };
          http_send (fd, HTTP_GET ("/api/v1/version"), -1);
          second = http_receive (fd);
          g_assert_cmpint (second.status, ==, 200);
        }
      else if (errors[i].code != NULL)
        g_assert_true (http_is_closed (fd, 5000));
      close (fd);
    }
}

static void
test_allow (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };
  g_autofree char *allow = NULL;

  http_kit_start (kit);
  answer = http_ask (kit->port, "PUT /api/v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n");
  allow = http_answer_field (&answer, "Allow");
  g_assert_cmpint (answer.status, ==, 405);
  g_assert_cmpstr (allow, ==, "GET, DELETE");
}

static void
test_continue (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  int fd;
  g_auto (HttpAnswer) interim = { 0 };
  g_auto (HttpAnswer) answer = { 0 };

  http_kit_start (kit);
  fd = http_connect (kit->port);
  http_send (fd, LOGIN ("2", JSON "Expect: 100-continue\r\n"), -1);
  interim = http_receive (fd);
  g_assert_cmpint (interim.status, ==, 100);
  http_send (fd, "{}", -1);
  answer = http_receive (fd);
  g_assert_cmpint (answer.status, ==, 200);
  close (fd);
}

/* The largest body, in small pieces. */
static void
test_whole_body (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_autofree char *piece = g_strnfill (4096, ' ');
  g_auto (HttpAnswer) answer = { 0 };
  int fd;

  http_kit_start (kit);
  fd = http_connect (kit->port);
  http_send (fd, LOGIN ("65536", JSON), -1);
  for (int i = 0; i < 16; i++)
    http_send (fd, piece, 4096);
  answer = http_receive (fd);
  g_assert_cmpstr (answer.body, ==, "{\"length\":65536}");
  close (fd);
}

static void
test_pipeline (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  int fd;

  http_kit_start (kit);
  fd = http_connect (kit->port);
  http_send (fd,
             HTTP_GET ("/api/v1/version") HTTP_GET ("/api/v1/organisation")
                 LOGIN ("3", JSON) "nul" HTTP_GET ("/nowhere") HTTP_GET ("/api/v1/organisation")
                     SESSION ("Connection: close\r\n"),
             -1);
  for (int i = 0; i < 6; i++)
    {
      static const char *const bodies[] = { "api_min", "linde", "\"length\":3", "not-found", "linde", "address" };
      g_auto (HttpAnswer) answer = http_receive (fd);
      g_assert_nonnull (strstr (answer.body, bodies[i]));
    }
  g_assert_true (http_is_closed (fd, 5000));
  close (fd);
}

/* A token and a password must not stay in the log either. */
static void
test_no_secret_in_log (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) answer = { 0 };

  if (g_test_subprocess ())
    {
      g_setenv ("G_MESSAGES_DEBUG", "all", TRUE);
      http_kit_start (kit);
      answer = http_ask (kit->port, "GET /api/v1/patients/" HTTP_KIT_ID "/profile?from=geheim HTTP/1.1\r\n" HTTP_HOST
                                    "Authorization: Bearer " TOKEN "\r\n\r\n");
      http_kit_stop (kit, 1);
      g_assert_cmpint (answer.status, ==, 200);
      return;
    }
  g_test_trap_subprocess (NULL, 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stdout ("*GET /api/v1/patients/{patient}/profile 200 * ms*");
  g_test_trap_assert_stdout_unmatched ("*geheim*");
  g_test_trap_assert_stdout_unmatched ("*" TOKEN "*");
  g_test_trap_assert_stdout_unmatched ("*" HTTP_KIT_ID "*");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/request/facts", test_facts);
  g_test_add_func ("/http/request/errors", test_errors);
  g_test_add_func ("/http/request/allow", test_allow);
  g_test_add_func ("/http/request/continue", test_continue);
  g_test_add_func ("/http/request/whole-body", test_whole_body);
  g_test_add_func ("/http/request/pipeline", test_pipeline);
  g_test_add_func ("/http/request/no-secret-in-log", test_no_secret_in_log);
  return g_test_run ();
}
