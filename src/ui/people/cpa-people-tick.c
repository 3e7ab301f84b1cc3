/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-people-tick.h"

#include <glib/gi18n.h>

#include "cpa-dialog.h"
#include "cpa-fill.h"
#include "cpa-ground-form.h"
#include "cpa-member-text.h"
#include "cpa-part-text.h"
#include "cpa-person-form.h"

/* One tick on its way; counted, because questions and answers hold it. */
typedef struct
{
  CpaPeopleFlow *flow;   /* (owned) */
  CpaContext *context;   /* (owned) */
  CpaMemberModel *model; /* (owned) */
  GtkWidget *page;       /* (weak) */
  CpaMember *member;     /* (owned) */
  CpPart part;
  gboolean held;
  char *seen;          /* (owned) (nullable): the version of the row when the box was clicked */
  char *ground;        /* (owned) (nullable) */
  char *before;        /* (owned) (nullable): the ground until now */
  gboolean asked;      /* whether it is sure */
  gboolean invites;    /* an invitation comes with it */
  CpaUndoing *undoing; /* (owned) (nullable): it takes back another tick */
} Tick;

static void
tick_clear (Tick *tick)
{
  g_object_unref (tick->flow);
  g_object_unref (tick->context);
  g_object_unref (tick->model);
  g_clear_weak_pointer (&tick->page);
  g_object_unref (tick->member);
  g_free (tick->seen);
  g_free (tick->ground);
  g_free (tick->before);
  g_clear_pointer (&tick->undoing, cpa_undoing_unref);
}

static void
tick_unref (Tick *tick)
{
  g_rc_box_release_full (tick, (GDestroyNotify) tick_clear);
}
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tick, tick_unref)

static void go_on (Tick *tick);

static const CpMember *
record_of (Tick *tick)
{
  return cpa_member_get (tick->member);
}

static void
ground_cb (const char *ground, gpointer user_data)
{
  Tick *tick = user_data;

  tick->ground = g_strdup (ground);
  go_on (tick);
}

static void
ask_ground (Tick *tick)
{
  cpa_ground_form_ask (tick->page, record_of (tick)->name, NULL, _ ("Next"), ground_cb, g_rc_box_acquire (tick),
                       (GDestroyNotify) tick_unref);
}

/* Afterwards */

static char *
done_text (Tick *tick, const CpMember *now)
{
  gboolean accepted = now->state == CP_MEMBER_ACTIVE;
  const char *template;

  if (tick->part == CP_PART_SETTINGS && !tick->held && accepted)
    template = _ ("{name} is no longer portal administrator.");
  else if (tick->held)
    template = accepted ? _ ("{name} now has access to {part}.") : _ ("{name} gets access to {part} after accepting.");
  else
    template = accepted ? _ ("{name} no longer has access to {part}.") : _ ("{name} does not get access to {part}.");
  return cpa_fill (template, "name", now->name, "part", cpa_part_name (tick->part), NULL);
}

static void
tick_again (const Tick *tick)
{
  g_autoptr (Tick) back = g_rc_box_new0 (Tick);

  back->flow = g_object_ref (tick->flow);
  back->context = g_object_ref (tick->context);
  back->model = g_object_ref (tick->model);
  g_set_weak_pointer (&back->page, tick->page);
  back->member = g_object_ref (tick->member);
  back->seen = g_strdup (tick->seen);
  back->part = tick->part;
  back->held = TRUE;
  back->ground = g_strdup (tick->before);
  back->asked = TRUE;
  back->undoing = cpa_people_flow_undo_begin (tick->flow);
  go_on (back);
}

static void
undo_tick (gpointer data)
{
  const Tick *tick = data;

  if (tick->held)
    cpa_undoing_take_box (cpa_people_flow_undo_begin (tick->flow), tick->model, tick->member, tick->part,
                          tick->invites);
  else
    tick_again (tick);
}

static void
say_done (Tick *tick, const CpMember *now)
{
  g_autofree char *text = done_text (tick, now);

  /* Nobody gives a right to oneself, so it cannot be taken back either. */
  if (now->self)
    cpa_people_flow_say (tick->flow, text, NULL, NULL, NULL);
  else
    cpa_people_flow_say (tick->flow, text, undo_tick, g_rc_box_acquire (tick), (GDestroyNotify) tick_unref);
}

static gboolean
is_about_ground (const GError *error)
{
  return error->domain == CP_ERROR && g_strcmp0 (cp_error_details ((GError *) error)->field, "ground") == 0;
}

static void
ticked_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (Tick) tick = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpMember) now = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);
  const char *not_changed = _ ("Not changed. The tick is back as it was. Try again.");

  if (error != NULL && is_about_ground (error) && tick->ground == NULL && tick->page != NULL)
    {
      ask_ground (tick);
      return;
    }
  if (error == NULL)
    {
      g_free (tick->seen);
      tick->seen = g_strdup (now->version);
    }
  if (tick->undoing != NULL)
    cpa_undoing_end (g_steal_pointer (&tick->undoing), error, not_changed);
  else if (error == NULL)
    say_done (tick, now);
  else
    cpa_people_flow_fail (tick->flow, error, not_changed);
}

