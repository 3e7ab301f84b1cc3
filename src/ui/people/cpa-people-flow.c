/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-people-flow.h"

#include <adwaita.h>
#include <glib/gi18n.h>

#include "cpa-correction-form.h"
#include "cpa-dialog.h"
#include "cpa-done-list.h"
#include "cpa-fill.h"
#include "cpa-ground-form.h"
#include "cpa-member-text.h"
#include "cpa-people-tick.h"
#include "cpa-person-form.h"
#include "cpa-time-text.h"
#include "cpa-toast.h"
#include "cpa-until-form.h"

struct _CpaPeopleFlow
{
  GObject parent_instance;

  GtkWidget *page;       /* (borrowed) (nullable): NULL when it stopped */
  CpaContext *context;   /* (owned) */
  CpaMemberModel *model; /* (owned) */
  AdwToast *toast;       /* (owned) (nullable): the last one */
  CpaDoneList *done;     /* (owned): what the notice takes back */
  CpaUndoing *undoing;   /* (owned) (nullable): while that begins */
  gboolean unsaid;       /* it waits until the page is in sight again */
};

enum
{
  SIGNAL_TROUBLE,
  SIGNAL_FINE,
  SIGNAL_ADDED,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (CpaPeopleFlow, cpa_people_flow, G_TYPE_OBJECT)

/* Saying */

/* What was done can be undone for as long as that is told. */
static void
dismissed_cb (CpaPeopleFlow *self, AdwToast *toast)
{
  if (toast == self->toast)
    cpa_done_list_clear (self->done);
}

CpaUndoing *
cpa_people_flow_undo_begin (CpaPeopleFlow *self)
{
  return cpa_undoing_begin (self->undoing);
}

static void
undo_cb (CpaPeopleFlow *self)
{
  g_autoptr (CpaPeopleFlow) keep = g_object_ref (self);

  keep->undoing = cpa_undoing_new (keep);
  cpa_done_list_undo (keep->done);
  g_clear_pointer (&keep->undoing, cpa_undoing_unref);
}

static AdwToast *
done_toast_new (CpaPeopleFlow *self)
{
  g_autofree char *text = cpa_done_list_get_text (self->done);
  AdwToast *toast =
      cpa_toast_new_question (text, cpa_done_list_get_length (self->done) > 1 ? _ ("Undo All") : _ ("Undo"));

  g_signal_connect_object (toast, "button-clicked", G_CALLBACK (undo_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (toast, "dismissed", G_CALLBACK (dismissed_cb), self, G_CONNECT_SWAPPED);
  return toast;
}

/* While one looks as somebody else the page is not there to say it. */
static void
show_toast (CpaPeopleFlow *self)
{
  if (self->unsaid)
    cpa_toast_show (self->page, g_object_ref (self->toast));
  self->unsaid = FALSE;
}

/* It goes; what it told of does not yet. */
static void
drop_toast (CpaPeopleFlow *self)
{
  g_autoptr (AdwToast) toast = g_steal_pointer (&self->toast);

  if (toast != NULL)
    cpa_toast_dismiss (toast);
}

void
cpa_people_flow_say (CpaPeopleFlow *self, const char *text, void (*undo) (gpointer data), gpointer data,
                     GDestroyNotify destroy)
{
  if (self->page == NULL)
    {
      if (destroy != NULL)
        destroy (data);
      return;
    }
  drop_toast (self);
  if (undo != NULL)
    cpa_done_list_add (self->done, text, undo, data, destroy);
  else
    cpa_done_list_clear (self->done);
  self->toast = undo != NULL ? done_toast_new (self) : cpa_toast_new (text);
  self->unsaid = TRUE;
  if (gtk_widget_get_mapped (self->page))
    show_toast (self);
  g_signal_emit (self, signals[SIGNAL_FINE], 0);
}

static void
say (CpaPeopleFlow *self, const char *text)
{
  cpa_people_flow_say (self, text, NULL, NULL, NULL);
}

void
cpa_people_flow_trouble (CpaPeopleFlow *self, const char *text)
{
  if (self->page != NULL)
    g_signal_emit (self, signals[SIGNAL_TROUBLE], 0, text);
}

static gboolean
was_first (const GError *error)
{
  return g_error_matches (error, CP_ERROR, CP_ERROR_CONFLICT) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_CHANGED_MEANWHILE);
}

void
cpa_people_flow_fail (CpaPeopleFlow *self, const GError *error, const char *not_changed)
{
  g_autofree char *sentence = NULL;

  if (self->page == NULL)
    return;
  if (was_first (error) || g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND))
    {
      /* By another portal administrator, by that person, or because the last day is over. */
      cpa_people_flow_trouble (self, _ ("This was changed at the same time. You now see how it is."));
      return;
    }
  sentence = cpa_member_failure (error, not_changed, cpa_context_get_organisation (self->context));
  cpa_people_flow_trouble (self, sentence);
}

/* What can be undone since then is still told, and can be. */
void
cpa_people_flow_undone (CpaPeopleFlow *self, const char *text)
{
  if (cpa_done_list_get_length (self->done) == 0)
    say (self, text);
  else if (self->page != NULL)
    cpa_toast_say (self->page, text);
}

void
cpa_people_flow_not_undone (CpaPeopleFlow *self, const GError *error, const char *not_changed)
{
  if (was_first (error))
    cpa_people_flow_trouble (self, _ ("Could not be undone: somebody else has changed it since."));
  else
    cpa_people_flow_fail (self, error, not_changed);
}

/* Questions */

typedef struct
{
  CpaPeopleFlow *flow; /* (owned) */
  CpaMember *member;   /* (owned) */
  char *seen;          /* (owned) (nullable): its version when this was begun */
  char *until;         /* (owned) (nullable): and its last day */
  CpRouteId route;
} Act;

static void say_until (CpaPeopleFlow *self, CpaMember *member, const char *before, const char *text);

static Act *
act_new (CpaPeopleFlow *flow, CpaMember *member, CpRouteId route)
{
  Act *act = g_new0 (Act, 1);

  act->flow = g_object_ref (flow);
  act->member = g_object_ref (member);
  act->seen = g_strdup (cpa_member_get (member)->version);
  act->until = g_strdup (cpa_member_get (member)->until);
  act->route = route;
  return act;
}

static void
act_free (Act *act)
{
  g_object_unref (act->flow);
  g_object_unref (act->member);
  g_free (act->seen);
  g_free (act->until);
  g_free (act);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Act, act_free)

static void
say_done (Act *act, const CpMember *now)
{
  g_autofree char *date = now->until != NULL ? cpa_time_date (now->until) : NULL;
  const char *template = act->route == CP_ROUTE_MEMBER_INVITATION ? _ ("Invitation sent to {email}")
                         : act->route == CP_ROUTE_MEMBER_WITHDRAW ? _ ("Invitation withdrawn")
                         : act->route == CP_ROUTE_MEMBER_RENEW    ? _ ("Access of {name} renewed until {date}.")
                                                                  : _ ("Access of {name} ended");
  g_autofree char *text =
      cpa_fill (template, "email", now->email != NULL ? now->email : now->name, "date", date, "name", now->name, NULL);

  if (act->route == CP_ROUTE_MEMBER_RENEW)
    say_until (act->flow, act->member, act->until, text);
  else
    say (act->flow, text);
}

static void
acted_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Act) act = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpMember) now = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);

  if (error != NULL)
    cpa_people_flow_fail (act->flow, error, _ ("Nothing has been changed. Try again."));
  else if (act->flow->page != NULL)
    say_done (act, now);
}

