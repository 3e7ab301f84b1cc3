/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-way-in.h"

#include "cpa-accent.h"
#include "cpa-address-page.h"
#include "cpa-error-text.h"
#include "cpa-focus.h"
#include "cpa-forgot-page.h"
#include "cpa-link-dialog.h"
#include "cpa-link-page.h"
#include "cpa-login-page.h"
#include "cpa-opening-page.h"
#include "cpa-organisation-finder.h"
#include "cpa-password-page.h"
#include "cpa-verify-page.h"
#include "cpa-way-guard.h"
#include "cpa-way-page.h"

#define LOG_OUT_SECONDS 5

struct _CpaWayIn
{
  GObject parent_instance;

  AdwBin *place;             /* (owned) */
  CpaSettings *settings;     /* (owned) */
  CpaFound *found;           /* (owned) (nullable): the organisation that one is at */
  CpaFound *candidate;       /* (owned) (nullable): found, not confirmed yet */
  CpaAccount *account;       /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) (nullable): the look-up under way */
  GCancellable *renewing;    /* (owned) (nullable): while the organisation is asked again */
  gboolean in;               /* there is a session */
  CpaLinkUri *link;          /* (owned) (nullable): to be opened when its organisation is there */
  CpaWayGuard *guard;        /* (owned) */

  CpaAddressPage *address_page; /* (borrowed) (weak): while it is shown */
  CpaOpeningPage *opening;      /* (borrowed) (weak): while an organisation is opened without asking */
};

enum
{
  SIGNAL_IN,
  SIGNAL_UNFIT,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaWayIn, cpa_way_in, G_TYPE_OBJECT)

static void ask_address (CpaWayIn *self, gboolean can_go_back);
static void show_opening (CpaWayIn *self, const char *address);
static void tell_not_opened (CpaWayIn *self, const GError *error, const CpaFound *found);
static void log_in (CpaWayIn *self, const char *sentence);

/* What could be left behind is other than it was. */
static void
look (CpaWayIn *self)
{
  if (!self->in)
    cpa_way_guard_look (self->guard, self->found != NULL ? self->found->organisation : NULL, self->link != NULL);
}

static void
set_link (CpaWayIn *self, CpaLinkUri *link)
{
  g_clear_pointer (&self->link, cpa_link_uri_free);
  self->link = link;
  look (self);
}

static void
show_page (CpaWayIn *self, GtkWidget *page)
{
  cpa_way_guard_is_ticked (self->guard);
  /* Who went back must not be taken in by an answer that comes late. */
  cpa_way_page_abandon (adw_bin_get_child (self->place));
  adw_bin_set_child (self->place, page);
  cpa_focus_first (page);
  look (self);
}

/* Log in and what the server names after it */

static void
back_to_login_cb (CpaWayIn *self)
{
  cpa_account_forget (self->account);
  log_in (self, NULL);
}

static void
ended_cb (CpaWayIn *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = cpa_error_text_new (error, self->found->organisation);

  cpa_account_forget (self->account);
  log_in (self, text->text);
}

static void next_cb (CpaWayIn *self, const CpLoginAnswer *answer);

