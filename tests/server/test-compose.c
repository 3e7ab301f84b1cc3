/* SPDX-License-Identifier: GPL-3.0-or-later */
/* What a row of the outbox becomes: who gets it, in which language, with which words. */
#include "cpd-compose.h"

#include <string.h>

#include "cpd-links.h"
#include "cpd-stmt.h"
#include "cpd-templates.h"
#include "store-kit.h"

#define NOW (1772539200 * CP_TIME_SECOND) /* 2026-03-03 12:00 UTC */
#define DAY "86400000000"

static const char people[] =
    "INSERT INTO account (id, public_id, username, name, given_name, email, mobile, language, created) VALUES"
    " (1, 'a', 'm.debruin', 'Marijke de Bruin', 'Marijke', 'marijke@debruin.example', '+31612345612', 'nl', 1),"
    " (2, 'b', 'p.debruin', 'Pieter de Bruin', 'Pieter', 'pieter@debruin.example', '+32470123456', 'en', 1);"
    "INSERT INTO patient (id, public_id, source, identifier_hash, identifier_sealed, name, short_name, created)"
    " VALUES (1, 'p', 'ecd', x'01', x'00', 'Wil de Bruin', 'W. de Bruin', 1);"
    "INSERT INTO membership (id, public_id, account, patient, state, created, until) VALUES"
    " (1, 'm', 1, 1, 2, 1, NULL), (2, 'n', 2, 1, 1, 1, 1772539200000000 + 10 * " DAY ");"
    "INSERT INTO invitation (id, public_id, membership, inviter, state, created, expires) VALUES"
    " (1, 'i', 1, NULL, 0, 1, 1772539200000000 + 7 * " DAY "), (2, 'j', 2, 1, 0, 1, 1772539200000000 + 7 * " DAY ");";

typedef struct
{
  StoreKit kit;
  CpdOutboxNew message;
  const char *sql; /* (nullable): done before */
  CpdMessage *composed;
  GError *error;
} World;

static gboolean
fill (CpdDb *db, gpointer data, GError **error)
{
  return cpd_db_exec (db, people, error);
}

static gboolean
compose (CpdDb *db, gpointer data, GError **error)
{
  World *world = data;
  g_autoptr (CpdOutboxRow) row = NULL;

  if ((world->sql != NULL && !cpd_db_exec (db, world->sql, error)) ||
      !cpd_store_outbox_add_message (db, &world->message, cp_time_now (), error))
    return FALSE;
  row = cpd_store_outbox_take (db, world->message.kind, cp_time_now (), cp_time_now () + CP_TIME_MINUTE, error);
  g_assert_nonnull (row);
  world->composed = cpd_compose (db, world->kit.config, world->kit.keys, row, cp_time_now (), &world->error);
  return cpd_db_run (db, error, "DELETE FROM outbox", "");
}

static void
set_up (World *world, gconstpointer data)
{
  store_kit_set_up (&world->kit);
  store_kit_write (&world->kit, fill, NULL);
}

static void
tear_down (World *world, gconstpointer data)
{
  cpd_message_free (world->composed);
  g_clear_error (&world->error);
  store_kit_tear_down (&world->kit);
}

static const CpdMessage *
write_one (World *world, const char *template_name, gint64 account, gint64 membership)
{
  g_clear_pointer (&world->composed, cpd_message_free);
  g_clear_error (&world->error);
  world->message.kind = CPD_OUTBOX_MAIL;
  world->message.template_name = template_name;
  world->message.account = account;
  world->message.membership = membership;
  store_kit_write (&world->kit, compose, world);
  return world->composed;
}

static void
assert_has (const char *text, const char *words)
{
  if (strstr (text, words) == NULL)
    g_error ("“%s” is not in:\n%s", words, text);
}

static void
test_inviter (World *world, gconstpointer data)
{
  const CpdMessage *mail = write_one (world, "invitation-known", 2, 2);

  g_assert_no_error (world->error);
  g_assert_cmpstr (mail->to, ==, "pieter@debruin.example");
  g_assert_cmpstr (mail->subject, ==, "You have a new invitation in the client portal");
  assert_has (mail->text, "Marijke de Bruin invites you to a client portal of Zorggroep De Linde.\n");
  assert_has (mail->text, "\nhttps://portal.example.org/\n");
  assert_has (mail->text, "You can accept until Tuesday March 10, 2026.\n");
  /* Nobody but the organisation. */
  mail = write_one (world, "invitation-known", 1, 1);
  assert_has (mail->text, "Zorggroep De Linde nodigt u uit voor een cliëntportaal.\n");
  assert_has (mail->text, "Verwacht u dit niet?");
  mail = write_one (world, "invitation-credentials", 1, 1);
  assert_has (mail->text, "Zorggroep De Linde geeft u toegang tot het cliëntportaal.\n\nGebruikersnaam: m.debruin\n");
  /* From there one gets the program. */
  assert_has (mail->text, "\n   https://portal.example.org/");
}

