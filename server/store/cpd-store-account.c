/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-store-account.h"

#include <string.h>

#include "cpd-language.h"
#include "cpd-result.h"
#include "cpd-stmt.h"
#include "cpd-store-attempt.h"
#include "cpd-store-news.h"
#include "cpd-token.h"

void
cpd_account_free (CpdAccount *account)
{
  if (account == NULL)
    return;
  g_free (account->username);
  g_free (account->name);
  g_free (account->given_name);
  g_free (account->email);
  g_free (account->mobile);
  g_free (account->language);
  g_free (account);
}

void
cpd_credentials_clear (CpdCredentials *credentials)
{
  g_clear_pointer (&credentials->own_hash, g_free);
  for (gsize i = 0; i < credentials->n_temporary; i++)
    g_clear_pointer (&credentials->temporary[i].hash, g_free);
  credentials->n_temporary = 0;
}

#define COLUMNS "id, username, name, given_name, email, mobile, language, last_login, previous_login"

static CpdAccount *
take_account (CpdStmt *stmt, GError **error)
{
  CpdAccount *account;

  if (!cpd_stmt_next (stmt, error))
    return NULL;
  account = g_new0 (CpdAccount, 1);
  account->id = cpd_stmt_int (stmt, 0);
  account->username = cpd_stmt_dup_text (stmt, 1);
  account->name = cpd_stmt_dup_text (stmt, 2);
  account->given_name = cpd_stmt_dup_text (stmt, 3);
  account->email = cpd_stmt_dup_text (stmt, 4);
  account->mobile = cpd_stmt_dup_text (stmt, 5);
  account->language = cpd_stmt_dup_text (stmt, 6);
  account->last_login = cpd_stmt_int (stmt, 7);
  account->previous_login = cpd_stmt_int (stmt, 8);
  return account;
}

/**
 * cpd_account_fold_username:
 *
 * Returns: (transfer full): as the column username has it; what was typed may be anything.
 */
char *
cpd_account_fold_username (const char *typed)
{
  g_autofree char *stripped = g_strstrip (g_strdup (typed));

  return g_utf8_casefold (stripped, -1);
}

/**
 * cpd_store_account_find:
 * @username: case folded
 *
 * Returns: (transfer full) (nullable): NULL with or without an error: without one there is no such account.
 */
CpdAccount *
cpd_store_account_find (CpdDb *db, const char *username, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT " COLUMNS " FROM account WHERE username = ? AND ended IS NULL", "t", username);

  return take_account (stmt, error);
}

/**
 * cpd_store_account_taken:
 * @bases: (element-type utf8): of the characters of user names, case folded
 *
 * What follows a name and sorts before ':' begins with a digit, a dot or a dash.
 *
 * Returns: (transfer full) (element-type utf8): those that somebody has of the names and what begins with them and a
 *   number, as a set; NULL with an error.
 */
GHashTable *
cpd_store_account_taken (CpdDb *db, GPtrArray *bases, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GString) list = g_string_new ("[");
  g_autoptr (CpdStmt) stmt = NULL;

  for (guint i = 0; i < bases->len; i++)
    g_string_append_printf (list, "%s\"%s\"", i > 0 ? "," : "", (const char *) bases->pdata[i]);
  g_string_append_c (list, ']');
  stmt = cpd_db_query (db, &local,
                       "SELECT a.username FROM json_each (?) base CROSS JOIN account a"
                       " ON a.username >= base.value AND a.username < base.value || ':'",
                       "t", list->str);
  while (cpd_stmt_next (stmt, &local))
    g_hash_table_add (taken, cpd_stmt_dup_text (stmt, 0));
  return cpd_result (&local, error) ? g_steal_pointer (&taken) : NULL;
}

/**
 * cpd_store_account_find_email:
 *
 * Returns: (transfer full) (nullable): as cpd_store_account_find().
 */
CpdAccount *
cpd_store_account_find_email (CpdDb *db, const char *email, GError **error)
{
  g_autoptr (CpdStmt) stmt =
      cpd_db_query (db, error, "SELECT " COLUMNS " FROM account WHERE email = ? COLLATE NOCASE", "t", email);

  return take_account (stmt, error);
}

/**
 * cpd_store_account_get:
 *
 * Returns: (transfer full) (nullable): as cpd_store_account_find().
 */
