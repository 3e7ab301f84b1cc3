/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-fill.h"

#include <string.h>

static GHashTable *
collect_pairs (const char *key, va_list args)
{
  GHashTable *pairs = g_hash_table_new (g_str_hash, g_str_equal);

  for (; key != NULL; key = va_arg (args, const char *))
    g_hash_table_insert (pairs, (gpointer) key, (gpointer) va_arg (args, const char *));
  return pairs;
}

static char *
fill (const char *template, GHashTable *pairs)
{
  GString *text = g_string_new (NULL);
  const char *open;

  while ((open = strchr (template, '{')) != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *key = close != NULL ? g_strndup (open + 1, close - open - 1) : NULL;
      gpointer value;

      if (key == NULL)
        break;
      g_string_append_len (text, template, open - template);
      if (g_hash_table_lookup_extended (pairs, key, NULL, &value))
        g_string_append (text, value != NULL ? value : "");
      else
        g_string_append_len (text, open, close + 1 - open);
      template = close + 1;
    }
  g_string_append (text, template);
  return g_string_free (text, FALSE);
}

char *
cpa_fill (const char *template, const char *key, ...)
{
  g_autoptr (GHashTable) pairs = NULL;
  va_list args;

  g_return_val_if_fail (template != NULL, NULL);
  va_start (args, key);
  pairs = collect_pairs (key, args);
  va_end (args);
  return fill (template, pairs);
}

char *
cpa_fill_n (const char *template, gint64 n, ...)
{
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);
  g_autoptr (GHashTable) pairs = NULL;
  va_list args;

  g_return_val_if_fail (template != NULL, NULL);
  va_start (args, n);
  pairs = collect_pairs (va_arg (args, const char *), args);
  va_end (args);
  g_hash_table_insert (pairs, (gpointer) "n", number);
  return fill (template, pairs);
}
