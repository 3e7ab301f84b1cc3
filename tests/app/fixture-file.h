/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-record.h"
#include "cpa-api.h"

G_BEGIN_DECLS

/* (transfer full): tests/data/app/<name>-<variant>.json; without variant <name>.json. */
char *fixture_file_path (const char *name, const char *variant);
/* (transfer full): what is in such a file, which is read as an answer is. */
gpointer fixture_file_read (const CpRecordType *type, const char *path);
/* (transfer full): the file that answers call; with scenario (nullable) the most special that is there. */
char *fixture_file_choose (const CpaCall *call, const char *scenario);

G_END_DECLS
