/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "fixture-members.h"

#include <string.h>

#include "cp-error.h"
#include "cp-part.h"

#define KNOWN_ADDRESS "bekend@example.org"

struct _FixtureMembers
{
  CpMemberList *list; /* (owned) */
  GError *failure;    /* (owned) (nullable) */
  GQueue waiting;     /* of GTask */
  gboolean holding;
  char *last_body; /* (owned) */
};

FixtureMembers *
fixture_members_new (CpMemberList *list)
{
  FixtureMembers *self = g_new0 (FixtureMembers, 1);

  self->list = list;
  self->last_body = g_strdup ("");
  return self;
}

void
fixture_members_free (FixtureMembers *self)
{
  g_clear_error (&self->failure);
  g_queue_clear_full (&self->waiting, g_object_unref);
  cp_member_list_free (self->list);
  g_free (self->last_body);
  g_free (self);
}

static CpMember *
find_id (FixtureMembers *self, const char *id)
{
  for (guint i = 0; i < self->list->members->len; i++)
    {
      CpMember *member = g_ptr_array_index (self->list->members, i);

      if (g_strcmp0 (member->id, id) == 0)
        return member;
    }
  return NULL;
}

CpMember *
fixture_members_find (FixtureMembers *self, const char *name)
{
  for (guint i = 0; i < self->list->members->len; i++)
    {
      CpMember *member = g_ptr_array_index (self->list->members, i);

      if (g_str_equal (member->name, name))
        return member;
    }
  g_error ("no member %s", name);
}

void
fixture_members_remove (FixtureMembers *self, const char *name)
{
  g_ptr_array_remove (self->list->members, fixture_members_find (self, name));
}

/* A version of each row, as a server makes it: of what can be changed. */
static void
set_version (CpMember *member)
{
  gboolean waits = member->state == CP_MEMBER_NOT_INVITED || member->state == CP_MEMBER_INVITED ||
                   member->state == CP_MEMBER_EXPIRED || member->state == CP_MEMBER_UNDELIVERED;
  const char *const facts[] = { member->until, member->ground, member->mobile, member->email };
  g_autoptr (GString) text = g_string_new (NULL);

  g_clear_pointer (&member->version, g_free);
  if (member->state == CP_MEMBER_KNOWN)
    return;
  g_string_printf (text, "%d", waits ? CP_MEMBER_INVITED : member->state);
  for (gsize i = 0; i < G_N_ELEMENTS (facts); i++)
    g_string_append_printf (text, "/%s", facts[i] != NULL ? facts[i] : "");
  g_strdelimit (text->str, ".", '_');
  member->version = g_strdup_printf ("%s.%x-%x", text->str, member->parts, member->pending);
}

/* But for its boxes where only those of another are other. */
static gboolean
was_seen (CpMember *member, const CpaCall *call)
{
  gboolean whole = call->route == CP_ROUTE_MEMBER_UNTIL || call->route == CP_ROUTE_MEMBER_RENEW;
  gsize length;

  set_version (member);
  length = whole ? strlen (member->version) + 1 : strcspn (member->version, ".");
  return strncmp (call->version, member->version, length) == 0;
}

/* What only takes away is not asked for a version. */
static gboolean
needs_version (const CpaCall *call)
{
  if (call->route == CP_ROUTE_MEMBER_PARTS)
    return ((const CpMemberPartRequest *) call->body)->held;
  return call->route != CP_ROUTE_MEMBER_WITHDRAW && call->route != CP_ROUTE_MEMBER_END;
}

static void
add_field_error (GError **error, const char *field, const char *reason, const char *text)
{
  cp_error_set_field_reason (error, field, reason, text);
}

/* What may be done with a box turns over with it. */
static void
turn_allowed (CpMember *member, const char *part, gboolean held)
{
  g_autofree char *before = g_strconcat (held ? "give:" : "take:", part, NULL);

  for (guint i = 0; member->allowed[i] != NULL; i++)
    if (g_str_equal (member->allowed[i], before))
      {
        g_free (member->allowed[i]);
        member->allowed[i] = g_strconcat (held ? "take:" : "give:", part, NULL);
      }
}

