/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Random sequences of giving, inviting, accepting, withdrawing, ending and waiting, by several people around two
 * patients, through the gate. After each step everybody sees exactly what a small model of its own gives, somebody
 * manages the users of each patient without an end, and the start screen says of members what their list says. */
#include <pthread.h>
#include <string.h>

#include "cp-json.h"
#include "cp-member.h"
#include "cp-start.h"
#include "cpd-dispatch.h"
#include "cpd-end-dates.h"
#include "cpd-invite.h"
#include "cpd-stmt.h"
#include "cpd-store-member-put.h"
#include "cpd-store-session.h"
#include "member-model.h"
#include "store-kit.h"

#define STEPS 300
#define DAY CP_TIME_DAY
#define BEGINNING (20515 * DAY + 10 * CP_TIME_HOUR) /* 2026-03-03 10:00 */

typedef struct
{
  StoreKit kit;
  CpdServices services;
  CpdDispatch *dispatch;
  pthread_mutex_t lock; /* of what follows; GLib's own looks like a race to the thread sanitizer */
  pthread_cond_t came;
  CpdReply *reply; /* (owned) (nullable) */
  Model model;
  GRand *random;
  gboolean soon;   /* many ends are near, of which start screens tell */
  guint told;      /* members that a start screen told of, in all */
  guint renewable; /* those among them whose access the asker may renew */
} World;

static void
wake (gpointer data)
{
}

static void
reply_cb (CpdReply *reply, gpointer data)
{
  World *world = data;

  pthread_mutex_lock (&world->lock);
  world->reply = reply;
  pthread_cond_signal (&world->came);
  pthread_mutex_unlock (&world->lock);
}

/* (transfer full) */
static CpdReply *
wait_for_reply (World *world)
{
  CpdReply *reply;

  pthread_mutex_lock (&world->lock);
  while (world->reply == NULL)
    pthread_cond_wait (&world->came, &world->lock);
  reply = g_steal_pointer (&world->reply);
  pthread_mutex_unlock (&world->lock);
  return reply;
}

static char *
token_of (int person)
{
  return g_strdup_printf ("%0*d", CP_TOKEN_LENGTH, person);
}

static char *
id_of (const char *kind, int person, int patient)
{
  g_autofree char *id = g_strdup_printf ("%s-%d-%d", kind, person, patient);

  return g_strdelimit (g_strdup_printf ("%-*s", CP_ID_LENGTH, id), " ", '_');
}

static CpdRequest *
new_request (CpRouteId route, int asker, int patient, const char *member)
{
  CpdRequest *request = cpd_request_new (route);
  g_autofree char *id = id_of ("patient", 0, patient);

  request->bearer = token_of (asker);
  g_strlcpy (request->ids[0], id, sizeof request->ids[0]);
  if (member != NULL)
    g_strlcpy (request->ids[1], member, sizeof request->ids[1]);
  return request;
}

/* Whether it was granted. */
static gboolean
send (World *world, CpdRequest *request, const char *body)
{
  g_autoptr (CpdReply) reply = NULL;

  if (body != NULL)
    request->body = g_bytes_new (body, strlen (body));
  cpd_dispatch (world->dispatch, request, reply_cb, world);
  reply = wait_for_reply (world);
  if (reply->error != NULL && (reply->error->code == CP_ERROR_INTERNAL || reply->error->code == CP_ERROR_BAD_REQUEST ||
                               reply->error->code == CP_ERROR_UNAUTHENTICATED))
    g_error ("%s", reply->error->message);
  return reply->error == NULL;
}

/* The id on the wire of a membership, or of its newest invitation; one that is none when there is none. */
typedef struct
{
  const char *sql;
  int person;
  int patient;
  char *id;
} Look;

static gboolean
look_in_writer (CpdDb *db, gpointer data, GError **error)
{
  Look *look = data;
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, look->sql, "ii", (gint64) look->person + 1, (gint64) look->patient + 1);

  look->id = cpd_stmt_next (stmt, error) ? cpd_stmt_dup_text (stmt, 0) : g_strnfill (CP_ID_LENGTH, 'x');
  return TRUE;
}

static char *
look (World *world, const char *sql, int person, int patient)
{
  Look it = { sql, person, patient, NULL };

  store_kit_write (&world->kit, look_in_writer, &it);
  return it.id;
}

static char *
member_of (World *world, int person, int patient)
{
  return look (world, "SELECT public_id FROM membership WHERE account = ? AND patient = ?", person, patient);
}

