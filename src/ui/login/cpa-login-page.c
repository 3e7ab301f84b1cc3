/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "config.h"
#include "cpa-login-page.h"

#include <glib/gi18n.h>

#include "cpa-adaptive.h"
#include "cpa-alert.h"
#include "cpa-button.h"
#include "cpa-column.h"
#include "cpa-desk-line.h"
#include "cpa-error-text.h"
#include "cpa-entry.h"
#include "cpa-field-text.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-label.h"
#include "cpa-language.h"
#include "cpa-organisation-image.h"
#include "cpa-password-field.h"
#include "cpa-sight.h"
#include "cpa-time-text.h"

/* Enough for a high window on a screen of twice the density. */
#define PICTURE_PIXELS 2000
#define PICTURE_MAX_BYTES (1024 * 1024)

struct _CpaLoginPage
{
  AdwBin parent_instance;

  /* template widgets (borrowed) */
  GtkWidget *picture;      /* that of the portal: the place is as wide as it asks */
  GtkPicture *own_picture; /* the organisation's, over it */
  GtkImage *logo;
  GtkLabel *organisation_name;
  GtkLabel *portal_name;
  CpaAlert *info;
  GtkEditable *username;
  GtkLabel *username_error;
  CpaPasswordField *password;
  GtkLabel *caps_lock;
  GtkCheckButton *shared;
  GtkWidget *shared_row;
  GtkWidget *shared_preset;
  CpaAlert *alert;
  GtkButton *log_in;
  GtkWidget *forgot;
  GtkWidget *other_organisation;
  CpaDeskLine *desk_line;
  GtkScrolledWindow *scroller;
  GtkBox *column; /* of all, and in it: */
  GtkBox *form;   /* what scrolls */

  CpaAccount *account;          /* (owned) */
  CpOrganisation *organisation; /* (owned) */
  GCancellable *cancellable;    /* (owned) (nullable): the login under way */
  GCancellable *looking;        /* (owned) (nullable): while the organisation's picture is asked for */
  guint sight_id;               /* source: the button comes into sight */
};

enum
{
  SIGNAL_NEXT,
  SIGNAL_OTHER_ORGANISATION,
  SIGNAL_FORGOT,
  SIGNAL_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaLoginPage, cpa_login_page, ADW_TYPE_BIN)

static void
set_busy (CpaLoginPage *self, gboolean busy)
{
  gtk_widget_set_sensitive (GTK_WIDGET (self->log_in), !busy);
  gtk_button_set_label (self->log_in, busy ? _ ("Logging in…") : _ ("Log In"));
  gtk_editable_set_editable (self->username, !busy);
  cpa_password_field_set_editable (self->password, !busy);
  gtk_widget_set_sensitive (self->shared_row, !busy);
  gtk_widget_set_sensitive (self->other_organisation, !busy);
  gtk_widget_set_sensitive (self->forgot, !busy);
}

/* (transfer full): what a failed login is called here; the same for every account. */
static char *
login_sentence (CpaLoginPage *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, self->organisation);

  if (g_error_matches (error, CP_ERROR, CP_ERROR_THROTTLED))
    {
      int seconds = cp_error_details ((GError *) error)->wait_seconds;
      g_autofree char *wait = cpa_time_wait (MAX (seconds, 1));
      return cpa_fill (_ ("There have been too many tries. Nothing is lost and nothing is closed. You can try again in "
                          "{wait}."),
                       "wait", wait, NULL);
    }
  if (g_error_matches (error, CP_ERROR, CP_ERROR_LOGIN_FAILED))
    return g_strconcat (text->text, " ", _ ("Mind capitals. Your username is still filled in."), NULL);
  return g_steal_pointer (&text->text);
}

