/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-person-form.h"

#include <glib/gi18n.h>

#include "cp-relation.h"
#include "cpa-choices.h"
#include "cpa-drafts.h"
#include "cpa-error-text.h"
#include "cpa-field-text.h"
#include "cpa-field.h"
#include "cpa-fill.h"
#include "cpa-part-text.h"
#include "cpa-sight.h"
#include "cpa-text-scale.h"

#define RELATION_COLUMNS 2
#define COLUMNS_FROM 300 /* px at the usual size of text */
#define STEP_1 N_ ("Step 1 of 2. Fill in the e-mail address. The invitation goes to this address.")

/* What is asked, in this order. */
typedef enum
{
  FIELD_EMAIL,
  FIELD_NAME,
  FIELD_RELATION, /* no text to type */
  FIELD_USERNAME,
  FIELD_MOBILE,
  N_FIELDS
} Field;

struct _CpaPersonForm
{
  GtkWidget parent_instance;

  CpaContext *context;       /* (owned) */
  CpaMemberModel *model;     /* (owned) */
  CpaMember *contact;        /* (owned) (nullable): who is completed */
  CpPart part;               /* and what the first tick was */
  char *ground;              /* (owned) (nullable) */
  GCancellable *cancellable; /* (owned) */
  CpaFormWindow *window;     /* (weak): it holds this widget */
  GtkWidget *box;            /* (owned) */
  GtkWidget *fields[N_FIELDS];
  const char *kept; /* (nullable): what is said of what was typed in the second step, until it is there */
  gboolean later;   /* some of that is not in sight yet */
  guint sight_id;   /* brings what came in sight */
  char *asked;      /* (owned) (nullable): the address about which the server is asked */
  char *looked_up;  /* (owned) (nullable): the address of which it is known whether it is known */
};

enum
{
  SIGNAL_ADDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPersonForm, cpa_person_form, GTK_TYPE_WIDGET)

static const CpOrganisation *
organisation_of (CpaPersonForm *self)
{
  return cpa_context_get_organisation (self->context);
}

static gboolean
asks (CpaPersonForm *self, Field field)
{
  return gtk_widget_get_visible (self->fields[field]);
}

static void
set_error (CpaPersonForm *self, Field field, const char *text)
{
  if (field == FIELD_RELATION)
    cpa_choices_set_error (CPA_CHOICES (self->fields[field]), text);
  else
    cpa_field_set_error (CPA_FIELD (self->fields[field]), text);
}

/* (transfer full) (nullable): NULL when it is not asked. */
static char *
text_of (CpaPersonForm *self, Field field)
{
  if (!asks (self, field))
    return NULL;
  if (field == FIELD_RELATION)
    return g_strdup (cpa_choices_get (CPA_CHOICES (self->fields[field])));
  return cpa_field_get_text (CPA_FIELD (self->fields[field]));
}

static const char *
key_of (CpaPersonForm *self, Field field)
{
  return field == FIELD_RELATION ? "relation" : cpa_field_get_key (CPA_FIELD (self->fields[field]));
}

/* Looks at everything that is asked, and shows each mistake at its field. */
static gboolean
check_all (CpaPersonForm *self)
{
  int first = -1;

  for (int i = 0; i < N_FIELDS; i++)
    {
      g_autofree char *text = text_of (self, i);
      g_autofree char *wrong = asks (self, i) ? cpa_field_check (key_of (self, i), text != NULL ? text : "") : NULL;

      set_error (self, i, wrong);
      if (wrong != NULL && first < 0)
        first = i;
    }
  if (first < 0)
    return TRUE;
  gtk_widget_grab_focus (self->fields[first]);
  return FALSE;
}

/* Where the server found something wrong; TRUE when that is a field that is there. */
static gboolean
show_field_error (CpaPersonForm *self, const GError *error)
{
  g_autofree char *text = cpa_field_error (error, organisation_of (self));

  if (text == NULL)
    return FALSE;
  for (int i = 0; i < N_FIELDS; i++)
    if (asks (self, i) && g_strcmp0 (cp_error_details ((GError *) error)->field, key_of (self, i)) == 0)
      {
        set_error (self, i, text);
        gtk_widget_grab_focus (self->fields[i]);
        return TRUE;
      }
  return FALSE;
}