/* Takes about. */
static void
act (Act *about)
{
  cpa_member_model_act_async (about->flow->model, about->member, about->seen, about->route, acted_cb, about);
}

static void
confirmed_cb (AdwMessageDialog *dialog, const char *response, Act *about)
{
  if (g_strcmp0 (response, "yes") == 0 && about->flow->page != NULL)
    act (act_new (about->flow, about->member, about->route));
}

/* heading and body may hold {name} and {client}. */
GtkWidget *
cpa_people_flow_confirm_new (CpaPeopleFlow *self, CpaMember *member, const char *heading, const char *body,
                             const char *yes)
{
  const char *name = cpa_member_get (member)->name;
  const char *client = cpa_context_get_patient (self->context)->name;
  g_autofree char *title = cpa_fill (heading, "name", name, "client", client, NULL);
  g_autofree char *text = cpa_fill (body, "name", name, "client", client, NULL);

  return cpa_dialog_question_new (GTK_WINDOW (gtk_widget_get_root (self->page)), title, text, "yes", yes);
}

static void
confirm (CpaPeopleFlow *self, CpaMember *member, CpRouteId route, const char *heading, const char *body,
         const char *yes)
{
  GtkWidget *dialog = cpa_people_flow_confirm_new (self, member, heading, body, yes);

  g_signal_connect_data (dialog, "response", G_CALLBACK (confirmed_cb), act_new (self, member, route),
                         (GClosureNotify) (void (*) (void)) act_free, 0);
  cpa_dialog_present (dialog);
}

/* The end of access */

