/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-pull.h"

#include <errno.h>
#include <string.h>
#include <sys/uio.h>

static gssize
give_kept (CpdPull *pull, void *data, gsize size)
{
  gsize given = MIN (size, pull->held);

  memcpy (data, pull->kept + pull->first, given);
  pull->first += given;
  pull->held -= given;
  return (gssize) given;
}

/* What does not fit into data is kept. */
static gssize
read_ahead (CpdPull *pull, void *data, gsize size)
{
  const struct iovec pieces[] = { { data, size }, { pull->kept, sizeof pull->kept } };
  gssize came = readv (pull->fd, pieces, G_N_ELEMENTS (pieces));

  if (came <= 0 || (gsize) came <= size)
    return came;
  pull->first = 0;
  pull->held = (gsize) came - size;
  return (gssize) size;
}

/**
 * cpd_pull:
 *
 * TLS asks for the five bytes that a record begins with, and then for the rest: both come with one call of the system.
 *
 * To suspend a connection the library takes its descriptor out of its epoll set. When it goes on, it reads to find
 * nothing, and only then puts it back, where the system tells at once of what has come since. So the first question
 * after that is answered without the system. That would be wrong once the library waits for the descriptor again, of
 * which the system tells but once: whoever makes it wait sets unwatched to FALSE.
 */
gssize
cpd_pull (CpdPull *pull, void *data, gsize size)
{
  gboolean unwatched = pull->unwatched;

  pull->unwatched = FALSE;
  if (pull->held > 0)
    return give_kept (pull, data, size);
  if (!unwatched)
    return read_ahead (pull, data, size);
  errno = EAGAIN;
  return -1;
}