static void
show_error (CpaPersonForm *self, const GError *error)
{
  g_autoptr (CpaErrorText) text = NULL;

  if (show_field_error (self, error))
    return;
  text = cpa_error_text_new (error, organisation_of (self));
  cpa_form_window_set_error (self->window, text->text);
  gtk_widget_grab_focus (self->fields[FIELD_EMAIL]);
}

/* Step 1: the address */

/* (transfer full) */
static char *
step_1_of_contact (CpaPersonForm *self)
{
  return cpa_fill (_ ("Step 1 of 2. Fill in the e-mail address of {name}. The invitation goes to this address."),
                   "name", cpa_member_get (self->contact)->name, NULL);
}

static void
say_step_1 (CpaPersonForm *self)
{
  g_autofree char *text = self->contact != NULL ? step_1_of_contact (self) : g_strdup (_ (STEP_1));

  cpa_form_window_set_text (self->window, text);
  if (self->contact != NULL)
    cpa_form_window_set_main (self->window, _ ("Next"));
}

static void
show_step_1 (CpaPersonForm *self)
{
  g_clear_pointer (&self->looked_up, g_free);
  for (int i = FIELD_EMAIL + 1; i < N_FIELDS; i++)
    gtk_widget_set_visible (self->fields[i], FALSE);
  say_step_1 (self);
}

static gboolean
sight_cb (gpointer user_data)
{
  CpaPersonForm *self = user_data;
  GtkWidget *username = self->fields[FIELD_USERNAME];

  self->sight_id = 0;
  if ((gtk_widget_get_state_flags (username) & GTK_STATE_FLAG_FOCUS_WITHIN) != 0)
    cpa_sight_show (username, self->fields[FIELD_MOBILE]);
  return G_SOURCE_REMOVE;
}

/* What is asked of a contact in the second step comes below the edge of a small window. What was laid out just now has
 * its place when that is done. */
static void
keep_in_sight (CpaPersonForm *self)
{
  if (self->sight_id == 0)
    self->sight_id = g_idle_add (sight_cb, self);
}

/* What was kept of the second step. */
static void
say_kept (CpaPersonForm *self)
{
  if (self->kept != NULL)
    cpa_form_window_say (self->window, self->kept);
  self->kept = NULL;
}

/* Of whom uses the portal already nothing more is asked, and nothing is shown. */
static void
show_step_2 (CpaPersonForm *self, gboolean known)
{
  for (int i = FIELD_EMAIL + 1; i < N_FIELDS; i++)
    gtk_widget_set_visible (self->fields[i], !known || i == FIELD_RELATION);
  cpa_form_window_set_text (self->window, known
                                              ? _ ("Somebody with this address already uses the portal. You only need "
                                                   "to fill in the relation.")
                                              : _ ("Step 2 of 2. Tell us who this is."));
  if (!known)
    say_kept (self);
  cpa_form_window_fit (self->window);
  gtk_widget_grab_focus (self->fields[known ? FIELD_RELATION : FIELD_NAME]);
}

/* Who it is stands in the list already. */
static void
show_step_2_of_contact (CpaPersonForm *self)
{
  gtk_widget_set_visible (self->fields[FIELD_USERNAME], TRUE);
  gtk_widget_set_visible (self->fields[FIELD_MOBILE], TRUE);
  cpa_form_window_set_text (
      self->window, _ ("Step 2 of 2. Fill in a username and a mobile number. Check what is filled in already."));
  cpa_form_window_set_main (self->window, _ ("Save"));
  say_kept (self);
  cpa_form_window_fit (self->window);
  gtk_widget_grab_focus (self->fields[FIELD_USERNAME]);
}

