/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-login-throttle.h"

#include "cpd-store-session.h"

/**
 * cpd_login_throttle_buckets:
 * @username: case folded
 * @buckets: (out caller-allocates)
 *
 * Returns: how many of them.
 */
gsize
cpd_login_throttle_buckets (const CpdKeys *keys, const char *username, gint64 trusted_device, const char *address,
                            CpdThrottleKey buckets[CPD_LOGIN_BUCKETS])
{
  if (trusted_device != 0)
    {
      cpd_throttle_key_of (keys, CPD_THROTTLE_LOGIN_DEVICE, trusted_device, &buckets[0]);
      return 1;
    }
  cpd_throttle_key (keys, CPD_THROTTLE_LOGIN_ACCOUNT, username, &buckets[0]);
  cpd_throttle_key (keys, CPD_THROTTLE_LOGIN_ADDRESS, address, &buckets[1]);
  cpd_throttle_key_of_network (keys, CPD_THROTTLE_LOGIN_NETWORK, address, &buckets[2]);
  cpd_throttle_key (keys, CPD_THROTTLE_LOGIN_GLOBAL, "", &buckets[3]);
  return CPD_LOGIN_BUCKETS;
}

/**
 * cpd_login_throttle_forgive_account:
 *
 * Addresses and the whole keep their counts: they are not the person's.
 */
gboolean
cpd_login_throttle_forgive_account (CpdDb *db, const CpdKeys *keys, const CpdAccount *account, GError **error)
{
  g_autoptr (GArray) devices = cpd_store_device_list (db, account->id, error);
  CpdThrottleKey key[2];

  if (devices == NULL)
    return FALSE;
  cpd_throttle_key (keys, CPD_THROTTLE_LOGIN_ACCOUNT, account->username, &key[0]);
  cpd_throttle_key_of (keys, CPD_THROTTLE_PASSWORD, account->id, &key[1]);
  if (!cpd_throttle_forgive (db, key, 2, error))
    return FALSE;
  for (guint i = 0; i < devices->len; i++)
    {
      cpd_throttle_key_of (keys, CPD_THROTTLE_LOGIN_DEVICE, g_array_index (devices, gint64, i), &key[0]);
      if (!cpd_throttle_forgive (db, key, 1, error))
        return FALSE;
    }
  return TRUE;
}
