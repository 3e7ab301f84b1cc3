/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-config.h"

G_BEGIN_DECLS

/* A configuration file as it was read. */
struct _CpdConfigReader
{
  char *path;      /* (owned), and all below */
  char *directory; /* from which relative paths count */
  char *text;
  GKeyFile *file;
};

/* The names of CpdEhrAuth in the file. */
extern const char *const cpd_config_auth_names[];

/* No key may stand twice in its group. */
gboolean cpd_config_refuse_twice (const CpdConfigReader *reader, GError **error);

/* What only makes sense together; fills in what follows from it. */
gboolean cpd_config_check (const CpdConfigReader *reader, CpdConfig *config, GError **error);

G_END_DECLS
