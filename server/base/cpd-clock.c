/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-clock.h"

/**
 * cpd_clock_was_fast:
 * @moment: that is past, if the clock was right then
 */
gboolean
cpd_clock_was_fast (CpTime moment, CpTime now)
{
  return moment > now + CPD_CLOCK_ALLOWED;
}
