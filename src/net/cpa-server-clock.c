/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-server-clock.h"

#include <libsoup/soup.h>

#include "cpa-boot-clock.h"

#define ALIKE CP_TIME_MINUTE

/* What the server's clock shows when the boot clock shows 0: that one goes on in sleep, and nobody sets it. */
static CpTime began;

static CpTime
now_by_server (void)
{
  CpTime own = g_get_real_time ();
  CpTime server = began + cpa_boot_clock ();

  return ABS (server - own) < ALIKE ? own : server;
}

void
cpa_server_clock_take (const char *date)
{
  g_autoptr (GDateTime) parsed = date != NULL ? soup_date_time_new_from_http_string (date) : NULL;

  if (parsed == NULL)
    return;
  began = g_date_time_to_unix (parsed) * CP_TIME_SECOND - cpa_boot_clock ();
  cp_time_set_source (now_by_server);
}