static char *
invitation_of (World *world, int person, int patient)
{
  return look (world,
               "SELECT i.public_id FROM invitation i JOIN membership m ON m.id = i.membership WHERE m.account = ?"
               " AND m.patient = ? ORDER BY i.id DESC LIMIT 1",
               person, patient);
}

/* (transfer full) (nullable): the answer, NULL where it was refused. */
static gpointer
ask (World *world, CpRouteId route, const CpRecordType *type, int asker, int patient)
{
  g_autoptr (CpdReply) reply = NULL;
  g_autoptr (JsonNode) node = NULL;
  gconstpointer text;
  gsize size;

  cpd_dispatch (world->dispatch, new_request (route, asker, patient, NULL), reply_cb, world);
  reply = wait_for_reply (world);
  if (reply->error != NULL)
    return NULL;
  g_assert_true ((reply->body == NULL) == (route == CP_ROUTE_START)); /* written by who sends it, not by the writer */
  cpd_reply_write (reply);
  text = g_bytes_get_data (reply->body, &size);
  node = cp_json_parse (text, size, CP_JSON_DEPTH, NULL);
  return cp_record_from_json (type, node, CP_RECORD_STRICT, NULL);
}

/* (transfer full) (nullable): as If-Match, the version of the row that asker sees. */
static char *
seen_by (World *world, int asker, int patient, const char *member)
{
  g_autoptr (CpMemberList) list = ask (world, CP_ROUTE_MEMBERS, &cp_member_list_record, asker, patient);

  for (guint i = 0; list != NULL && i < list->members->len; i++)
    {
      const CpMember *row = list->members->pdata[i];
      if (g_strcmp0 (row->id, member) == 0)
        return g_strdup_printf ("\"%s\"", row->version);
    }
  return NULL;
}

/* Whoever asks has looked just now. */
static gboolean
post (World *world, CpRouteId route, int asker, int person, int patient, const char *body)
{
  g_autofree char *member = person >= 0 ? member_of (world, person, patient) : NULL;
  CpdRequest *request = new_request (route, asker, patient, member);

  if (member != NULL)
    request->if_match = seen_by (world, asker, patient, member);
  return send (world, request, body);
}

static gboolean
try_add (World *world, int asker, int person, int patient)
{
  guint parts = g_rand_int (world->random) & (g_rand_int (world->random) | CP_PART_SETTINGS) & 31u;
  g_autoptr (GString) body = g_string_new (NULL);
  const char *separator = "";

  g_string_printf (body, "{\"email\":\"p%d@p.example\",\"relation\":\"friend\",\"ground\":\"family\",\"parts\":[",
                   person);
  for (int part = 0; part < N_PARTS; part++)
    if ((parts & 1u << part) != 0)
      {
        g_string_append_printf (body, "%s\"%s\"", separator, cp_part_names[part]);
        separator = ",";
      }
  g_string_append (body, "]}");
  return post (world, CP_ROUTE_MEMBER_ADD, asker, -1, patient, body->str) ==
         model_add (&world->model, asker, person, patient, parts);
}

static gboolean
try_box (World *world, int asker, int person, int patient)
{
  int any = g_rand_int_range (world->random, 0, N_PARTS + 2);
  int part = MIN (any, N_PARTS - 1);
  gboolean held = g_rand_int_range (world->random, 0, 5) > 1;
  g_autofree char *body = g_strdup_printf ("{\"part\":\"%s\",\"held\":%s,\"ground\":\"family\"}", cp_part_names[part],
                                           held ? "true" : "false");
  gboolean done = post (world, CP_ROUTE_MEMBER_PARTS, asker, person, patient, body);

  return done == (held ? model_give : model_take) (&world->model, asker, person, patient, part);
}

static gboolean
try_until (World *world, int asker, int person, int patient)
{
  int days = g_rand_int_range (world->random, -5, 400);
  int from_today = world->soon && days > 200 ? days % 20 : days;
  int day = days < 20 && days >= 0 ? 0 : model_today (&world->model) + from_today;
  g_autofree char *date = cp_time_date (day * DAY, NULL);
  g_autofree char *body = day != 0 ? g_strdup_printf ("{\"until\":\"%s\"}", date) : g_strdup ("{\"until\":null}");

  return post (world, CP_ROUTE_MEMBER_UNTIL, asker, person, patient, body) ==
         model_until (&world->model, asker, person, patient, day);
}

