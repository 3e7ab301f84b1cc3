/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-quick-tag.h"

G_BEGIN_DECLS

/* Where lines stand in the files of a directory, instead of a copy of each: they are read once more by who asks. */
typedef struct _CpdEhrPlaces CpdEhrPlaces;

typedef struct
{
  goffset offset;
  guint32 length;
  guint32 file;
  guint64 tag; /* of the line */
} CpdEhrPlace;

/* directory and quick, which made the tags, are borrowed. */
CpdEhrPlaces *cpd_ehr_places_new (const char *directory, const CpdQuickTag *quick);
void cpd_ehr_places_free (CpdEhrPlaces *places);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrPlaces, cpd_ehr_places_free)

/* The number of a file. */
guint32 cpd_ehr_places_file (CpdEhrPlaces *places, const char *path);
/* (nullable): place->length bytes, valid until the next call; NULL when the line does not stand there any more. */
const char *cpd_ehr_places_read (CpdEhrPlaces *places, const CpdEhrPlace *place);
/* TRUE when that was so of any line. */
gboolean cpd_ehr_places_changed (const CpdEhrPlaces *places);

G_END_DECLS
