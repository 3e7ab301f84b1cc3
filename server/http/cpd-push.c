/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-push.h"

#include <errno.h>
#include <string.h>
#include <sys/socket.h>

/* More come in another call. */
#define PIECES 15

static gssize
send_pieces (int fd, const struct iovec *pieces, gsize n, int flags)
{
  const struct msghdr message = { .msg_iov = (struct iovec *) pieces, .msg_iovlen = n };

  return sendmsg (fd, &message, MSG_NOSIGNAL | flags);
}

static gsize
size_of (const struct iovec *pieces, int n)
{
  gsize size = 0;

  for (int i = 0; i < n; i++)
    size += pieces[i].iov_len;
  return size;
}

static void
keep (CpdPush *push, const struct iovec *pieces, int n)
{
  for (int i = 0; i < n; i++)
    {
      memcpy (push->kept + push->held, pieces[i].iov_base, pieces[i].iov_len);
      push->held += pieces[i].iov_len;
    }
}

/* What was held counts as taken already. */
static gssize
send_after_held (CpdPush *push, const struct iovec *pieces, int n)
{
  struct iovec all[1 + PIECES] = { { push->kept, push->held } };
  gsize others = MIN (n, PIECES);
  gssize sent;

  memcpy (all + 1, pieces, others * sizeof *pieces);
  sent = send_pieces (push->fd, all, 1 + others, 0);
  if (sent < 0)
    return -1;
  if ((gsize) sent <= push->held)
    {
      push->held -= sent;
      memmove (push->kept, push->kept + sent, push->held);
      errno = EAGAIN;
      return -1;
    }
  sent -= (gssize) push->held;
  push->held = 0;
  return sent;
}

/**
 * cpd_push:
 *
 * The library sends header and body of an answer one after the other, under TLS in a record each, and makes the system
 * let go of the header at once when both together are longer than 1,400 bytes. As one segment they cost the network
 * half, and wake the client once.
 */
gssize
cpd_push (CpdPush *push, const struct iovec *pieces, int n)
{
  gboolean header = push->body_follows;
  gsize size = header ? size_of (pieces, n) : 0;

  push->body_follows = FALSE;
  if (push->held > 0)
    return send_after_held (push, pieces, n);
  if (!header || size > sizeof push->kept)
    return send_pieces (push->fd, pieces, (gsize) n, header ? MSG_MORE : 0);
  keep (push, pieces, n);
  return (gssize) size;
}