static gboolean
try_plain (World *world, int asker, int person, int patient)
{
  static const struct
  {
    CpRouteId route;
    gboolean (*model) (Model *model, int asker, int person, int patient);
  } kinds[] = {
    { CP_ROUTE_MEMBER_RENEW, model_renew },
    { CP_ROUTE_MEMBER_INVITATION, model_send },
    { CP_ROUTE_MEMBER_WITHDRAW, model_withdraw },
    { CP_ROUTE_MEMBER_END, model_end },
  };
  int kind = g_rand_int_range (world->random, 0, G_N_ELEMENTS (kinds));

  g_test_message ("%s", cp_route_get (kinds[kind].route)->path);
  return post (world, kinds[kind].route, asker, person, patient, NULL) ==
         kinds[kind].model (&world->model, asker, person, patient);
}

static gboolean
try_answer (World *world, int asker, int person, int patient)
{
  gboolean accept = g_rand_int_range (world->random, 0, 5) > 0;
  g_autofree char *invitation = invitation_of (world, person, patient);
  CpdRequest *request =
      new_request (accept ? CP_ROUTE_INVITATION_ACCEPT : CP_ROUTE_INVITATION_DECLINE, person, 0, NULL);

  g_strlcpy (request->ids[0], invitation, sizeof request->ids[0]);
  return send (world, request, NULL) == model_answer (&world->model, person, patient, accept);
}

static gboolean
refresh_in_writer (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  gboolean more;

  /* Nobody is held up by limits, and sessions live on: that is not what is asked here. */
  return cpd_db_exec (db, "DELETE FROM throttle", error) &&
         cpd_db_run (db, error, "UPDATE session SET last_used = ?1, expires = ?1 + ?2", "ii", world->model.now, DAY) &&
         (g_rand_boolean (world->random) || cpd_end_dates_keep (db, world->kit.config, world->model.now, &more, error));
}

static gboolean
try_waiting (World *world, int asker, int person, int patient)
{
  static const CpTime waits[] = {
    20 * CP_TIME_SECOND, 2 * CP_TIME_MINUTE, 2 * CP_TIME_MINUTE, DAY, DAY, 3 * DAY, 8 * DAY, 30 * DAY
  };

  world->model.now += waits[g_rand_int_range (world->random, 0, G_N_ELEMENTS (waits))];
  store_kit_set_now (world->model.now);
  return TRUE;
}

static const struct
{
  const char *name;
  gboolean (*run) (World *world, int asker, int person, int patient);
  int weight;
} steps[] = {
  { "add", try_add, 10 },     { "box", try_box, 38 },       { "until", try_until, 14 },
  { "plain", try_plain, 10 }, { "answer", try_answer, 22 }, { "wait", try_waiting, 6 },
};

static const CpRouteId routes[N_PARTS] = { CP_ROUTE_START, CP_ROUTE_APPOINTMENTS, CP_ROUTE_TIMELINE, CP_ROUTE_PROFILE,
                                           CP_ROUTE_MEMBERS };

static void
check_person (World *world, int person, int patient)
{
  gboolean any = FALSE;

  for (int part = 1; part < N_PARTS; part++)
    {
      gboolean expected = model_sees (&world->model, person, patient, part);
      gboolean got = send (world, new_request (routes[part], person, patient, NULL), NULL);

      if (got != expected)
        g_error ("person %d, patient %d: %s is %s", person, patient, cp_part_names[part], got ? "open" : "closed");
      any = any || expected;
    }
  any = any || model_sees (&world->model, person, patient, 0);
  g_assert_cmpint (send (world, new_request (CP_ROUTE_START, person, patient, NULL), NULL), ==, any);
}

/* Mostly somebody who manages the users, and often with an end. */
static int
pick_manager (World *world, int patient)
{
  int person = 0;
  gboolean wants_end = g_rand_boolean (world->random);

  for (int i = 0; i < 12; i++)
    {
      person = g_rand_int_range (world->random, 0, N_PEOPLE);
      if (model_manages (&world->model, person, patient) &&
          (!wants_end || world->model.ties[person][patient].last_day != 0))
        break;
    }
  return person;
}

static void
check_view (World *world, int asker, int person, int patient)
{
  int part = g_rand_int_range (world->random, 1, N_PARTS - 1);
  CpdRequest *request = new_request (routes[part], asker, patient, NULL);
  gboolean got;

  request->view_as = member_of (world, person, patient);
  got = send (world, request, NULL);
  if (got != model_views (&world->model, asker, person, patient, part))
    g_error ("%d looks through %d at patient %d: %s is %s", asker, person, patient, cp_part_names[part],
             got ? "open" : "closed");
}

