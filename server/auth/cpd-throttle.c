/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-throttle.h"

#include <arpa/inet.h>
#include <string.h>

#include "cpd-store-throttle.h"

static const struct
{
  int limit;
  CpTime window;
  gboolean personal; /* a right try clears it */
} limits[CPD_THROTTLE_N] = {
  [CPD_THROTTLE_LOGIN_DEVICE] = { 10, 15 * CP_TIME_MINUTE, TRUE },
  [CPD_THROTTLE_LOGIN_ACCOUNT] = { 10, 15 * CP_TIME_MINUTE, TRUE },
  /* A care home has one address for everybody in it. */
  [CPD_THROTTLE_LOGIN_ADDRESS] = { 100, 15 * CP_TIME_MINUTE, FALSE },
  /* Of which somebody may have all addresses: some of these do not use up what all have. */
  [CPD_THROTTLE_LOGIN_NETWORK] = { 300, 15 * CP_TIME_MINUTE, FALSE },
  [CPD_THROTTLE_LOGIN_GLOBAL] = { 5000, 15 * CP_TIME_MINUTE, FALSE },
  [CPD_THROTTLE_PASSWORD] = { 10, 15 * CP_TIME_MINUTE, TRUE },
  [CPD_THROTTLE_LOOKUP] = { 20, CP_TIME_DAY, FALSE },
  [CPD_THROTTLE_LOOKED_UP] = { G_MAXINT, CP_TIME_DAY, FALSE },
  [CPD_THROTTLE_INVITATION] = { 5, CP_TIME_DAY, FALSE },
  /* Each may be a mail to somebody. */
  [CPD_THROTTLE_FORGOT_ACCOUNT] = { 5, CP_TIME_HOUR, FALSE },
  [CPD_THROTTLE_FORGOT_ADDRESS] = { 100, CP_TIME_HOUR, FALSE },
  [CPD_THROTTLE_FORGOT_NETWORK] = { 300, CP_TIME_HOUR, FALSE },
  /* So many that a few networks do not use it up for everybody. */
  [CPD_THROTTLE_FORGOT_GLOBAL] = { 10000, CP_TIME_HOUR, FALSE },
  [CPD_THROTTLE_LINK] = { 10, 15 * CP_TIME_MINUTE, TRUE },
  [CPD_THROTTLE_LINK_ADDRESS] = { 300, 15 * CP_TIME_MINUTE, FALSE },
  /* Codes that need no message: 15 of a million, or of ten million, in a day. */
  [CPD_THROTTLE_TOTP] = { 15, CP_TIME_DAY, TRUE },
  [CPD_THROTTLE_SHEET] = { 15, CP_TIME_DAY, TRUE },
  [CPD_THROTTLE_DESK] = { 15, CP_TIME_DAY, TRUE },
  [CPD_THROTTLE_EMAIL] = { 5, CP_TIME_DAY, FALSE },
};

/**
 * cpd_throttle_key:
 * @key: (out caller-allocates)
 */
void
cpd_throttle_key (const CpdKeys *keys, CpdThrottle bucket, const char *text, CpdThrottleKey *key)
{
  key->bucket = bucket;
  cpd_keys_hash (keys, "throttle", text, strlen (text), key->key);
}

/**
 * cpd_throttle_key_of:
 * @key: (out caller-allocates)
 */
void
cpd_throttle_key_of (const CpdKeys *keys, CpdThrottle bucket, gint64 id, CpdThrottleKey *key)
{
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, id);

  cpd_throttle_key (keys, bucket, name, key);
}

/**
 * cpd_throttle_key_of_network:
 * @block: as http/ writes it: an IPv4 address, "2001:db8:1:2::/64", or "unix"
 * @key: (out caller-allocates)
 */
void
cpd_throttle_key_of_network (const CpdKeys *keys, CpdThrottle bucket, const char *block, CpdThrottleKey *key)
{
  const char *slash = strchr (block, '/');
  g_autofree char *address = g_strndup (block, slash != NULL ? (gsize) (slash - block) : strlen (block));
  char network[INET6_ADDRSTRLEN];
  struct in6_addr ip;

  if (inet_pton (AF_INET6, address, &ip) != 1)
    {
      cpd_throttle_key (keys, bucket, block, key);
      return;
    }
  memset (ip.s6_addr + 6, 0, sizeof ip.s6_addr - 6);
  inet_ntop (AF_INET6, &ip, network, sizeof network);
  cpd_throttle_key (keys, bucket, network, key);
}

static gboolean
check (CpdDb *db, const CpdThrottleKey *key, CpTime now, GError **error)
{
  CpTime window = limits[key->bucket].window;
  CpTime start;
  int count;
  g_autoptr (GError) full = NULL;

  if (!cpd_store_throttle_count (db, key->bucket, key->key, now, window, &count, &start, error))
    return FALSE;
  if (count < limits[key->bucket].limit)
    return TRUE;
  full = g_error_new (CP_ERROR, CP_ERROR_THROTTLED, "bucket %d is full", key->bucket);
  cp_error_details (full)->wait_seconds = (int) MAX (1, (start + window - now + CP_TIME_SECOND - 1) / CP_TIME_SECOND);
  g_propagate_error (error, g_steal_pointer (&full));
  return FALSE;
}

/**
 * cpd_throttle_take:
 * @keys: (array length=n): every bucket that this try counts in
 */
gboolean
cpd_throttle_take (CpdDb *db, const CpdThrottleKey *keys, gsize n, CpTime now, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (!check (db, &keys[i], now, error))
      return FALSE;
  for (gsize i = 0; i < n; i++)
    if (!cpd_store_throttle_add (db, keys[i].bucket, keys[i].key, now, limits[keys[i].bucket].window, error))
      return FALSE;
  return TRUE;
}

/**
 * cpd_throttle_has:
 * @has: (out)
 */
gboolean
cpd_throttle_has (CpdDb *db, const CpdThrottleKey *key, CpTime now, gboolean *has, GError **error)
{
  CpTime start;
  int count = 0;

  if (!cpd_store_throttle_count (db, key->bucket, key->key, now, limits[key->bucket].window, &count, &start, error))
    return FALSE;
  *has = count > 0;
  return TRUE;
}

/**
 * cpd_throttle_forgive:
 */
gboolean
cpd_throttle_forgive (CpdDb *db, const CpdThrottleKey *keys, gsize n, GError **error)
{
  for (gsize i = 0; i < n; i++)
    if (limits[keys[i].bucket].personal && !cpd_store_throttle_clear (db, keys[i].bucket, keys[i].key, error))
      return FALSE;
  return TRUE;
}
