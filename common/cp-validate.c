/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-validate.h"

#include <gio/gio.h>
#include <string.h>

#define LOWER "abcdefghijklmnopqrstuvwxyz"
#define UPPER "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
#define DIGITS "0123456789"
#define ALNUM LOWER UPPER DIGITS

#define HOST_MAX 253 /* RFC 1035, without the last dot */
#define LABEL_MAX 63
#define EMAIL_LOCAL_MAX 64 /* RFC 5321, 4.5.3.1.1 */

static gboolean
invalid (GError **error, const char *field, const char *message)
{
  cp_error_set_field (error, field, message);
  return FALSE;
}

static gboolean
consists_of (const char *text, const char *allowed)
{
  return text[strspn (text, allowed)] == '\0';
}

/**
 * cp_validate_username:
 * @text: (nullable)
 *
 * ASCII letters, digits, '.', '-' and '_'; 3 to 64 of them. Case does not count, but that is for who compares.
 *
 * Returns: TRUE, or FALSE with CP_ERROR_INVALID_FIELD.
 */
gboolean
cp_validate_username (const char *text, GError **error)
{
  gsize length = text != NULL ? strlen (text) : 0;

  if (length < CP_USERNAME_MIN || length > CP_USERNAME_MAX)
    return invalid (error, "username", "too short or too long");
  if (!consists_of (text, ALNUM ".-_"))
    return invalid (error, "username", "other characters than letters, digits, '.', '-' and '_'");
  return TRUE;
}

/**
 * cp_validate_turns:
 *
 * The embeddings, overrides and isolates of Unicode: no name needs them, for letters know their own direction.
 *
 * Returns: TRUE when it turns the text around it, so that another text is read than was written.
 */
gboolean
cp_validate_turns (gunichar c)
{
  return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
}

/* What would break a line, or turn the text around it. */
static gboolean
is_layout_character (gunichar c)
{
  return g_unichar_iscntrl (c) || c == 0x2028 || c == 0x2029 || cp_validate_turns (c);
}

/* On one line, and nothing that turns it around. *visible tells whether there is anything to see in it. */
static gboolean
is_line (const char *text, gboolean *visible)
{
  *visible = FALSE;
  for (; *text != '\0'; text = g_utf8_next_char (text))
    {
      gunichar c = g_utf8_get_char (text);
      if (is_layout_character (c))
        return FALSE;
      *visible = *visible || (g_unichar_isgraph (c) && !g_unichar_iszerowidth (c));
    }
  return TRUE;
}

/**
 * cp_validate_device_name:
 * @text: (nullable)
 *
 * Whatever tells a person's computers apart: something to see, at most 100 characters, on one line.
 *
 * Returns: TRUE, or FALSE with CP_ERROR_INVALID_FIELD.
 */
gboolean
cp_validate_device_name (const char *text, GError **error)
{
  gboolean visible;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return invalid (error, "name", "not text");
  if (g_utf8_strlen (text, -1) > CP_NAME_MAX)
    return invalid (error, "name", "too long");
  if (!is_line (text, &visible))
    return invalid (error, "name", "control characters");
  return visible || invalid (error, "name", "empty");
}

/**
 * cp_validate_name:
 * @text: (nullable)
 *
 * A name of a person: at least one letter, at most 100 characters, on one line.
 *
 * Returns: TRUE, or FALSE with CP_ERROR_INVALID_FIELD.
 */
gboolean
cp_validate_name (const char *text, GError **error)
{
  gboolean has_letter = FALSE;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return invalid (error, "name", "not text");
  if (g_utf8_strlen (text, -1) > CP_NAME_MAX)
    return invalid (error, "name", "too long");
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (is_layout_character (c))
        return invalid (error, "name", "control characters");
      has_letter = has_letter || g_unichar_isalpha (c);
    }
  return has_letter || invalid (error, "name", "no letters");
}