static void
check_end (World *world, const CpMember *member, const CpStart *start)
{
  g_autofree char *last = cp_time_date (world->model.now + CPD_WARNING_DAYS * DAY, NULL);
  const CpAccessEnd *found = NULL;

  for (guint i = 0; i < start->access_ends->len; i++)
    {
      const CpAccessEnd *end = start->access_ends->pdata[i];
      found = g_strcmp0 (end->member, member->id) == 0 ? end : found;
    }
  g_assert_cmpint (found != NULL, ==,
                   member->state == CP_MEMBER_ACTIVE && member->until != NULL && strcmp (member->until, last) <= 0);
  if (found == NULL)
    return;
  world->told++;
  world->renewable += found->renew_until != NULL;
  g_assert_cmpint (found->self, ==, member->self);
  g_assert_cmpstr (found->name, ==, member->name);
  g_assert_cmpstr (found->until, ==, member->until);
  g_assert_cmpstr (found->renew_until, ==, member->renew_until);
}

static void
check_declined (World *world, const CpMember *member, const CpStart *start)
{
  for (guint i = 0; i < start->declined->len; i++)
    {
      const CpDeclined *declined = start->declined->pdata[i];
      if (strcmp (declined->member, member->id) != 0)
        continue;
      world->told++;
      g_assert_cmpint (member->state, ==, CP_MEMBER_DECLINED);
      g_assert_cmpstr (declined->name, ==, member->name);
    }
}

static void
check_told (World *world, int asker, int patient)
{
  g_autoptr (CpStart) start = NULL;
  g_autoptr (CpMemberList) list = NULL;

  if (!model_manages (&world->model, asker, patient))
    return;
  start = ask (world, CP_ROUTE_START, &cp_start_record, asker, patient);
  list = ask (world, CP_ROUTE_MEMBERS, &cp_member_list_record, asker, patient);
  g_assert_true (start != NULL && list != NULL);
  for (guint i = 0; i < list->members->len; i++)
    {
      check_end (world, list->members->pdata[i], start);
      check_declined (world, list->members->pdata[i], start);
    }
}

static void
check_all (World *world)
{
  for (int patient = 0; patient < N_PATIENTS; patient++)
    {
      for (int person = 0; person < N_PEOPLE; person++)
        {
          check_person (world, person, patient);
          check_view (world, pick_manager (world, patient), person, patient);
        }
      g_assert_true (model_is_managed (&world->model, patient));
      check_told (world, pick_manager (world, patient), patient);
    }
}

static gboolean
fill (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;

  for (int patient = 0; patient < N_PATIENTS; patient++)
    {
      g_autofree char *id = id_of ("patient", 0, patient);
      g_autofree char *hash = g_strdup_printf ("%d", patient);
      g_assert_true (cpd_db_run (db, error,
                                 "INSERT INTO patient (public_id, source, identifier_hash, identifier_sealed, name,"
                                 " short_name, created) VALUES (?, 's', ?, x'', 'P', 'P', 0)",
                                 "tb", id, hash, strlen (hash)));
    }
  for (int person = 0; person < N_PEOPLE; person++)
    {
      g_autofree char *name = g_strdup_printf ("p%d", person);
      g_autofree char *email = g_strdup_printf ("p%d@p.example", person);
      g_autofree char *token = token_of (person);
      CpdActor actor = { .kind = CPD_SESSION_FULL, .account = person + 1, .expires = world->model.now + DAY };
      guchar hash[CPD_HASH_SIZE];

      cpd_keys_hash (world->kit.keys, "session", token, strlen (token), hash);
      g_assert_true (cpd_db_run (db, error,
                                 "INSERT INTO account (public_id, username, name, given_name, email, created)"
                                 " VALUES (?1, ?1, ?1, ?1, ?2, 0)",
                                 "tt", name, email));
      g_assert_true (cpd_store_session_add (db, hash, &actor, world->model.now, error));
    }
  return TRUE;
}

