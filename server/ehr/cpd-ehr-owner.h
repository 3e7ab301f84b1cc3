/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Of a resource that others name: the Reference to whom it is about, or with; (nullable). always: such a resource is
 * somebody's, also when it does not say whose. */
JsonObject *cpd_ehr_owner_of (JsonObject *object, gboolean *always);

G_END_DECLS