static gboolean
count_secrets (CpdDb *db, gpointer data, GError **error)
{
  g_assert_cmpint (store_kit_number (db, "SELECT count(*) FROM credential WHERE kind = 1"), ==, 0);
  g_assert_cmpint (store_kit_number (db, "SELECT count(*) FROM link"), ==, 0);
  return TRUE;
}

/* What was queued before they chose a password brings nothing that opens the account without it. */
static void
test_has_password (World *world, gconstpointer data)
{
  static const struct
  {
    const char *name;
    int link_kind;
  } queued[] = { { "invitation-credentials", 0 }, { "invitation-link", CPD_LINK_INVITATION } };

  world->sql = "INSERT INTO credential (account, kind, pepper, hash, created) VALUES (2, 0, 0, 'own', 1)";
  for (gsize i = 0; i < G_N_ELEMENTS (queued); i++)
    {
      const CpdMessage *mail;

      world->message.link_kind = queued[i].link_kind;
      mail = write_one (world, queued[i].name, 2, 2);
      g_assert_cmpstr (mail->subject, ==, "You have a new invitation in the client portal");
      assert_has (mail->text, "\nhttps://portal.example.org/\n");
      g_assert_null (strstr (mail->text, "p.debruin\n"));
      store_kit_write (&world->kit, count_secrets, NULL);
      world->sql = NULL;
    }
}

/* Nor does what was asked before they chose one: another mail was first. */
static void
test_remembered (World *world, gconstpointer data)
{
  static const struct
  {
    const char *name;
    int link_kind;
  } asked[] = { { "reset-link", CPD_LINK_RESET }, { "reset-temporary", 0 } };

  for (gsize i = 0; i < G_N_ELEMENTS (asked); i++)
    {
      world->message.link_kind = asked[i].link_kind;
      world->sql = "DELETE FROM credential; DELETE FROM link;"
                   "INSERT INTO credential (account, kind, pepper, hash, created)"
                   " VALUES (2, 0, 0, 'own', 1772539200000001)";
      g_assert_null (write_one (world, asked[i].name, 2, 0));
      g_assert_error (world->error, CP_ERROR, CP_ERROR_NOT_FOUND);
      store_kit_write (&world->kit, count_secrets, NULL);
      world->sql = "UPDATE credential SET created = 1772539199999999";
      g_assert_nonnull (write_one (world, asked[i].name, 2, 0));
    }
}

/* What is still to be chosen is said only while it is. */
static void
test_rights (World *world, gconstpointer data)
{
  const CpdMessage *mail = write_one (world, "invitation-link", 2, 2);

  assert_has (mail->html, "After that Marijke de Bruin chooses what you may see.");
  world->sql = "INSERT INTO membership_part (membership, part, given_by, given) VALUES (2, 8, NULL, 1)";
  mail = write_one (world, "invitation-link", 2, 2);
  g_assert_null (strstr (mail->html, "chooses what you may see"));
  assert_has (mail->html, "Do you not know Marijke de Bruin?");
}

/* What was answered or withdrawn before the mail left is not sent any more. */
static void
test_not_open (World *world, gconstpointer data)
{
  static const char *const closed[] = {
    "UPDATE invitation SET state = 1 WHERE id = 2",
    "UPDATE invitation SET state = 0, expires = 1772539200000000 WHERE id = 2",
    "UPDATE invitation SET expires = 1772539200000001 WHERE id = 2; UPDATE membership SET ended = 1 WHERE id = 2",
  };

  for (gsize i = 0; i < G_N_ELEMENTS (closed); i++)
    {
      world->sql = closed[i];
      g_assert_null (write_one (world, "invitation-credentials", 2, 2));
      g_assert_error (world->error, CP_ERROR, CP_ERROR_NOT_FOUND);
    }
}

/* Of somebody who has died nothing is mailed, also when it was asked for before. */
static void
test_died (World *world, gconstpointer data)
{
  static const char *const templates[] = { "invitation-link",  "invitation-known",       "invitation-credentials",
                                           "access-ends-soon", "access-ends-soon-admin", "access-ended" };

  for (gsize i = 0; i < G_N_ELEMENTS (templates); i++)
    {
      world->sql = "UPDATE patient SET deceased = 0";
      g_assert_nonnull (write_one (world, templates[i], 2, 2));
      world->sql = "UPDATE patient SET deceased = 1";
      g_assert_null (write_one (world, templates[i], 2, 2));
      g_assert_error (world->error, CP_ERROR, CP_ERROR_NOT_FOUND);
    }
  /* What is about no client goes out. */
  g_assert_nonnull (write_one (world, "password-changed", 2, 0));
}

