/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-page-html.h"

#include <gio/gio.h>
#include <gnutls/crypto.h>
#include <string.h>

#include "cp-color.h"
#include "cpd-pages-data.h"

#define SHA256_SIZE 32

static char *
make_policy (const char *style)
{
  guchar hash[SHA256_SIZE] = { 0 };
  g_autofree char *base64 = NULL;

  gnutls_hash_fast (GNUTLS_DIG_SHA256, style, strlen (style), hash);
  base64 = g_base64_encode (hash, sizeof hash);
  return g_strdup_printf ("default-src 'none'; style-src 'sha256-%s'; img-src 'self'; form-action 'self'; "
                          "base-uri 'none'; frame-ancestors 'none'",
                          base64);
}

/**
 * cpd_page_look_init:
 * @config: (transfer none): stays until cpd_page_look_clear()
 */
void
cpd_page_look_init (CpdPageLook *look, const CpdConfig *config)
{
  const char *color = config->organisation != NULL ? config->organisation->color : NULL;
  g_autoptr (GBytes) bytes =
      g_resource_lookup_data (cpd_pages_data_get_resource (), "/nl/clientportaal/pages/style.css", 0, NULL);
  GString *style = g_string_new (g_bytes_get_data (bytes, NULL));

  color = color != NULL ? color : CP_COLOR_ACCENT;
  g_string_replace (style, "{accent}", color, 0);
  g_string_replace (style, "{on_accent}", cp_color_ink (color), 0);
  look->config = config;
  look->style = g_string_free (style, FALSE);
  look->policy = make_policy (look->style);
}

/**
 * cpd_page_look_clear:
 */
void
cpd_page_look_clear (CpdPageLook *look)
{
  g_clear_pointer (&look->style, g_free);
  g_clear_pointer (&look->policy, g_free);
}

/* (transfer full): "1 dag", "5 dagen". */
static char *
number_text (CpdLanguage language, CpdPageText one, CpdPageText many, gint64 n)
{
  GString *text = g_string_new (cpd_page_text (n == 1 ? one : many, language));
  g_autofree char *number = g_strdup_printf ("%" G_GINT64_FORMAT, n);

  g_string_replace (text, "{n}", number, 0);
  return g_string_free (text, FALSE);
}

/* (transfer full): in the units that the app tells a time to wait in. */
static char *
minutes_text (CpdLanguage language, gint64 minutes)
{
  static const struct
  {
    gint64 below, unit; /* minutes */
    CpdPageText one, many;
  } units[] = {
    { 90, 1, CPD_TEXT_MINUTE, CPD_TEXT_MINUTES },
    { 48 * 60, 60, CPD_TEXT_HOURS, CPD_TEXT_HOURS }, /* two at the least */
    { G_MAXINT64, 24 * 60, CPD_TEXT_DAY, CPD_TEXT_DAYS },
  };
  guint i = 0;

  while (minutes >= units[i].below)
    i++;
  return number_text (language, units[i].one, units[i].many, (minutes + units[i].unit - 1) / units[i].unit);
}

static void
replace (GString *text, const char *placeholder, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_replace (text, placeholder, escaped, 0);
}

/* (transfer full): the words may be used as they are, what is put into them is escaped. */
static char *
fill (const CpdHtml *html, const char *words)
{
  const CpdConfig *config = html->look->config;
  const CpOrganisation *organisation = config->organisation;
  g_autofree char *time = cp_time_clock (html->until, config->zone);
  g_autofree char *minutes = minutes_text (html->language, organisation->forgotten_minutes);
  g_autofree char *wait = minutes_text (html->language, MAX (1, (html->wait_seconds + 59) / 60));
  g_autofree char *days = number_text (html->language, CPD_TEXT_DAY, CPD_TEXT_DAYS, organisation->invitation_days);
  GString *text = g_string_new (words);

  replace (text, "{organization}", organisation->name);
  replace (text, "{address}", config->public_address);
  replace (text, "{desk}", cpd_language_text (html->language, organisation->desk));
  replace (text, "{time}", time);
  replace (text, "{minutes}", minutes);
  replace (text, "{wait}", wait);
  replace (text, "{days}", days);
  replace (text, "{id}", html->id != NULL ? html->id : "");
  return g_string_free (text, FALSE);
}

static void
append_escaped (GString *text, const char *value)
{
  g_autofree char *escaped = g_markup_escape_text (value, -1);

  g_string_append (text, escaped);
}

/**
 * cpd_html_begin:
 * @html: look, language and what is to be filled in are set
 */
void
cpd_html_begin (CpdHtml *html, CpdPageText title)
{
  const CpOrganisation *organisation = html->look->config->organisation;

  html->text = g_string_sized_new (8192);
  g_string_append_printf (html->text,
                          "<!DOCTYPE html>\n<html lang=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n"
                          "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                          "<meta name=\"robots\" content=\"noindex\">\n"
                          "<meta name=\"format-detection\" content=\"telephone=no\">\n",
                          cpd_language_code (html->language));
  cpd_html_add (html, "title", title);
  if (organisation->has_logo)
    g_string_append (html->text, "<link rel=\"icon\" href=\"/api/v1/organisation/logo\">\n");
  g_string_append_printf (html->text, "<style>%s</style>\n</head>\n<body>\n<header><p>", html->look->style);
  if (organisation->has_logo)
    g_string_append (html->text, "<img src=\"/api/v1/organisation/logo\" alt=\"\">");
  g_string_append (html->text, "<span>");
  append_escaped (html->text, organisation->name);
  g_string_append (html->text, "</span></p></header>\n<main>\n");
}

