/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-json-scan.h"

#include <errno.h>
#include <math.h>
#include <string.h>

#define DEPTH_LIMIT 256  /* what the stack takes, whatever the caller asks */
#define MEMBERS_MAX 1000 /* in one object: GLib's string hash is not seeded, so that keys may be made to collide */
#define NUMBER_LENGTH 128

typedef struct
{
  const char *at;
  const char *end;
  int depth;       /* brackets that may still be opened */
  GString *string; /* (owned): what the newest string stands for */
  const char *reason;
  const char *const *members; /* (nullable): of the outermost object, when not all are wanted */
  gboolean skipping;          /* in one that is not wanted: it is judged and not kept */
} Scan;

/* Instead of a node, for what is skipped. */
static const char skipped;
#define SKIPPED ((JsonNode *) (gpointer) &skipped)

/* (transfer full) (nullable) */
static JsonNode *scan_value (Scan *scan);

static gboolean
fail (Scan *scan, const char *reason)
{
  scan->reason = reason;
  return FALSE;
}

static JsonNode *
fail_value (Scan *scan, const char *reason)
{
  scan->reason = reason;
  return NULL;
}

/* The byte that comes next, -1 at the end. */
static int
peek (const Scan *scan)
{
  return scan->at < scan->end ? (guchar) *scan->at : -1;
}

static gboolean
take (Scan *scan, char wanted)
{
  if (peek (scan) != wanted)
    return FALSE;
  scan->at++;
  return TRUE;
}

static void
skip_space (Scan *scan)
{
  while (scan->at < scan->end && (*scan->at == ' ' || *scan->at == '\n' || *scan->at == '\t' || *scan->at == '\r'))
    scan->at++;
}

static gboolean
scan_digits (Scan *scan)
{
  const char *start = scan->at;

  while (scan->at < scan->end && g_ascii_isdigit (*scan->at))
    scan->at++;
  return scan->at > start || fail (scan, "a digit was expected");
}

/* RFC 8259, 6: number = [ minus ] int [ frac ] [ exp ] */
static gboolean
scan_number_text (Scan *scan, gboolean *whole)
{
  take (scan, '-');
  if (!take (scan, '0') && !scan_digits (scan))
    return FALSE;
  *whole = TRUE;
  if (take (scan, '.'))
    {
      *whole = FALSE;
      if (!scan_digits (scan))
        return FALSE;
    }
  if (!take (scan, 'e') && !take (scan, 'E'))
    return TRUE;
  *whole = FALSE;
  if (!take (scan, '+'))
    take (scan, '-');
  return scan_digits (scan);
}

static JsonNode *
scan_number (Scan *scan)
{
  const char *start = scan->at;
  char text[NUMBER_LENGTH];
  gboolean whole;
  gsize length;
  gint64 integer = 0;
  double number = 0;

  if (!scan_number_text (scan, &whole))
    return NULL;
  length = scan->at - start;
  if (length >= sizeof text)
    return fail_value (scan, "the number is too long");
  memcpy (text, start, length);
  text[length] = '\0';
  errno = 0;
  if (whole)
    integer = g_ascii_strtoll (text, NULL, 10);
  else
    number = g_ascii_strtod (text, NULL);
  if (whole ? errno == ERANGE : !isfinite (number))
    {
      scan->at = start;
      return fail_value (scan, "the number is out of range");
    }
  if (scan->skipping)
    return SKIPPED;
  return whole ? json_node_init_int (json_node_alloc (), integer) : json_node_init_double (json_node_alloc (), number);
}

static gboolean
scan_hex4 (Scan *scan, gunichar *unit)
{
  *unit = 0;
  for (int i = 0; i < 4; i++, scan->at++)
    {
      if (scan->at == scan->end || !g_ascii_isxdigit (*scan->at))
        return fail (scan, "four hexadecimal digits were expected");
      *unit = *unit << 4 | g_ascii_xdigit_value (*scan->at);
    }
  return TRUE;
}

