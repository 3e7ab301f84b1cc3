/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-part.h"

const char *const cp_part_names[] = { "messages", "appointments", "dossier", "profile", "settings", NULL };

/**
 * cp_part_name:
 *
 * Returns: (nullable) (transfer none): the wire name of exactly one part.
 */
const char *
cp_part_name (CpPart part)
{
  for (int i = 0; i < CP_N_PARTS; i++)
    if (part == 1u << i)
      return cp_part_names[i];
  return NULL;
}

/**
 * cp_part_from_name:
 *
 * Returns: the part, or CP_PART_NONE when @name is not one.
 */
CpPart
cp_part_from_name (const char *name)
{
  for (int i = 0; i < CP_N_PARTS; i++)
    if (g_strcmp0 (name, cp_part_names[i]) == 0)
      return 1u << i;
  return CP_PART_NONE;
}

/**
 * cp_parts_write:
 * @parts: CpPart flags
 *
 * Returns: (transfer full): their names, in the order of the flags.
 */
char *
cp_parts_write (guint parts)
{
  GString *text = g_string_new (NULL);

  for (int i = 0; i < CP_N_PARTS; i++)
    if ((parts & (1u << i)) != 0)
      g_string_append_printf (text, "%s%s", text->len > 0 ? "," : "", cp_part_names[i]);
  return g_string_free (text, FALSE);
}

/**
 * cp_parts_read:
 * @text: from outside
 *
 * Returns: CpPart flags; 0 when a name in it is none or comes twice, or there is none.
 */
guint
cp_parts_read (const char *text)
{
  g_auto (GStrv) names = g_strsplit (text, ",", CP_N_PARTS + 1);
  guint parts = 0;

  for (int i = 0; names[i] != NULL; i++)
    {
      CpPart part = cp_part_from_name (names[i]);

      if (part == CP_PART_NONE || (parts & part) != 0)
        return 0;
      parts |= part;
    }
  return parts;
}
