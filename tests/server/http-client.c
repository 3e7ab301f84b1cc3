/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "http-client.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#define PATIENCE_MS 8000

void
http_answer_clear (HttpAnswer *answer)
{
  g_clear_pointer (&answer->head, g_free);
  g_clear_pointer (&answer->body, g_free);
}

char *
http_answer_field (const HttpAnswer *answer, const char *name)
{
  g_auto (GStrv) lines = g_strsplit (answer->head != NULL ? answer->head : "", "\r\n", -1);

  for (char **line = lines; *line != NULL; line++)
    {
      const char *colon = strchr (*line, ':');
      if (colon != NULL && (gsize) (colon - *line) == strlen (name) &&
          g_ascii_strncasecmp (*line, name, colon - *line) == 0)
        return g_strdup (colon + 2);
    }
  return NULL;
}

int
http_connect (int port)
{
  struct sockaddr_in address = { .sin_family = AF_INET,
                                 .sin_port = htons (port),
                                 .sin_addr = { htonl (INADDR_LOOPBACK) } };
  struct timeval patience = { .tv_sec = PATIENCE_MS / 1000 };
  int fd = socket (AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);

  g_assert_cmpint (fd, >=, 0);
  setsockopt (fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  if (connect (fd, (struct sockaddr *) &address, sizeof address) == 0)
    return fd;
  close (fd);
  return -1;
}

void
http_send (int fd, const char *data, gssize length)
{
  gsize left = length < 0 ? strlen (data) : (gsize) length;

  while (left > 0)
    {
      gssize sent = send (fd, data, left, MSG_NOSIGNAL);
      if (sent <= 0)
        return;
      data += sent;
      left -= sent;
    }
}

/* Reads one byte, so that what follows stays for the next answer. */
static gboolean
read_byte (int fd, char *byte)
{
  struct pollfd poll_fd = { .fd = fd, .events = POLLIN };

  g_assert_cmpint (poll (&poll_fd, 1, PATIENCE_MS), ==, 1);
  return recv (fd, byte, 1, 0) == 1;
}

HttpAnswer
http_receive (int fd)
{
  HttpAnswer answer = { 0 };
  g_autoptr (GString) text = g_string_new (NULL);
  g_autofree char *length = NULL;
  gsize body_length;
  char byte;

  do
    {
      if (!read_byte (fd, &byte))
        return answer;
      g_string_append_c (text, byte);
    }
  while (!g_str_has_suffix (text->str, "\r\n\r\n"));
  g_assert_true (g_str_has_prefix (text->str, "HTTP/1.1 "));
  answer.status = atoi (text->str + strlen ("HTTP/1.1 "));
  answer.head = g_strdup (text->str);
  length = http_answer_field (&answer, "Content-Length");
  body_length = length != NULL ? strtoul (length, NULL, 10) : 0;
  g_string_set_size (text, body_length);
  for (gsize filled = 0; filled < body_length;)
    {
      gssize size = recv (fd, text->str + filled, body_length - filled, 0);
      if (size <= 0)
        {
          g_string_truncate (text, filled); /* as after HEAD: announced, not sent */
          break;
        }
      filled += size;
    }
  answer.body = g_strdup (text->str);
  return answer;
}

gboolean
http_is_closed (int fd, int within_ms)
{
  gint64 end = g_get_monotonic_time () + within_ms * 1000;
  struct pollfd poll_fd = { .fd = fd, .events = POLLIN };
  char buffer[4096];
  gint64 left;

  while ((left = (end - g_get_monotonic_time ()) / 1000) >= 0)
    if (poll (&poll_fd, 1, (int) left) == 1 && recv (fd, buffer, sizeof buffer, 0) <= 0)
      return TRUE;
  return FALSE;
}

HttpAnswer
http_ask_bytes (int port, const char *data, gssize length)
{
  int fd = http_connect (port);
  HttpAnswer answer;

  g_assert_cmpint (fd, >=, 0);
  http_send (fd, data, length);
  answer = http_receive (fd);
  close (fd);
  return answer;
}

HttpAnswer
http_ask (int port, const char *data)
{
  return http_ask_bytes (port, data, -1);
}