static void
set_part (FixtureMembers *self, CpMember *member, CpPart part, gboolean held)
{
  guint *parts = member->state == CP_MEMBER_ACTIVE ? &member->parts : &member->pending;

  /* Whose access is over begins anew. */
  if (member->state == CP_MEMBER_WITHDRAWN || member->state == CP_MEMBER_DECLINED || member->state == CP_MEMBER_ENDED)
    member->state = CP_MEMBER_NOT_INVITED;
  *parts = held ? *parts | part : *parts & ~(guint) part;
  turn_allowed (member, cp_part_name (part), held);
  if (member->state == CP_MEMBER_NOT_INVITED)
    member->goes_out_seconds = member->pending != 0 ? self->list->options->invitation_seconds : 0;
}

static gboolean
change_parts (FixtureMembers *self, CpMember *member, const CpMemberPartRequest *request, GError **error)
{
  CpPart part = cp_part_from_name (request->part);

  if (request->held && (part & CP_PARTS_GROUNDED) != 0 && member->ground == NULL && request->ground == NULL &&
      member->kind != CP_MEMBER_CLIENT)
    {
      add_field_error (error, "ground", "required", NULL);
      return FALSE;
    }
  if (request->ground != NULL)
    {
      g_free (member->ground);
      member->ground = g_strdup (request->ground);
    }
  set_part (self, member, part, request->held);
  return TRUE;
}

static CpMember *
add (FixtureMembers *self, const CpMemberRequest *request, GError **error)
{
  CpMember *member;
  static int number;

  if (request->username == NULL && g_strcmp0 (request->email, KNOWN_ADDRESS) != 0)
    {
      add_field_error (error, "username", "required", NULL);
      return NULL;
    }
  if (g_strcmp0 (request->username, "m.debruin") == 0)
    {
      add_field_error (error, "username", "taken", "m.debruin2");
      return NULL;
    }
  if (g_strcmp0 (request->mobile, "0201234567") == 0)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_INVALID_FIELD, "a landline");
      cp_error_details (*error)->field = g_strdup ("mobile");
      return NULL;
    }
  member = request->contact != NULL ? find_id (self, request->contact) : cp_member_new ();
  g_free (member->id);
  member->id = g_strdup_printf ("new%019d", ++number);
  member->kind = CP_MEMBER_MEMBER;
  g_free (member->email);
  member->email = g_strdup (request->email);
  if (request->contact == NULL)
    {
      member->name = g_strdup (request->name != NULL ? request->name : request->email);
      member->relation = g_strdup (request->relation);
      g_ptr_array_add (self->list->members, member);
    }
  member->state = CP_MEMBER_NOT_INVITED;
  g_strfreev (member->allowed);
  member->allowed = g_strsplit ("send,end", ",", -1);
  for (int i = 0; i < CP_N_PARTS; i++)
    if ((request->parts & (1u << i)) != 0)
      set_part (self, member, 1 << i, TRUE);
  return member;
}

/* And the invitation goes again. */
static gboolean
correct (CpMember *member, const char *email, GError **error)
{
  if (g_str_equal (email, "joke@example.org"))
    {
      add_field_error (error, "email", "in-list", "Joke Hofstra");
      return FALSE;
    }
  if (g_str_equal (email, "ton@example.org"))
    {
      add_field_error (error, "email", "known", NULL);
      return FALSE;
    }
  g_free (member->email);
  member->email = g_strdup (email);
  member->state = CP_MEMBER_INVITED;
  member->invited_until = cp_time_now () + 7 * CP_TIME_DAY;
  return TRUE;
}

static gboolean
act (FixtureMembers *self, CpMember *member, const CpaCall *call, GError **error)
{
  switch ((int) call->route)
    {
    case CP_ROUTE_MEMBER_PARTS:
      return change_parts (self, member, call->body, error);
    case CP_ROUTE_MEMBER_UNTIL:
      g_free (member->until);
      member->until = g_strdup (((const CpMemberUntilRequest *) call->body)->until);
      return TRUE;
    case CP_ROUTE_MEMBER_RENEW:
      g_free (member->until);
      member->until = g_strdup (member->renew_until);
      return TRUE;
    case CP_ROUTE_MEMBER_INVITATION:
      member->state = CP_MEMBER_INVITED;
      member->goes_out_seconds = 0;
      member->invited_until = cp_time_now () + 7 * CP_TIME_DAY;
      return TRUE;
    case CP_ROUTE_MEMBER_WITHDRAW:
      member->state = CP_MEMBER_WITHDRAWN;
      member->pending = 0;
      return TRUE;
    case CP_ROUTE_MEMBER_END:
      member->state = CP_MEMBER_ENDED;
      member->parts = 0;
      member->ended_at = cp_time_now ();
      return TRUE;
    case CP_ROUTE_MEMBER_EMAIL:
      return correct (member, ((const CpMemberEmailRequest *) call->body)->email, error);
    case CP_ROUTE_MEMBER_GROUND:
      g_free (member->ground);
      member->ground = g_strdup (((const CpMemberGroundRequest *) call->body)->ground);
      return TRUE;
    default:
      g_free (member->mobile);
      member->mobile = g_strdup (((const CpMemberMobileRequest *) call->body)->mobile);
      return TRUE;
    }
}

