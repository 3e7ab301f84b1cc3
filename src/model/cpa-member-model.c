/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-member-model.h"

#include "cp-error.h"
#include "cpa-answer.h"

struct _CpaMemberModel
{
  GObject parent_instance;

  CpaApi *api;        /* (owned) */
  char *patient;      /* (owned) */
  GTimeZone *zone;    /* (owned) */
  GPtrArray *members; /* (owned) of CpaMember */
  CpMemberList *list; /* (owned) (nullable): the last answer */
  GQueue changes;     /* of GTask: the first is the next, or under way */
  GQueue behind;      /* of GTask: refused, and told when the list is there that says how it is now */
  gboolean sending;
  GCancellable *asking; /* (owned) (nullable): for the list */
  gboolean ask_after;   /* the list, when the changes are through */
  gboolean stopped;
};

enum
{
  SIGNAL_LOADED,
  SIGNAL_FAILED,
  SIGNAL_CHANGED,
  SIGNAL_GIVES_UP,
  N_SIGNALS
};
static guint signals[N_SIGNALS];

/* One change; the data of its task. */
typedef struct
{
  CpaMember *member; /* (owned) (nullable): none while it is added */
  CpRouteId route;
  CpPart part; /* whose box it is, or none */
  const CpRecordType *body_type;
  gpointer body; /* (owned) (nullable) */
  char *seen;    /* (owned) (nullable): the version that it was made of */
  char *sent;    /* (owned) (nullable): what that had become by own changes */
  GError *error; /* (owned) (nullable): to be told */
} Change;

static void cpa_member_model_list_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (CpaMemberModel, cpa_member_model, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, cpa_member_model_list_init))

static void send_next (CpaMemberModel *self);

static void
change_free (Change *change)
{
  g_clear_object (&change->member);
  if (change->body != NULL)
    cp_record_free (change->body_type, change->body);
  g_free (change->seen);
  g_free (change->sent);
  g_clear_error (&change->error);
  g_free (change);
}

/* The list */

static GType
cpa_member_model_get_item_type (GListModel *list)
{
  return CPA_TYPE_MEMBER;
}

static guint
cpa_member_model_get_n_items (GListModel *list)
{
  return CPA_MEMBER_MODEL (list)->members->len;
}

static gpointer
cpa_member_model_get_item (GListModel *list, guint position)
{
  CpaMemberModel *self = CPA_MEMBER_MODEL (list);

  return position < self->members->len ? g_object_ref (g_ptr_array_index (self->members, position)) : NULL;
}

static void
cpa_member_model_list_init (GListModelInterface *iface)
{
  iface->get_item_type = cpa_member_model_get_item_type;
  iface->get_n_items = cpa_member_model_get_n_items;
  iface->get_item = cpa_member_model_get_item;
}

/* (transfer full): rows that were there stay the same objects, so that nobody's focus moves. */
static GPtrArray *
take_rows (CpaMemberModel *self)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->list->members->len; i++)
    {
      const CpMember *record = g_ptr_array_index (self->list->members, i);
      CpaMember *member = cpa_member_model_find (self, record->id);

      g_ptr_array_add (rows, member != NULL ? g_object_ref (member) : cpa_member_new (record, self->zone));
    }
  return rows;
}

/* Tells only of the rows between what stayed at the beginning and what stayed at the end. */
static void
put_rows (CpaMemberModel *self, GPtrArray *rows)
{
  g_autoptr (GPtrArray) before = g_steal_pointer (&self->members);
  guint same = 0, end = 0;

  while (same < MIN (before->len, rows->len) && before->pdata[same] == rows->pdata[same])
    same++;
  while (end < MIN (before->len, rows->len) - same &&
         before->pdata[before->len - end - 1] == rows->pdata[rows->len - end - 1])
    end++;
  self->members = rows;
  if (before->len > same + end || rows->len > same + end)
    g_list_model_items_changed (G_LIST_MODEL (self), same, before->len - same - end, rows->len - same - end);
}

static void
take_list (CpaMemberModel *self, CpMemberList *list)
{
  cp_member_list_free (self->list);
  self->list = list;
  put_rows (self, take_rows (self));
  for (guint i = 0; i < list->members->len; i++)
    cpa_member_set (g_ptr_array_index (self->members, i), g_ptr_array_index (list->members, i));
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
  g_signal_emit (self, signals[SIGNAL_LOADED], 0);
}

static void
tell_behind (CpaMemberModel *self)
{
  GTask *task;

  while ((task = g_queue_pop_head (&self->behind)) != NULL)
    {
      Change *change = g_task_get_task_data (task);

      g_task_return_error (task, g_steal_pointer (&change->error));
      g_object_unref (task);
    }
}

