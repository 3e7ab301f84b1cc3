/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-opening-page.h"

#include "cp-error.h"
#include "cpa-content-view.h"
#include "cpa-frame.h"
#include "cpa-store-button.h"

struct _CpaOpeningPage
{
  AdwBin parent_instance;

  CpaFrame *frame;      /* (borrowed) */
  CpaContentView *view; /* (borrowed) */
  char *address;        /* (owned) */
};

enum
{
  SIGNAL_RETRY,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaOpeningPage, cpa_opening_page, ADW_TYPE_BIN)

static void
retry_cb (CpaOpeningPage *self)
{
  g_signal_emit (self, signals[SIGNAL_RETRY], 0);
}

static void
cpa_opening_page_finalize (GObject *object)
{
  g_free (CPA_OPENING_PAGE (object)->address);
  G_OBJECT_CLASS (cpa_opening_page_parent_class)->finalize (object);
}

static void
cpa_opening_page_class_init (CpaOpeningPageClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_opening_page_finalize;
  signals[SIGNAL_RETRY] =
      g_signal_new ("retry", CPA_TYPE_OPENING_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_opening_page_init (CpaOpeningPage *self)
{
  self->view = g_object_new (CPA_TYPE_CONTENT_VIEW, NULL);
  self->frame = g_object_new (CPA_TYPE_FRAME, "content", self->view, NULL);
  g_signal_connect_object (self->view, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->frame));
}

GtkWidget *
cpa_opening_page_new (const char *address)
{
  CpaOpeningPage *self = g_object_new (CPA_TYPE_OPENING_PAGE, NULL);

  self->address = g_strdup (address);
  cpa_opening_page_show_opening (self);
  return GTK_WIDGET (self);
}

const char *
cpa_opening_page_get_address (CpaOpeningPage *self)
{
  return self->address;
}

void
cpa_opening_page_show_opening (CpaOpeningPage *self)
{
  cpa_content_view_show_opening (self->view);
}

void
cpa_opening_page_show_error (CpaOpeningPage *self, const GError *error, const CpaFound *found)
{
  gboolean old = g_error_matches (error, CP_ERROR, CP_ERROR_APP_TOO_OLD);
  GtkWidget *store = old ? cpa_store_button_new () : NULL;

  cpa_content_view_show_error (self->view, error, found->organisation);
  if (store != NULL)
    cpa_content_view_add_below (self->view, store);
  if (found->organisation != NULL)
    cpa_frame_set_organisation (self->frame, found->organisation, found->logo);
}