static void
looked_up_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaPersonForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpLookup) lookup = cpa_api_call_finish (CPA_API (source), result, &error);
  g_autofree char *email = NULL;

  if (self->window == NULL)
    return;
  cpa_form_window_set_busy (self->window, NULL);
  if (lookup == NULL && error == NULL)
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  if (error != NULL)
    {
      say_step_1 (self);
      show_error (self, error);
      return;
    }
  email = text_of (self, FIELD_EMAIL);
  if (g_strcmp0 (email, self->asked) != 0)
    {
      show_step_1 (self);
      return;
    }
  self->looked_up = g_steal_pointer (&email);
  show_step_2 (self, lookup->known);
}

static void
look_up (CpaPersonForm *self)
{
  g_autofree char *email = text_of (self, FIELD_EMAIL);
  CpLookupRequest request = { .email = email };
  CpaCall call = { .route = CP_ROUTE_MEMBER_LOOKUP,
                   .ids = { cpa_context_get_patient (self->context)->id },
                   .body_type = &cp_lookup_request_record,
                   .body = &request,
                   .answer_type = &cp_lookup_record };

  g_free (self->asked);
  self->asked = g_strdup (email);
  cpa_form_window_set_error (self->window, NULL);
  cpa_form_window_set_text (self->window, _ ("Looking whether this address is known…"));
  cpa_form_window_set_busy (self->window, _ ("One moment, please."));
  cpa_api_call_async (cpa_context_get_api (self->context), &call, self->cancellable, looked_up_cb, g_object_ref (self));
}

/* The end of both ways */

/* A contact of the EHR is not looked up: their own address would be found in the list. Their first request has only the
 * address; where the server then misses a username nobody uses the portal with it, and the rest is asked. */
static gboolean
ask_the_rest (CpaPersonForm *self, const GError *error)
{
  const CpErrorDetails *details =
      g_error_matches (error, CP_ERROR, CP_ERROR_INVALID_FIELD) ? cp_error_details ((GError *) error) : NULL;
  g_autofree char *email = text_of (self, FIELD_EMAIL);

  if (self->contact == NULL || self->looked_up != NULL || details == NULL ||
      g_strcmp0 (details->field, key_of (self, FIELD_USERNAME)) != 0 || g_strcmp0 (details->reason, "required") != 0)
    return FALSE;
  if (g_strcmp0 (email, self->asked) == 0)
    {
      self->looked_up = g_steal_pointer (&email);
      show_step_2_of_contact (self);
    }
  return TRUE;
}

static void
added_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaPersonForm) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpMember) member = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);

  if (self->window == NULL)
    return;
  cpa_form_window_set_busy (self->window, NULL);
  if (error != NULL)
    {
      if (!ask_the_rest (self, error))
        show_error (self, error);
      return;
    }
  /* With the window this form goes, and whoever listens to it. */
  g_signal_emit (self, signals[SIGNAL_ADDED], 0, member);
  cpa_form_window_done (self->window);
}

static void
add (CpaPersonForm *self)
{
  g_autoptr (CpMemberRequest) request = cp_member_request_new ();

  request->email = text_of (self, FIELD_EMAIL);
  g_free (self->asked);
  self->asked = g_strdup (request->email);
  request->relation = text_of (self, FIELD_RELATION);
  request->name = text_of (self, FIELD_NAME);
  request->username = text_of (self, FIELD_USERNAME);
  request->mobile = text_of (self, FIELD_MOBILE);
  request->contact = self->contact != NULL ? g_strdup (cpa_member_get (self->contact)->id) : NULL;
  request->parts = self->part;
  request->ground = g_strdup (self->ground);
  cpa_form_window_set_error (self->window, NULL);
  cpa_form_window_set_busy (self->window, self->looked_up != NULL ? _ ("Saving…") : _ ("One moment, please."));
  cpa_member_model_add_async (self->model, request, added_cb, g_object_ref (self));
}

static void
submit_cb (CpaPersonForm *self)
{
  if (cpa_form_window_is_busy (self->window))
    return;
  if (!check_all (self))
    {
      if (self->looked_up != NULL)
        cpa_form_window_set_text (self->window, _ ("Some fields are not right yet. What you filled in is kept."));
      return;
    }
  if (self->contact == NULL && self->looked_up == NULL)
    look_up (self);
  else
    add (self);
}