static void
listed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaMemberModel) self = user_data;
  g_autoptr (GError) error = NULL;
  CpMemberList *list = cpa_api_call_finish (CPA_API (source), result, &error);

  if (self->stopped || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      cp_member_list_free (list);
      return;
    }
  g_clear_object (&self->asking);
  if (list == NULL && error == NULL)
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  if (error != NULL)
    g_signal_emit (self, signals[SIGNAL_FAILED], 0, error);
  else
    take_list (self, list);
  tell_behind (self);
}

static void
stop_asking (CpaMemberModel *self)
{
  if (self->asking != NULL)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
}

void
cpa_member_model_load (CpaMemberModel *self, gboolean refresh)
{
  CpaCall call = { .route = CP_ROUTE_MEMBERS, .ids = { self->patient }, .answer_type = &cp_member_list_record };

  self->ask_after = !g_queue_is_empty (&self->changes);
  if (self->ask_after || self->stopped)
    return;
  stop_asking (self);
  self->asking = g_cancellable_new ();
  call.refresh = refresh;
  cpa_api_call_async (self->api, &call, self->asking, listed_cb, g_object_ref (self));
}

/* Changes */

/* Whether the server may know better than what is shown here. */
static gboolean
is_behind (const GError *error)
{
  return cpa_answer_is_unsure (error) || g_error_matches (error, CP_ERROR, CP_ERROR_CONFLICT) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_CHANGED_MEANWHILE) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_NOT_FOUND) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_LAST_SETTINGS) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_NOT_HELD) || g_error_matches (error, CP_ERROR, CP_ERROR_OWN_END) ||
         g_error_matches (error, CP_ERROR, CP_ERROR_DECEASED);
}

/* Whether another change of the same box waits: then its box stays as it is wanted. */
static gboolean
is_wanted_again (CpaMemberModel *self, const Change *change)
{
  for (GList *item = self->changes.head; item != NULL; item = item->next)
    {
      const Change *other = g_task_get_task_data (item->data);

      if (other->member == change->member && other->part == change->part)
        return TRUE;
    }
  return FALSE;
}

/* What somebody else may do can be another matter now: there is one portal administrator more, or less. */
static gboolean
concerns_others (const Change *change)
{
  return change->member == NULL || change->part == CP_PART_SETTINGS || change->route == CP_ROUTE_MEMBER_END ||
         change->route == CP_ROUTE_MEMBER_UNTIL || change->route == CP_ROUTE_MEMBER_RENEW;
}

/* Of what only takes away the server does not say whether the row was as it is known here. Where nothing but that box
 * is other, what was seen before it has become this by the own change alone. */
static gboolean
only_took_box (const CpMember *before, const CpMember *now, CpPart part)
{
  guint others = ~(guint) part;

  return before->state == now->state && (before->parts & others) == now->parts &&
         (before->pending & others) == now->pending && g_strcmp0 (before->until, now->until) == 0 &&
         g_strcmp0 (before->ground, now->ground) == 0 && g_strcmp0 (before->mobile, now->mobile) == 0 &&
         g_strcmp0 (before->email, now->email) == 0;
}

/* (transfer none) (nullable): the version that the change, which was made, was made of. */
static const char *
version_before (const Change *change, const CpMember *answer)
{
  const CpMember *before = cpa_member_get (change->member);

  if (change->sent != NULL || change->part == CP_PART_NONE)
    return change->sent;
  return only_took_box (before, answer, change->part) ? before->version : NULL;
}

static void
take_answer (CpaMemberModel *self, const Change *change, const CpMember *answer)
{
  if (change->member != NULL && answer != NULL)
    {
      const char *before = version_before (change, answer);

      if (before != NULL && answer->version != NULL)
        cpa_member_add_step (change->member, before, answer->version);
      cpa_member_set (change->member, answer);
    }
  if (change->part != CP_PART_NONE && !is_wanted_again (self, change))
    cpa_member_clear_wanted (change->member, change->part);
  if (answer != NULL && concerns_others (change))
    self->ask_after = TRUE;
  g_signal_emit (self, signals[SIGNAL_CHANGED], 0);
}

static void
tell (CpaMemberModel *self, GTask *task, CpMember *answer, GError *error)
{
  Change *change = g_task_get_task_data (task);

  if (g_error_matches (error, CP_ERROR, CP_ERROR_CHANGED_MEANWHILE) && !self->stopped)
    {
      change->error = error;
      g_queue_push_tail (&self->behind, g_object_ref (task));
    }
  else if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, answer, (GDestroyNotify) cp_member_free);
}