static void
show_step (CpaWayIn *self, GtkWidget *page)
{
  g_signal_connect_object (page, "next", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (back_to_login_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  show_page (self, page);
}

static void
next_cb (CpaWayIn *self, const CpLoginAnswer *answer)
{
  const CpOrganisation *organisation = self->found->organisation;
  g_autoptr (GError) error = NULL;

  switch (answer->next)
    {
    case CP_NEXT_VERIFY_DEVICE:
      if (answer->challenge == NULL)
        {
          g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "no challenge");
          ended_cb (self, error);
          return;
        }
      show_step (self, cpa_verify_page_new (self->account, organisation, self->found->logo, answer->challenge));
      break;
    case CP_NEXT_CHANGE_PASSWORD:
      show_step (self, cpa_password_page_new (self->account, organisation, self->found->logo,
                                              answer->first_change ? CPA_PASSWORD_FIRST : CPA_PASSWORD_TEMPORARY));
      break;
    case CP_NEXT_INVITATIONS:
    case CP_NEXT_IN:
    default:
      /* A question about another organisation that is still open has nothing to lead to any more. */
      set_link (self, NULL);
      cpa_way_guard_stop (self->guard);
      self->in = TRUE;
      g_signal_emit (self, signals[SIGNAL_IN], 0);
    }
}

static void
other_organisation_cb (CpaWayIn *self)
{
  ask_address (self, TRUE);
}

/* A forgotten password, and what a link of a mail opens */

/* (transfer full) (nullable): what was typed goes along to the next page that asks it; of who was in before only where
 * others do not use the computer too, and there no name comes back to where the next person logs in. */
static char *
dup_username (CpaWayIn *self)
{
  char *username;

  if (cpa_way_page_dup_username (adw_bin_get_child (self->place), &username))
    return username;
  return cpa_account_get_shared (self->account) ? NULL : g_strdup (cpa_account_get_username (self->account));
}

static void
back_from_forgot_cb (CpaWayIn *self)
{
  log_in (self, NULL);
}

static void
forgot_cb (CpaWayIn *self)
{
  g_autofree char *username = dup_username (self);
  GtkWidget *page = cpa_forgot_page_new (self->account, self->found->organisation, self->found->logo, username);

  g_signal_connect_object (page, "back", G_CALLBACK (back_from_forgot_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "ended", G_CALLBACK (ended_cb), self, G_CONNECT_SWAPPED);
  show_page (self, page);
}

static void
back_from_link_cb (CpaWayIn *self, CpaLinkPage *page)
{
  g_autofree char *sentence = cpa_link_page_dup_leaving (page);

  log_in (self, sentence);
}

static void
show_link (CpaWayIn *self)
{
  g_autoptr (CpaLinkUri) link = g_steal_pointer (&self->link);
  g_autofree char *username = dup_username (self);
  GtkWidget *page;

  if (link->token == NULL)
    {
      /* Who is on the way in there already goes on with it. */
      if (self->address_page != NULL || self->opening != NULL)
        log_in (self, NULL);
      look (self);
      return;
    }
  cpa_account_forget (self->account);
  page = cpa_link_page_new (self->account, self->found->organisation, self->found->logo, link, username);
  g_signal_connect_object (page, "done", G_CALLBACK (log_in), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "ask-again", G_CALLBACK (forgot_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (back_from_link_cb), self, G_CONNECT_SWAPPED);
  show_page (self, page);
}

static void
log_in (CpaWayIn *self, const char *sentence)
{
  GtkWidget *page = cpa_login_page_new (self->account, self->found->organisation, self->found->logo);
  gboolean shared = cpa_settings_get_shared_computer (self->settings);
  gboolean ticked = cpa_way_guard_is_ticked (self->guard);
  g_autofree char *username = shared || ticked ? NULL : dup_username (self);
  g_autofree char *preset = cpa_settings_get_preset (self->settings);

  cpa_login_page_set_shared (CPA_LOGIN_PAGE (page), shared);
  cpa_login_page_set_ticked (CPA_LOGIN_PAGE (page), ticked);
  cpa_login_page_set_can_change_organisation (CPA_LOGIN_PAGE (page), !(shared && preset != NULL));
  cpa_login_page_set_username (CPA_LOGIN_PAGE (page), username);
  if (sentence != NULL)
    cpa_login_page_show_info (CPA_LOGIN_PAGE (page), sentence);
  g_signal_connect_object (page, "next", G_CALLBACK (next_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "other-organisation", G_CALLBACK (other_organisation_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "forgot", G_CALLBACK (forgot_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "changed", G_CALLBACK (look), self, G_CONNECT_SWAPPED);
  show_page (self, page);
}

/* Which organisation */

static void
stop_renewing (CpaWayIn *self)
{
  if (self->renewing != NULL)
    g_cancellable_cancel (self->renewing);
  g_clear_object (&self->renewing);
}

/* What is known of it goes for as long as it is known; a page in sight shows the new words where it can. */
static void
take_renewed (CpaWayIn *self, CpaFound *found)
{
  GtkWidget *page = adw_bin_get_child (self->place);

  cp_organisation_free (self->found->organisation);
  self->found->organisation = g_steal_pointer (&found->organisation);
  /* One that did not come is still theirs. */
  if (found->logo != NULL || !self->found->organisation->has_logo)
    g_set_object (&self->found->logo, found->logo);
  cpa_accent_apply (self->found->organisation->color);
  cpa_settings_remember (self->settings, self->found->address, self->found->organisation->name);
  if (CPA_IS_LOGIN_PAGE (page))
    cpa_login_page_set_organisation (CPA_LOGIN_PAGE (page), self->found->organisation, self->found->logo);
}

static void
renewed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaWayIn) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpaFound) found = cpa_organisation_find_finish (result, &error);
  GtkWidget *page = adw_bin_get_child (self->place);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  g_clear_object (&self->renewing);
  if (error == NULL)
    take_renewed (self, found);
  else if (found->organisation == NULL)
    g_debug ("What is known of the organisation stays: %s", error->message);
  else if (self->in)
    g_signal_emit (self, signals[SIGNAL_UNFIT], 0, error);
  /* Who is on the way to another one hears of it when they come back; who waits for what was sent, after that. */
  else if (self->address_page == NULL && self->opening == NULL &&
           !(CPA_IS_STEP (page) && cpa_step_is_busy (CPA_STEP (page))))
    tell_not_opened (self, error, found);
}

/* A server may be started anew with other words, or as another version, while the program runs. */
static void
renew (CpaWayIn *self)
{
  if (self->renewing != NULL)
    return;
  self->renewing = g_cancellable_new ();
  cpa_organisation_find_async (self->found->address, self->settings, self->renewing, renewed_cb, g_object_ref (self));
}

/* Takes found. */
static void
enter (CpaWayIn *self, CpaFound *found)
{
  stop_renewing (self);
  cpa_way_page_forget_username (adw_bin_get_child (self->place));
  g_clear_pointer (&self->found, cpa_found_free);
  self->found = found;
  g_clear_object (&self->account);
  self->account = cpa_account_new (found->api, found->organisation, found->address);
  cpa_accent_apply (found->organisation->color);
  cpa_settings_remember (self->settings, found->address, found->organisation->name);
  g_signal_connect_object (found->api, "not-understood", G_CALLBACK (renew), self, G_CONNECT_SWAPPED);
  if (self->link != NULL && g_str_equal (self->link->address, found->address))
    show_link (self);
  else
    log_in (self, NULL);
}

static void
asked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaWayIn) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpaFound) found = cpa_organisation_find_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->address_page == NULL)
    return;
  if (error != NULL)
    {
      cpa_address_page_show_error (self->address_page, error, found->organisation, FALSE);
      return;
    }
  cpa_address_page_show_found (self->address_page, found->organisation, found->logo, found->address);
  g_clear_pointer (&self->candidate, cpa_found_free);
  self->candidate = g_steal_pointer (&found);
}

