/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-kin.h"

G_BEGIN_DECLS

/* The words for what somebody around a client is and does. What is no name of the contract is what the EHR wrote
 * itself, and stays as it is; NULL stays NULL. */

/* "daughter" */
const char *cpa_kin_text (const char *relation);
/* "Daughter": where a line begins with it, or stands alone. (transfer full) */
char *cpa_kin_line (const char *relation);
/* "First relation/contact" */
const char *cpa_contact_role_text (const char *role);

G_END_DECLS