/* That one does so oneself is known before the server says that it is gone. */
static void
tell_given_up (CpaMemberModel *self, CpaMember *member, CpPart part, gboolean gives)
{
  if (cpa_member_get (member)->self)
    g_signal_emit (self, signals[SIGNAL_GIVES_UP], 0, (guint) part, gives);
}

static gboolean
takes_box (const Change *change)
{
  return change->route == CP_ROUTE_MEMBER_PARTS && !((const CpMemberPartRequest *) change->body)->held;
}

static void
changed_cb (GObject *source, GAsyncResult *result, gpointer user_data)
{
  g_autoptr (CpaMemberModel) self = user_data;
  g_autoptr (GTask) task = g_queue_pop_head (&self->changes);
  const Change *change = g_task_get_task_data (task);
  GError *error = NULL;
  CpMember *answer = cpa_api_call_finish (CPA_API (source), result, &error);

  self->sending = FALSE;
  if (answer == NULL && error == NULL)
    error = g_error_new_literal (CP_ERROR, CP_ERROR_BAD_ANSWER, "an empty answer");
  if (error != NULL && takes_box (change))
    tell_given_up (self, change->member, change->part, FALSE);
  take_answer (self, change, answer);
  self->ask_after = self->ask_after || is_behind (error);
  tell (self, task, answer, error);
  send_next (self);
}

static void
send_next (CpaMemberModel *self)
{
  CpaCall call = { .answer_type = &cp_member_record, .finishes = TRUE };
  Change *change;

  if (self->sending)
    return;
  if (g_queue_is_empty (&self->changes))
    {
      if (self->ask_after)
        cpa_member_model_load (self, FALSE);
      return;
    }
  self->sending = TRUE;
  change = g_task_get_task_data (g_queue_peek_head (&self->changes));
  call.route = change->route;
  call.ids[0] = self->patient;
  call.ids[1] = change->member != NULL ? cpa_member_get (change->member)->id : NULL;
  call.body_type = change->body_type;
  call.body = change->body;
  if (change->member != NULL)
    change->sent = g_strdup (cpa_member_follow (change->member, change->seen));
  call.version = change->sent;
  cpa_api_call_async (self->api, &call, NULL, changed_cb, g_object_ref (self));
}

/* Takes body (nullable). seen is NULL for a new row, and for what only takes away: of those the server asks no version.
 */
static void
add_change (CpaMemberModel *self, CpaMember *member, const char *seen, CpRouteId route, CpPart part,
            const CpRecordType *body_type, gpointer body, GAsyncReadyCallback callback, gpointer user_data)
{
  GTask *task = g_task_new (self, NULL, callback, user_data);
  Change *change = g_new0 (Change, 1);

  g_task_set_source_tag (task, add_change);
  g_set_object (&change->member, member);
  change->seen = g_strdup (seen);
  change->route = route;
  change->part = part;
  change->body_type = body_type;
  change->body = body;
  g_task_set_task_data (task, change, (GDestroyNotify) change_free);
  if (self->asking != NULL)
    {
      stop_asking (self);
      self->ask_after = TRUE;
    }
  g_queue_push_tail (&self->changes, task);
  send_next (self);
}

void
cpa_member_model_tick_async (CpaMemberModel *self, CpaMember *member, const char *seen, CpPart part, gboolean held,
                             const char *ground, GAsyncReadyCallback callback, gpointer user_data)
{
  CpMemberPartRequest *request = cp_member_part_request_new ();

  request->part = g_strdup (cp_part_name (part));
  request->held = held;
  request->ground = g_strdup (ground);
  cpa_member_set_wanted (member, part, held);
  if (!held)
    tell_given_up (self, member, part, TRUE);
  add_change (self, member, held ? seen : NULL, CP_ROUTE_MEMBER_PARTS, part, &cp_member_part_request_record, request,
              callback, user_data);
}

void
cpa_member_model_until_async (CpaMemberModel *self, CpaMember *member, const char *seen, const char *until,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  CpMemberUntilRequest *request = cp_member_until_request_new ();

  request->until = g_strdup (until);
  add_change (self, member, seen, CP_ROUTE_MEMBER_UNTIL, CP_PART_NONE, &cp_member_until_request_record, request,
              callback, user_data);
}

void
cpa_member_model_ground_async (CpaMemberModel *self, CpaMember *member, const char *seen, const char *ground,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  CpMemberGroundRequest *request = cp_member_ground_request_new ();

  request->ground = g_strdup (ground);
  add_change (self, member, seen, CP_ROUTE_MEMBER_GROUND, CP_PART_NONE, &cp_member_ground_request_record, request,
              callback, user_data);
}

