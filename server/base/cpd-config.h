/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include "cp-organisation.h"

G_BEGIN_DECLS

#define CPD_CONFIG_MAX_SLOTS 24

/* Everything the operator sets, checked. See clientportaald.conf(5). Immutable after loading, so every thread reads it.
 */
typedef struct
{
  /* [organisation] */
  CpOrganisation *organisation; /* as it goes over the wire */
  GTimeZone *zone;
  char *logo;                   /* (nullable) path */
  char *sms_name;               /* at most 20 characters of GSM-7 */
  gboolean password_before_sms; /* SZR's order; otherwise Careyn's */
  guint unshared;               /* bits of CpFreshKind that the organisation does not share */

  /* [server] */
  char *address;               /* to listen on */
  int port;                    /* 0: any free one */
  char *certificate;           /* PEM path; NULL only with an address of loopback or a Unix socket */
  char *private_key;           /* PEM path */
  char *database;              /* path; the control socket and the lock file lie beside it */
  char *key_file;              /* path */
  GStrv proxies;               /* addresses whose X-Forwarded-For is believed */
  int connections_per_address; /* not counted for loopback */

  /* [sessions] */
  int idle_seconds;
  int shared_idle_seconds;
  int session_hours;
  int device_days;
  int audit_minutes; /* the same range in the same session is not recorded again within this; 0: always recorded */

  /* [password] */
  int argon2_memory_mib;
  int argon2_passes;
  int temporary_password_minutes;
  int invitation_days;

  /* [sms] */
  int sms_per_day;

  /* [ehr] */
  char *source_name; /* names never change */
  char *source_directory;
  int slots[CPD_CONFIG_MAX_SLOTS]; /* minutes of the day, ascending */
  int n_slots;

  /* [outgoing] */
  char *outbox_directory;
} CpdConfig;

/* Reads and checks the file. On failure NULL, and error names file, line, key and what is allowed. Relative paths count
 * from the directory of the file. */
CpdConfig *cpd_config_load (const char *path, GError **error);
void cpd_config_free (CpdConfig *config);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdConfig, cpd_config_free)

G_END_DECLS
