/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Whether a new password has a name in it. The server refuses by it, the app says it while one types. */

/* (transfer full): letters and digits only, folded: "P4ss word!" and "p4ssword" are the same guess. */
char *cp_password_skeleton (const char *text);
/* skeleton is of the password; text is a name as it is written. A name of under 4 letters is in too many words. */
gboolean cp_password_has_name (const char *skeleton, const char *text);
/* As above, of any word of the name. */
gboolean cp_password_has_part_of_name (const char *skeleton, const char *text);
/* As above, of a user name: the whole of it, whatever stands between its words, or any word. */
gboolean cp_password_has_username (const char *skeleton, const char *username);

G_END_DECLS
