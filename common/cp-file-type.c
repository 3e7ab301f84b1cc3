/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-file-type.h"

#define BYTES "application/octet-stream"

/* Attached: also what a record has beside it. Drawings are of the organisation only: they may hold scripts. */
static const struct
{
  const char *media_type;
  gboolean attached;
} types[] = {
  { "application/pdf", TRUE }, { "image/png", TRUE },      { "image/jpeg", TRUE },
  { "text/plain", TRUE },      { "image/svg+xml", FALSE }, { BYTES, TRUE },
};

/**
 * cp_file_type_to_send:
 * @media_type: of an attachment, as the EHR has it
 *
 * Returns: (transfer none): the type that it is sent as: that one when it may be shown for what it is, else bytes.
 */
const char *
cp_file_type_to_send (const char *media_type)
{
  for (gsize i = 0; i < G_N_ELEMENTS (types); i++)
    if (types[i].attached && g_strcmp0 (media_type, types[i].media_type) == 0)
      return types[i].media_type;
  return BYTES;
}

/**
 * cp_file_type_is_sent:
 * @media_type: (nullable): without parameters, in any case (RFC 9110, 8.3.1)
 *
 * Returns: TRUE when the server sends files as that.
 */
gboolean
cp_file_type_is_sent (const char *media_type)
{
  for (gsize i = 0; media_type != NULL && i < G_N_ELEMENTS (types); i++)
    if (g_ascii_strcasecmp (media_type, types[i].media_type) == 0)
      return TRUE;
  return FALSE;
}
