/* SPDX-License-Identifier: GPL-3.0-or-later */
#include <string.h>

#include "cp-error.h"
#include "cpd-config-private.h"

/**
 * cpd_config_refuse_twice:
 *
 * GKeyFile takes the last one and says nothing.
 */
gboolean
cpd_config_refuse_twice (const CpdConfigReader *reader, GError **error)
{
  g_auto (GStrv) lines = g_strsplit (reader->text, "\n", -1);
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *group = "";

  for (int i = 0; lines[i] != NULL; i++)
    {
      const char *line = g_strstrip (lines[i]);
      const char *equals = strchr (line, '=');
      g_autofree char *name = NULL;

      if (line[0] == '[')
        group = line;
      if (line[0] == '[' || line[0] == '#' || equals == NULL)
        continue;
      name = g_strchomp (g_strndup (line, equals - line));
      if (!g_hash_table_add (seen, g_strconcat (group, "=", name, NULL)))
        {
          g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "%s:%d: %s %s: is there twice", reader->path, i + 1,
                       group, name);
          return FALSE;
        }
    }
  return TRUE;
}
