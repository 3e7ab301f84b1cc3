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