CpdAccount *
cpd_store_account_get (CpdDb *db, gint64 id, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "SELECT " COLUMNS " FROM account WHERE id = ?", "i", id);

  return take_account (stmt, error);
}

static void
take_temporary (CpdCredentials *credentials, CpdStmt *stmt)
{
  CpdTemporary *temporary = &credentials->temporary[credentials->n_temporary];

  if (credentials->n_temporary == CPD_TEMPORARY_MOST)
    return;
  temporary->hash = cpd_stmt_dup_text (stmt, 2);
  temporary->expires = cpd_stmt_int (stmt, 3);
  temporary->invited = cpd_stmt_int (stmt, 4) != 0;
  temporary->created = cpd_stmt_int (stmt, 5);
  credentials->n_temporary++;
}

/**
 * cpd_store_account_credentials:
 * @account: 0 gives none, at the same cost as a query
 * @credentials: (out caller-allocates)
 */
gboolean
cpd_store_account_credentials (CpdDb *db, gint64 account, CpdCredentials *credentials, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = cpd_db_query (
      db, &local, "SELECT kind, pepper, hash, expires, invited, created FROM credential WHERE account = ?", "i",
      account);

  memset (credentials, 0, sizeof *credentials);
  while (cpd_stmt_next (stmt, &local))
    if (cpd_stmt_int (stmt, 0) == CPD_CREDENTIAL_OWN)
      {
        credentials->own_pepper = (int) cpd_stmt_int (stmt, 1);
        credentials->own_hash = cpd_stmt_dup_text (stmt, 2);
        credentials->own_since = cpd_stmt_int (stmt, 5);
      }
    else
      take_temporary (credentials, stmt);
  return cpd_result (&local, error);
}

/* Numbers up to this are of places among the first half of the accounts or more: it changes when they have doubled. */
static gboolean
mask_of_accounts (CpdDb *db, gint64 *mask, GError **error)
{
  g_autoptr (CpdStmt) stmt = cpd_db_query (db, error, "SELECT max (account) FROM credential WHERE kind = 0", "");
  gint64 last;

  if (!cpd_stmt_next (stmt, error))
    return FALSE;
  last = cpd_stmt_int (stmt, 0);
  *mask = last > 0 ? ((gint64) 1 << (g_bit_storage ((gulong) last) - 1)) - 1 : 0;
  return TRUE;
}

/**
 * cpd_store_account_any_hash:
 * @number: of whoever asks; the same one gets the same hash
 * @hash: (out) (transfer full) (nullable)
 */
gboolean
cpd_store_account_any_hash (CpdDb *db, guint64 number, char **hash, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdStmt) stmt = NULL;
  gint64 mask;

  *hash = NULL;
  if (!mask_of_accounts (db, &mask, error))
    return FALSE;
  stmt =
      cpd_db_query (db, &local, "SELECT hash FROM credential WHERE kind = 0 AND account > ? ORDER BY account LIMIT 1",
                    "i", (gint64) (number & (guint64) mask));
  if (cpd_stmt_next (stmt, &local))
    *hash = cpd_stmt_dup_text (stmt, 0);
  return cpd_result (&local, error);
}

/**
 * cpd_credentials_find_temporary:
 */
const CpdTemporary *
cpd_credentials_find_temporary (const CpdCredentials *credentials, const char *hash)
{
  for (gsize i = 0; i < credentials->n_temporary; i++)
    if (strcmp (credentials->temporary[i].hash, hash) == 0)
      return &credentials->temporary[i];
  return NULL;
}

/**
 * cpd_store_account_add:
 *
 * Adds an account. CP_ERROR_CONFLICT when the user name or the e-mail address is in use.
 */
gboolean
cpd_store_account_add (CpdDb *db, CpdAccount *account, CpTime now, GError **error)
{
  g_autofree char *public_id = cpd_token_new_id ();

  if (!cpd_db_run (db, error,
                   "INSERT INTO account (public_id, username, name, given_name, email, mobile, language, created)"
                   " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                   "ttttttti", public_id, account->username, account->name, account->given_name, account->email,
                   account->mobile, account->language, now))
    return FALSE;
  account->id = cpd_db_last_id (db);
  return TRUE;
}

/**
 * cpd_store_account_set_own:
 *
 * Replaces the one of before.
 */
