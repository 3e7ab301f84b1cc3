/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"

G_BEGIN_DECLS

/* A configuration file while it is read. */
typedef struct
{
  const char *path;
  char *directory;
  char *text;
  GKeyFile *file;
} CpdConfigReader;

/* The names of CpdEhrAuth in the file. */
extern const char *const cpd_config_auth_names[];

/* FALSE, with an error that names file, line and key. */
gboolean cpd_config_complain (const CpdConfigReader *reader, const char *group, const char *name, GError **error,
                              const char *format, ...) G_GNUC_PRINTF (5, 6);

/* No key may stand twice in its group. */
gboolean cpd_config_refuse_twice (const CpdConfigReader *reader, GError **error);

/* What only makes sense together; fills in what follows from it. */
gboolean cpd_config_check (const CpdConfigReader *reader, CpdConfig *config, GError **error);

G_END_DECLS