typedef struct
{
  CpaPeopleFlow *flow; /* (owned) */
  CpaMember *member;   /* (owned) */
  char *before;        /* (owned) (nullable) */
  char *seen;          /* (owned) (nullable): the version that the change gave */
} Undo;

static void
undo_free (Undo *undo)
{
  g_object_unref (undo->flow);
  g_object_unref (undo->member);
  g_free (undo->before);
  g_free (undo->seen);
  g_free (undo);
}

static void
undone_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (CpMember) now = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);

  cpa_undoing_end (user_data, error, _ ("Nothing has been changed. Try again."));
}

static void
undo_until (gpointer data)
{
  const Undo *undo = data;

  cpa_member_model_until_async (undo->flow->model, undo->member, undo->seen, undo->before, undone_cb,
                                cpa_people_flow_undo_begin (undo->flow));
}

/* Of an end of access that was another one before. */
static void
say_until (CpaPeopleFlow *self, CpaMember *member, const char *before, const char *text)
{
  Undo *undo = g_new0 (Undo, 1);

  undo->flow = g_object_ref (self);
  undo->member = g_object_ref (member);
  undo->before = g_strdup (before);
  undo->seen = g_strdup (cpa_member_get (member)->version);
  cpa_people_flow_say (self, text, undo_until, undo, (GDestroyNotify) undo_free);
}

static void
until_changed_cb (CpaUntilForm *form, const char *before, const char *now, CpaPeopleFlow *self)
{
  g_autofree char *date = now != NULL ? cpa_time_date (now) : NULL;
  CpaMember *member = g_object_get_data (G_OBJECT (form), "member");
  g_autofree char *text =
      cpa_fill (now != NULL ? _ ("End date of {name} changed to {date}.") : _ ("End date of {name} removed."), "name",
                cpa_member_get (member)->name, "date", date, NULL);

  say_until (self, member, before, text);
}

static void
ask_until (CpaPeopleFlow *self, CpaMember *member)
{
  CpaUntilForm *form = cpa_until_form_present (self->page, self->context, self->model, member);

  g_object_set_data_full (G_OBJECT (form), "member", g_object_ref (member), g_object_unref);
  g_signal_connect_object (form, "changed-until", G_CALLBACK (until_changed_cb), self, 0);
}

static void
corrected_cb (CpaCorrectionForm *form, const char *text, CpaPeopleFlow *self)
{
  say (self, text);
}

static void
ask_correction (CpaPeopleFlow *self, CpaMember *member, const char *what)
{
  CpaCorrectionForm *form = cpa_correction_form_present (self->page, self->context, self->model, member, what);

  g_signal_connect_object (form, "corrected", G_CALLBACK (corrected_cb), self, 0);
}

static void
ground_changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaPeopleFlow) self = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (CpMember) now = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);

  if (error != NULL)
    cpa_people_flow_fail (self, error, _ ("Nothing has been changed. Try again."));
  else
    say (self, _ ("Saved"));
}

static void
ground_chosen (const char *ground, gpointer user_data)
{
  Act *about = user_data;

  if (about->flow->page == NULL)
    return;
  if (g_strcmp0 (ground, cpa_member_get (about->member)->ground) == 0)
    say (about->flow, _ ("Saved"));
  else
    cpa_member_model_ground_async (about->flow->model, about->member, about->seen, ground, ground_changed_cb,
                                   g_object_ref (about->flow));
}

static void
ask_ground (CpaPeopleFlow *self, CpaMember *member)
{
  const CpMember *record = cpa_member_get (member);

  cpa_ground_form_ask (self->page, record->name, record->ground, _ ("Save"), ground_chosen,
                       act_new (self, member, CP_ROUTE_MEMBER_GROUND), (GDestroyNotify) act_free);
}

/* What the page asks for */

void
cpa_people_flow_tick (CpaPeopleFlow *self, CpaMember *member, CpPart part, gboolean held)
{
  cpa_people_tick_start (self, self->context, self->model, self->page, member, part, held);
}

void
cpa_people_flow_refuse (CpaPeopleFlow *self, CpaMember *member, CpPart part)
{
  int reason = cpa_member_get_refusal (member, part);
  g_autofree char *text =
      reason >= 0 ? cpa_member_refusal (cpa_member_get (member), reason, cpa_context_get_organisation (self->context))
                  : NULL;

  if (text != NULL)
    cpa_people_flow_trouble (self, text);
}

static gboolean
sends_passwords (CpaPeopleFlow *self)
{
  const CpMemberOptions *options = cpa_member_model_get_options (self->model);

  return options != NULL && options->invitation_with == CP_INVITE_WITH_CREDENTIALS;
}

