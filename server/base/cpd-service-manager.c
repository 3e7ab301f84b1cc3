/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd"
#include "cpd-service-manager.h"

#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/un.h>
#include <unistd.h>

/**
 * cpd_service_manager_tell:
 */
void
cpd_service_manager_tell (const char *state)
{
  const char *path = g_getenv ("NOTIFY_SOCKET");
  struct sockaddr_un to = { .sun_family = AF_UNIX };
  gsize length = path != NULL ? strlen (path) : 0;
  int fd;

  if (length == 0 || length >= sizeof to.sun_path)
    return;
  memcpy (to.sun_path, path, length);
  if (path[0] == '@')
    to.sun_path[0] = '\0'; /* an abstract one */
  fd = socket (AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (fd < 0 || sendto (fd, state, strlen (state), MSG_NOSIGNAL | MSG_DONTWAIT, (struct sockaddr *) &to,
                        offsetof (struct sockaddr_un, sun_path) + length) < 0)
    g_message ("the service manager cannot be told %s: %s", state, g_strerror (errno));
  if (fd >= 0)
    close (fd);
}

/**
 * cpd_service_manager_patience:
 */
gint64
cpd_service_manager_patience (void)
{
  const char *text = g_getenv ("WATCHDOG_USEC");
  const char *pid = g_getenv ("WATCHDOG_PID");
  gint64 patience;

  if (text == NULL || !g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &patience, NULL))
    return 0;
  return pid == NULL || g_ascii_strtoll (pid, NULL, 10) == getpid () ? patience : 0;
}