/* Nobody types in what is not in sight: what comes there was kept. */
static void
changed_cb (CpaPersonForm *self, GtkWidget *field)
{
  self->later = self->later || !gtk_widget_get_visible (field);
  cpa_form_window_touch (self->window);
}

/* Another address is another person: what was found out does not hold for it. */
static void
email_changed_cb (CpaPersonForm *self)
{
  g_autofree char *email = text_of (self, FIELD_EMAIL);

  if (self->looked_up != NULL && g_strcmp0 (email, self->looked_up) != 0)
    show_step_1 (self);
}

static void
cpa_person_form_dispose (GObject *object)
{
  CpaPersonForm *self = CPA_PERSON_FORM (object);

  g_clear_handle_id (&self->sight_id, g_source_remove);
  g_clear_weak_pointer (&self->window);
  g_cancellable_cancel (self->cancellable);
  g_clear_pointer (&self->box, gtk_widget_unparent);
  g_clear_object (&self->context);
  g_clear_object (&self->model);
  g_clear_object (&self->contact);
  G_OBJECT_CLASS (cpa_person_form_parent_class)->dispose (object);
}

static void
cpa_person_form_finalize (GObject *object)
{
  CpaPersonForm *self = CPA_PERSON_FORM (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->ground, g_free);
  g_clear_pointer (&self->asked, g_free);
  g_clear_pointer (&self->looked_up, g_free);
  G_OBJECT_CLASS (cpa_person_form_parent_class)->finalize (object);
}

static void
cpa_person_form_class_init (CpaPersonFormClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = cpa_person_form_dispose;
  G_OBJECT_CLASS (klass)->finalize = cpa_person_form_finalize;
  gtk_widget_class_set_layout_manager_type (GTK_WIDGET_CLASS (klass), GTK_TYPE_BIN_LAYOUT);
  signals[SIGNAL_ADDED] = g_signal_new ("added", CPA_TYPE_PERSON_FORM, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                        G_TYPE_NONE, 1, G_TYPE_POINTER);
}

static void
cpa_person_form_init (CpaPersonForm *self)
{
  self->cancellable = g_cancellable_new ();
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 16);
  gtk_widget_set_parent (self->box, GTK_WIDGET (self));
}

/* A window over a narrow one is as narrow. */
static gboolean
has_room (CpaPersonForm *self)
{
  GtkWindow *below = gtk_window_get_transient_for (GTK_WINDOW (self->window));

  return below == NULL ||
         gtk_widget_get_width (GTK_WIDGET (below)) >= COLUMNS_FROM * cpa_text_scale (GTK_WIDGET (self->window));
}

static GtkWidget *
relation_new (CpaPersonForm *self)
{
  g_autofree char *label =
      cpa_fill (_ ("Relation to {client}"), "client", cpa_context_get_patient (self->context)->name, NULL);
  GtkWidget *relation = cpa_choices_new (label, has_room (self) ? RELATION_COLUMNS : 1);

  for (int i = 0; cp_relation_names[i] != NULL; i++)
    if (g_strcmp0 (cp_relation_names[i], CP_RELATION_CLIENT) != 0)
      cpa_choices_add (CPA_CHOICES (relation), cp_relation_names[i], cpa_relation_name (cp_relation_names[i]), NULL);
  return relation;
}

