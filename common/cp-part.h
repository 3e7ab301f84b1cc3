/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* What a member may see of a patient. Flags; the names (cp_part_name) are the wire's. */
typedef enum
{
  CP_PART_NONE = 0,
  CP_PART_MESSAGES = 1 << 0,
  CP_PART_APPOINTMENTS = 1 << 1,
  CP_PART_DOSSIER = 1 << 2,
  CP_PART_PROFILE = 1 << 3,
  CP_PART_SETTINGS = 1 << 4,
  CP_PART_ALL = (1 << 5) - 1
} CpPart;

#define CP_N_PARTS 5
/* By some right only, the ground: but for the client. */
#define CP_PARTS_GROUNDED (CP_PART_DOSSIER | CP_PART_SETTINGS)

/* All names in the order of the flags, NULL-terminated: for tables of fields. */
extern const char *const cp_part_names[];

/* The name of one part ("messages"), NULL for anything but exactly one part. */
const char *cp_part_name (CpPart part);
/* CP_PART_NONE when name is not a part. */
CpPart cp_part_from_name (const char *name);

/* Several at once, as a header has them: "appointments,dossier". (transfer full) */
char *cp_parts_write (guint parts);
/* 0 when text is not a list of parts, or an empty one. */
guint cp_parts_read (const char *text);

G_END_DECLS