gboolean
cpd_store_account_set_own (CpdDb *db, gint64 account, int pepper, const char *hash, CpTime now, GError **error)
{
  return cpd_db_run (
      db, error,
      "INSERT INTO credential (account, kind, pepper, hash, created) VALUES (?, ?, ?, ?, ?)"
      " ON CONFLICT (account) WHERE kind = 0 DO UPDATE SET pepper = excluded.pepper, hash = excluded.hash,"
      " created = excluded.created",
      "iiiti", account, (gint64) CPD_CREDENTIAL_OWN, (gint64) pepper, hash, now);
}

/**
 * cpd_store_account_rehash:
 *
 * Keeps the own password under another hash. It is no other password: since when it is theirs stays.
 */
gboolean
cpd_store_account_rehash (CpdDb *db, gint64 account, const char *old_hash, int pepper, const char *hash, GError **error)
{
  return cpd_db_run (db, error,
                     "UPDATE credential SET pepper = ?, hash = ? WHERE account = ? AND kind = ? AND hash = ?", "itiit",
                     (gint64) pepper, hash, account, (gint64) CPD_CREDENTIAL_OWN, old_hash);
}

/**
 * cpd_store_account_add_temporary:
 *
 * Of more than CPD_TEMPORARY_MOST the oldest go, those that are over first. Before that, so that a mail that is tried
 * again and again does not push out what an invitation brought, only the newest tries stay of each mail with an
 * invitation, which end at the same moment, and of all that were asked for, of which each try has an end of its own.
 */
gboolean
cpd_store_account_add_temporary (CpdDb *db, gint64 account, const char *hash, gboolean invited, CpTime now,
                                 CpTime expires, GError **error)
{
  return cpd_db_run (db, error,
                     "INSERT INTO credential (account, kind, pepper, hash, created, expires, invited)"
                     " VALUES (?, ?, 0, ?, ?, ?, ?)",
                     "iitiii", account, (gint64) CPD_CREDENTIAL_TEMPORARY, hash, now, expires,
                     (gint64) (invited != FALSE)) &&
         cpd_db_run (db, error,
                     "DELETE FROM credential WHERE account = ?1 AND kind = ?2 AND id NOT IN (SELECT id FROM"
                     " (SELECT id, expires, invited,"
                     "  row_number () OVER (PARTITION BY iif (invited, expires, 0) ORDER BY id DESC) AS nth"
                     "  FROM credential WHERE account = ?1 AND kind = ?2)"
                     " WHERE nth <= iif (invited, ?5, ?6) ORDER BY expires > ?3 DESC, id DESC LIMIT ?4)",
                     "iiiiii", account, (gint64) CPD_CREDENTIAL_TEMPORARY, now, (gint64) CPD_TEMPORARY_MOST,
                     (gint64) CPD_TEMPORARY_TRIES, (gint64) CPD_TEMPORARY_ASKED);
}

/**
 * cpd_store_account_drop_temporary:
 */
gboolean
cpd_store_account_drop_temporary (CpdDb *db, gint64 account, GError **error)
{
  return cpd_db_run (db, error, "DELETE FROM credential WHERE account = ? AND kind = ?", "ii", account,
                     (gint64) CPD_CREDENTIAL_TEMPORARY);
}

/**
 * cpd_store_account_visited:
 *
 * "Since your previous visit" counts from the login before this one.
 */
gboolean
cpd_store_account_visited (CpdDb *db, gint64 account, CpTime now, GError **error)
{
  return cpd_db_run (db, error, "UPDATE account SET previous_login = last_login, last_login = ? WHERE id = ?", "ii",
                     now, account) &&
         cpd_store_news_seen (db, account, now, error);
}

/**
 * cpd_store_account_set_mobile:
 * @mobile: E.164
 *
 * Codes of logins that went to the number of before open nothing any more: it may have been stolen.
 */
gboolean
cpd_store_account_set_mobile (CpdDb *db, gint64 account, const char *mobile, GError **error)
{
  return cpd_db_run (db, error, "UPDATE account SET mobile = ? WHERE id = ?", "ti", mobile, account) &&
         cpd_store_code_drop_logins (db, account, error);
}

/**
 * cpd_store_account_set_language:
 *
 * Only before the first login; later the person's own choice stays. One that the portal does not speak is none.
 */
gboolean
cpd_store_account_set_language (CpdDb *db, gint64 account, const char *language, GError **error)
{
  return !cpd_language_is_known (language) ||
         cpd_db_run (db, error, "UPDATE account SET language = ? WHERE id = ? AND last_login IS NULL", "ti", language,
                     account);
}
