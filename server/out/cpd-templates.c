/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-templates.h"

#include <gio/gio.h>
#include <string.h>

#include "cpd-out-texts.h"

static const CpdTemplate templates[] = {
  { "login-code", CPD_OUTBOX_SMS, CPD_SECRET_CODE, CPD_MOMENT_CODE },
  { "mobile-confirm", CPD_OUTBOX_SMS, CPD_SECRET_CODE, CPD_MOMENT_CODE },
  { "mobile-replaced", CPD_OUTBOX_SMS },
  { "invitation-link", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_INVITATION,
    .by_organization = "invitation-link-organization", .with_rights = "invitation-link-rights",
    .with_password = "invitation-known" },
  { "invitation-link-organization", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_INVITATION },
  { "invitation-link-rights", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_INVITATION },
  { "invitation-credentials", CPD_OUTBOX_MAIL, CPD_SECRET_PASSWORD, CPD_MOMENT_INVITATION,
    .by_organization = "invitation-with-password", .with_password = "invitation-known" },
  { "invitation-with-password", CPD_OUTBOX_MAIL, CPD_SECRET_PASSWORD, CPD_MOMENT_INVITATION },
  { "invitation-known", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_INVITATION,
    .by_organization = "invitation-known-organization" },
  { "invitation-known-organization", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_INVITATION },
  { "reset-link", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_RESET },
  { "reset-temporary", CPD_OUTBOX_MAIL, CPD_SECRET_PASSWORD, CPD_MOMENT_PASSWORD },
  { "password-changed", CPD_OUTBOX_MAIL },
  { "new-device", CPD_OUTBOX_MAIL },
  { "new-device-shared", CPD_OUTBOX_MAIL },
  { "login-not-kept", CPD_OUTBOX_MAIL },
  { "email-confirm", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_CONFIRM },
  { "email-changed", CPD_OUTBOX_MAIL },
  { "email-in-use", CPD_OUTBOX_MAIL },
  { "mobile-changed", CPD_OUTBOX_MAIL },
  { "desk-code-given", CPD_OUTBOX_MAIL },
  { "second-step-changed", CPD_OUTBOX_MAIL },
  { "access-ends-soon", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_ACCESS },
  { "access-ends-soon-admin", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_ACCESS },
  { "access-ended", CPD_OUTBOX_MAIL, .moment = CPD_MOMENT_ENDED },
  { "account-ended", CPD_OUTBOX_MAIL },
  { "something-new", CPD_OUTBOX_MAIL },
};

/**
 * cpd_template_get:
 *
 * Returns: (transfer none) (nullable): the template of that name.
 */
const CpdTemplate *
cpd_template_get (const char *name)
{
  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    if (strcmp (templates[i].name, name) == 0)
      return &templates[i];
  return NULL;
}

/**
 * cpd_template_list:
 * @n: (out)
 *
 * Returns: (array length=n)
 */
const CpdTemplate *
cpd_template_list (gsize *n)
{
  *n = G_N_ELEMENTS (templates);
  return templates;
}

/**
 * cpd_template_words:
 * @name: of a template, or "signature"
 * @subject: (out) (nullable)
 *
 * Returns: (transfer full)
 */
char *
cpd_template_words (const char *name, CpdLanguage language, char **subject)
{
  g_autofree char *path = g_strdup_printf ("/nl/clientportaal/texts/%s/%s.txt", cpd_language_code (language), name);
  g_autoptr (GBytes) bytes = g_resource_lookup_data (cpd_out_texts_get_resource (), path, 0, NULL);
  const char *text;
  const char *rest;

  if (bytes == NULL)
    g_error ("there are no words for %s", name);
  text = g_bytes_get_data (bytes, NULL);
  rest = strstr (text, "\n\n");
  *subject = NULL;
  if (rest == NULL || strcmp (name, "signature") == 0)
    return g_strchomp (g_strndup (text, g_bytes_get_size (bytes)));
  *subject = g_strndup (text, rest - text);
  return g_strchomp (g_strdup (rest + 2));
}

/**
 * cpd_template_fill:
 *
 * A placeholder without a value stays as it is, so that a mistake can be seen. Values are not filled in again.
 */
char *
cpd_template_fill (const char *text, GHashTable *values)
{
  GString *filled = g_string_new (NULL);

  while (*text != '\0')
    {
      const char *end = *text == '{' ? strchr (text, '}') : NULL;
      g_autofree char *key = end != NULL ? g_strndup (text + 1, end - text - 1) : NULL;
      const char *value = key != NULL ? g_hash_table_lookup (values, key) : NULL;

      if (value != NULL)
        {
          g_string_append (filled, value);
          text = end + 1;
        }
      else
        g_string_append_c (filled, *text++);
    }
  return g_string_free (filled, FALSE);
}