void
cpa_people_flow_act (CpaPeopleFlow *self, CpaMember *member, const char *what)
{
  if (g_str_equal (what, "until"))
    ask_until (self, member);
  else if (g_str_equal (what, "mobile") || g_str_equal (what, "email"))
    ask_correction (self, member, what);
  else if (g_str_equal (what, "ground"))
    ask_ground (self, member);
  else if (g_str_equal (what, "withdraw"))
    confirm (self, member, CP_ROUTE_MEMBER_WITHDRAW, _ ("Withdraw the Invitation of {name}?"),
             sends_passwords (self)
                 ? _ ("The link and the password in the e-mail no longer work. You can invite {name} again.")
                 : _ ("The link in the e-mail no longer works. You can invite {name} again."),
             _ ("Withdraw"));
  else if (g_str_equal (what, "end"))
    confirm (self, member, CP_ROUTE_MEMBER_END, _ ("End the Access of {name}?"),
             _ ("{name} sees nothing of {client} any more, from this moment on. You can invite {name} "
                "again."),
             _ ("End Access"));
  else
    act (act_new (self, member, g_str_equal (what, "renew") ? CP_ROUTE_MEMBER_RENEW : CP_ROUTE_MEMBER_INVITATION));
}

void
cpa_people_flow_undo_waiting (CpaPeopleFlow *self, CpaMember *member)
{
  guint ticked = cpa_member_get_ticked (member);

  self->undoing = cpa_undoing_new (self);
  for (int i = 0; i < CP_N_PARTS; i++)
    if ((ticked & (1u << i)) != 0)
      cpa_undoing_take_box (cpa_people_flow_undo_begin (self), self->model, member, 1 << i, TRUE);
  g_clear_pointer (&self->undoing, cpa_undoing_unref);
}

void
cpa_people_flow_added (CpaPeopleFlow *self, const CpMember *member)
{
  const CpMemberOptions *options = cpa_member_model_get_options (self->model);
  gboolean at_once = (options != NULL && options->invitation_at == CP_INVITE_AT_ADDING) ||
                     member->goes_out_seconds != 0 || member->state == CP_MEMBER_INVITED;
  g_autofree char *text =
      cpa_fill (at_once ? _ ("{name} has been added and gets an invitation by e-mail.")
                        : _ ("{name} has been added. {name} gets the invitation by e-mail when you tick the first "
                             "part."),
                "name", member->name, NULL);

  say (self, text);
  if (self->page != NULL)
    g_signal_emit (self, signals[SIGNAL_ADDED], 0, member->id);
}

static void
added_cb (CpaPeopleFlow *self, const CpMember *member)
{
  cpa_people_flow_added (self, member);
}

void
cpa_people_flow_add (CpaPeopleFlow *self)
{
  CpaPersonForm *form = cpa_person_form_add (self->page, self->context, self->model);

  g_signal_connect_object (form, "added", G_CALLBACK (added_cb), self, G_CONNECT_SWAPPED);
}

void
cpa_people_flow_stop (CpaPeopleFlow *self)
{
  self->page = NULL;
  self->unsaid = FALSE;
  drop_toast (self);
  cpa_done_list_clear (self->done);
}

static void
cpa_people_flow_finalize (GObject *object)
{
  CpaPeopleFlow *self = CPA_PEOPLE_FLOW (object);

  g_clear_object (&self->toast);
  cpa_done_list_free (self->done);
  g_clear_object (&self->context);
  g_clear_object (&self->model);
  G_OBJECT_CLASS (cpa_people_flow_parent_class)->finalize (object);
}

static guint
add_signal (const char *name, guint n_params, GType type)
{
  return g_signal_new (name, CPA_TYPE_PEOPLE_FLOW, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, n_params, type);
}

static void
cpa_people_flow_class_init (CpaPeopleFlowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_people_flow_finalize;
  signals[SIGNAL_TROUBLE] = add_signal ("trouble", 1, G_TYPE_STRING);
  signals[SIGNAL_FINE] = add_signal ("fine", 0, G_TYPE_NONE);
  signals[SIGNAL_ADDED] = add_signal ("added", 1, G_TYPE_STRING);
}

static void
cpa_people_flow_init (CpaPeopleFlow *self)
{
  self->done = cpa_done_list_new ();
}

CpaPeopleFlow *
cpa_people_flow_new (GtkWidget *page, CpaContext *context, CpaMemberModel *model)
{
  CpaPeopleFlow *self = g_object_new (CPA_TYPE_PEOPLE_FLOW, NULL);

  self->page = page;
  self->context = g_object_ref (context);
  self->model = g_object_ref (model);
  g_signal_connect_object (page, "map", G_CALLBACK (show_toast), self, G_CONNECT_SWAPPED);
  return self;
}
