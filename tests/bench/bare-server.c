/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The reference of the start-screen figure: libmicrohttpd and nothing else, over TLS with four epoll threads, answering
 * every request with the bytes of a file. Usage: bare-server CERTIFICATE KEY FILE; prints its port and runs until
 * killed. */
#include <glib.h>
#include <microhttpd.h>
#include <unistd.h>

static struct MHD_Response *response;

static enum MHD_Result
answer (void *data, struct MHD_Connection *connection, const char *url, const char *method, const char *version,
        const char *upload, size_t *size, void **state)
{
  static int seen;

  if (*state == NULL)
    {
      *state = &seen;
      return MHD_YES;
    }
  return MHD_queue_response (connection, MHD_HTTP_OK, response);
}

int
main (int argc, char *argv[])
{
  g_autofree char *certificate = NULL;
  g_autofree char *key = NULL;
  g_autofree char *body = NULL;
  gsize size;
  struct MHD_Daemon *daemon;

  if (argc != 4 || !g_file_get_contents (argv[1], &certificate, NULL, NULL) ||
      !g_file_get_contents (argv[2], &key, NULL, NULL) || !g_file_get_contents (argv[3], &body, &size, NULL))
    {
      g_printerr ("usage: bare-server CERTIFICATE KEY FILE\n");
      return 2;
    }
  response = MHD_create_response_from_buffer (size, body, MHD_RESPMEM_PERSISTENT);
  MHD_add_response_header (response, "Content-Type", "application/json");
  daemon = MHD_start_daemon (MHD_USE_EPOLL_INTERNAL_THREAD | MHD_USE_TLS, 0, NULL, NULL, answer, NULL,
                             MHD_OPTION_THREAD_POOL_SIZE, 4u, MHD_OPTION_HTTPS_MEM_CERT, certificate,
                             MHD_OPTION_HTTPS_MEM_KEY, key, MHD_OPTION_END);
  if (daemon == NULL)
    return 1;
  g_print ("port %d\n", MHD_get_daemon_info (daemon, MHD_DAEMON_INFO_BIND_PORT)->port);
  pause ();
  return 0;
}