static void
show_failure (CpaLoginPage *self, const GError *error)
{
  GError *as_failed = NULL;
  g_autofree char *sentence = NULL;

  /* A user name that no account can have must not be told apart from one that has no account. */
  if (g_error_matches (error, CP_ERROR, CP_ERROR_INVALID_FIELD))
    as_failed = g_error_new_literal (CP_ERROR, CP_ERROR_LOGIN_FAILED, error->message);
  sentence = login_sentence (self, as_failed != NULL ? as_failed : error);
  cpa_alert_show_error (self->alert, sentence);
  /* What the server did not judge need not be typed again. */
  if (as_failed != NULL || g_error_matches (error, CP_ERROR, CP_ERROR_LOGIN_FAILED))
    cpa_password_field_clear (self->password);
  g_clear_error (&as_failed);
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
login_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaLoginPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpLoginAnswer) answer = cpa_account_next_finish (CPA_ACCOUNT (source), result, &error);

  g_clear_object (&self->cancellable);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  set_busy (self, FALSE);
  if (error != NULL)
    {
      show_failure (self, error);
      return;
    }
  cpa_password_field_clear (self->password);
  g_signal_emit (self, signals[SIGNAL_NEXT], 0, answer);
}

static gboolean
is_shared (CpaLoginPage *self)
{
  return gtk_widget_get_visible (self->shared_preset) || cpa_login_page_get_ticked (self);
}

static void
log_in_cb (CpaLoginPage *self)
{
  g_autofree char *username = cpa_entry_dup_text (self->username);
  const char *password = cpa_password_field_get_text (self->password);
  g_autofree char *username_wrong = cpa_field_check ("own-username", username);
  g_autofree char *password_wrong = cpa_field_check ("own-password", password);

  if (self->cancellable != NULL)
    return;
  cpa_alert_clear (self->alert);
  cpa_alert_clear (self->info);
  cpa_entry_set_error (self->username_error, self->username, username_wrong);
  cpa_password_field_set_error (self->password, password_wrong);
  if (username_wrong != NULL || password_wrong != NULL)
    {
      gtk_widget_grab_focus (username_wrong != NULL ? GTK_WIDGET (self->username) : GTK_WIDGET (self->password));
      return;
    }
  self->cancellable = g_cancellable_new ();
  set_busy (self, TRUE);
  cpa_account_login_async (self->account, username, password, cpa_language_get (), is_shared (self), self->cancellable,
                           login_cb, g_object_ref (self));
}

static void
username_activate_cb (CpaLoginPage *self)
{
  gtk_widget_grab_focus (GTK_WIDGET (self->password));
}

static void
forgot_cb (CpaLoginPage *self)
{
  g_signal_emit (self, signals[SIGNAL_FORGOT], 0);
}

static void
other_organisation_cb (CpaLoginPage *self)
{
  g_signal_emit (self, signals[SIGNAL_OTHER_ORGANISATION], 0);
}

static void
changed_cb (CpaLoginPage *self)
{
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
caps_lock_cb (CpaLoginPage *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->caps_lock), keyboard != NULL && gdk_device_get_caps_lock_state (keyboard));
}

static void
watch_caps_lock (CpaLoginPage *self)
{
  GdkSeat *seat = gdk_display_get_default_seat (gtk_widget_get_display (GTK_WIDGET (self)));
  GdkDevice *keyboard = seat != NULL ? gdk_seat_get_keyboard (seat) : NULL;

  if (keyboard == NULL)
    return;
  g_signal_connect_object (keyboard, "notify::caps-lock-state", G_CALLBACK (caps_lock_cb), self, G_CONNECT_SWAPPED);
  caps_lock_cb (self);
}

/* Whoever types sees the button that is pressed after it; and who was refused, if there is room, also the one that the
 * sentence names. */
