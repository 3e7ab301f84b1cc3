/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* The media types in which a file goes over the wire. An attachment of a type that is not in the table of
 * cp-file-type.c goes as bytes without a meaning, and what comes as anything else is not of the server. */
const char *cp_file_type_to_send (const char *media_type);
gboolean cp_file_type_is_sent (const char *media_type);

G_END_DECLS