/**
 * cpd_html_add:
 *
 * Appends an element with that text.
 */
void
cpd_html_add (CpdHtml *html, const char *tag, CpdPageText text)
{
  g_autofree char *filled = fill (html, cpd_page_text (text, html->language));

  g_string_append_printf (html->text, "<%s>%s</%.*s>\n", tag, filled, (int) strcspn (tag, " "), tag);
}

/**
 * cpd_html_add_raw:
 * @markup: of this program, nothing in it comes from outside
 */
void
cpd_html_add_raw (CpdHtml *html, const char *markup)
{
  g_string_append (html->text, markup);
  g_string_append_c (html->text, '\n');
}

/**
 * cpd_html_add_link:
 *
 * Appends a link.
 */
void
cpd_html_add_link (CpdHtml *html, const char *address, const char *class_names, CpdPageText text)
{
  g_autofree char *filled = fill (html, cpd_page_text (text, html->language));

  g_string_append_printf (html->text, "<a class=\"%s\" href=\"", class_names);
  append_escaped (html->text, address);
  g_string_append_printf (html->text, "\">%s</a>\n", filled);
}

/**
 * cpd_html_add_field:
 *
 * Appends label, hint, input and what is wrong with it, which a screen reader reads along with it.
 */
void
cpd_html_add_field (CpdHtml *html, const CpdHtmlField *field)
{
  gboolean has_hint = field->hint != CPD_N_TEXTS;
  g_autofree char *label = g_strdup_printf ("label for=\"%s\"", field->name);
  g_autofree char *hint = g_strdup_printf ("p class=\"hint\" id=\"%s-hint\"", field->name);

  cpd_html_add (html, label, field->label);
  if (has_hint)
    cpd_html_add (html, hint, field->hint);
  g_string_append_printf (html->text,
                          "<input id=\"%s\" name=\"%s\" type=\"%s\" autocomplete=\"%s\" autocapitalize=\"none\""
                          " spellcheck=\"false\" value=\"",
                          field->name, field->name, field->type, field->autocomplete);
  append_escaped (html->text, field->value != NULL ? field->value : "");
  g_string_append_printf (html->text, "\" aria-describedby=\"%s%s %s%s\"%s>\n", has_hint ? field->name : "",
                          has_hint ? "-hint" : "", field->wrong != NULL ? field->name : "",
                          field->wrong != NULL ? "-wrong" : "",
                          field->wrong != NULL ? " aria-invalid=\"true\" autofocus" : "");
  if (field->wrong != NULL)
    {
      g_autofree char *filled = fill (html, field->wrong);
      g_string_append_printf (html->text, "<p class=\"wrong\" id=\"%s-wrong\" role=\"alert\">%s</p>\n", field->name,
                              filled);
    }
}

/**
 * cpd_html_add_hidden:
 *
 * Appends a field that is not shown.
 */
void
cpd_html_add_hidden (CpdHtml *html, const char *name, const char *value)
{
  g_string_append_printf (html->text, "<input type=\"hidden\" name=\"%s\" value=\"", name);
  append_escaped (html->text, value);
  g_string_append (html->text, "\">\n");
}

/* A number with what makes it a number, for tel: (RFC 3966). */
static char *
dial (const char *phone)
{
  GString *digits = g_string_new ("tel:");

  for (const char *at = phone; *at != '\0'; at++)
    if (g_ascii_isdigit (*at) || *at == '+')
      g_string_append_c (digits, *at);
  return g_string_free (digits, FALSE);
}

/**
 * cpd_html_end:
 *
 * Returns: (transfer full): the page.
 */
GBytes *
cpd_html_end (CpdHtml *html)
{
  const CpOrganisation *organisation = html->look->config->organisation;
  g_autofree char *questions = fill (html, cpd_page_text (CPD_TEXT_QUESTIONS, html->language));
  g_autofree char *number = dial (organisation->phone);
  const char *hours = cpd_language_text (html->language, organisation->hours);
  gsize length;

  g_string_append_printf (html->text, "</main>\n<footer><p>%s <a href=\"%s\">", questions, number);
  append_escaped (html->text, organisation->phone);
  g_string_append (html->text, "</a><br>");
  append_escaped (html->text, hours);
  g_string_append (html->text, "</p>\n");
  if (html->id != NULL)
    cpd_html_add (html, "p", CPD_TEXT_NAME_ID);
  g_string_append (html->text, "</footer>\n</body>\n</html>\n");
  length = html->text->len;
  return g_bytes_new_take (g_string_free (g_steal_pointer (&html->text), FALSE), length);
}