/* What follows "\u": one character of the basic plane, or two surrogates that make one of another plane. */
static gboolean
scan_unicode_escape (Scan *scan)
{
  const char *start = scan->at;
  gunichar c, low;

  if (!scan_hex4 (scan, &c))
    return FALSE;
  if (c >= 0xd800 && c <= 0xdbff && take (scan, '\\') && take (scan, 'u'))
    {
      if (!scan_hex4 (scan, &low))
        return FALSE;
      if (low >= 0xdc00 && low <= 0xdfff)
        c = 0x10000 + ((c - 0xd800) << 10) + (low - 0xdc00);
    }
  if (c == 0 || (c >= 0xd800 && c <= 0xdfff))
    {
      scan->at = start;
      return fail (scan, c == 0 ? "U+0000 is not allowed" : "a lone surrogate");
    }
  g_string_append_unichar (scan->string, c);
  return TRUE;
}

static gboolean
scan_escape (Scan *scan)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";

  if (take (scan, 'u'))
    return scan_unicode_escape (scan);
  const char *name = scan->at < scan->end ? memchr (names, *scan->at, sizeof names - 1) : NULL;
  if (name == NULL)
    return fail (scan, "not an escape");
  scan->at++;
  g_string_append_c (scan->string, values[name - names]);
  return TRUE;
}

/* From the byte after the opening quote, into scan->string. */
static gboolean
scan_string (Scan *scan)
{
  g_string_truncate (scan->string, 0);
  while (TRUE)
    {
      const char *start = scan->at;
      while (scan->at < scan->end && *scan->at != '"' && *scan->at != '\\' && (guchar) *scan->at >= 0x20)
        scan->at++;
      g_string_append_len (scan->string, start, scan->at - start);
      if (take (scan, '"'))
        return TRUE;
      if (scan->at == scan->end)
        return fail (scan, "the string does not end");
      if (!take (scan, '\\'))
        return fail (scan, "a control character in a string");
      if (!scan_escape (scan))
        return FALSE;
    }
}

static JsonNode *
scan_text (Scan *scan)
{
  if (!scan_string (scan))
    return NULL;
  return scan->skipping ? SKIPPED : json_node_init_string (json_node_alloc (), scan->string->str);
}

/* The ": value" behind a key. */
static JsonNode *
scan_value_of_key (Scan *scan)
{
  skip_space (scan);
  if (!take (scan, ':'))
    return fail_value (scan, "a colon was expected");
  return scan_value (scan);
}

/* The key that was just scanned is not wanted, or nothing of this object is. */
static gboolean
is_skipped (const Scan *scan)
{
  return scan->skipping || (scan->members != NULL && !g_strv_contains (scan->members, scan->string->str));
}

static gboolean
skip_value_of_key (Scan *scan)
{
  gboolean before = scan->skipping;
  gboolean fine;

  scan->skipping = TRUE;
  fine = scan_value_of_key (scan) != NULL;
  scan->skipping = before;
  return fine;
}

/* One "key": value. */
static gboolean
scan_member (Scan *scan, JsonObject *object)
{
  const char *const *members = scan->members;
  const char *start = scan->at;
  g_autofree char *key = NULL;
  JsonNode *value;
  gboolean twice;

  if (!take (scan, '"'))
    return fail (scan, "a key was expected");
  if (!scan_string (scan))
    return FALSE;
  if (is_skipped (scan))
    return skip_value_of_key (scan);
  twice = json_object_has_member (object, scan->string->str);
  if (twice || json_object_get_size (object) == MEMBERS_MAX)
    {
      scan->at = start;
      return fail (scan, twice ? "the key is there twice" : "the object has too many keys");
    }
  key = g_strndup (scan->string->str, scan->string->len);
  scan->members = NULL;
  value = scan_value_of_key (scan);
  scan->members = members;
  if (value == NULL)
    return FALSE;
  json_object_set_member (object, key, value);
  return TRUE;
}

static JsonNode *
scan_object (Scan *scan)
{
  g_autoptr (JsonObject) object = scan->skipping ? NULL : json_object_new ();

  skip_space (scan);
  if (!take (scan, '}'))
    {
      do
        {
          skip_space (scan);
          if (!scan_member (scan, object))
            return NULL;
        }
      while (take (scan, ','));
      if (!take (scan, '}'))
        return fail_value (scan, "a comma or closing brace was expected");
    }
  return object != NULL ? json_node_init_object (json_node_alloc (), object) : SKIPPED;
}

