/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-time.h"
#include "cpd-db.h"

G_BEGIN_DECLS

typedef struct
{
  gint64 id;
  char *username;
  char *name;
  char *given_name;
  char *email;
  char *mobile; /* (nullable): E.164 */
  char *language;
  CpTime last_login;     /* 0: never */
  CpTime previous_login; /* 0: the present one is the first */
} CpdAccount;

void cpd_account_free (CpdAccount *account);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpdAccount, cpd_account_free)

/* (transfer full): what was typed, as accounts are found by it. */
char *cpd_account_fold_username (const char *typed);

/* The column kind of a credential. */
typedef enum
{
  CPD_CREDENTIAL_OWN = 0,
  CPD_CREDENTIAL_TEMPORARY = 1
} CpdCredentialKind;

/* More mails with a temporary password than reach one person while each of them works. */
#define CPD_TEMPORARY_MOST 16
/* Of the tries of one mail with an invitation: the answer to one may have been lost, so that it arrived all the same.
 */
#define CPD_TEMPORARY_TRIES 4
/* Of all that were asked for, tries too: more mails than somebody may ask in the hour for which they work. */
#define CPD_TEMPORARY_ASKED 8

/* What one mail brought. */
typedef struct
{
  char *hash;
  CpTime created;
  CpTime expires;
  gboolean invited; /* it came with an invitation */
} CpdTemporary;

/* The password hashes of one account, copied out for the hashing pool. */
typedef struct
{
  char *own_hash; /* (nullable) */
  int own_pepper;
  CpTime own_since;                           /* since when it is this password, whatever its hash */
  CpdTemporary temporary[CPD_TEMPORARY_MOST]; /* those that are over too */
  gsize n_temporary;
} CpdCredentials;

void cpd_credentials_clear (CpdCredentials *credentials);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (CpdCredentials, cpd_credentials_clear)

/* (nullable) (transfer full): NULL without error when there is none. username is folded already. */
CpdAccount *cpd_store_account_find (CpdDb *db, const char *username, GError **error);
/* (transfer full) (element-type utf8): a set: which of the user names bases (element-type utf8), and of those that
 * begin with one of them and go on with a number, somebody has. */
GHashTable *cpd_store_account_taken (CpdDb *db, GPtrArray *bases, GError **error);
/* The address counts without case. */
CpdAccount *cpd_store_account_find_email (CpdDb *db, const char *email, GError **error);
CpdAccount *cpd_store_account_get (CpdDb *db, gint64 id, GError **error);
gboolean cpd_store_account_credentials (CpdDb *db, gint64 account, CpdCredentials *credentials, GError **error);
/* *hash (transfer full): the own hash of somebody, the same for a number as long as nobody chooses a password or the
 * accounts become twice as many; NULL when there is none at all. */
gboolean cpd_store_account_any_hash (CpdDb *db, guint64 number, char **hash, GError **error);
/* (nullable) (transfer none): the temporary one with this hash. */
const CpdTemporary *cpd_credentials_find_temporary (const CpdCredentials *credentials, const char *hash);

/* id and public id are made here; account->id is set. */
gboolean cpd_store_account_add (CpdDb *db, CpdAccount *account, CpTime now, GError **error);
/* hash is argon2id under that pepper. */
gboolean cpd_store_account_set_own (CpdDb *db, gint64 account, int pepper, const char *hash, CpTime now,
                                    GError **error);
/* The same password under another hash; nothing, when old_hash is not its hash any more. */
gboolean cpd_store_account_rehash (CpdDb *db, gint64 account, const char *old_hash, int pepper, const char *hash,
                                   GError **error);
/* Those of before go on. invited: it goes with an invitation, and only who invites can send another. */
gboolean cpd_store_account_add_temporary (CpdDb *db, gint64 account, const char *hash, gboolean invited, CpTime now,
                                          CpTime expires, GError **error);
/* All of them. */
gboolean cpd_store_account_drop_temporary (CpdDb *db, gint64 account, GError **error);
/* A full session begins: last_login moves to previous_login. */
gboolean cpd_store_account_visited (CpdDb *db, gint64 account, CpTime now, GError **error);
/* E.164. Codes that went to the one before count no more. */
gboolean cpd_store_account_set_mobile (CpdDb *db, gint64 account, const char *mobile, GError **error);
/* Only at the first login: the desktop's language becomes the account's. */
gboolean cpd_store_account_set_language (CpdDb *db, gint64 account, const char *language, GError **error);

G_END_DECLS
