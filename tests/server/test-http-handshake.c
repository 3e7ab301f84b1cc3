/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-client.h"
#include "tls-kit.h"

#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <pthread.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

/* Of each kind. */
#define CLIENTS 25
#define LONG_MS 60000
/* What one thread that never waits takes is 1,000, less on a busy machine. */
#define MOST_MS_PER_SECOND 100
/* More than the system takes for a client that says it has room for little. */
#define PADDING (120 * 1024)

/* Clients of which no more is heard: after the half of their first message, or after the server's answer to it. */
static const struct
{
  const char *priorities;
  gboolean whole;
} kinds[] = { { TLS_NORMAL, FALSE }, { TLS_NORMAL, TRUE }, { TLS_1_2, FALSE }, { TLS_1_2, TRUE } };

typedef struct
{
  TlsFiles files;
  HttpKit *kit;                            /* (owned) */
  int fds[CLIENTS * G_N_ELEMENTS (kinds)]; /* (owned): that stand still */
} Fixture;

static void
set_up (Fixture *fixture, gconstpointer data)
{
  tls_files_init (&fixture->files);
  fixture->kit = tls_files_kit (&fixture->files);
  fixture->kit->limits.header_ms = LONG_MS;
}

static void
tear_down (Fixture *fixture, gconstpointer data)
{
  http_kit_free (fixture->kit);
  tls_files_clear (&fixture->files);
}

static ssize_t
collect_cb (gnutls_transport_ptr_t data, const void *bytes, size_t size)
{
  g_byte_array_append (data, bytes, size);
  return (ssize_t) size;
}

static ssize_t
nothing_cb (gnutls_transport_ptr_t data, void *bytes, size_t size)
{
  errno = EAGAIN;
  return -1;
}

/* What a client says before it has heard anything. */
static GByteArray *
first_message (const char *priorities)
{
  GByteArray *message = g_byte_array_new ();
  TlsClient client;

  tls_client_init (&client, -1, priorities);
  gnutls_transport_set_ptr (client.session, message);
  gnutls_transport_set_push_function (client.session, collect_cb);
  gnutls_transport_set_pull_function (client.session, nothing_cb);
  g_assert_cmpint (gnutls_handshake (client.session), ==, GNUTLS_E_AGAIN);
  tls_client_close (&client);
  g_assert_cmpuint (message->len, >, 100);
  return message;
}

/* Returns the descriptor of one of whom no more is heard. */
static int
stand_still (Fixture *fixture, guint kind)
{
  GByteArray *message = first_message (kinds[kind].priorities);
  struct pollfd answered = { .fd = http_connect (fixture->kit->port), .events = POLLIN };

  http_send (answered.fd, (const char *) message->data, kinds[kind].whole ? message->len : message->len / 2);
  if (kinds[kind].whole)
    g_assert_cmpint (poll (&answered, 1, 8000), ==, 1);
  g_byte_array_unref (message);
  return answered.fd;
}

static void
all_stand_still (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->fds); i++)
    fixture->fds[i] = stand_still (fixture, i % G_N_ELEMENTS (kinds));
}

static void
close_all (Fixture *fixture)
{
  for (guint i = 0; i < G_N_ELEMENTS (fixture->fds); i++)
    close (fixture->fds[i]);
}

static gint64
processor_ms (void)
{
  struct rusage used;

  getrusage (RUSAGE_SELF, &used);
  return (used.ru_utime.tv_sec + used.ru_stime.tv_sec) * 1000 + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) / 1000;
}

static void
assert_second_costs_little (void)
{
  gint64 before = processor_ms ();
  gint64 used;

  g_usleep (G_USEC_PER_SEC);
  used = processor_ms () - before;
  g_test_message ("%" G_GINT64_FORMAT " ms", used);
  g_assert_cmpint (used, <, MOST_MS_PER_SECOND);
}

static void
assert_answers (TlsClient *client)
{
  g_autofree char *answer = tls_client_ask (client, HTTP_GET ("/api/v1/organisation"));

  g_assert_true (g_str_has_prefix (answer, "HTTP/1.1 200"));
}

