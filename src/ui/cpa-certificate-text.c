/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-certificate-text.h"

#include <glib/gi18n.h>

static const struct
{
  const char *nick, *words;
} reasons[] = {
  { "unknown-ca", N_ ("The certificate is not from an authority that this computer knows.") },
  { "bad-identity", N_ ("The certificate belongs to another address.") },
  { "not-activated", N_ ("The certificate is not valid yet.") },
  { "expired", N_ ("The certificate has expired.") },
  { "revoked", N_ ("The certificate has been withdrawn.") },
  { "insecure", N_ ("The certificate is not strong enough.") },
};

char *
cpa_certificate_text (const char *reason)
{
  g_autoptr (GString) text = g_string_new (NULL);
  g_auto (GStrv) nicks = g_strsplit (reason, ", ", -1);

  for (guint i = 0; nicks[i] != NULL; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (reasons); j++)
      if (g_str_equal (nicks[i], reasons[j].nick))
        g_string_append_printf (text, "%s ", _ (reasons[j].words));
  if (text->len == 0)
    return g_strdup (reason);
  g_string_append_printf (text, "(%s)", reason);
  return g_string_free (g_steal_pointer (&text), FALSE);
}