static GCancellable *
new_look_up (CpaWayIn *self)
{
  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  return self->cancellable;
}

static void
look_up_cb (CpaWayIn *self, const char *address)
{
  cpa_organisation_find_async (address, self->settings, new_look_up (self), asked_cb, g_object_ref (self));
}

static void
chosen_cb (CpaWayIn *self)
{
  enter (self, g_steal_pointer (&self->candidate));
}

static void
back_from_address_cb (CpaWayIn *self)
{
  set_link (self, NULL);
  new_look_up (self);
  log_in (self, NULL);
  renew (self);
}

static void
ask_address (CpaWayIn *self, gboolean can_go_back)
{
  GtkWidget *page = cpa_address_page_new ();
  g_autoptr (GVariant) known = cpa_settings_get_organisations (self->settings);

  cpa_address_page_set_known (CPA_ADDRESS_PAGE (page), known);
  if (!cpa_settings_get_shared_computer (self->settings) && !cpa_way_guard_is_ticked (self->guard))
    cpa_way_page_keep_username (adw_bin_get_child (self->place), page);
  cpa_address_page_set_can_go_back (CPA_ADDRESS_PAGE (page), can_go_back);
  g_signal_connect_object (page, "look-up", G_CALLBACK (look_up_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "chosen", G_CALLBACK (chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "back", G_CALLBACK (back_from_address_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->address_page, CPA_ADDRESS_PAGE (page));
  show_page (self, page);
}

/* On a computer that is set up for that organisation there is no other way than to try again. */
static void
tell_not_opened (CpaWayIn *self, const GError *error, const CpaFound *found)
{
  g_autofree char *preset = cpa_settings_get_preset (self->settings);

  if (g_strcmp0 (preset, found->address) == 0)
    {
      if (self->opening == NULL)
        show_opening (self, found->address);
      cpa_opening_page_show_error (self->opening, error, found);
      return;
    }
  ask_address (self, FALSE);
  cpa_address_page_set_address (self->address_page, found->address);
  cpa_address_page_show_error (self->address_page, error, found->organisation, TRUE);
}

static void
opened_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaWayIn) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpaFound) found = cpa_organisation_find_finish (result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->opening == NULL)
    return;
  if (error == NULL)
    enter (self, g_steal_pointer (&found));
  else
    tell_not_opened (self, error, found);
}

static void
retry_cb (CpaWayIn *self)
{
  cpa_opening_page_show_opening (self->opening);
  cpa_organisation_find_async (cpa_opening_page_get_address (self->opening), self->settings, new_look_up (self),
                               opened_cb, g_object_ref (self));
}

static void
show_opening (CpaWayIn *self, const char *address)
{
  GtkWidget *page = cpa_opening_page_new (address);

  g_signal_connect_object (page, "retry", G_CALLBACK (retry_cb), self, G_CONNECT_SWAPPED);
  g_set_weak_pointer (&self->opening, CPA_OPENING_PAGE (page));
  show_page (self, page);
}

/* An organisation that need not be confirmed: preset, or used before. */
static void
open_known (CpaWayIn *self, const char *address)
{
  show_opening (self, address);
  retry_cb (self);
}