static void
test_own_address (World *world, gconstpointer data)
{
  g_autoptr (GBytes) sealed = cpd_store_outbox_seal (world->kit.keys, "nieuw@debruin.example");
  const CpdMessage *mail;

  world->message.to_sealed = sealed;
  mail = write_one (world, "email-changed", 1, 0);
  g_assert_cmpstr (mail->to, ==, "nieuw@debruin.example");
  assert_has (mail->text, "is gewijzigd op dinsdag 3 maart\n2026 om 13:00 uur.");
  /* Also without an account. */
  mail = write_one (world, "account-ended", 0, 0);
  g_assert_cmpstr (mail->to, ==, "nieuw@debruin.example");
  world->message.to_sealed = NULL;
  g_assert_null (write_one (world, "account-ended", 0, 0));
  g_assert_error (world->error, CP_ERROR, CP_ERROR_NOT_FOUND);
}

static void
test_values (World *world, gconstpointer data)
{
  const CpdMessage *mail = write_one (world, "mobile-changed", 1, 0);

  assert_has (mail->text, "Codes per sms gaan vanaf nu naar 06-••••••12.");
  mail = write_one (world, "access-ends-soon", 2, 2);
  g_assert_cmpstr (mail->subject, ==, "Your access ends on Friday March 13, 2026");
  g_assert_null (write_one (world, "access-ends-soon", 1, 1));
  /* The last day that counted, not the one on which the portal came to look. */
  world->sql = "UPDATE membership SET ended = 1772405999999999 WHERE id = 1";
  mail = write_one (world, "access-ended", 1, 1);
  assert_has (mail->html, "zondag 1 maart 2026");
  world->sql = NULL;
  mail = write_one (world, "reset-temporary", 1, 0);
  assert_has (mail->text, "Dit wachtwoord werkt één keer, tot 14:00 uur.");
  mail = write_one (world, "desk-code-given", 1, 0);
  g_assert_cmpstr (mail->subject, ==, "U heeft een code gekregen van de servicedesk");
  assert_has (mail->text, "De servicedesk heeft op dinsdag 3 maart 2026");
  g_assert_null (write_one (world, "login-code", 1, 0));
  g_assert_error (world->error, CP_ERROR, CP_ERROR_NOT_FOUND);
}

/* Whatever a name is, it makes no line of its own. */
static void
test_hostile_name (World *world, gconstpointer data)
{
  const CpdMessage *mail;

  world->sql = "UPDATE account SET name = 'Eve' || char (13, 10) || 'Bcc: all@x.example {link}' WHERE id = 1";
  mail = write_one (world, "invitation-known", 2, 2);
  assert_has (mail->text, "Eve Bcc: all@x.example {link} invites you");
}

static void
test_plain_width (World *world, gconstpointer data)
{
  gsize n;
  const CpdTemplate *templates = cpd_template_list (&n);

  for (gsize i = 0; i < n; i++)
    {
      const CpdMessage *mail;
      g_auto (GStrv) lines = NULL;

      if (templates[i].kind != CPD_OUTBOX_MAIL)
        continue;
      mail = write_one (world, templates[i].name, 2, 2);
      g_assert_no_error (world->error);
      lines = g_strsplit (mail->text, "\n", -1);
      for (int line = 0; lines[line] != NULL; line++)
        g_assert_cmpint (g_utf8_strlen (lines[line], -1), <=, 72);
      g_assert_null (strchr (mail->text, '{'));
      g_assert_null (strchr (mail->subject, '{'));
      /* No mail says whose portal it is. */
      g_assert_null (strstr (mail->text, "Wil"));
      g_assert_null (strstr (mail->text, "W. de Bruin"));
    }
}

#define ADD(name, func) g_test_add ("/compose/" name, World, NULL, set_up, func, tear_down)

int
main (int argc, char *argv[])
{
  g_test_init (&argc, &argv, NULL);
  ADD ("inviter", test_inviter);
  ADD ("has-password", test_has_password);
  ADD ("remembered", test_remembered);
  ADD ("rights", test_rights);
  ADD ("not-open", test_not_open);
  ADD ("died", test_died);
  ADD ("own-address", test_own_address);
  ADD ("values", test_values);
  ADD ("hostile-name", test_hostile_name);
  ADD ("plain-width", test_plain_width);
  return g_test_run ();
}
