/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-resource.h"

G_BEGIN_DECLS

/* Where the Binaries of a directory stand, and the lines of reports (see cpd-ehr-soap.h), so that each is read when a
 * document points at it: together they may be larger than memory. */
typedef struct _CpdEhrSpots CpdEhrSpots;

CpdEhrSpots *cpd_ehr_spots_new (const char *directory);
void cpd_ehr_spots_free (CpdEhrSpots *spots);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdEhrSpots, cpd_ehr_spots_free)

/* Remembers where a resource with a spot stood; the first of two with the same id counts. */
void cpd_ehr_spots_add (CpdEhrSpots *spots, const CpdEhrResource *resource);
/* The same, but this one counts. */
void cpd_ehr_spots_set (CpdEhrSpots *spots, const CpdEhrResource *resource);
/* TRUE when it is known where that stood. */
gboolean cpd_ehr_spots_has (const CpdEhrSpots *spots, const char *key);
/* CpdEhrBesideFunc: reads it again; data is the CpdEhrSpots. */
CpdEhrResource *cpd_ehr_spots_find (const char *key, gpointer data);

G_END_DECLS