void
cpa_way_in_log_in_again (CpaWayIn *self, const char *sentence)
{
  self->in = FALSE;
  log_in (self, sentence);
  renew (self);
}

void
cpa_way_in_start (CpaWayIn *self)
{
  g_autofree char *preset = cpa_settings_get_preset (self->settings);
  g_autoptr (GVariant) known = cpa_settings_get_organisations (self->settings);
  const char *address;

  if (preset != NULL)
    open_known (self, preset);
  else if (g_variant_n_children (known) > 0)
    {
      g_variant_get_child (known, 0, "(&s&s)", &address, NULL);
      open_known (self, address);
    }
  else
    ask_address (self, FALSE);
}

/* Whoever was on the way in has left, and begins anew. */
static void
left_cb (CpaWayIn *self, const char *sentence)
{
  set_link (self, NULL);
  cpa_way_page_forget_username (adw_bin_get_child (self->place));
  new_look_up (self);
  if (self->account != NULL && cpa_account_has_session (self->account))
    cpa_account_logout_async (self->account, LOG_OUT_SECONDS, NULL, NULL);
  if (self->found != NULL)
    log_in (self, sentence);
  else
    cpa_way_in_start (self);
}

/* A link of a mail */

static GtkWindow *
get_window (CpaWayIn *self)
{
  return GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self->place)));
}

/* To the question whether this is really the organisation, with its name and logo. */
static void
ask_about (CpaWayIn *self, const char *address)
{
  g_autofree char *copy = g_strdup (address);

  ask_address (self, self->found != NULL);
  cpa_address_page_look_up (self->address_page, copy);
}

static void
other_response_cb (CpaWayIn *self, const char *response)
{
  if (self->link == NULL)
    return;
  if (g_strcmp0 (response, "use") == 0)
    ask_about (self, self->link->address);
  else
    set_link (self, NULL);
}

static void
ask_for_other (CpaWayIn *self)
{
  GtkWidget *dialog = cpa_link_dialog_other (get_window (self), self->link->address, self->found->organisation->name);

  g_signal_connect_object (dialog, "response", G_CALLBACK (other_response_cb), self, G_CONNECT_SWAPPED);
}

void
cpa_way_in_open_link (CpaWayIn *self, CpaLinkUri *link)
{
  g_autofree char *preset = cpa_settings_get_preset (self->settings);

  set_link (self, link);
  if (self->found != NULL && g_str_equal (self->found->address, link->address))
    show_link (self);
  else if (g_strcmp0 (preset, link->address) == 0 || cpa_settings_knows (self->settings, link->address))
    open_known (self, link->address);
  else if (preset != NULL && cpa_settings_get_shared_computer (self->settings))
    {
      set_link (self, NULL);
      cpa_link_dialog_refuse (get_window (self));
    }
  else if (self->found != NULL)
    ask_for_other (self);
  else
    ask_about (self, link->address);
}

static void
cpa_way_in_dispose (GObject *object)
{
  CpaWayIn *self = CPA_WAY_IN (object);

  if (self->cancellable != NULL)
    g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  stop_renewing (self);
  g_clear_weak_pointer (&self->address_page);
  g_clear_weak_pointer (&self->opening);
  g_clear_object (&self->account);
  g_clear_pointer (&self->found, cpa_found_free);
  g_clear_pointer (&self->candidate, cpa_found_free);
  g_clear_pointer (&self->link, cpa_link_uri_free);
  g_clear_object (&self->guard);
  g_clear_object (&self->settings);
  g_clear_object (&self->place);
  G_OBJECT_CLASS (cpa_way_in_parent_class)->dispose (object);
}

static void
cpa_way_in_class_init (CpaWayInClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_way_in_dispose;
  signals[SIGNAL_IN] = g_signal_new ("in", CPA_TYPE_WAY_IN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_UNFIT] = g_signal_new ("unfit", CPA_TYPE_WAY_IN, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE,
                                        1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
}

static void
cpa_way_in_init (CpaWayIn *self)
{
}

CpaWayIn *
cpa_way_in_new (AdwBin *place, CpaSettings *settings)
{
  CpaWayIn *self = g_object_new (CPA_TYPE_WAY_IN, NULL);

  self->place = g_object_ref (place);
  self->settings = g_object_ref (settings);
  self->guard = cpa_way_guard_new (place, settings);
  g_signal_connect_object (self->guard, "left", G_CALLBACK (left_cb), self, G_CONNECT_SWAPPED);
  return self;
}

CpaAccount *
cpa_way_in_get_account (CpaWayIn *self)
{
  return self->account;
}

const CpOrganisation *
cpa_way_in_get_organisation (CpaWayIn *self)
{
  return self->found->organisation;
}

GdkPaintable *
cpa_way_in_get_logo (CpaWayIn *self)
{
  return self->found->logo;
}
