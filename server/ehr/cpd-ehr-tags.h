/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-reader.h"
#include "cpd-ehr-run.h"

G_BEGIN_DECLS

/* The tag of each line as the first pass met it, when what the run before kept is trusted: by it the second pass knows
 * which lines are still the same, and reads the others only. A line that is read must be the one that the first pass
 * met. run->recall judges; it and run live as long. */
typedef struct _CpdEhrTags CpdEhrTags;

CpdEhrTags *cpd_ehr_tags_new (CpdEhrRun *run);
void cpd_ehr_tags_free (CpdEhrTags *tags);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrTags, cpd_ehr_tags_free)

/* In the first pass, of each line in the order in which they stand; from the first on that is left out, the lines of
 * that file are read again. */
void cpd_ehr_tags_note (CpdEhrTags *tags, const char *path, goffset offset, const char *text, gsize length);

/* In the second pass reader gives what is to be read; it lives as long. */
void cpd_ehr_tags_follow (CpdEhrTags *tags, CpdEhrReader *reader);
/* After each read: FALSE with error when a line that was to be read is another one by now. */
gboolean cpd_ehr_tags_check (const CpdEhrTags *tags, GError **error);

G_END_DECLS
