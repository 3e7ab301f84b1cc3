/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-client.h"
#include "http-kit.h"

#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define PATH "/api/v1/session"
#define LINE "GET " PATH " HTTP/1.1\r\n"
#define POST "POST /api/v1/login HTTP/1.1\r\n" HTTP_HOST "Content-Type: application/json\r\n"
#define BYTES(string) string, sizeof (string) - 1
#define CLOSED 0 /* without an answer, or with the library's own 400, 413 or 505 */

/* Raw bytes that no orderly client sends. None may reach the handler, and all end the connection: what follows them on
 * it is not believed to be a request. size is given where there are NULs inside. */
static const struct
{
  const char *name;
  const char *bytes;
  gsize size;
  int status;
} hostile[] = {
  { "chunked", POST "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 0, 400 },
  { "identity", POST "Transfer-Encoding: identity\r\n\r\n", 0, 400 },
  { "chunked and length", POST "Content-Length: 2\r\nTransfer-Encoding: chunked\r\n\r\n{}", 0, 400 },
  { "encoding, case", POST "tRANSFER-eNCODING: chunked\r\n\r\n0\r\n\r\n", 0, 400 },
  { "encoding, space before colon", POST "Transfer-Encoding : chunked\r\n\r\n0\r\n\r\n", 0, 400 },
  { "encoding, tab before colon", POST "Transfer-Encoding\t: chunked\r\n\r\n0\r\n\r\n", 0, 400 },
  { "encoding, tab after colon", POST "Transfer-Encoding:\tchunked\r\n\r\n0\r\n\r\n", 0, 400 },
  { "encoding, folded", POST "Transfer-Encoding:\r\n chunked\r\n\r\n0\r\n\r\n", 0, 400 },
  { "two lengths", POST "Content-Length: 2\r\nContent-Length: 2\r\n\r\n{}", 0, 400 },
  { "two different lengths", POST "Content-Length: 2\r\nContent-Length: 3\r\n\r\n{} ", 0, 400 },
  { "length list", POST "Content-Length: 2, 2\r\n\r\n{}", 0, CLOSED },
  { "length with plus", POST "Content-Length: +2\r\n\r\n{}", 0, CLOSED },
  { "length negative", POST "Content-Length: -1\r\n\r\n", 0, CLOSED },
  { "length in hex", POST "Content-Length: 0x2\r\n\r\n{}", 0, CLOSED },
  { "length with space", POST "Content-Length: 2 \r\n\r\n{}", 0, CLOSED },
  { "length empty", POST "Content-Length: \r\n\r\n", 0, CLOSED },
  { "length of 20 digits", POST "Content-Length: 99999999999999999999\r\n\r\n", 0, CLOSED },
  { "length of 18 digits", POST "Content-Length: 999999999999999999\r\n\r\n", 0, 400 },
  { "length, space before colon", POST "Content-Length : 2\r\n\r\n{}", 0, 400 },
  { "length, folded", POST "Content-Length: 2\r\n 0\r\n\r\n{}", 0, 400 },
  { "length, folded, made up for",
    "POST /api/v1/login HTTP/1.1\r\nHost:a\r\nA:b\r\nC:d\r\nContent-Length: 2\r\n 0\r\n\r\n{}", 0, 400 },
  { "folded with tab", LINE HTTP_HOST "X-A: b\r\n\tc\r\n\r\n", 0, 400 },
  { "folded first", LINE " X-A: b\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "GET with body", LINE HTTP_HOST "Content-Type: application/json\r\nContent-Length: 2\r\n\r\n{}", 0, 400 },
  { "DELETE with body", "DELETE " PATH " HTTP/1.1\r\n" HTTP_HOST "Content-Length: 2\r\n\r\n{}", 0, 400 },
  { "NUL in value", BYTES (LINE "Host: portal.example\0evil\r\n\r\n"), 400 },
  { "NUL in name", BYTES (LINE HTTP_HOST "X\0-A: b\r\n\r\n"), CLOSED },
  { "NUL in path", BYTES ("GET " PATH "\0x HTTP/1.1\r\n" HTTP_HOST "\r\n"), CLOSED },
  { "NUL for the end", BYTES (LINE HTTP_HOST "\0x\r\nX-A: b\r\n\r\n"), 400 },
  { "control in value", LINE HTTP_HOST "X-A: b\x01\r\n\r\n", 0, 400 },
  { "tab in value", LINE HTTP_HOST "X-A: b\tc\r\n\r\n", 0, 400 },
  { "DEL in value", LINE HTTP_HOST "X-A: b\x7f\r\n\r\n", 0, 400 },
  { "bare CR in value", LINE HTTP_HOST "X-A: b\rX-B: c\r\n\r\n", 0, 400 },
  { "bare LF", "GET " PATH " HTTP/1.1\nHost: a\n\n", 0, 400 },
  { "bare LF in line", "GET " PATH " HTTP/1.1\nHost: a\r\n\r\n", 0, 400 },
  { "bare LF, made up for", LINE "Host:  a\n\r\n", 0, 400 },
  { "bare LF at the end", LINE "Host: a\r\n\n", 0, 400 },
  { "no space after colon", LINE "Host:a\r\n\r\n", 0, 400 },
  { "two spaces after colon", LINE "Host:  a\r\n\r\n", 0, 400 },
  { "no colon", LINE HTTP_HOST "X-A\r\n\r\n", 0, CLOSED },
  { "no name", LINE HTTP_HOST ": b\r\n\r\n", 0, 400 },
  { "name with slash", LINE HTTP_HOST "X/A: b\r\n\r\n", 0, 400 },
  { "name with letters of Latin-1", LINE HTTP_HOST "X-\xe9: b\r\n\r\n", 0, 400 },
  { "no host", LINE "X-A: b\r\n\r\n", 0, 400 },
  { "no fields", LINE "\r\n", 0, 400 },
  { "no host, 1.0", "GET " PATH " HTTP/1.0\r\n\r\n", 0, 400 },
  { "two hosts", LINE HTTP_HOST HTTP_HOST "\r\n", 0, 400 },
  { "empty host", LINE "Host: \r\n\r\n", 0, 400 },
  { "host with user", LINE "Host: evil@portal.example\r\n\r\n", 0, 400 },
  { "host with path", LINE "Host: portal.example/x\r\n\r\n", 0, 400 },
  { "host with space", LINE "Host: portal example\r\n\r\n", 0, 400 },
  { "host list", LINE "Host: a, b\r\n\r\n", 0, 400 },
  { "host with long port", LINE "Host: a:123456\r\n\r\n", 0, 400 },
  { "host with open bracket", LINE "Host: [::1\r\n\r\n", 0, 400 },
  { "two authorizations", LINE HTTP_HOST "Authorization: Bearer a\r\nAuthorization: Bearer b\r\n\r\n", 0, 400 },
  { "unknown expectation", LINE HTTP_HOST "Expect: tea\r\n\r\n", 0, 417 },
  { "absolute target", "GET http://portal.example" PATH " HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "authority target", "GET portal.example:443 HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "asterisk", "OPTIONS * HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "CONNECT", "CONNECT portal.example:443 HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "TRACE", "TRACE " PATH " HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "double slash", "GET //api/v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "dot segments", "GET /api/v1/../v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "encoded slash", "GET /api%2fv1/session HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "encoded letter", "GET /api/v1/sessio%6e HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "backslash", "GET /api\\v1/session HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "fragment", "GET " PATH "#x HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "space in target", "GET " PATH " x HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "two spaces", "GET  " PATH " HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "space after version", "GET " PATH " HTTP/1.1 \r\n" HTTP_HOST "\r\n", 0, CLOSED },
  { "tab for space", "GET\t" PATH "\tHTTP/1.1\r\n" HTTP_HOST "\r\n", 0, CLOSED },
  { "no target", "GET HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, CLOSED },
  { "no version", "GET " PATH "\r\n" HTTP_HOST "\r\n", 0, CLOSED },
  { "only a word", "GET\r\n\r\n", 0, CLOSED },
  { "HTTP/0.9", "GET " PATH " HTTP/0.9\r\n" HTTP_HOST "\r\n", 0, CLOSED },
  { "HTTP/1.2", "GET " PATH " HTTP/1.2\r\n" HTTP_HOST "\r\n", 0, 505 },
  { "HTTP/2.0", "GET " PATH " HTTP/2.0\r\n" HTTP_HOST "\r\n", 0, CLOSED },
  { "HTTP/11.1", "GET " PATH " HTTP/11.1\r\n" HTTP_HOST "\r\n", 0, CLOSED },
  { "http/1.1", "GET " PATH " http/1.1\r\n" HTTP_HOST "\r\n", 0, CLOSED },
  { "HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 0, CLOSED },
  { "method with bracket", "G(T " PATH " HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "double parameter", "GET " PATH "?from=1&from=2 HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "NUL in query", "GET " PATH "?from=%00 HTTP/1.1\r\n" HTTP_HOST "\r\n", 0, 400 },
  { "TLS hello", "\x16\x03\x01\x00\x05hello\r\n\r\n", 0, CLOSED },
};

/* Whether what follows the attack is taken for a request: the smuggled one would be a second handler call. */
static void
attack (HttpKit *kit, guint i)
{
  gsize size = hostile[i].size != 0 ? hostile[i].size : strlen (hostile[i].bytes);
  g_autoptr (GString) bytes = g_string_new_len (hostile[i].bytes, size);
  int fd = http_connect (kit->port);
  g_auto (HttpAnswer) answer = { 0 };

  g_string_append (bytes, HTTP_GET ("/api/v1/version"));
  http_send (fd, bytes->str, bytes->len);
  shutdown (fd, SHUT_WR);
  answer = http_receive (fd);
  g_test_message ("%s: %d", hostile[i].name, answer.status);
  if (hostile[i].status != CLOSED)
    g_assert_cmpint (answer.status, ==, hostile[i].status);
  else
    g_assert_true (answer.status == 0 || answer.status == 400 || answer.status == 413 || answer.status == 505);
  g_assert_true (http_is_closed (fd, 5000));
  g_assert_cmpint (g_atomic_int_get (&kit->n_requests), ==, 0);
  close (fd);
}

static void
test_hostile (void)
{
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_auto (HttpAnswer) after = { 0 };

  http_kit_start (kit);
  for (guint i = 0; i < G_N_ELEMENTS (hostile); i++)
    attack (kit, i);
  after = http_ask (kit->port, HTTP_GET ("/api/v1/version"));
  g_assert_cmpint (after.status, ==, 200);
}

/* The same bytes in every two pieces: the parser must not depend on where a packet ends. */
static void
test_hostile_in_pieces (void)
{
  static const char request[] = POST "Content-Length: 2\r\n 0\r\n\r\n{}";
  g_autoptr (HttpKit) kit = http_kit_new ();

  http_kit_start (kit);
  for (gsize cut = 1; cut < sizeof request - 1; cut++)
    {
      int fd = http_connect (kit->port);
      g_auto (HttpAnswer) answer = { 0 };

      http_send (fd, request, cut);
      http_send (fd, request + cut, sizeof request - 1 - cut);
      answer = http_receive (fd);
      g_assert_cmpint (answer.status, ==, 400);
      close (fd);
    }
  g_assert_cmpint (kit->n_requests, ==, 0);
}

static int
ask_with (HttpKit *kit, const char *before, gsize filler, const char *after)
{
  g_autofree char *letters = g_strnfill (filler, 'a');
  g_autofree char *request = g_strconcat (before, letters, after, NULL);
  g_auto (HttpAnswer) answer = http_ask (kit->port, request);

  return answer.status;
}

static void
test_sizes (void)
{
  static const char end[] = " HTTP/1.1\r\n" HTTP_HOST "\r\n";
  static const char fields[] = LINE HTTP_HOST "X-A: ";
  g_autoptr (HttpKit) kit = http_kit_new ();
  g_autoptr (GString) many = g_string_new (LINE HTTP_HOST);
  g_auto (HttpAnswer) answer = { 0 };

  http_kit_start (kit);
  g_assert_cmpint (ask_with (kit, "GET /", 2047, end), ==, 404);
  g_assert_cmpint (ask_with (kit, "GET /", 2048, end), ==, 414);
  g_assert_cmpint (ask_with (kit, fields, 16 * 1024 - strlen (fields) - 4, "\r\n\r\n"), ==, 200);
  g_assert_cmpint (ask_with (kit, fields, 16 * 1024 - strlen (fields) - 3, "\r\n\r\n"), ==, 431);
  g_assert_cmpint (ask_with (kit, fields, 20 * 1024, "\r\n\r\n"), ==, 431);
  g_assert_cmpint (ask_with (kit, LINE "Host: ", 261, "\r\n\r\n"), ==, 200);
  g_assert_cmpint (ask_with (kit, LINE "Host: ", 262, "\r\n\r\n"), ==, 400);
  for (int i = 0; i < 101; i++)
    g_string_append_printf (many, "X-%d: a\r\n", i);
  g_string_append (many, "\r\n");
  answer = http_ask (kit->port, many->str);
  g_assert_cmpint (answer.status, ==, 400);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/hostile/table", test_hostile);
  g_test_add_func ("/http/hostile/in-pieces", test_hostile_in_pieces);
  g_test_add_func ("/http/hostile/sizes", test_sizes);
  return g_test_run ();
}