void
cpa_member_model_mobile_async (CpaMemberModel *self, CpaMember *member, const char *seen, const char *mobile,
                               GAsyncReadyCallback callback, gpointer user_data)
{
  CpMemberMobileRequest *request = cp_member_mobile_request_new ();

  request->mobile = g_strdup (mobile);
  add_change (self, member, seen, CP_ROUTE_MEMBER_MOBILE, CP_PART_NONE, &cp_member_mobile_request_record, request,
              callback, user_data);
}

void
cpa_member_model_email_async (CpaMemberModel *self, CpaMember *member, const char *seen, const char *email,
                              GAsyncReadyCallback callback, gpointer user_data)
{
  CpMemberEmailRequest *request = cp_member_email_request_new ();

  request->email = g_strdup (email);
  add_change (self, member, seen, CP_ROUTE_MEMBER_EMAIL, CP_PART_NONE, &cp_member_email_request_record, request,
              callback, user_data);
}

void
cpa_member_model_act_async (CpaMemberModel *self, CpaMember *member, const char *seen, CpRouteId route,
                            GAsyncReadyCallback callback, gpointer user_data)
{
  gboolean takes_away = route == CP_ROUTE_MEMBER_WITHDRAW || route == CP_ROUTE_MEMBER_END;

  add_change (self, member, takes_away ? NULL : seen, route, CP_PART_NONE, NULL, NULL, callback, user_data);
}

void
cpa_member_model_add_async (CpaMemberModel *self, const CpMemberRequest *request, GAsyncReadyCallback callback,
                            gpointer user_data)
{
  add_change (self, NULL, NULL, CP_ROUTE_MEMBER_ADD, CP_PART_NONE, &cp_member_request_record,
              cp_record_copy (&cp_member_request_record, request), callback, user_data);
}

CpMember *
cpa_member_model_change_finish (CpaMemberModel *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
cpa_member_model_finalize (GObject *object)
{
  CpaMemberModel *self = CPA_MEMBER_MODEL (object);

  g_clear_object (&self->api);
  g_clear_object (&self->asking);
  g_clear_pointer (&self->patient, g_free);
  g_clear_pointer (&self->zone, g_time_zone_unref);
  g_clear_pointer (&self->members, g_ptr_array_unref);
  g_clear_pointer (&self->list, cp_member_list_free);
  G_OBJECT_CLASS (cpa_member_model_parent_class)->finalize (object);
}

static void
cpa_member_model_class_init (CpaMemberModelClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = cpa_member_model_finalize;
  signals[SIGNAL_LOADED] =
      g_signal_new ("loaded", CPA_TYPE_MEMBER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_CHANGED] =
      g_signal_new ("changed", CPA_TYPE_MEMBER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SIGNAL_FAILED] = g_signal_new ("failed", CPA_TYPE_MEMBER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                         G_TYPE_NONE, 1, G_TYPE_ERROR | G_SIGNAL_TYPE_STATIC_SCOPE);
  signals[SIGNAL_GIVES_UP] = g_signal_new ("gives-up", CPA_TYPE_MEMBER_MODEL, G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                           G_TYPE_NONE, 2, G_TYPE_UINT, G_TYPE_BOOLEAN);
}

static void
cpa_member_model_init (CpaMemberModel *self)
{
  self->members = g_ptr_array_new_with_free_func (g_object_unref);
  g_queue_init (&self->changes);
  g_queue_init (&self->behind);
}

CpaMemberModel *
cpa_member_model_new (CpaApi *api, const char *patient, GTimeZone *zone)
{
  CpaMemberModel *self = g_object_new (CPA_TYPE_MEMBER_MODEL, NULL);

  self->api = g_object_ref (api);
  self->patient = g_strdup (patient);
  self->zone = g_time_zone_ref (zone);
  return self;
}

void
cpa_member_model_stop (CpaMemberModel *self)
{
  self->stopped = TRUE;
  stop_asking (self);
  tell_behind (self);
}

const CpMemberOptions *
cpa_member_model_get_options (CpaMemberModel *self)
{
  return self->list != NULL ? self->list->options : NULL;
}

const CpFreshness *
cpa_member_model_get_freshness (CpaMemberModel *self)
{
  return self->list != NULL ? self->list->freshness : NULL;
}

CpaMember *
cpa_member_model_find (CpaMemberModel *self, const char *id)
{
  for (guint i = 0; i < self->members->len; i++)
    {
      CpaMember *member = g_ptr_array_index (self->members, i);

      if (g_strcmp0 (cpa_member_get (member)->id, id) == 0)
        return member;
    }
  return NULL;
}
