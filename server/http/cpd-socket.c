/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-socket.h"

#include <errno.h>
#include <gio/gio.h>
#include <poll.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include "cpd-address.h"

#define BACKLOG 512

typedef union
{
  struct sockaddr any;
  struct sockaddr_in ipv4;
  struct sockaddr_in6 ipv6;
  struct sockaddr_un local;
} SocketAddress;

static socklen_t
fill_address (const char *address, int port, SocketAddress *to)
{
  CpdAddress parsed;

  memset (to, 0, sizeof *to);
  if (address[0] == '/')
    {
      to->local.sun_family = AF_UNIX;
      if (g_strlcpy (to->local.sun_path, address, sizeof to->local.sun_path) >= sizeof to->local.sun_path)
        return 0;
      return sizeof to->local;
    }
  if (!cpd_address_from_text (address, &parsed) || parsed.local)
    return 0;
  if (IN6_IS_ADDR_V4MAPPED (&parsed.ip))
    {
      to->ipv4.sin_family = AF_INET;
      to->ipv4.sin_port = htons (port);
      memcpy (&to->ipv4.sin_addr, parsed.ip.s6_addr + 12, 4);
      return sizeof to->ipv4;
    }
  to->ipv6.sin6_family = AF_INET6;
  to->ipv6.sin6_port = htons (port);
  to->ipv6.sin6_addr = parsed.ip;
  return sizeof to->ipv6;
}

static void
remove_old_socket (const char *path)
{
  struct stat status;

  if (lstat (path, &status) == 0 && S_ISSOCK (status.st_mode))
    unlink (path);
}

static gboolean
bind_and_listen (int fd, const SocketAddress *to, socklen_t length)
{
  int on = 1;
  int off = 0;

  if (to->any.sa_family == AF_UNIX)
    remove_old_socket (to->local.sun_path);
  else if (setsockopt (fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof on) != 0)
    return FALSE;
  if (to->any.sa_family == AF_INET6 && setsockopt (fd, IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off) != 0)
    return FALSE;
  if (bind (fd, &to->any, length) != 0)
    return FALSE;
  if (to->any.sa_family == AF_UNIX && chmod (to->local.sun_path, 0660) != 0)
    return FALSE;
  return listen (fd, BACKLOG) == 0;
}

/**
 * cpd_socket_listen:
 *
 * Returns: the descriptor, owned by the caller, or -1 with @error.
 */
int
cpd_socket_listen (const char *address, int port, GError **error)
{
  SocketAddress to;
  socklen_t length = fill_address (address, port, &to);
  int fd;

  if (length == 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
                   "%s is not an IP address or the absolute path of a socket", address);
      return -1;
    }
  fd = socket (to.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd >= 0 && bind_and_listen (fd, &to, length))
    return fd;
  g_set_error (error, G_IO_ERROR, g_io_error_from_errno (errno), "cannot listen on %s port %d: %s", address, port,
               g_strerror (errno));
  if (fd >= 0)
    close (fd);
  return -1;
}

/**
 * cpd_socket_port:
 *
 * Returns: the port on which @fd listens.
 */
int
cpd_socket_port (int fd)
{
  SocketAddress bound;
  socklen_t length = sizeof bound;

  if (getsockname (fd, &bound.any, &length) != 0)
    return 0;
  if (bound.any.sa_family == AF_INET)
    return ntohs (bound.ipv4.sin_port);
  return bound.any.sa_family == AF_INET6 ? ntohs (bound.ipv6.sin6_port) : 0;
}

/**
 * cpd_socket_is_private:
 *
 * Returns: whether only this machine can reach @address.
 */
gboolean
cpd_socket_is_private (const char *address)
{
  CpdAddress parsed;

  return address[0] == '/' || (cpd_address_from_text (address, &parsed) && cpd_address_is_loopback (&parsed));
}

/* Of a socket that listens everywhere, the one of this machine. */
static void
make_reachable (SocketAddress *to)
{
  if (to->any.sa_family == AF_INET && to->ipv4.sin_addr.s_addr == htonl (INADDR_ANY))
    to->ipv4.sin_addr.s_addr = htonl (INADDR_LOOPBACK);
  else if (to->any.sa_family == AF_INET6 && IN6_IS_ADDR_UNSPECIFIED (&to->ipv6.sin6_addr))
    to->ipv6.sin6_addr = in6addr_loopback;
}

/* What is said is neither HTTP nor TLS, so that both end it at once. */
static gboolean
ask (int fd, const SocketAddress *to, socklen_t length, int timeout_ms)
{
  struct pollfd poll_fd = { .fd = fd, .events = POLLOUT };

  if (connect (fd, &to->any, length) != 0 && errno != EINPROGRESS)
    return FALSE;
  if (poll (&poll_fd, 1, timeout_ms) != 1 || send (fd, "?\r\n\r\n", 5, MSG_NOSIGNAL) != 5)
    return FALSE;
  poll_fd.events = POLLIN;
  return poll (&poll_fd, 1, timeout_ms) == 1;
}

/**
 * cpd_socket_answers:
 * @listening: of this process or another
 *
 * That the system takes a connection says nothing yet: somebody must do something with it.
 */
gboolean
cpd_socket_answers (int listening, int timeout_ms)
{
  SocketAddress to;
  socklen_t length = sizeof to;
  gboolean answers;
  int fd;

  if (getsockname (listening, &to.any, &length) != 0)
    return FALSE;
  make_reachable (&to);
  fd = socket (to.any.sa_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
  if (fd < 0)
    return FALSE;
  answers = ask (fd, &to, length, timeout_ms);
  close (fd);
  return answers;
}