/* Labels of RFC 1123 with dots between them. The last is never a number alone: that would be half an IPv4 address. */
static gboolean
is_host_name (const char *host)
{
  const char *label = host;

  if (strlen (host) > HOST_MAX)
    return FALSE;
  while (TRUE)
    {
      gsize length = strspn (label, LOWER DIGITS "-");
      if (length == 0 || length > LABEL_MAX || label[0] == '-' || label[length - 1] == '-')
        return FALSE;
      if (label[length] == '\0')
        return strspn (label, DIGITS) < length;
      if (label[length] != '.')
        return FALSE;
      label += length + 1;
    }
}

/* (transfer full): the name in lower case, IDN as A-labels; NULL when it is not a host name. */
static char *
normalise_host_name (const char *text)
{
  g_autofree char *ascii = g_hostname_to_ascii (text);

  if (ascii == NULL)
    return NULL;
  g_autofree char *host = g_ascii_strdown (ascii, -1);
  return is_host_name (host) ? g_steal_pointer (&host) : NULL;
}

static gboolean
is_email_local (const char *local, gsize length)
{
  g_autofree char *text = g_strndup (local, length);

  return length > 0 && length <= EMAIL_LOCAL_MAX && consists_of (text, ALNUM ".!#$%&'*+/=?^_`{|}~-") &&
         text[0] != '.' && text[length - 1] != '.' && strstr (text, "..") == NULL;
}

/**
 * cp_validate_email:
 * @text: (nullable)
 *
 * An address as people have them: the dot-atom of RFC 5322, '@', and a domain with a dot. No quotes, comments or
 * address literals, so that it goes into a mail header and to libcurl as it is.
 *
 * Returns: TRUE, or FALSE with CP_ERROR_INVALID_FIELD.
 */
gboolean
cp_validate_email (const char *text, GError **error)
{
  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    return invalid (error, "email", "not text");
  if (strlen (text) > CP_EMAIL_MAX)
    return invalid (error, "email", "too long");
  const char *at = strchr (text, '@');
  if (at == NULL || !is_email_local (text, at - text))
    return invalid (error, "email", "not an address");
  g_autofree char *domain = normalise_host_name (at + 1);
  if (domain == NULL || strchr (domain, '.') == NULL)
    return invalid (error, "email", "not a domain after the @");
  return TRUE;
}

/**
 * cp_validate_new_password:
 * @text: (nullable)
 *
 * The length only, in characters after NFC, so that a password counts the same on every keyboard.
 *
 * Returns: TRUE, or FALSE with CP_ERROR_PASSWORD_SHORT, CP_ERROR_PASSWORD_LONG or CP_ERROR_INVALID_FIELD.
 */
gboolean
cp_validate_new_password (const char *text, GError **error)
{
  if (text != NULL && strlen (text) > CP_PASSWORD_MAX_BYTES)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_PASSWORD_LONG, "the password is too long");
      return FALSE;
    }
  char *composed = text != NULL ? g_utf8_normalize (text, -1, G_NORMALIZE_NFC) : NULL;
  if (composed == NULL)
    return invalid (error, "new_password", "not text");
  glong length = g_utf8_strlen (composed, -1);
  explicit_bzero (composed, strlen (composed));
  g_free (composed);
  if (length < CP_PASSWORD_MIN)
    {
      g_set_error_literal (error, CP_ERROR, CP_ERROR_PASSWORD_SHORT, "the password is too short");
      return FALSE;
    }
  return TRUE;
}

/**
 * cp_validate_code:
 * @text: (nullable): as typed or pasted; spaces and dashes do not count
 * @digits: as many as the code has, CP_GIVEN_CODE_DIGITS at most
 *
 * Returns: (transfer full): the digits, or NULL with CP_ERROR_INVALID_FIELD.
 */