static gboolean
sight_cb (gpointer user_data)
{
  CpaLoginPage *self = user_data;
  GtkWidget *fields[] = { gtk_widget_get_parent (GTK_WIDGET (self->username)), GTK_WIDGET (self->password) };

  self->sight_id = 0;
  for (gsize i = 0; i < G_N_ELEMENTS (fields); i++)
    if ((gtk_widget_get_state_flags (fields[i]) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
      {
        if (gtk_widget_get_visible (GTK_WIDGET (self->alert)))
          cpa_sight_show (fields[i], self->forgot);
        cpa_sight_show (fields[i], GTK_WIDGET (self->log_in));
      }
  return G_SOURCE_REMOVE;
}

/* GTK brings the field itself into sight first; and what was laid out just now has its place when that is done. */
static void
keep_in_sight (CpaLoginPage *self)
{
  if (self->sight_id == 0)
    self->sight_id = g_idle_add (sight_cb, self);
}

static void
watch_focus (CpaLoginPage *self, GtkWidget *field)
{
  GtkEventController *focus = gtk_event_controller_focus_new ();

  g_signal_connect_object (focus, "enter", G_CALLBACK (keep_in_sight), self, G_CONNECT_SWAPPED);
  gtk_widget_add_controller (field, focus);
}

static void
tight_cb (CpaLoginPage *self, GParamSpec *pspec, CpaAdaptive *adaptive)
{
  cpa_desk_line_move (self->desk_line, cpa_adaptive_is_tight (adaptive) ? self->form : self->column);
}

static void
focus_first (GtkWidget *widget)
{
  CpaLoginPage *self = CPA_LOGIN_PAGE (widget);
  gboolean known = *gtk_editable_get_text (self->username) != '\0';

  gtk_widget_grab_focus (known ? GTK_WIDGET (self->password) : GTK_WIDGET (self->username));
}

static void
cpa_login_page_dispose (GObject *object)
{
  CpaLoginPage *self = CPA_LOGIN_PAGE (object);

  g_clear_handle_id (&self->sight_id, g_source_remove);
  cpa_login_page_abandon (self);
  g_clear_object (&self->cancellable);
  if (self->looking != NULL)
    g_cancellable_cancel (self->looking);
  g_clear_object (&self->looking);
  g_clear_object (&self->account);
  g_clear_pointer (&self->organisation, cp_organisation_free);
  G_OBJECT_CLASS (cpa_login_page_parent_class)->dispose (object);
}

static void
bind_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (CPA_TYPE_COLUMN);
  gtk_widget_class_set_template_from_resource (widget_class, APP_RESOURCES "/ui/cpa-login-page.ui");
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, logo);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, picture);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, own_picture);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, organisation_name);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, portal_name);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, info);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, username);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, username_error);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, password);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, caps_lock);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, shared);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, shared_row);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, shared_preset);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, alert);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, log_in);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, other_organisation);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, forgot);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, desk_line);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, scroller);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, column);
  gtk_widget_class_bind_template_child (widget_class, CpaLoginPage, form);
  gtk_widget_class_bind_template_callback (widget_class, tight_cb);
  gtk_widget_class_bind_template_callback (widget_class, log_in_cb);
  gtk_widget_class_bind_template_callback (widget_class, username_activate_cb);
  gtk_widget_class_bind_template_callback (widget_class, other_organisation_cb);
  gtk_widget_class_bind_template_callback (widget_class, forgot_cb);
}

static void
cpa_login_page_class_init (CpaLoginPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = cpa_login_page_dispose;
  cpa_focus_install (widget_class, focus_first);
  signals[SIGNAL_NEXT] = g_signal_new ("next", CPA_TYPE_LOGIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                       1, G_TYPE_POINTER);
  signals[SIGNAL_OTHER_ORGANISATION] =
      g_signal_new ("other-organisation", CPA_TYPE_LOGIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FORGOT] =
      g_signal_new ("forgot", CPA_TYPE_LOGIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_LOGIN_PAGE, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  g_type_ensure (CPA_TYPE_ADAPTIVE);
  g_type_ensure (CPA_TYPE_ALERT);
  g_type_ensure (CPA_TYPE_DESK_LINE);
  g_type_ensure (CPA_TYPE_PASSWORD_FIELD);
  bind_template (widget_class);
}

static void
cpa_login_page_init (CpaLoginPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  cpa_button_wrap_all (GTK_WIDGET (self));
  cpa_password_field_describe (self->password, GTK_WIDGET (self->alert));
  watch_caps_lock (self);
  g_signal_connect_object (self->username, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->password, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->shared, "toggled", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  watch_focus (self, GTK_WIDGET (self->username));
  watch_focus (self, GTK_WIDGET (self->password));
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (self->scroller), "changed", G_CALLBACK (keep_in_sight),
                           self, G_CONNECT_SWAPPED);
}

static void
picture_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaLoginPage) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = cpa_api_bytes_finish (CPA_API (source), result, &error);
  g_autoptr (GdkPaintable) picture = cpa_organisation_image_new (bytes, PICTURE_PIXELS);

  /* A login that closed the door it was asked at cancels it too: then that of the portal stands there. */
  if (self->looking == NULL)
    return;
  gtk_widget_set_opacity (self->picture, picture == NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->own_picture), picture != NULL);
  if (picture == NULL)
    return;
  gtk_picture_set_paintable (self->own_picture, picture);
  gtk_picture_set_content_fit (self->own_picture, cpa_organisation_image_fit (picture));
  if (gtk_picture_get_content_fit (self->own_picture) != GTK_CONTENT_FIT_COVER)
    gtk_widget_add_css_class (GTK_WIDGET (self->own_picture), "cp-whole");
}