static void
build (CpaPersonForm *self)
{
  self->fields[FIELD_EMAIL] = cpa_field_new ("email", _ ("E-mail Address"), NULL);
  self->fields[FIELD_NAME] = cpa_field_new ("name", _ ("Name"), NULL);
  self->fields[FIELD_RELATION] = relation_new (self);
  self->fields[FIELD_USERNAME] = cpa_field_new ("username", _ ("Username"), _ ("With this name the person logs in."));
  self->fields[FIELD_MOBILE] = cpa_field_new (
      "mobile", _ ("Mobile Number"), _ ("This must be a mobile number. The text message with the code goes to it."));
  cpa_field_set_purpose (CPA_FIELD (self->fields[FIELD_EMAIL]), GTK_INPUT_PURPOSE_EMAIL);
  cpa_field_set_purpose (CPA_FIELD (self->fields[FIELD_MOBILE]), GTK_INPUT_PURPOSE_PHONE);
  for (int i = 0; i < N_FIELDS; i++)
    {
      gtk_box_append (GTK_BOX (self->box), self->fields[i]);
      if (i != FIELD_RELATION)
        g_signal_connect_object (self->fields[i], "activate", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
    }
  g_signal_connect_object (self->fields[FIELD_EMAIL], "changed", G_CALLBACK (email_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

static CpaPersonForm *
form_new (GtkWidget *parent, CpaContext *context, CpaMemberModel *model, const char *title, const char *main_label)
{
  CpaPersonForm *self = g_object_new (CPA_TYPE_PERSON_FORM, NULL);

  self->context = g_object_ref (context);
  self->model = g_object_ref (model);
  g_set_weak_pointer (&self->window, CPA_FORM_WINDOW (cpa_form_window_new (parent, title, main_label)));
  build (self);
  cpa_form_window_append (self->window, GTK_WIDGET (self));
  g_signal_connect_object (self->window, "submit", G_CALLBACK (submit_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/* What was typed in the second step is kept too, and does not show in the first. */
static void
say_what_is_kept (CpaPersonForm *self, const char *kept)
{
  g_autofree char *text = g_strjoin (" ", kept, _ ("What belongs to step 2, you see there."), NULL);

  if (!self->later)
    return;
  self->kept = kept;
  cpa_form_window_say (self->window, text);
  cpa_form_window_fit (self->window);
}

/* What is there by now was not typed. */
static void
present (CpaPersonForm *self)
{
  GtkWindow *window = GTK_WINDOW (self->window);
  GtkWidget *scroller;

  cpa_drafts_declare (window, "person", cpa_context_get_patient (self->context)->id,
                      self->contact != NULL ? cpa_member_get (self->contact)->id : NULL, NULL);
  for (int i = 0; i < N_FIELDS; i++)
    {
      g_signal_connect_object (self->fields[i], "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
      cpa_drafts_add (window, key_of (self, i), self->fields[i]);
    }
  say_what_is_kept (self, cpa_form_window_present (self->window));
  scroller = gtk_widget_get_ancestor (GTK_WIDGET (self), GTK_TYPE_SCROLLED_WINDOW);
  g_signal_connect_object (gtk_scrolled_window_get_vadjustment (GTK_SCROLLED_WINDOW (scroller)), "changed",
                           G_CALLBACK (keep_in_sight), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (self->fields[FIELD_EMAIL]);
}

CpaPersonForm *
cpa_person_form_add (GtkWidget *parent, CpaContext *context, CpaMemberModel *model)
{
  CpaPersonForm *self = form_new (parent, context, model, _ ("Add User"), _ ("Add"));

  show_step_1 (self);
  present (self);
  return self;
}

/* What the EHR has stands there already. */
static void
fill_in (CpaPersonForm *self, const CpMember *record)
{
  cpa_field_set_text (CPA_FIELD (self->fields[FIELD_EMAIL]), record->email);
  cpa_field_set_text (CPA_FIELD (self->fields[FIELD_USERNAME]), record->username);
  cpa_field_set_text (CPA_FIELD (self->fields[FIELD_MOBILE]), record->mobile);
}

CpaPersonForm *
cpa_person_form_complete (GtkWidget *parent, CpaContext *context, CpaMemberModel *model, CpaMember *contact,
                          CpPart part, const char *ground)
{
  CpaPersonForm *self = form_new (parent, context, model, _ ("Fill In What Is Missing"), _ ("Next"));

  self->contact = g_object_ref (contact);
  self->part = part;
  self->ground = g_strdup (ground);
  fill_in (self, cpa_member_get (contact));
  show_step_1 (self);
  present (self);
  return self;
}

CpaFormWindow *
cpa_person_form_get_window (CpaPersonForm *self)
{
  return self->window;
}
