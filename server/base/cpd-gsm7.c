/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-gsm7.h"

#include <string.h>

/**
 * cpd_gsm7_check:
 *
 * Whether all of @text is of the basic alphabet of GSM 03.38, in which each letter counts once. Another one makes the
 * message twice as long, or two messages.
 */
gboolean
cpd_gsm7_check (const char *text)
{
  static const char extra[] = "@£$¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉÄÖÑÜ§äöñüà";

  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      if (!(c >= 0x20 && c < 0x7f && strchr ("^{}\\[~]|`", (int) c) == NULL) && g_utf8_strchr (extra, -1, c) == NULL)
        return FALSE;
    }
  return TRUE;
}
