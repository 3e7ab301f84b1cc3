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
  int depth; /* brackets that may still be opened */
  const char *reason;
} Scan;

static gboolean scan_value (Scan *scan);

static gboolean
fail (Scan *scan, const char *reason)
{
  scan->reason = reason;
  return FALSE;
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
  while (scan->at < scan->end && strchr (" \t\n\r", *scan->at) != NULL)
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
scan_number (Scan *scan)
{
  const char *start = scan->at;
  gboolean whole = TRUE;
  char number[NUMBER_LENGTH];

  take (scan, '-');
  if (!take (scan, '0') && !scan_digits (scan))
    return FALSE;
  if (take (scan, '.'))
    {
      whole = FALSE;
      if (!scan_digits (scan))
        return FALSE;
    }
  if (take (scan, 'e') || take (scan, 'E'))
    {
      whole = FALSE;
      if (!take (scan, '+'))
        take (scan, '-');
      if (!scan_digits (scan))
        return FALSE;
    }

  gsize length = scan->at - start;
  if (length >= sizeof number)
    return fail (scan, "the number is too long");
  memcpy (number, start, length);
  number[length] = '\0';
  errno = 0;
  if (whole)
    g_ascii_strtoll (number, NULL, 10);
  if (whole ? errno == ERANGE : !isfinite (g_ascii_strtod (number, NULL)))
    {
      scan->at = start;
      return fail (scan, "the number is out of range");
    }
  return TRUE;
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
scan_unicode_escape (Scan *scan, GString *text)
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
  if (text != NULL)
    g_string_append_unichar (text, c);
  return TRUE;
}

static gboolean
scan_escape (Scan *scan, GString *text)
{
  static const char names[] = "\"\\/bfnrt";
  static const char values[] = "\"\\/\b\f\n\r\t";

  if (take (scan, 'u'))
    return scan_unicode_escape (scan, text);
  const char *name = scan->at < scan->end ? memchr (names, *scan->at, sizeof names - 1) : NULL;
  if (name == NULL)
    return fail (scan, "not an escape");
  scan->at++;
  if (text != NULL)
    g_string_append_c (text, values[name - names]);
  return TRUE;
}

/* From the byte after the opening quote. text (nullable) gets what it stands for. */
static gboolean
scan_string (Scan *scan, GString *text)
{
  while (TRUE)
    {
      const char *start = scan->at;
      while (scan->at < scan->end && *scan->at != '"' && *scan->at != '\\' && (guchar) *scan->at >= 0x20)
        scan->at++;
      if (text != NULL)
        g_string_append_len (text, start, scan->at - start);
      if (take (scan, '"'))
        return TRUE;
      if (scan->at == scan->end)
        return fail (scan, "the string does not end");
      if (!take (scan, '\\'))
        return fail (scan, "a control character in a string");
      if (!scan_escape (scan, text))
        return FALSE;
    }
}

/* One "key": value of an object whose keys so far are keys. */
static gboolean
scan_member (Scan *scan, GHashTable *keys)
{
  g_autoptr (GString) key = g_string_new (NULL);
  const char *start = scan->at;

  if (!take (scan, '"'))
    return fail (scan, "a key was expected");
  if (!scan_string (scan, key))
    return FALSE;
  if (!g_hash_table_add (keys, g_strdup (key->str)) || g_hash_table_size (keys) > MEMBERS_MAX)
    {
      gboolean many = g_hash_table_size (keys) > MEMBERS_MAX;
      scan->at = start;
      return fail (scan, many ? "the object has too many keys" : "the key is there twice");
    }
  skip_space (scan);
  if (!take (scan, ':'))
    return fail (scan, "a colon was expected");
  return scan_value (scan);
}

static gboolean
scan_object (Scan *scan)
{
  g_autoptr (GHashTable) keys = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  skip_space (scan);
  if (take (scan, '}'))
    return TRUE;
  do
    {
      skip_space (scan);
      if (!scan_member (scan, keys))
        return FALSE;
    }
  while (take (scan, ','));
  return take (scan, '}') || fail (scan, "a comma or closing brace was expected");
}

static gboolean
scan_array (Scan *scan)
{
  skip_space (scan);
  if (take (scan, ']'))
    return TRUE;
  do
    if (!scan_value (scan))
      return FALSE;
  while (take (scan, ','));
  return take (scan, ']') || fail (scan, "a comma or closing bracket was expected");
}

/* What follows an opening bracket, up to and with the closing one. */
static gboolean
scan_nested (Scan *scan, gboolean (*scan_content) (Scan *scan))
{
  if (scan->depth == 0)
    {
      scan->at--;
      return fail (scan, "nested too deep");
    }
  scan->depth--;
  gboolean ok = scan_content (scan);
  scan->depth++;
  return ok;
}

static gboolean
scan_literal (Scan *scan)
{
  static const char *const literals[] = { "true", "false", "null" };

  for (gsize i = 0; i < G_N_ELEMENTS (literals); i++)
    {
      gsize length = strlen (literals[i]);
      if (length <= (gsize) (scan->end - scan->at) && memcmp (scan->at, literals[i], length) == 0)
        {
          scan->at += length;
          return TRUE;
        }
    }
  return fail (scan, scan->at == scan->end ? "the text ends too early" : "a value was expected");
}

/* A value with the space around it. */
static gboolean
scan_value (Scan *scan)
{
  gboolean ok;

  skip_space (scan);
  int next = peek (scan);
  if (take (scan, '{'))
    ok = scan_nested (scan, scan_object);
  else if (take (scan, '['))
    ok = scan_nested (scan, scan_array);
  else if (take (scan, '"'))
    ok = scan_string (scan, NULL);
  else if (next == '-' || (next >= '0' && next <= '9'))
    ok = scan_number (scan);
  else
    ok = scan_literal (scan);
  if (ok)
    skip_space (scan);
  return ok;
}

static gboolean
scan_document (Scan *scan)
{
  const char *start = scan->at;

  if (!g_utf8_validate_len (start, scan->end - start, &scan->at))
    return fail (scan, "not valid UTF-8");
  scan->at = start;
  if (!scan_value (scan))
    return FALSE;
  return scan->at == scan->end || fail (scan, "more text after the value");
}

/**
 * cp_json_scan:
 * @text: (array length=length): bytes from anywhere; need not end with NUL
 * @max_depth: brackets that may be open at once, at most 256
 * @offset: (out) (optional): the first byte that is wrong
 * @reason: (out) (optional) (transfer none): what is wrong with it, in English
 *
 * Judges whether @text is exactly one JSON document by RFC 8259, with the limits that cp-json-scan.h names.
 *
 * Returns: TRUE when json-glib may see it.
 */
gboolean
cp_json_scan (const char *text, gsize length, int max_depth, gsize *offset, const char **reason)
{
  Scan scan = { .at = text, .end = text + length, .depth = CLAMP (max_depth, 0, DEPTH_LIMIT) };

  gboolean ok = scan_document (&scan);
  if (!ok && offset != NULL)
    *offset = scan.at - text;
  if (!ok && reason != NULL)
    *reason = scan.reason;
  return ok;
}
