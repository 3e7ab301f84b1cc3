/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-push.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ANSWERS 2000
#define HEADER_MOST (CPD_PUSH_KEPT + 64)
#define BODY_MOST 40000

typedef struct
{
  CpdPush push;
  int reader;
  GByteArray *sent; /* (owned): what was to be sent, in its order */
  GByteArray *came; /* (owned) */
} Line;

static void
line_open (Line *line)
{
  int ends[2];
  int size = 4096;

  memset (line, 0, sizeof *line);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), ==, 0);
  setsockopt (ends[0], SOL_SOCKET, SO_SNDBUF, &size, sizeof size);
  line->push.fd = ends[0];
  line->reader = ends[1];
  line->sent = g_byte_array_new ();
  line->came = g_byte_array_new ();
}

static void
line_close (Line *line)
{
  close (line->push.fd);
  close (line->reader);
  g_byte_array_unref (line->sent);
  g_byte_array_unref (line->came);
}

/* How many bytes came. */
static gsize
line_read (Line *line, gsize most)
{
  guint8 buffer[8192];
  gssize size = recv (line->reader, buffer, MIN (most, sizeof buffer), 0);

  if (size < 0)
    g_assert_cmpint (errno, ==, EAGAIN);
  else
    g_byte_array_append (line->came, buffer, size);
  return MAX (size, 0);
}

/* As TLS does it: in pieces, and what was not taken again later. */
static void
line_send (Line *line, guint8 *data, gsize size)
{
  g_byte_array_append (line->sent, data, size);
  while (size > 0)
    {
      gsize first = (gsize) g_test_rand_int_range (0, (int) size);
      const struct iovec pieces[] = { { data, first }, { data + first, size - first } };
      gssize taken = cpd_push (&line->push, pieces, G_N_ELEMENTS (pieces));

      if (taken < 0)
        {
          g_assert_cmpint (errno, ==, EAGAIN);
          line_read (line, (gsize) g_test_rand_int_range (1, 8192));
          continue;
        }
      g_assert_cmpint (taken, >, 0);
      g_assert_cmpuint ((gsize) taken, <=, size);
      data += taken;
      size -= (gsize) taken;
    }
}

static void
send_random (Line *line, gboolean is_header, int most)
{
  static guint8 data[BODY_MOST];
  gsize size = (gsize) g_test_rand_int_range (1, most + 1);

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_test_rand_int_range (0, 256);
  line->push.body_follows = is_header;
  line_send (line, data, size);
}

/* However little the system takes at a time, everything comes, once and in its order. */
static void
test_all_comes_in_order (void)
{
  Line line;

  line_open (&line);
  for (int i = 0; i < ANSWERS; i++)
    {
      if (g_test_rand_bit ())
        send_random (&line, TRUE, HEADER_MOST);
      send_random (&line, FALSE, g_test_rand_bit () ? BODY_MOST : 100);
      if (g_test_rand_bit ())
        line_read (&line, (gsize) g_test_rand_int_range (1, 8192));
      if (line.sent->len > 1024 * 1024)
        {
          while (line_read (&line, 8192) > 0)
            ;
          g_assert_cmpmem (line.came->data, line.came->len, line.sent->data, line.sent->len);
          g_byte_array_set_size (line.came, 0);
          g_byte_array_set_size (line.sent, 0);
        }
    }
  while (line_read (&line, 8192) > 0)
    ;
  g_assert_cmpmem (line.came->data, line.came->len, line.sent->data, line.sent->len);
  line_close (&line);
}

static void
test_header_waits_for_body (void)
{
  Line line;

  line_open (&line);
  send_random (&line, TRUE, CPD_PUSH_KEPT);
  g_assert_cmpuint (line_read (&line, 8192), ==, 0);
  send_random (&line, FALSE, 100);
  g_assert_cmpuint (line_read (&line, 8192), ==, line.sent->len);
  line_close (&line);
}

static void
test_alone_leaves_at_once (void)
{
  Line line;

  line_open (&line);
  send_random (&line, FALSE, 100);
  g_assert_cmpuint (line_read (&line, 8192), ==, line.sent->len);
  line_close (&line);
}

static void
test_reader_is_gone (void)
{
  char data[] = "data";
  const struct iovec piece = { data, sizeof data };
  Line line;

  line_open (&line);
  shutdown (line.reader, SHUT_RDWR);
  line.push.body_follows = TRUE;
  g_assert_cmpint (cpd_push (&line.push, &piece, 1), ==, sizeof data);
  g_assert_cmpint (cpd_push (&line.push, &piece, 1), ==, -1);
  g_assert_cmpint (errno, ==, EPIPE);
  line_close (&line);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/push/all-comes-in-order", test_all_comes_in_order);
  g_test_add_func ("/http/push/header-waits-for-body", test_header_waits_for_body);
  g_test_add_func ("/http/push/alone-leaves-at-once", test_alone_leaves_at_once);
  g_test_add_func ("/http/push/reader-is-gone", test_reader_is_gone);
  return g_test_run ();
}
