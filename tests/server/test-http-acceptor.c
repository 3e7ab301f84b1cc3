/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-acceptor.h"
#include "cpd-socket.h"
#include "http-client.h"
#include "http-kit.h"

#include <errno.h>
#include <sys/socket.h>
#include <unistd.h>

static int n_accepted; /* atomic */

/* Instead of the system's: somebody always came, and left again. */
int
accept4 (int fd, __SOCKADDR_ARG peer, socklen_t *length, int flags)
{
  g_atomic_int_inc (&n_accepted);
  errno = ECONNABORTED;
  return -1;
}

/* A flood does not keep the server from stopping. */
static void
test_stops_in_a_flood (void)
{
  g_autoptr (GError) error = NULL;
  int listening = cpd_socket_listen ("127.0.0.1", 0, &error);
  int client = http_connect (cpd_socket_port (listening));
  CpdAcceptor *acceptor = cpd_acceptor_new (listening, NULL, NULL, &error);

  g_assert_no_error (error);
  for (int tries = 0; g_atomic_int_get (&n_accepted) < 1000; tries++)
    {
      g_assert_cmpint (tries, <, 5000);
      g_usleep (1000);
    }
  alarm (10);
  cpd_acceptor_free (acceptor);
  alarm (0);
  close (client);
  close (listening);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/http/acceptor/stops-in-a-flood", test_stops_in_a_flood);
  return g_test_run ();
}
