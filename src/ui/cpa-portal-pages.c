/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-portal-pages.h"

#include <glib/gi18n.h>

#include "cpa-access.h"
#include "cpa-cover.h"
#include "cpa-dialog.h"
#include "cpa-fill.h"
#include "cpa-focus.h"
#include "cpa-password-page.h"
#include "cpa-toast.h"

struct _CpaPortalPages
{
  GObject parent_instance;

  AdwBin *place;                /* (owned) */
  CpaAccount *account;          /* (owned) */
  CpOrganisation *organisation; /* (owned) */
  GdkPaintable *logo;           /* (owned) (nullable) */

  const CpSession *session; /* (borrowed) (nullable): until it is known */
  char *patient_id;         /* (owned) (nullable): whose portal is shown */
  CpaMainPage *main;        /* (owned) (nullable) */
  CpaCover *cover;          /* (owned) (nullable): around it; the page in place of the pages stands there */
  AdwToast *offer;          /* (owned) (nullable): the newest notice with the way to another client */
  char *offered_id;         /* (owned) (nullable): that client */
  char *next_id;            /* (owned) (nullable): whose portal comes when the page in place of the pages is left */
};

enum
{
  SIGNAL_ANSWERED,
  SIGNAL_PASSWORD_CHANGED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPortalPages, cpa_portal_pages, G_TYPE_OBJECT)

static CpaContext *
context_new (CpaPortalPages *self, const CpPatientAccess *whose)
{
  return cpa_context_new (cpa_account_get_api (self->account), self->organisation, self->logo, self->session, whose);
}

/* Something else than the portal itself is in sight: who changes the password goes on with it, and comes back to what
 * there is then. */
static gboolean
is_elsewhere (CpaPortalPages *self)
{
  return self->main != NULL && cpa_cover_get_over (self->cover) != NULL;
}

static void
patient_chosen_cb (CpaPortalPages *self, const char *id)
{
  const CpPatientAccess *patient = cpa_access_find (self->session, id);
  g_autofree char *text = NULL;

  if (patient == NULL)
    return;
  text = cpa_fill (_ ("You are now looking at {client}."), "client", patient->name, NULL);
  cpa_portal_pages_open (self, id);
  cpa_toast_say (GTK_WIDGET (self->place), text);
}

/* The way to another client that a notice offers */

static void
go_next (CpaPortalPages *self)
{
  g_autofree char *id = g_steal_pointer (&self->next_id);

  if (id != NULL)
    patient_chosen_cb (self, id);
}

static void
go_to (CpaPortalPages *self, const char *id)
{
  g_free (self->next_id);
  self->next_id = g_strdup (id);
  if (!is_elsewhere (self))
    go_next (self);
  /* What becomes of what is being sent is told there, so that page is left after it, by its own way. */
  else if (!cpa_step_is_busy (CPA_STEP (cpa_cover_get_over (self->cover))))
    cpa_portal_pages_show_main (self);
}

static void
leave_response_cb (CpaPortalPages *self, const char *response, GtkWindow *dialog)
{
  if (cpa_dialog_leaves (dialog, response))
    go_to (self, g_object_get_data (G_OBJECT (dialog), "patient-id"));
}

/* What is typed in a window over the pages keeps them out of reach; what is typed in their place does not. */
static void
offer_taken_cb (CpaPortalPages *self)
{
  GtkWidget *page = cpa_cover_get_over (self->cover);
  GtkWidget *dialog;

  if (page == NULL || cpa_step_is_busy (CPA_STEP (page)) || !cpa_password_page_has_typed (CPA_PASSWORD_PAGE (page)))
    {
      go_to (self, self->offered_id);
      return;
    }
  dialog = cpa_dialog_ask_leave (GTK_WINDOW (gtk_widget_get_root (page)));
  /* Another may be offered before this is answered. */
  g_object_set_data_full (G_OBJECT (dialog), "patient-id", g_strdup (self->offered_id), g_free);
  g_signal_connect_object (dialog, "response", G_CALLBACK (leave_response_cb), self, G_CONNECT_SWAPPED);
}

static void
drop_offer (CpaPortalPages *self)
{
  if (self->offer != NULL)
    cpa_toast_dismiss (self->offer);
  g_clear_object (&self->offer);
}

static void
offer (CpaPortalPages *self, const CpaAccessGiven *given)
{
  drop_offer (self);
  g_free (self->offered_id);
  self->offered_id = g_strdup (given->patient_id);
  self->offer = cpa_toast_new_question (given->text, _ ("View Now"));
  g_signal_connect_object (self->offer, "button-clicked", G_CALLBACK (offer_taken_cb), self, G_CONNECT_SWAPPED);
  cpa_toast_show (GTK_WIDGET (self->place), g_object_ref (self->offer));
}

static void
answered_cb (CpaPortalPages *self, gboolean accepted)
{
  g_signal_emit (self, signals[SIGNAL_ANSWERED], 0, accepted);
}

static void
password_changed_cb (CpaPortalPages *self)
{
  g_signal_emit (self, signals[SIGNAL_PASSWORD_CHANGED], 0);
}

static void
cpa_portal_pages_dispose (GObject *object)
{
  CpaPortalPages *self = CPA_PORTAL_PAGES (object);

  g_clear_object (&self->main);
  g_clear_object (&self->cover);
  g_clear_object (&self->offer);
  g_clear_object (&self->account);
  g_clear_object (&self->logo);
  g_clear_object (&self->place);
  G_OBJECT_CLASS (cpa_portal_pages_parent_class)->dispose (object);
}

