/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-username.h"

#include <string.h>

#include "cp-validate.h"
#include "cpd-store-account.h"

#define NUMBER_DIGITS 5 /* room for a number behind a name */

/* Letters and digits without accents, in lower case. */
static char *
plain (const char *text)
{
  g_autofree char *ascii = g_str_to_ascii (text, "nl");
  GString *kept = g_string_new (NULL);

  for (const char *at = ascii; *at != '\0'; at++)
    if (g_ascii_isalnum (*at))
      g_string_append_c (kept, g_ascii_tolower (*at));
  return g_string_free (kept, FALSE);
}

/* "Marijke de Bruin" gives "m.debruin"; one word, itself; no letter that ASCII has, "gebruiker". */
static char *
base_of (const char *name)
{
  const char *rest = strchr (name, ' ');
  g_autofree char *first = rest != NULL ? g_strndup (name, rest - name) : g_strdup (name);
  g_autofree char *given = plain (first);
  g_autofree char *family = plain (rest != NULL ? rest : "");
  char *base;

  if (*given == '\0' && *family == '\0')
    return g_strdup ("gebruiker");
  if (*given == '\0' || *family == '\0')
    base = g_strconcat (given, family, NULL);
  else
    base = g_strdup_printf ("%c.%s", given[0], family);
  if (strlen (base) > CP_USERNAME_MAX - NUMBER_DIGITS)
    base[CP_USERNAME_MAX - NUMBER_DIGITS] = '\0';
  return base;
}

/* (transfer full) */
static char *
first_free (GHashTable *taken, const char *base, int from)
{
  char *username = NULL;

  for (int n = from; username == NULL || g_hash_table_contains (taken, username); n++)
    {
      g_free (username);
      if (n == 1 && strlen (base) >= CP_USERNAME_MIN)
        username = g_strdup (base);
      else
        username = g_strdup_printf (strlen (base) < CP_USERNAME_MIN ? "%s%02d" : "%s%d", base, n);
    }
  return username;
}

/**
 * cpd_username_propose:
 */
gboolean
cpd_username_propose (CpdDb *db, GPtrArray *members, GError **error)
{
  g_autoptr (GPtrArray) bases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) taken = NULL;

  for (guint i = 0; i < members->len; i++)
    g_ptr_array_add (bases, base_of (((const CpMember *) members->pdata[i])->name));
  taken = cpd_store_account_taken (db, bases, error);
  for (guint i = 0; taken != NULL && i < members->len; i++)
    {
      CpMember *member = members->pdata[i];
      g_free (member->username);
      member->username = first_free (taken, bases->pdata[i], 1);
    }
  return taken != NULL;
}

/**
 * cpd_username_other:
 * @typed: a valid user name
 */
gboolean
cpd_username_other (CpdDb *db, const char *typed, char **username, GError **error)
{
  char *base = g_ascii_strdown (typed, -1);
  g_autoptr (GPtrArray) bases = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) taken = NULL;

  g_ptr_array_add (bases, base);
  if (strlen (base) > CP_USERNAME_MAX - NUMBER_DIGITS)
    base[CP_USERNAME_MAX - NUMBER_DIGITS] = '\0';
  taken = cpd_store_account_taken (db, bases, error);
  if (taken == NULL)
    return FALSE;
  *username = first_free (taken, base, 2);
  return TRUE;
}
