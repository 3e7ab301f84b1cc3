/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-window.h"

#include "cpa-leaving.h"
#include "cpa-link-dialog.h"
#include "cpa-portal.h"
#include "cpa-toast.h"
#include "cpa-way-in.h"

struct _CpaWindow
{
  AdwApplicationWindow parent_instance;

  /* template widgets (borrowed) */
  AdwToastOverlay *toasts;
  AdwBin *place;

  CpaSettings *settings; /* (owned) */
  CpaWayIn *way_in;      /* (owned) */
  CpaPortal *portal;     /* (owned) (nullable): while one is in */
  CpaLinkUri *link;      /* (owned) (nullable): to be opened when one is out */
  GtkWidget *question;   /* (borrowed) (weak): whether to log out for it */
  GApplication *held;    /* (owned) (nullable): while this closes */
};

G_DEFINE_FINAL_TYPE (CpaWindow, cpa_window, ADW_TYPE_APPLICATION_WINDOW)

static void
left_cb (CpaWindow *self, const char *sentence)
{
  g_clear_object (&self->portal);
  cpa_way_in_log_in_again (self->way_in, sentence);
  if (self->link == NULL)
    return;
  cpa_way_in_open_link (self->way_in, g_steal_pointer (&self->link));
  cpa_toast_say (GTK_WIDGET (self->place), sentence);
}

static void
in_cb (CpaWindow *self)
{
  g_clear_object (&self->portal);
  self->portal = cpa_portal_new (GTK_WINDOW (self), self->place, self->toasts, cpa_way_in_get_account (self->way_in),
                                 cpa_way_in_get_organisation (self->way_in), cpa_way_in_get_logo (self->way_in));
  g_signal_connect_object (self->portal, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
}

/* The way in tells it again, and what to do, where there is nothing to log in to. */
static void
unfit_cb (CpaWindow *self, const GError *error)
{
  if (self->portal != NULL)
    cpa_portal_give_up (self->portal, error);
}

/* The program stays until that is read. */
static void
tell_not_saved (GApplication *application)
{
  GtkWidget *dialog = cpa_leaving_tell_not_saved (gtk_application_get_active_window (GTK_APPLICATION (application)));

  g_application_hold (application);
  g_signal_connect_object (dialog, "destroy", G_CALLBACK (g_application_release), application, G_CONNECT_SWAPPED);
}

static void
closed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaWindow) self = user_data;
  gboolean saved = cpa_portal_close_finish (CPA_PORTAL (source), result);

  gtk_window_destroy (GTK_WINDOW (self));
  if (self->held == NULL)
    return;
  if (!saved)
    tell_not_saved (self->held);
  g_application_release (self->held);
  g_clear_object (&self->held);
}

/* Who opens the program again meanwhile gets another window: this one would go under them. */
static void
leave_application (CpaWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (application == NULL)
    return;
  g_set_object (&self->held, G_APPLICATION (application));
  g_application_hold (self->held);
  gtk_window_set_application (GTK_WINDOW (self), NULL);
}

static gboolean
cpa_window_close_request (GtkWindow *window)
{
  CpaWindow *self = CPA_WINDOW (window);
  int width, height;

  gtk_window_get_default_size (window, &width, &height);
  cpa_settings_set_window (self->settings, width, height, gtk_window_is_maximized (window));
  if (self->portal == NULL)
    return GTK_WINDOW_CLASS (cpa_window_parent_class)->close_request (window);
  /* Before it is out of sight: it empties the clipboard, which a window without the focus may not do. */
  cpa_portal_close_async (self->portal, closed_cb, g_object_ref (self));
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
  g_clear_object (&self->portal);
  leave_application (self);
  return TRUE;
}

static void
cpa_window_dispose (GObject *object)
{
  CpaWindow *self = CPA_WINDOW (object);

  g_clear_weak_pointer (&self->question);
  g_clear_pointer (&self->link, cpa_link_uri_free);
  g_clear_object (&self->portal);
  g_clear_object (&self->way_in);
  g_clear_object (&self->settings);
  G_OBJECT_CLASS (cpa_window_parent_class)->dispose (object);
}

static void
cpa_window_class_init (CpaWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = cpa_window_close_request;
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-window.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, CpaWindow, place);
}

static void
cpa_window_init (CpaWindow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
cpa_window_new (GtkApplication *application, CpaSettings *settings)
{
  CpaWindow *self = g_object_new (CPA_TYPE_WINDOW, "application", application, NULL);
  int width, height;
  gboolean maximized;

  self->settings = g_object_ref (settings);
  cpa_settings_get_window (settings, &width, &height, &maximized);
  gtk_window_set_default_size (GTK_WINDOW (self), width, height);
  if (maximized)
    gtk_window_maximize (GTK_WINDOW (self));
  self->way_in = cpa_way_in_new (self->place, settings);
  g_signal_connect_object (self->way_in, "in", G_CALLBACK (in_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->way_in, "unfit", G_CALLBACK (unfit_cb), self, G_CONNECT_SWAPPED);
  cpa_way_in_start (self->way_in);
  return GTK_WIDGET (self);
}

static void
log_out_response_cb (CpaWindow *self, const char *response)
{
  g_clear_weak_pointer (&self->question);
  if (g_strcmp0 (response, "log-out") == 0 && self->portal != NULL)
    cpa_portal_log_out (self->portal);
  else
    g_clear_pointer (&self->link, cpa_link_uri_free);
}

/* The end of the session took it away unanswered: whoever comes next does not find what the link opens. */
static void
question_gone_cb (CpaWindow *self)
{
  if (self->question != NULL)
    log_out_response_cb (self, NULL);
}

void
cpa_window_open (CpaWindow *self, const char *uri)
{
  CpaLinkUri *link = cpa_link_uri_new (uri);

  if (link == NULL)
    cpa_link_dialog_refuse (GTK_WINDOW (self));
  else if (self->portal == NULL)
    cpa_way_in_open_link (self->way_in, link);
  else if (link->token == NULL)
    cpa_link_uri_free (link); /* one is in already, or comes to where one logs in */
  else
    {
      g_clear_pointer (&self->link, cpa_link_uri_free);
      self->link = link;
      /* Who logs out already is not asked whether to. */
      if (self->question != NULL || cpa_portal_is_over (self->portal))
        return;
      g_set_weak_pointer (&self->question, cpa_link_dialog_log_out (GTK_WINDOW (self)));
      g_signal_connect_object (self->question, "response", G_CALLBACK (log_out_response_cb), self, G_CONNECT_SWAPPED);
      g_signal_connect_object (self->question, "destroy", G_CALLBACK (question_gone_cb), self, G_CONNECT_SWAPPED);
    }
}
