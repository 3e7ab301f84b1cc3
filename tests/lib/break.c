/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded in front of the server (LD_PRELOAD): kills it before the call of link() or rename() of which TEST_BREAK says
 * the number. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static void
count_call (void)
{
  static int n;
  const char *at = getenv ("TEST_BREAK");

  if (at != NULL && ++n == atoi (at))
    kill (getpid (), SIGKILL);
}

__attribute__ ((visibility ("default"))) int
rename (const char *from, const char *to)
{
  count_call ();
  return renameat (AT_FDCWD, from, AT_FDCWD, to);
}

__attribute__ ((visibility ("default"))) int
link (const char *from, const char *to)
{
  count_call ();
  return linkat (AT_FDCWD, from, AT_FDCWD, to, 0);
}
