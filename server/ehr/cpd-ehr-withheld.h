/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* TRUE when a resource (nullable), also one inside another, carries a label that says that it is not for the client or
 * not for family. */
gboolean cpd_ehr_is_withheld (JsonObject *object);

G_END_DECLS