/* Before */

static void
confirmed_cb (AdwMessageDialog *dialog, const char *response, Tick *tick)
{
  tick->asked = g_strcmp0 (response, "yes") == 0;
  if (tick->asked)
    go_on (tick);
}

static void
ask_sure (Tick *tick, const char *heading, const char *body, const char *yes)
{
  g_autofree char *title = cpa_fill (heading, "part", cpa_part_name (tick->part), "name", record_of (tick)->name, NULL);
  GtkWidget *dialog = cpa_people_flow_confirm_new (tick->flow, tick->member, title, body, yes);

  g_signal_connect_data (dialog, "response", G_CALLBACK (confirmed_cb), g_rc_box_acquire (tick),
                         (GClosureNotify) (void (*) (void)) tick_unref, 0);
  cpa_dialog_present (dialog);
}

/* What cannot be taken back by oneself is asked first; TRUE when it was. */
static gboolean
ask_if_needed (Tick *tick)
{
  if (tick->asked)
    return FALSE;
  if (tick->held && tick->part == CP_PART_SETTINGS)
    ask_sure (tick, _ ("Make {name} Portal Administrator?"), _ ("{name} can then give and take rights, also yours."),
              _ ("Make Portal Administrator"));
  else if (!tick->held && record_of (tick)->self && tick->part == CP_PART_SETTINGS)
    ask_sure (tick, _ ("Stop Being Portal Administrator?"),
              _ ("You cannot undo this yourself. Another portal administrator can give you the right back."),
              _ ("Stop"));
  else if (!tick->held && record_of (tick)->self)
    ask_sure (tick, _ ("Give Up Your Own Access to {part}?"),
              _ ("You cannot undo this yourself. Another portal administrator can give you the right back."),
              _ ("Give Up"));
  else
    return FALSE;
  return TRUE;
}

static void
completed_cb (CpaPersonForm *form, const CpMember *member, Tick *tick)
{
  cpa_people_flow_added (tick->flow, member);
}

static void
not_completed_cb (CpaFormWindow *window, Tick *tick)
{
  g_autofree char *text =
      cpa_fill (_ ("Without an e-mail address and a mobile number {name} cannot get access. Nothing has been changed."),
                "name", record_of (tick)->name, NULL);

  cpa_people_flow_trouble (tick->flow, text);
}

/* Whom only the care team knows becomes a user with the first tick. */
static void
complete (Tick *tick)
{
  CpaPersonForm *form =
      cpa_person_form_complete (tick->page, tick->context, tick->model, tick->member, tick->part, tick->ground);
  GClosureNotify unref = (GClosureNotify) (void (*) (void)) tick_unref;

  g_signal_connect_data (form, "added", G_CALLBACK (completed_cb), g_rc_box_acquire (tick), unref, 0);
  g_signal_connect_data (cpa_person_form_get_window (form), "cancelled", G_CALLBACK (not_completed_cb),
                         g_rc_box_acquire (tick), unref, 0);
}

/* One step further; whatever answers a question comes back here. */
static void
go_on (Tick *tick)
{
  if (tick->page == NULL || ask_if_needed (tick))
    return;
  if (tick->held && tick->ground == NULL && cpa_member_needs_ground (tick->member, tick->part))
    ask_ground (tick);
  else if (record_of (tick)->state == CP_MEMBER_KNOWN)
    complete (tick);
  else
    cpa_member_model_tick_async (tick->model, tick->member, tick->seen, tick->part, tick->held, tick->ground, ticked_cb,
                                 g_rc_box_acquire (tick));
}

/* Nobody has invited that person yet, or what came of that is over. */
static gboolean
is_uninvited (const CpMember *member)
{
  return (member->state == CP_MEMBER_NOT_INVITED && member->goes_out_seconds == 0) || cpa_member_is_over (member);
}

void
cpa_people_tick_start (CpaPeopleFlow *flow, CpaContext *context, CpaMemberModel *model, GtkWidget *page,
                       CpaMember *member, CpPart part, gboolean held)
{
  g_autoptr (Tick) tick = g_rc_box_new0 (Tick);

  tick->flow = g_object_ref (flow);
  tick->context = g_object_ref (context);
  tick->model = g_object_ref (model);
  g_set_weak_pointer (&tick->page, page);
  tick->member = g_object_ref (member);
  tick->part = part;
  tick->held = held;
  tick->invites = held && is_uninvited (record_of (tick));
  tick->seen = g_strdup (cpa_member_get (member)->version);
  tick->before = g_strdup (cpa_member_get (member)->ground);
  go_on (tick);
}