static void
test_costs_little (Fixture *fixture, gconstpointer data)
{
  http_kit_start (fixture->kit);
  all_stand_still (fixture);
  assert_second_costs_little ();
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      TlsClient client;

      g_assert_true (tls_client_open (&client, fixture->kit->port, kinds[i].priorities));
      assert_answers (&client);
      tls_client_close (&client);
    }
  for (guint i = 0; i < G_N_ELEMENTS (fixture->fds); i++)
    g_assert_false (http_is_closed (fixture->fds[i], 0));
  close_all (fixture);
}

/* It connects, and has room for so little that what it does not read keeps the server from sending more. */
static int
connect_narrow (int port)
{
  static const int room = 2048, segment = 536;
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  setsockopt (fd, SOL_SOCKET, SO_RCVBUF, &room, sizeof room);
  setsockopt (fd, IPPROTO_TCP, TCP_MAXSEG, &segment, sizeof segment);
  g_assert_cmpint (connect (fd, (struct sockaddr *) &address, sizeof address), ==, 0);
  return fd;
}

static ssize_t
receive_cb (gnutls_transport_ptr_t data, void *bytes, size_t size)
{
  return recv (GPOINTER_TO_INT (data), bytes, size, 0);
}

/* GnuTLS returns between the parts of a message that is as large as this. */
static void
go_through (TlsClient *client)
{
  int result;

  do
    result = gnutls_handshake (client->session);
  while (result == GNUTLS_E_AGAIN);
  g_assert_cmpint (result, ==, 0);
}

/* Here it is the server that has more to say. */
static void
test_no_room (Fixture *fixture, gconstpointer data)
{
  tls_files_write (&fixture->files, 1, PADDING);
  http_kit_start (fixture->kit);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].whole)
      {
        TlsClient client;

        tls_client_init (&client, connect_narrow (fixture->kit->port), kinds[i].priorities);
        gnutls_transport_set_pull_function (client.session, nothing_cb);
        g_assert_cmpint (gnutls_handshake (client.session), ==, GNUTLS_E_AGAIN);
        assert_second_costs_little ();
        gnutls_transport_set_pull_function (client.session, receive_cb);
        go_through (&client);
        assert_answers (&client);
        tls_client_close (&client);
      }
}

static void
test_ends_at_deadline (Fixture *fixture, gconstpointer data)
{
  long before;

  fixture->kit->limits.header_ms = 500;
  http_kit_start (fixture->kit);
  before = http_kit_descriptors ();
  all_stand_still (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->fds); i++)
    g_assert_true (http_is_closed (fixture->fds[i], 5000));
  close_all (fixture);
  http_kit_wait_for_descriptors (before);
}

static void
test_clients_leave (Fixture *fixture, gconstpointer data)
{
  long before;

  http_kit_start (fixture->kit);
  before = http_kit_descriptors ();
  all_stand_still (fixture);
  close_all (fixture);
  http_kit_wait_for_descriptors (before);
}

/* They are connections like others. */
static void
test_are_counted (Fixture *fixture, gconstpointer data)
{
  long before;
  int fds[10];
  TlsClient client;

  fixture->kit->limits.connections = G_N_ELEMENTS (fds);
  http_kit_start (fixture->kit);
  before = http_kit_descriptors ();
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    fds[i] = stand_still (fixture, 1);
  g_assert_false (tls_client_open (&client, fixture->kit->port, TLS_NORMAL));
  tls_client_close (&client);
  for (guint i = 0; i < G_N_ELEMENTS (fds); i++)
    close (fds[i]);
  http_kit_wait_for_descriptors (before);
  g_assert_true (tls_client_open (&client, fixture->kit->port, TLS_NORMAL));
  assert_answers (&client);
  tls_client_close (&client);
}