static JsonNode *
scan_array (Scan *scan)
{
  g_autoptr (JsonArray) array = scan->skipping ? NULL : json_array_new ();

  skip_space (scan);
  if (!take (scan, ']'))
    {
      do
        {
          JsonNode *element = scan_value (scan);
          if (element == NULL)
            return NULL;
          if (array != NULL)
            json_array_add_element (array, element);
        }
      while (take (scan, ','));
      if (!take (scan, ']'))
        return fail_value (scan, "a comma or closing bracket was expected");
    }
  return array != NULL ? json_node_init_array (json_node_alloc (), array) : SKIPPED;
}

/* What follows an opening bracket, up to and with the closing one. */
static JsonNode *
scan_nested (Scan *scan, JsonNode *(*scan_content) (Scan *scan))
{
  if (scan->depth == 0)
    {
      scan->at--;
      return fail_value (scan, "nested too deep");
    }
  scan->depth--;
  JsonNode *node = scan_content (scan);
  scan->depth++;
  return node;
}

static gboolean
take_word (Scan *scan, const char *word)
{
  gsize length = strlen (word);

  if (length > (gsize) (scan->end - scan->at) || memcmp (scan->at, word, length) != 0)
    return FALSE;
  scan->at += length;
  return TRUE;
}

static JsonNode *
scan_literal (Scan *scan)
{
  gboolean truth = take_word (scan, "true");

  if (truth || take_word (scan, "false"))
    return scan->skipping ? SKIPPED : json_node_init_boolean (json_node_alloc (), truth);
  if (take_word (scan, "null"))
    return scan->skipping ? SKIPPED : json_node_init_null (json_node_alloc ());
  return fail_value (scan, scan->at == scan->end ? "the text ends too early" : "a value was expected");
}

/* A value with the space around it. */
static JsonNode *
scan_value (Scan *scan)
{
  JsonNode *node;

  skip_space (scan);
  int next = peek (scan);
  if (take (scan, '{'))
    node = scan_nested (scan, scan_object);
  else if (take (scan, '['))
    node = scan_nested (scan, scan_array);
  else if (take (scan, '"'))
    node = scan_text (scan);
  else if (next == '-' || (next >= '0' && next <= '9'))
    node = scan_number (scan);
  else
    node = scan_literal (scan);
  if (node != NULL)
    skip_space (scan);
  return node;
}

static JsonNode *
scan_document (Scan *scan)
{
  const char *start = scan->at;
  g_autoptr (JsonNode) node = NULL;

  if (!g_utf8_validate_len (start, scan->end - start, &scan->at))
    return fail_value (scan, "not valid UTF-8");
  scan->at = start;
  node = scan_value (scan);
  if (node != NULL && scan->at != scan->end)
    return fail_value (scan, "more text after the value");
  return g_steal_pointer (&node);
}

/**
 * cp_json_scan:
 * @text: (array length=length): bytes from anywhere; need not end with NUL
 * @max_depth: brackets that may be open at once, at most 256
 * @offset: (out) (optional): the first byte that is wrong
 * @reason: (out) (optional) (transfer none): what is wrong with it, in English
 *
 * Reads @text, which must be exactly one JSON document by RFC 8259 within the limits that cp-json-scan.h names.
 *
 * Returns: (transfer full) (nullable): what it says.
 */
JsonNode *
cp_json_scan (const char *text, gsize length, int max_depth, gsize *offset, const char **reason)
{
  return cp_json_scan_members (text, length, max_depth, NULL, offset, reason);
}

/**
 * cp_json_scan_members:
 * @members: (nullable): names of the members that are kept; NULL for all
 *
 * The same, of a document of which only a few members are wanted.
 *
 * Returns: (transfer full) (nullable): what they say.
 */
JsonNode *
cp_json_scan_members (const char *text, gsize length, int max_depth, const char *const *members, gsize *offset,
                      const char **reason)
{
  g_autoptr (GString) string = g_string_new (NULL);
  Scan scan = {
    .at = text, .end = text + length, .depth = CLAMP (max_depth, 0, DEPTH_LIMIT), .string = string, .members = members
  };
  JsonNode *node = scan_document (&scan);

  if (node == NULL && offset != NULL)
    *offset = scan.at - text;
  if (node == NULL && reason != NULL)
    *reason = scan.reason;
  return node;
}
