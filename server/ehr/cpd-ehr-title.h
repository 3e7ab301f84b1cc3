/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* How a resource is called; (transfer full) (nullable). */
char *cpd_ehr_title_of (JsonObject *object);
/* What a PractitionerRole says that a carer does; (transfer full) (nullable). */
char *cpd_ehr_title_role (JsonObject *object);

G_END_DECLS
