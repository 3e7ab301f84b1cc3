/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-link-uri.h"

#include <string.h>

#include "cp-validate.h"
#include "cpa-wipe.h"

#define SCHEME "clientportaal://"
#define MAX_LENGTH 400

/* FALSE when there is neither a link nor nothing. */
static gboolean
read_link (CpaLinkUri *self, const char *text)
{
  if (*text == '\0')
    return TRUE;
  for (int kind = 0; kind < CP_LINK_N_KINDS; kind++)
    {
      gsize length = strlen (cp_link_kind_names[kind]);
      if (strncmp (text, cp_link_kind_names[kind], length) != 0 || text[length] != '#' ||
          !cp_validate_is_token (text + length + 1))
        continue;
      self->kind = kind;
      self->token = g_strdup (text + length + 1);
      return TRUE;
    }
  return FALSE;
}

CpaLinkUri *
cpa_link_uri_new (const char *text)
{
  g_autoptr (CpaLinkUri) self = g_new0 (CpaLinkUri, 1);
  g_autofree char *host = NULL;
  const char *slash;

  if (strlen (text) > MAX_LENGTH || g_ascii_strncasecmp (text, SCHEME, strlen (SCHEME)) != 0)
    return NULL;
  text += strlen (SCHEME);
  slash = text + strcspn (text, "/");
  host = g_strndup (text, slash - text);
  self->address = cp_validate_address (host, NULL);
  if (self->address == NULL || !read_link (self, *slash == '/' ? slash + 1 : slash))
    return NULL;
  return g_steal_pointer (&self);
}

void
cpa_link_uri_free (CpaLinkUri *self)
{
  if (self == NULL)
    return;
  g_free (self->address);
  cpa_wipe_free (self->token);
  g_free (self);
}
