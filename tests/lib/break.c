/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded in front of the server (LD_PRELOAD): kills it before the call of link() or rename() of which TEST_BREAK says
 * the number, or that of pwrite(), by which SQLite writes, of which TEST_BREAK_WRITE does. TEST_ROOM is how many bytes
 * are free on every volume; without it there is room. */
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/statvfs.h>
#include <sys/syscall.h>
#include <unistd.h>

static void
count_call (const char *variable, int *n)
{
  const char *at = getenv (variable);

  if (at != NULL && __atomic_add_fetch (n, 1, __ATOMIC_RELAXED) == atoi (at))
    kill (getpid (), SIGKILL);
}

static int n_names, n_writes;

__attribute__ ((visibility ("default"))) int
rename (const char *from, const char *to)
{
  count_call ("TEST_BREAK", &n_names);
  return renameat (AT_FDCWD, from, AT_FDCWD, to);
}

__attribute__ ((visibility ("default"))) int
link (const char *from, const char *to)
{
  count_call ("TEST_BREAK", &n_names);
  return linkat (AT_FDCWD, from, AT_FDCWD, to, 0);
}

__attribute__ ((visibility ("default"))) ssize_t
pwrite64 (int fd, const void *data, size_t size, off64_t offset)
{
  count_call ("TEST_BREAK_WRITE", &n_writes);
  return syscall (SYS_pwrite64, fd, data, size, offset);
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