char *
cp_validate_code (const char *text, int digits, GError **error)
{
  char code[CP_GIVEN_CODE_DIGITS + 1] = "";
  int n = 0;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    {
      invalid (error, "code", "not text");
      return NULL;
    }
  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      if (g_unichar_isspace (c) || g_unichar_type (c) == G_UNICODE_DASH_PUNCTUATION)
        continue;
      if (n == digits || c < '0' || c > '9')
        {
          invalid (error, "code", "other characters than digits, or too many");
          return NULL;
        }
      code[n++] = c;
    }
  if (n < digits)
    {
      invalid (error, "code", "too few digits");
      return NULL;
    }
  return g_strdup (code);
}

/* (transfer full): a host name or IPv4 address as it is, an IPv6 address in brackets; NULL when it is neither. */
static char *
normalise_host (const char *text)
{
  gsize length = strlen (text);

  if (text[0] == '[')
    {
      if (text[length - 1] != ']' || strchr (text, '%') != NULL)
        return NULL;
      g_autofree char *inner = g_strndup (text + 1, length - 2);
      g_autoptr (GInetAddress) address = g_inet_address_new_from_string (inner);
      if (address == NULL || g_inet_address_get_family (address) != G_SOCKET_FAMILY_IPV6)
        return NULL;
      g_autofree char *plain = g_inet_address_to_string (address);
      return g_strdup_printf ("[%s]", plain);
    }
  if (consists_of (text, DIGITS ".") && g_hostname_is_ip_address (text))
    return g_strdup (text);
  return normalise_host_name (text);
}

/* Cuts ":port" off host. FALSE when there is a port that is none; *port is 0 when there is no port. */
static gboolean
cut_port (char *host, guint64 *port)
{
  char *bracket = strchr (host, ']');
  char *colon = strchr (bracket != NULL ? bracket : host, ':');

  *port = 0;
  if (colon == NULL)
    return TRUE;
  *colon = '\0';
  return g_ascii_string_to_unsigned (colon + 1, 10, 1, G_MAXUINT16, port, NULL);
}

/**
 * cp_validate_address:
 * @text: (nullable): the address of an organisation's server, as a person types it
 *
 * Returns: (transfer full): "host" or "host:port" in lower case, with IDN as A-labels, an IPv6 address in brackets, and
 *   without the port when it is that of https; or NULL with CP_ERROR_INVALID_FIELD.
 */
char *
cp_validate_address (const char *text, GError **error)
{
  static const char scheme[] = "https://";
  guint64 port;

  if (text == NULL || !g_utf8_validate (text, -1, NULL))
    {
      invalid (error, "address", "not text");
      return NULL;
    }
  if (g_ascii_strncasecmp (text, scheme, strlen (scheme)) == 0)
    text += strlen (scheme);
  g_autofree char *name = g_strdup (text);
  if (g_str_has_suffix (name, "/"))
    name[strlen (name) - 1] = '\0';
  gboolean has_port = cut_port (name, &port);
  g_autofree char *host = has_port ? normalise_host (name) : NULL;
  if (host == NULL)
    {
      invalid (error, "address", "not a host name or IP address with an optional port");
      return NULL;
    }
  return port == 0 || port == 443 ? g_steal_pointer (&host) : g_strdup_printf ("%s:%u", host, (guint) port);
}

static gboolean
is_base64url (const char *text, gsize length)
{
  return text != NULL && strlen (text) == length && consists_of (text, ALNUM "-_");
}

/**
 * cp_validate_is_id:
 * @text: (nullable)
 *
 * Returns: whether @text has the form of an id on the wire.
 */
gboolean
cp_validate_is_id (const char *text)
{
  return is_base64url (text, CP_ID_LENGTH);
}

/**
 * cp_validate_is_token:
 * @text: (nullable)
 *
 * Returns: whether @text has the form of a token.
 */
gboolean
cp_validate_is_token (const char *text)
{
  return is_base64url (text, CP_TOKEN_LENGTH);
}