static void
cpa_portal_pages_finalize (GObject *object)
{
  CpaPortalPages *self = CPA_PORTAL_PAGES (object);

  g_clear_pointer (&self->organisation, cp_organisation_free);
  g_clear_pointer (&self->patient_id, g_free);
  g_clear_pointer (&self->offered_id, g_free);
  g_clear_pointer (&self->next_id, g_free);
  G_OBJECT_CLASS (cpa_portal_pages_parent_class)->finalize (object);
}

static void
cpa_portal_pages_class_init (CpaPortalPagesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_portal_pages_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_portal_pages_finalize;
  signals[SIGNAL_ANSWERED] = g_signal_new ("answered", CPA_TYPE_PORTAL_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 1, G_TYPE_BOOLEAN);
  signals[SIGNAL_PASSWORD_CHANGED] =
      g_signal_new ("password-changed", CPA_TYPE_PORTAL_PAGES, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
cpa_portal_pages_init (CpaPortalPages *self)
{
}

CpaPortalPages *
cpa_portal_pages_new (AdwBin *place, CpaAccount *account, const CpOrganisation *organisation, GdkPaintable *logo)
{
  CpaPortalPages *self = g_object_new (CPA_TYPE_PORTAL_PAGES, NULL);

  self->place = g_object_ref (place);
  self->account = g_object_ref (account);
  self->organisation = cp_record_copy (&cp_organisation_record, organisation);
  g_set_object (&self->logo, logo);
  return self;
}

void
cpa_portal_pages_set_session (CpaPortalPages *self, const CpSession *session)
{
  self->session = session;
}

static void
put_main (CpaPortalPages *self)
{
  if (self->cover != NULL)
    {
      cpa_cover_set_page (self->cover, GTK_WIDGET (self->main));
      return;
    }
  self->cover = g_object_ref_sink (CPA_COVER (cpa_cover_new (GTK_WIDGET (self->main))));
  adw_bin_set_child (self->place, GTK_WIDGET (self->cover));
}

/* Everything on screen is made anew for the patient: nothing of another one can stay. */
void
cpa_portal_pages_open (CpaPortalPages *self, const char *id)
{
  const CpPatientAccess *patient = cpa_access_find (self->session, id);
  gboolean elsewhere = is_elsewhere (self);
  g_autoptr (CpaContext) context = NULL;

  drop_offer (self);
  if (patient == NULL && self->session->patients->len == 1)
    patient = g_ptr_array_index (self->session->patients, 0);
  g_free (self->patient_id);
  self->patient_id = patient != NULL ? g_strdup (patient->id) : NULL;
  context = context_new (self, patient);
  g_clear_object (&self->main);
  self->main = g_object_ref_sink (CPA_MAIN_PAGE (cpa_main_page_new (context)));
  g_signal_connect_object (self->main, "patient-chosen", G_CALLBACK (patient_chosen_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->main, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
  put_main (self);
  if (!elsewhere)
    cpa_portal_pages_show_main (self);
}

const char *
cpa_portal_pages_get_patient_id (CpaPortalPages *self)
{
  return self->patient_id;
}

CpaMainPage *
cpa_portal_pages_get_main (CpaPortalPages *self)
{
  return self->main;
}

gboolean
cpa_portal_pages_stay (CpaPortalPages *self)
{
  const CpPatientAccess *patient = cpa_access_find (self->session, self->patient_id);

  return is_elsewhere (self) || (patient != NULL && cpa_main_page_stays (self->main, patient));
}

void
cpa_portal_pages_update_access (CpaPortalPages *self)
{
  const CpPatientAccess *patient = cpa_access_find (self->session, self->patient_id);
  g_autoptr (CpaContext) context = patient != NULL ? context_new (self, patient) : NULL;

  if (context != NULL)
    cpa_main_page_set_access (self->main, context);
  else
    cpa_portal_pages_open (self, NULL);
}

/* One notice can be answered at a time: of several new clients the last one, and the switcher has them all. */
void
cpa_portal_pages_tell_given (CpaPortalPages *self, const GPtrArray *given)
{
  for (guint i = 0; i < given->len; i++)
    {
      const CpaAccessGiven *one = g_ptr_array_index (given, i);
      gboolean other = self->patient_id != NULL && g_strcmp0 (one->patient_id, self->patient_id) != 0;

      if (i + 1 == given->len && one->patient_id != NULL && other)
        offer (self, one);
      else
        cpa_toast_say (GTK_WIDGET (self->place), one->text);
    }
}

void
cpa_portal_pages_change_password (CpaPortalPages *self)
{
  GtkWidget *page = cpa_password_page_new (self->account, self->organisation, self->logo, CPA_PASSWORD_WANTED);

  g_signal_connect_object (page, "back", G_CALLBACK (cpa_portal_pages_show_main), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (page, "next", G_CALLBACK (password_changed_cb), self, G_CONNECT_SWAPPED);
  cpa_cover_put (self->cover, page);
  cpa_focus_first (page);
}

void
cpa_portal_pages_show_main (CpaPortalPages *self)
{
  cpa_cover_put (self->cover, NULL);
  cpa_focus_first (GTK_WIDGET (self->main));
  go_next (self);
}

void
cpa_portal_pages_close (CpaPortalPages *self)
{
  adw_bin_set_child (self->place, NULL);
  g_clear_object (&self->main);
  g_clear_object (&self->cover);
}
