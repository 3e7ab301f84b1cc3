/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cpa-context.h"

G_BEGIN_DECLS

/* A page of the portal, shown under the header of CpaMainPage. Each is made by cpa_<name>_page_new (CpaContext *). */
#define CPA_TYPE_PAGE (cpa_page_get_type ())
G_DECLARE_INTERFACE (CpaPage, cpa_page, CPA, PAGE, GtkWidget)

struct _CpaPageInterface
{
  GTypeInterface parent_interface;

  const char *(*get_title) (CpaPage *self);
  const char *(*get_icon) (CpaPage *self);
  void (*refresh) (CpaPage *self);
  gboolean (*go_back) (CpaPage *self);
  void (*set_invitations) (CpaPage *self, gint64 open);
  void (*look_again) (CpaPage *self, guint topics);
  void (*access_changed) (CpaPage *self);
};

/* In the language of the screen: "Mijn afspraken". */
const char *cpa_page_get_title (CpaPage *self);
/* Name of the symbolic icon. */
const char *cpa_page_get_icon (CpaPage *self);
/* Asks the server again, marked as a refresh of the app itself. */
void cpa_page_refresh (CpaPage *self);
/* One step back inside the page (from an opened report to the list); FALSE when there is none. */
gboolean cpa_page_go_back (CpaPage *self);
/* How many invitations are open now; a page that does not tell it has nothing to do. */
void cpa_page_set_invitations (CpaPage *self, gint64 open);
/* Something changed on the server (CpTopic): a page that shows that asks again. */
void cpa_page_look_again (CpaPage *self, guint topics);
/* Its context follows the patient to other rights, and it asks again: for a page that shows something else at once. */
void cpa_page_access_changed (CpaPage *self);

G_END_DECLS
