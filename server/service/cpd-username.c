/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-username.h"

#include <string.h>

#include "cp-validate.h"
#include "cpd-store-account.h"

#define NUMBER_DIGITS 5 /* room for a number behind a name */

static gboolean
is_taken (CpdDb *db, const char *username, gboolean *taken, GError **error)
{
  g_autoptr (GError) local = NULL;
  g_autoptr (CpdAccount) account = cpd_store_account_find (db, username, &local);

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }
  *taken = account != NULL;
  return TRUE;
}

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

static gboolean
first_free (CpdDb *db, const char *base, int from, char **username, GError **error)
{
  gboolean taken = TRUE;

  for (int n = from; taken; n++)
    {
      g_free (*username);
      if (n == 1 && strlen (base) >= CP_USERNAME_MIN)
        *username = g_strdup (base);
      else
        *username = g_strdup_printf (strlen (base) < CP_USERNAME_MIN ? "%s%02d" : "%s%d", base, n);
      if (!is_taken (db, *username, &taken, error))
        return FALSE;
    }
  return TRUE;
}

/**
 * cpd_username_propose:
 */
gboolean
cpd_username_propose (CpdDb *db, const char *name, char **username, GError **error)
{
  g_autofree char *base = base_of (name);

  return first_free (db, base, 1, username, error);
}

/**
 * cpd_username_other:
 * @taken: a valid user name
 */
gboolean
cpd_username_other (CpdDb *db, const char *taken, char **username, GError **error)
{
  g_autofree char *base = g_ascii_strdown (taken, -1);

  if (strlen (base) > CP_USERNAME_MAX - NUMBER_DIGITS)
    base[CP_USERNAME_MAX - NUMBER_DIGITS] = '\0';
  return first_free (db, base, 2, username, error);
}