/* Each byte is sent when the server has had time to see that there is no more. */
static ssize_t
drip_cb (gnutls_transport_ptr_t data, const void *bytes, size_t size)
{
  for (gsize i = 0; i < size; i++)
    {
      http_send (GPOINTER_TO_INT (data), (const char *) bytes + i, 1);
      g_usleep (500);
    }
  return (ssize_t) size;
}

static void
test_byte_by_byte (Fixture *fixture, gconstpointer data)
{
  static const int on = 1;

  http_kit_start (fixture->kit);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (kinds[i].whole)
      {
        TlsClient client;

        tls_client_init (&client, http_connect (fixture->kit->port), kinds[i].priorities);
        setsockopt (client.fd, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
        gnutls_transport_set_push_function (client.session, drip_cb);
        g_assert_cmpint (gnutls_handshake (client.session), ==, 0);
        assert_answers (&client);
        tls_client_close (&client);
      }
}

/* A connection does not wait as in its handshake when that is over: the answer would stay here until the client says
 * something. Of each thread's connections the library looks at one before it looks for what came: so there are more. */
static void
test_is_over (Fixture *fixture, gconstpointer data)
{
  static const char request[] = HTTP_GET (HTTP_KIT_HELD);
  TlsClient clients[16];

  http_kit_start (fixture->kit);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      g_assert_true (tls_client_open (&clients[i], fixture->kit->port, kinds[i % G_N_ELEMENTS (kinds)].priorities));
      g_assert_cmpint (gnutls_record_send (clients[i].session, request, sizeof request - 1), >, 0);
    }
  http_kit_wait_for (&fixture->kit->n_held, G_N_ELEMENTS (clients));
  http_kit_release (fixture->kit);
  for (guint i = 0; i < G_N_ELEMENTS (clients); i++)
    {
      char answer[4096];

      g_assert_cmpint (gnutls_record_recv (clients[i].session, answer, sizeof answer), >, 0);
      tls_client_close (&clients[i]);
    }
}

/* Until nobody listens. */
static void *
keep_coming (void *data)
{
  Fixture *fixture = data;
  GByteArray *message = first_message (TLS_NORMAL);
  static const struct linger at_once = { .l_onoff = 1 };
  int fd;

  while ((fd = http_connect (fixture->kit->port)) >= 0)
    {
      http_send (fd, (const char *) message->data, message->len);
      setsockopt (fd, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once); /* else all ports would be taken for a minute */
      close (fd);
    }
  g_byte_array_unref (message);
  return NULL;
}

static void
stop_while_others_come (Fixture *fixture)
{
  pthread_t others[4];
  gint64 before;

  http_kit_start (fixture->kit);
  all_stand_still (fixture);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_cmpint (pthread_create (&others[i], NULL, keep_coming, fixture), ==, 0);
  before = g_get_monotonic_time ();
  http_kit_stop (fixture->kit, 5);
  g_assert_cmpint (g_get_monotonic_time () - before, <, 15 * G_USEC_PER_SEC);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    pthread_join (others[i], NULL);
  for (guint i = 0; i < G_N_ELEMENTS (fixture->fds); i++)
    g_assert_true (http_is_closed (fixture->fds[i], 5000));
  close_all (fixture);
}

/* More than once, for it is a race: the library aborts the process when it is stopped while one is suspended. */
static void
test_stop (Fixture *fixture, gconstpointer data)
{
  for (int round = 0; round < 5; round++)
    stop_while_others_come (fixture);
}

static void
add (const char *path, void (*test) (Fixture *fixture, gconstpointer data))
{
  g_test_add (path, Fixture, NULL, set_up, test, tear_down);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  add ("/http/handshake/costs-little", test_costs_little);
  add ("/http/handshake/no-room", test_no_room);
  add ("/http/handshake/ends-at-deadline", test_ends_at_deadline);
  add ("/http/handshake/clients-leave", test_clients_leave);
  add ("/http/handshake/are-counted", test_are_counted);
  add ("/http/handshake/byte-by-byte", test_byte_by_byte);
  add ("/http/handshake/is-over", test_is_over);
  add ("/http/handshake/stop", test_stop);
  return g_test_run ();
}
