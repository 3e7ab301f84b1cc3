/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded in front of the server (LD_PRELOAD): kills it before the call of link() or rename() of which TEST_BREAK says
 * the number. TEST_ROOM is how many bytes are free on every volume; without it there is room. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
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

/* As the server calls it where file sizes have 64 bits. */
__attribute__ ((visibility ("default"))) int
statvfs64 (const char *path, struct statvfs64 *volume)
{
  const char *room = getenv ("TEST_ROOM");

  (void) path;
  memset (volume, 0, sizeof *volume);
  volume->f_frsize = 1;
  volume->f_bavail = room != NULL ? strtoul (room, NULL, 10) : 1UL << 40;
  return 0;
}