/* One person for each patient, as enrol makes the first one. */
static gboolean
enrol (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;

  for (int patient = 0; patient < N_PATIENTS; patient++)
    {
      const CpdMemberNew member = { .account = patient + 1, .patient = patient + 1 };
      Tie *tie = &world->model.ties[patient][patient];
      gint64 id;

      g_assert_true (cpd_store_member_add (db, &member, world->model.now, &id, NULL, error));
      for (int part = 0; part < N_PARTS; part++)
        {
          g_assert_true (cpd_store_member_give (db, id, 1u << part, 0, world->model.now, error));
          tie->held[part] = TRUE;
          tie->giver[part] = ORGANISATION;
        }
      tie->place = IN;
      g_assert_true (cpd_db_run (db, error, "UPDATE membership SET state = 2, accepted = 1 WHERE id = ?", "i", id));
    }
  return TRUE;
}

static void
take_step (World *world, int n)
{
  int choice = g_rand_int_range (world->random, 0, 100);
  int patient = g_rand_int_range (world->random, 0, N_PATIENTS);
  int asker = pick_manager (world, patient);
  int person = g_rand_int_range (world->random, 0, N_PEOPLE);
  gsize kind = 0;

  while (choice >= steps[kind].weight)
    choice -= steps[kind++].weight;
  if (!steps[kind].run (world, asker, person, patient))
    g_error ("step %d, %s of %d by %d for patient %d: not what the model says", n, steps[kind].name, person, asker,
             patient);
  store_kit_write (&world->kit, refresh_in_writer, world);
}

/* How many that a start screen told of could be renewed. */
static guint
run_sequence (guint32 seed, gboolean soon)
{
  World world = { .model = { .now = BEGINNING, .at_first_right = seed % 2 }, .soon = soon };

  store_kit_set_now (BEGINNING);
  store_kit_set_up (&world.kit);
  g_time_zone_unref (world.kit.config->zone);
  world.kit.config->zone = g_time_zone_new_utc ();
  world.kit.config->invitation_at = world.model.at_first_right ? CP_INVITE_AT_FIRST_RIGHT : CP_INVITE_AT_ADDING;
  world.random = g_rand_new_with_seed (seed);
  pthread_mutex_init (&world.lock, NULL);
  pthread_cond_init (&world.came, NULL);
  world.services.config = world.kit.config;
  world.services.keys = world.kit.keys;
  world.services.log_outs = cpd_log_outs_new (world.kit.writer);
  world.dispatch = cpd_dispatch_new (&world.services, world.kit.writer, NULL, NULL, 0, wake, NULL);
  store_kit_write (&world.kit, fill, &world);
  store_kit_write (&world.kit, enrol, &world);
  for (int n = 0; n < STEPS; n++)
    {
      take_step (&world, n);
      check_all (&world);
    }
  g_test_message ("start screens told of %u members, of which %u could be renewed", world.told, world.renewable);
  store_kit_tear_down (&world.kit);
  cpd_dispatch_free (world.dispatch);
  pthread_cond_destroy (&world.came);
  pthread_mutex_destroy (&world.lock);
  g_rand_free (world.random);
  cpd_log_outs_free (world.services.log_outs);
  return world.renewable;
}

/* The gate keeps a connection for each thread that reads: each sequence has a thread, so that it closes its own. */
static gpointer
sequence_thread (gpointer data)
{
  return GUINT_TO_POINTER (run_sequence (GPOINTER_TO_UINT (data), TRUE));
}

static gpointer
found_before_thread (gpointer data)
{
  return GUINT_TO_POINTER (run_sequence (GPOINTER_TO_UINT (data), FALSE));
}

/* Withdrawn and begun anew in the same moment: the invitation of before was taken for that of now. */
static void
test_found_before (void)
{
  g_thread_join (g_thread_new ("sequence", found_before_thread, GUINT_TO_POINTER (673108)));
}

/* Ends that are near, of who holds settings too, and that may be renewed. */
static void
test_told_and_renewable (void)
{
  gpointer renewable = g_thread_join (g_thread_new ("sequence", sequence_thread, GUINT_TO_POINTER (2)));

  g_assert_cmpuint (GPOINTER_TO_UINT (renewable), >, 0);
}

static void
test_sequences (void)
{
  guint first = g_test_rand_int_range (0, 1000000);

  for (guint i = 0; i < 4; i++)
    {
      g_test_message ("seed %u", first + i);
      g_thread_join (g_thread_new ("sequence", sequence_thread, GUINT_TO_POINTER (first + i)));
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/members/found-before", test_found_before);
  g_test_add_func ("/members/told-and-renewable", test_told_and_renewable);
  g_test_add_func ("/members/sequences", test_sequences);
  return g_test_run ();
}
