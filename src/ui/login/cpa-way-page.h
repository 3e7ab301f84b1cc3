/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* What the screens before the portal have in common, whichever of them page (nullable) is. */

/* Whatever the answer to the question under way is, it is not wanted any more. */
void cpa_way_page_abandon (GtkWidget *page);
/* FALSE: it asks for no user name, nor keeps one. Else username (transfer full) is what is filled in. */
gboolean cpa_way_page_dup_username (GtkWidget *page, char **username);
/* What is filled in on the login page from goes along with to, which asks for none; and goes no further. */
void cpa_way_page_keep_username (GtkWidget *from, GtkWidget *to);
void cpa_way_page_forget_username (GtkWidget *page);
/* Whether something is there that is of whoever was at it last. An empty login page has nothing of anybody; on one's
 * own computer the name that one logged in with stays on it. */
gboolean cpa_way_page_is_somebodys (GtkWidget *page, gboolean shared);

G_END_DECLS
