/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-resource.h"
#include "cpd-quick-tag.h"

G_BEGIN_DECLS

/* What the run before was told by each line that gives a name: such a line is not taken apart before somebody asks for
 * that name. No name is kept, as most are of people who are not enrolled. */
typedef struct _CpdEhrLater CpdEhrLater;

/* A line that told what a key stands for, and nothing else. */
typedef struct
{
  guint64 tag;    /* of its text */
  guint64 sum;    /* what it told of the key */
  guint32 hash;   /* of the key */
  guint32 people; /* whether it is of a type that is linked: a gboolean */
} CpdEhrNamed;

/* before: (nullable), of cpd_ehr_later_pack(). Of a line members are read as the caller does; quick made the tags. They
 * and directory, in which the files are, are borrowed. */
CpdEhrLater *cpd_ehr_later_new (GBytes *before, const char *const *members, const char *directory,
                                const CpdQuickTag *quick);
void cpd_ehr_later_free (CpdEhrLater *later);

/* (nullable), borrowed: what the line with that tag told in the run before. */
const CpdEhrNamed *cpd_ehr_later_known (CpdEhrLater *later, guint64 tag);
/* Puts off a line that is known; FALSE when it is to be read now: a line with the same key was put off already. */
gboolean cpd_ehr_later_put (CpdEhrLater *later, const CpdEhrNamed *named, const char *path, goffset offset,
                            gsize length);
/* A line that was read in this run, for the next. */
void cpd_ehr_later_keep (CpdEhrLater *later, const CpdEhrNamed *named);
/* The CpdEhrNamesLater of these lines; data is the CpdEhrLater. */
CpdEhrResource *cpd_ehr_later_find (const char *key, gpointer data);

#define CPD_EHR_CHANGED_MEANWHILE "a file was changed while it was read"
/* FALSE with error when a line that was put off did not stand there any more when it was asked for. */
gboolean cpd_ehr_later_check (const CpdEhrLater *later, GError **error);

/* (transfer full): what this run was told. */
GBytes *cpd_ehr_later_pack (CpdEhrLater *later);

G_END_DECLS
