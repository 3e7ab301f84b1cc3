/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Loaded in front of the server (LD_PRELOAD) by the api tests: the wall clock plus an offset that a test writes into
 * the file TEST_CLOCK, 8 bytes of microseconds. The monotonic clock, and so every wait, stays what it is; libfaketime
 * shifts waits too, and its file is read by several threads at once. */
#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#define MICROSECONDS 1000000

static const int64_t *offset;

__attribute__ ((constructor)) static void
map_offset (void)
{
  const char *path = getenv ("TEST_CLOCK");
  int fd = path != NULL ? open (path, O_RDONLY | O_CLOEXEC) : -1;
  void *mapped = fd >= 0 ? mmap (NULL, sizeof *offset, PROT_READ, MAP_SHARED, fd, 0) : MAP_FAILED;

  if (fd >= 0)
    close (fd);
  if (mapped == MAP_FAILED)
    abort ();
  offset = mapped;
}

__attribute__ ((visibility ("default"))) int
clock_gettime (clockid_t clock, struct timespec *now)
{
  int result = (int) syscall (SYS_clock_gettime, clock, now);

  if (result == 0 && offset != NULL && (clock == CLOCK_REALTIME || clock == CLOCK_REALTIME_COARSE))
    {
      int64_t all = now->tv_nsec / 1000 + __atomic_load_n (offset, __ATOMIC_RELAXED);
      now->tv_sec += all / MICROSECONDS;
      now->tv_nsec = all % MICROSECONDS * 1000 + now->tv_nsec % 1000;
    }
  return result;
}

__attribute__ ((visibility ("default"))) int
gettimeofday (struct timeval *restrict now, void *restrict zone)
{
  struct timespec exact;

  (void) zone;
  clock_gettime (CLOCK_REALTIME, &exact);
  *now = (struct timeval){ exact.tv_sec, exact.tv_nsec / 1000 };
  return 0;
}

__attribute__ ((visibility ("default"))) time_t
time (time_t *result)
{
  struct timespec exact;

  clock_gettime (CLOCK_REALTIME, &exact);
  if (result != NULL)
    *result = exact.tv_sec;
  return exact.tv_sec;
}