/* Takes answer and error: one of them is told, now or when it is let go. */
static void
answer_with (FixtureMembers *self, GTask *task, gpointer answer, GError *error)
{
  g_object_set_data (G_OBJECT (task), "answer", answer);
  g_object_set_data_full (G_OBJECT (task), "error", error, (GDestroyNotify) g_error_free);
  g_queue_push_tail (&self->waiting, g_object_ref (task));
  if (!self->holding)
    fixture_members_let_go (self);
}

static void
look_up (FixtureMembers *self, const CpLookupRequest *request, GTask *task)
{
  GError *error = g_steal_pointer (&self->failure);
  CpLookup *lookup = NULL;

  if (error == NULL && g_str_equal (request->email, "joke@example.org"))
    add_field_error (&error, "email", "in-list", "Joke Hofstra");
  else if (error == NULL && g_str_equal (request->email, "marijke@example.org"))
    add_field_error (&error, "email", "own", NULL);
  else if (error == NULL && g_str_equal (request->email, "veel@example.org"))
    g_set_error_literal (&error, CP_ERROR, CP_ERROR_LOOKUPS_TODAY, "20 today");
  if (error == NULL)
    {
      lookup = cp_lookup_new ();
      lookup->known = g_str_equal (request->email, KNOWN_ADDRESS);
    }
  answer_with (self, task, lookup, error);
}

static void
remember (FixtureMembers *self, const CpaCall *call)
{
  g_free (self->last_body);
  self->last_body =
      call->body_type != NULL ? cp_record_to_text (call->body_type, call->body, NULL, NULL) : g_strdup ("");
}

/* The change is made; its answer may wait. */
static void
change (FixtureMembers *self, const CpaCall *call, GTask *task)
{
  GError *error = g_steal_pointer (&self->failure);
  CpMember *member = NULL;

  remember (self, call);
  if (error == NULL && call->route == CP_ROUTE_MEMBER_ADD)
    member = add (self, call->body, &error);
  else if (error == NULL)
    {
      member = find_id (self, call->ids[1]);
      g_assert_nonnull (member);
      g_assert_cmpint (needs_version (call), ==, call->version != NULL);
      if (call->version != NULL && !was_seen (member, call))
        error = g_error_new_literal (CP_ERROR, CP_ERROR_CHANGED_MEANWHILE, "another version");
      else
        act (self, member, call, &error);
    }
  if (error == NULL)
    set_version (member);
  answer_with (self, task, error == NULL ? cp_record_copy (&cp_member_record, member) : NULL, error);
}

void
fixture_members_let_go (FixtureMembers *self)
{
  g_autoptr (GTask) task = g_queue_pop_head (&self->waiting);
  const GError *error;

  g_assert_nonnull (task);
  error = g_object_get_data (G_OBJECT (task), "error");
  if (error != NULL)
    g_task_return_error (task, g_error_copy (error));
  else
    g_task_return_pointer (task, g_object_get_data (G_OBJECT (task), "answer"), NULL);
}

void
fixture_members_hold (FixtureMembers *self)
{
  self->holding = TRUE;
}

void
fixture_members_fail (FixtureMembers *self, GError *error)
{
  g_clear_error (&self->failure);
  self->failure = error;
}

const char *
fixture_members_last_body (FixtureMembers *self)
{
  return self->last_body;
}

gboolean
fixture_members_answer (FixtureMembers *self, const CpaCall *call, GTask *task)
{
  if (call->route == CP_ROUTE_MEMBERS)
    g_ptr_array_foreach (self->list->members, (GFunc) (void (*) (void)) set_version, NULL);
  if (call->route == CP_ROUTE_MEMBERS)
    g_task_return_pointer (task, cp_record_copy (&cp_member_list_record, self->list), NULL);
  else if (call->route == CP_ROUTE_MEMBER_LOOKUP)
    look_up (self, call->body, task);
  else if (call->route >= CP_ROUTE_MEMBER_ADD && call->route <= CP_ROUTE_MEMBER_EMAIL)
    change (self, call, task);
  else
    return FALSE;
  return TRUE;
}
