/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-drawing.h"

#include <string.h>

#define BYTE_ORDER_MARK "\xef\xbb\xbf"

/* What puts a picture or another file into a drawing: SVG 2, 12.3; Filter Effects 1, 9.14; XInclude 1.1, 3.1. */
static const char *const foreign[] = { "image", "feImage", "include", NULL };

/* What a document type may say of its contents, which GMarkup passes by. */
static const char *const declarations[] = { "<!entity", "<!attlist" };

static gboolean
refuse (GError **error, const char *what)
{
  g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "a drawing without %s is needed: of lines and areas alone", what);
  return FALSE;
}

/* Without the prefix of a name space, which the file chooses itself. */
static const char *
local_name (const char *name)
{
  const char *colon = strrchr (name, ':');

  return colon != NULL ? colon + 1 : name;
}

/* (transfer full): in small letters and without the white space that readers of addresses leave out. */
static char *
squeeze (const char *text, gssize size)
{
  g_autofree char *lower = g_ascii_strdown (text, size);
  g_auto (GStrv) pieces = g_strsplit_set (lower, " \t\r\n", -1);

  return g_strjoinv ("", pieces);
}

/* Every reference to another file that a reader without a place on disk follows: also <use>, a filter and a style
 * sheet have them. An escape of CSS could spell the same. */
static gboolean
check_references (const char *text, gssize size, gboolean is_css, GError **error)
{
  g_autofree char *squeezed = squeeze (text, size);

  if (strstr (squeezed, "data:") != NULL)
    return refuse (error, "data:");
  return !is_css || strchr (squeezed, '\\') == NULL || refuse (error, "\\ in its styles");
}

static void
start_cb (GMarkupParseContext *context, const char *name, const char **names, const char **values, gpointer user_data,
          GError **error)
{
  const char *local = local_name (name);
  g_autofree char *element = g_strdup_printf ("<%s>", name);

  if (g_markup_parse_context_get_element_stack (context)->next == NULL && strcmp (local, "svg") != 0)
    g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "it begins with %s and not with <svg>", element);
  else if (g_strv_contains (foreign, local))
    refuse (error, element);
  else /* what is CSS has no prefix */
    for (int i = 0; names[i] != NULL && check_references (values[i], -1, strchr (names[i], ':') == NULL, error); i++)
      ;
}

static void
text_cb (GMarkupParseContext *context, const char *text, gsize size, gpointer user_data, GError **error)
{
  if (g_strcmp0 (local_name (g_markup_parse_context_get_element (context)), "style") == 0)
    check_references (text, (gssize) size, TRUE, error);
}

/* In another encoding names could be hidden from who reads UTF-8, as GMarkup does whatever stands here. */
static gboolean
check_encoding (const char *squeezed, GError **error)
{
  const char *encoding = strstr (squeezed, "encoding=");

  if (!g_str_has_prefix (squeezed, "<?xml") || encoding == NULL ||
      g_str_has_prefix (encoding + strlen ("encoding=") + 1, "utf-8"))
    return TRUE;
  g_set_error_literal (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "its encoding is not UTF-8");
  return FALSE;
}

static void
passthrough_cb (GMarkupParseContext *context, const char *text, gsize size, gpointer user_data, GError **error)
{
  g_autofree char *squeezed = squeeze (text, (gssize) size);

  if (g_str_has_prefix (squeezed, "<!--") || !check_encoding (squeezed, error) ||
      !check_references (text, (gssize) size, g_str_has_prefix (squeezed, "<![cdata["), error))
    return;
  for (gsize i = 0; i < G_N_ELEMENTS (declarations); i++)
    if (strstr (squeezed, declarations[i]) != NULL)
      {
        refuse (error, declarations[i]);
        return;
      }
}

/**
 * cpd_drawing_check:
 * @text: need not end with a NUL byte
 */
gboolean
cpd_drawing_check (const char *text, gsize size, GError **error)
{
  static const GMarkupParser parser = { .start_element = start_cb, .text = text_cb, .passthrough = passthrough_cb };
  g_autoptr (GMarkupParseContext) context = g_markup_parse_context_new (&parser, G_MARKUP_DEFAULT_FLAGS, NULL, NULL);
  g_autoptr (GError) local = NULL;
  gsize mark = size >= 3 && memcmp (text, BYTE_ORDER_MARK, 3) == 0 ? 3 : 0;

  if (g_markup_parse_context_parse (context, text + mark, (gssize) (size - mark), &local) &&
      g_markup_parse_context_end_parse (context, &local))
    return TRUE;
  if (local->domain == CP_ERROR)
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_set_error (error, CP_ERROR, CP_ERROR_BAD_REQUEST, "it is no SVG file: %s", local->message);
  return FALSE;
}
