/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

/* What is said about a link that is not opened at once. */

/* It is none of ours. */
void cpa_link_dialog_refuse (GtkWindow *parent);
/* (transfer none): of another organisation; response "use" when the person wants that one. */
GtkWidget *cpa_link_dialog_other (GtkWindow *parent, const char *address, const char *organisation);
/* (transfer none): somebody is in; response "log-out" when the person wants the link. */
GtkWidget *cpa_link_dialog_log_out (GtkWindow *parent);

G_END_DECLS
