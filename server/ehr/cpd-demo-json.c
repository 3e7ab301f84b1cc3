/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-demo-json.h"

static void
append_string (GString *out, const char *text)
{
  g_string_append_c (out, '"');
  for (const char *c = text; *c != '\0'; c++)
    if (*c == '"' || *c == '\\')
      g_string_append_printf (out, "\\%c", *c);
    else if (*c == '\n')
      g_string_append (out, "\\n");
    else if ((guchar) *c < 0x20)
      g_string_append_printf (out, "\\u%04x", *c);
    else
      g_string_append_c (out, *c);
  g_string_append_c (out, '"');
}

/**
 * cpd_demo_json:
 *
 * Appends to @out; see the header for @pattern.
 */
void
cpd_demo_json (GString *out, const char *pattern, ...)
{
  va_list arguments;

  va_start (arguments, pattern);
  for (const char *c = pattern; *c != '\0'; c++)
    if (*c == '\'')
      g_string_append_c (out, '"');
    else if (*c == '%')
      append_string (out, va_arg (arguments, const char *));
    else if (*c == '&')
      g_string_append (out, va_arg (arguments, const char *));
    else
      g_string_append_c (out, *c);
  va_end (arguments);
}
