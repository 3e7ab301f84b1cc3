/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-ehr-run.h"

G_BEGIN_DECLS

/* The contacts inside a Patient (element-type CpdEhrPatientContact) get the ids of the rows that are the same persons,
 * or new ones: who somebody is, is told by the name and not by the place in the list, for access may hang on the row.
 * Each id is given once. FALSE with error. */
gboolean cpd_ehr_contacts_settle (CpdEhrRun *run, gint64 patient, const CpdEhrResource *resource, GPtrArray *contacts,
                                  GError **error);

G_END_DECLS
