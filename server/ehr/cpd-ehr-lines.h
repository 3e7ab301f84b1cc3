/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Lines of a file, one at a time in bounded memory. */
typedef struct _CpdEhrLines CpdEhrLines;

typedef enum
{
  CPD_EHR_LINES_LINE,
  CPD_EHR_LINES_LAST,     /* a line without its newline: the end of the file */
  CPD_EHR_LINES_TOO_LONG, /* the line was skipped */
  CPD_EHR_LINES_END,
  CPD_EHR_LINES_FAILED /* the file cannot be read on */
} CpdEhrLinesResult;

/* Takes the descriptor. */
CpdEhrLines *cpd_ehr_lines_new (int fd, gsize max_length);
void cpd_ehr_lines_free (CpdEhrLines *lines);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrLines, cpd_ehr_lines_free)

/* Where the line that is given next begins in the file, when the descriptor stood at the beginning. */
goffset cpd_ehr_lines_offset (const CpdEhrLines *lines);

/* Leaves out so many bytes, whole lines, which are not read when they lie far enough. */
void cpd_ehr_lines_skip (CpdEhrLines *lines, goffset bytes);
/* text is not NUL-terminated and valid until the next call. */
CpdEhrLinesResult cpd_ehr_lines_next (CpdEhrLines *lines, const char **text, gsize *length);

G_END_DECLS
