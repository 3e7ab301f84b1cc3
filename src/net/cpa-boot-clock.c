/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-boot-clock.h"

#include <time.h>

gint64
cpa_boot_clock (void)
{
  struct timespec now;

  clock_gettime (CLOCK_BOOTTIME, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}
