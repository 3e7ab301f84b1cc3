/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-undoing.h"

#include <glib/gi18n.h>

#include "cpa-people-tick.h"

struct _CpaUndoing
{
  CpaPeopleFlow *flow; /* (owned) */
  guint begun;
  guint undone;
  gboolean withdrawn; /* an invitation that had gone out */
};

/* A box that is taken back. */
typedef struct
{
  CpaUndoing *undoing; /* (owned) */
  CpaMember *member;   /* (owned) */
  gboolean invited;
} Box;

CpaUndoing *
cpa_undoing_new (CpaPeopleFlow *flow)
{
  CpaUndoing *self = g_rc_box_new0 (CpaUndoing);

  self->flow = g_object_ref (flow);
  return self;
}

static void
undoing_clear (CpaUndoing *self)
{
  if (self->begun > 0 && self->undone == self->begun)
    cpa_people_flow_undone (self->flow, self->withdrawn
                                            ? _ ("Undone. The invitation had already been sent and is now withdrawn.")
                                            : _ ("Undone"));
  g_object_unref (self->flow);
}

void
cpa_undoing_unref (CpaUndoing *self)
{
  g_rc_box_release_full (self, (GDestroyNotify) undoing_clear);
}

CpaUndoing *
cpa_undoing_begin (CpaUndoing *self)
{
  self->begun++;
  return g_rc_box_acquire (self);
}

void
cpa_undoing_end (CpaUndoing *self, const GError *error, const char *not_changed)
{
  if (error == NULL)
    self->undone++;
  else
    cpa_people_flow_not_undone (self->flow, error, not_changed);
  cpa_undoing_unref (self);
}

static void
withdrawn_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  CpaUndoing *self = user_data;
  g_autoptr (GError) error = NULL;
  G_GNUC_UNUSED g_autoptr (CpMember) now = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);

  self->withdrawn = self->withdrawn || error == NULL;
  cpa_undoing_end (self, error, _ ("The invitation can still be accepted. Withdraw it yourself."));
}

/* It went out before this was undone: its minute was over, or another portal administrator did not wait for that. */
static gboolean
can_be_accepted (const CpMember *member)
{
  return member->state == CP_MEMBER_INVITED || member->state == CP_MEMBER_UNDELIVERED;
}

static void
box_taken_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autofree Box *box = user_data;
  g_autoptr (CpaMember) member = box->member;
  g_autoptr (GError) error = NULL;
  g_autoptr (CpMember) now = cpa_member_model_change_finish (CPA_MEMBER_MODEL (source), result, &error);

  if (error == NULL && box->invited && now->pending == 0 && can_be_accepted (now))
    cpa_member_model_act_async (CPA_MEMBER_MODEL (source), member, NULL, CP_ROUTE_MEMBER_WITHDRAW, withdrawn_cb,
                                box->undoing);
  else
    cpa_undoing_end (box->undoing, error, _ ("Not changed. The tick is back as it was. Try again."));
}

void
cpa_undoing_take_box (CpaUndoing *self, CpaMemberModel *model, CpaMember *member, CpPart part, gboolean invited)
{
  Box *box = g_new (Box, 1);

  *box = (Box){ self, g_object_ref (member), invited };
  cpa_member_model_tick_async (model, member, NULL, part, FALSE, NULL, box_taken_cb, box);
}
