/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-secret.h"

#include <string.h>

/**
 * cpd_secret_free:
 * @secret: (nullable) (transfer full)
 */
void
cpd_secret_free (char *secret)
{
  if (secret == NULL)
    return;
  explicit_bzero (secret, strlen (secret));
  g_free (secret);
}
