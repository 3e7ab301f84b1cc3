/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-organisation.h"
#include "cp-part.h"

G_BEGIN_DECLS

/* The words for parts and relations, in one place. */

/* "Dossier"; NULL for anything but one part. */
const char *cpa_part_name (CpPart part);
/* (transfer full): "Messages, Dossier" */
char *cpa_part_names (guint parts);
/* (transfer full): what a tick at part means. */
char *cpa_part_hint (CpPart part, const CpOrganisation *organisation);

/* "Daughter" of a code on the wire; a word that is no code stays what it is; NULL stays NULL. */
const char *cpa_relation_name (const char *code);

G_END_DECLS
