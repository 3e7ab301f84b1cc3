/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-pull.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#define ROUNDS 5000
#define MOST 20000

typedef struct
{
  CpdPull pull;
  int writer;
} Line;

static void
line_open (Line *line)
{
  int ends[2];

  memset (line, 0, sizeof *line);
  g_assert_cmpint (socketpair (AF_UNIX, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0, ends), ==, 0);
  line->pull.fd = ends[0];
  line->writer = ends[1];
}

static void
line_close (Line *line)
{
  close (line->pull.fd);
  close (line->writer);
}

static void
line_write (Line *line, const char *data)
{
  gsize size = strlen (data);

  g_assert_cmpint (send (line->writer, data, size, 0), ==, (gssize) size);
}

static void
assert_pulled (Line *line, gsize size, const char *expected)
{
  char data[100];
  gssize came = cpd_pull (&line->pull, data, size);

  g_assert_cmpint (came, >, 0);
  g_assert_cmpmem (data, (gsize) came, expected, strlen (expected));
}

static void
assert_nothing (Line *line)
{
  char data[100];

  errno = 0;
  g_assert_cmpint (cpd_pull (&line->pull, data, sizeof data), ==, -1);
  g_assert_cmpint (errno, ==, EAGAIN);
}

static void
write_random (Line *line, GByteArray *sent)
{
  static guint8 data[MOST];
  gsize size = (gsize) g_test_rand_int_range (1, g_test_rand_bit () ? MOST : 50);
  gssize taken;

  for (gsize i = 0; i < size; i++)
    data[i] = (guint8) g_test_rand_int_range (0, 256);
  taken = send (line->writer, data, size, 0);
  if (taken > 0)
    g_byte_array_append (sent, data, (guint) taken);
}

/* FALSE when there is nothing. */
static gboolean
pull_random (Line *line, GByteArray *came)
{
  static guint8 data[MOST];
  gssize size = cpd_pull (&line->pull, data, (gsize) g_test_rand_int_range (1, g_test_rand_bit () ? MOST : 6));

  if (size < 0)
    g_assert_cmpint (errno, ==, EAGAIN);
  else
    g_byte_array_append (came, data, (guint) size);
  return size > 0;
}

/* However it is asked for, everything comes, once and in its order. */
static void
test_all_comes_in_order (void)
{
  g_autoptr (GByteArray) sent = g_byte_array_new ();
  g_autoptr (GByteArray) came = g_byte_array_new ();
  Line line;

  line_open (&line);
  for (int i = 0; i < ROUNDS; i++)
    {
      write_random (&line, sent);
      line.pull.unwatched = g_test_rand_bit ();
      for (int n = g_test_rand_int_range (0, 20); n > 0; n--)
        pull_random (&line, came);
    }
  line.pull.unwatched = FALSE;
  while (pull_random (&line, came))
    ;
  g_assert_cmpmem (came->data, came->len, sent->data, sent->len);
  line_close (&line);
}

static void
test_record_with_one_call (void)
{
  char rest;
  Line line;

  line_open (&line);
  line_write (&line, "12345and the rest");
  assert_pulled (&line, 5, "12345");
  g_assert_cmpint (recv (line.pull.fd, &rest, 1, MSG_PEEK), ==, -1);
  assert_pulled (&line, 50, "and the rest");
  assert_nothing (&line);
  line_close (&line);
}

/* What came before is told by the system when the descriptor is waited for again. */
static void
test_unwatched_once (void)
{
  Line line;

  line_open (&line);
  line_write (&line, "next");
  line.pull.unwatched = TRUE;
  assert_nothing (&line);
  assert_pulled (&line, 50, "next");
  line_close (&line);
}

/* Of what is kept the system tells nobody any more. */
static void
test_kept_is_given (void)
{
  Line line;

  line_open (&line);
  line_write (&line, "onenext");
  assert_pulled (&line, 3, "one");
  line.pull.unwatched = TRUE;
  assert_pulled (&line, 50, "next");
  line_write (&line, "last");
  assert_pulled (&line, 50, "last");
  line_close (&line);
}

static void
test_writer_is_gone (void)
{
  char data[10];
  Line line;

  line_open (&line);
  line_write (&line, "onetwo");
  shutdown (line.writer, SHUT_RDWR);
  assert_pulled (&line, 3, "one");
  assert_pulled (&line, 10, "two");
  g_assert_cmpint (cpd_pull (&line.pull, data, sizeof data), ==, 0);
  line_close (&line);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/pull/all-comes-in-order", test_all_comes_in_order);
  g_test_add_func ("/http/pull/record-with-one-call", test_record_with_one_call);
  g_test_add_func ("/http/pull/unwatched-once", test_unwatched_once);
  g_test_add_func ("/http/pull/kept-is-given", test_kept_is_given);
  g_test_add_func ("/http/pull/writer-is-gone", test_writer_is_gone);
  return g_test_run ();
}