/* Nothing until it is there: one picture after another would only look like a fault. That of the portal stands for one
 * that does not come. */
static void
fetch_picture (CpaLoginPage *self)
{
  const CpaCall call = { .route = CP_ROUTE_ORGANISATION_PICTURE };

  gtk_widget_set_opacity (self->picture, 0);
  self->looking = g_cancellable_new ();
  cpa_api_bytes_async (cpa_account_get_api (self->account), &call, PICTURE_MAX_BYTES, NULL, NULL, self->looking,
                       picture_cb, g_object_ref (self));
}

GtkWidget *
cpa_login_page_new (CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo)
{
  CpaLoginPage *self = g_object_new (CPA_TYPE_LOGIN_PAGE, NULL);

  self->account = g_object_ref (account);
  cpa_login_page_set_organisation (self, organisation, logo);
  return GTK_WIDGET (self);
}

void
cpa_login_page_set_organisation (CpaLoginPage *self, const CpOrganisation *organisation, GdkPaintable *logo)
{
  cp_organisation_free (self->organisation);
  self->organisation = cp_record_copy (&cp_organisation_record, organisation);
  gtk_image_set_from_paintable (self->logo, logo);
  gtk_widget_set_visible (GTK_WIDGET (self->logo), logo != NULL);
  gtk_label_set_label (self->organisation_name, organisation->name);
  gtk_label_set_label (self->portal_name,
                       organisation->portal_name != NULL ? organisation->portal_name : _ ("Client Portal"));
  cpa_desk_line_set_organisation (self->desk_line, organisation);
  /* The page has asked for it already, unless there was none then. */
  if (organisation->has_picture && self->looking == NULL)
    fetch_picture (self);
}

void
cpa_login_page_set_shared (CpaLoginPage *self, gboolean shared)
{
  gtk_widget_set_visible (self->shared_preset, shared);
  gtk_widget_set_visible (self->shared_row, !shared);
}

void
cpa_login_page_set_ticked (CpaLoginPage *self, gboolean ticked)
{
  gtk_check_button_set_active (self->shared, ticked);
}

gboolean
cpa_login_page_get_ticked (CpaLoginPage *self)
{
  return gtk_check_button_get_active (self->shared);
}

void
cpa_login_page_set_can_change_organisation (CpaLoginPage *self, gboolean can_change)
{
  gtk_widget_set_visible (self->other_organisation, can_change);
}

void
cpa_login_page_set_username (CpaLoginPage *self, const char *username)
{
  gtk_editable_set_text (self->username, username != NULL ? username : "");
}

char *
cpa_login_page_dup_username (CpaLoginPage *self)
{
  return cpa_entry_dup_text (self->username);
}

gboolean
cpa_login_page_has_typed (CpaLoginPage *self, gboolean with_username)
{
  return *cpa_password_field_get_text (self->password) != '\0' ||
         (with_username && *gtk_editable_get_text (self->username) != '\0');
}

void
cpa_login_page_abandon (CpaLoginPage *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
}

void
cpa_login_page_show_info (CpaLoginPage *self, const char *text)
{
  cpa_alert_show_info (self->info, text);
}
