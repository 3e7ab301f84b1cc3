/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-content.h"

#include <string.h>

#include "cpd-ehr-text.h"
#include "cpd-ehr-withheld.h"
#include "cpd-fhir.h"

#define PDF_SEARCH 1024 /* a PDF may have a little in front of its mark */
#define XHTML "http://www.w3.org/1999/xhtml"
#define BASE64(size) (((size) + 2) / 3 * 4)

static const struct
{
  const char *media_type;
  const char *mark;
  gsize length;
} marks[] = {
  { "image/png", "\x89PNG\r\n\x1a\n", 8 },
  { "image/jpeg", "\xff\xd8\xff", 3 },
  { "image/gif", "GIF87a", 6 },
  { "image/gif", "GIF89a", 6 },
};

static const char kept_back[] = "an attachment is labelled as not for client or family";
static const char too_large[] = "an attachment is larger than 10 MB";

static const char *const documents[] = { "DocumentReference", "Composition", NULL };

static const char *const html_types[] = { "text/html", "application/xhtml+xml", NULL };

/**
 * cpd_ehr_content_init:
 *
 * Begins empty.
 */
void
cpd_ehr_content_init (CpdEhrContent *content)
{
  *content = (CpdEhrContent){ 0 };
  content->files = g_ptr_array_new_with_free_func ((GDestroyNotify) cpd_ehr_attachment_free);
}

/**
 * cpd_ehr_content_clear:
 *
 * Frees what it holds.
 */
void
cpd_ehr_content_clear (CpdEhrContent *content)
{
  g_clear_pointer (&content->text, g_free);
  g_clear_pointer (&content->files, g_ptr_array_unref);
}

/**
 * cpd_ehr_content_sniff:
 *
 * Returns: (nullable): the media type.
 */
const char *
cpd_ehr_content_sniff (const guchar *data, gsize size)
{
  for (gsize i = 0; i < G_N_ELEMENTS (marks); i++)
    if (size > marks[i].length && memcmp (data, marks[i].mark, marks[i].length) == 0)
      return marks[i].media_type;
  return memmem (data, MIN (size, PDF_SEARCH), "%PDF-", 5) != NULL ? "application/pdf" : NULL;
}

/* (transfer full) (nullable): what base64 stands for; white space in it is allowed, anything else is not. */
static GBytes *
decode (const char *text, const char **reason)
{
  gsize length = strlen (text);
  gsize size = 0;
  guchar *data;

  if (length > BASE64 (CPD_EHR_ATTACHMENT_MAX) + BASE64 (CPD_EHR_ATTACHMENT_MAX) / 32)
    {
      *reason = too_large;
      return NULL;
    }
  for (const char *c = text; *c != '\0'; c++)
    if (!g_ascii_isalnum (*c) && strchr ("+/= \r\n\t", *c) == NULL)
      {
        *reason = "an attachment is not base64";
        return NULL;
      }
  data = g_base64_decode (text, &size);
  if (size > 0 && size <= CPD_EHR_ATTACHMENT_MAX)
    return g_bytes_new_take (data, size);
  g_free (data);
  *reason = size == 0 ? "an attachment is empty" : too_large;
  return NULL;
}

/* TRUE when key is that of a document which is neither the container nor one that it came in the place of. */
static gboolean
is_other_document (const CpdEhrMapper *mapper, const char *key, JsonObject *container)
{
  const CpdEhrResource document = { .type = (char *) cpd_fhir_string (container, "resourceType"),
                                    .id = (char *) cpd_fhir_string (container, "id"),
                                    .object = container };
  g_auto (GStrv) parts = g_strsplit (key, "/", 2);
  g_autofree char *replaces = NULL;
  g_auto (GStrv) ids = NULL;

  if (!g_strv_contains (documents, parts[0]))
    return FALSE;
  if (g_strcmp0 (parts[0], document.type) != 0)
    return TRUE;
  replaces = cpd_ehr_map_replaces (mapper, &document);
  ids = g_strsplit (replaces != NULL ? replaces : "", " ", -1);
  return document.id != NULL && g_strcmp0 (parts[1], document.id) != 0 &&
         !g_strv_contains ((const char *const *) ids, parts[1]);
}

/* TRUE when a Binary says that it is kept for somebody else, or of another document. */
static gboolean
is_of_another (const CpdEhrMapper *mapper, JsonObject *binary, JsonObject *container, const char *patient)
{
  g_autofree char *key = cpd_ehr_names_key (mapper->names, cpd_fhir_object (binary, "securityContext"));

  if (key == NULL)
    return FALSE;
  if (g_str_has_prefix (key, "Patient/"))
    return patient == NULL || !cpd_ehr_map_is_same (mapper, key, patient);
  return is_other_document (mapper, key, container);
}

/* (transfer full) (nullable): the bytes of the Binary that url names; *type is set when the attachment has none. */
static GBytes *
fetch (const CpdEhrMapper *mapper, const char *url, JsonObject *container, const char *patient, char **type,
       const char **reason)
{
  g_autoptr (JsonObject) reference = json_object_new ();
  g_autoptr (CpdEhrReference) parsed = NULL;
  g_autoptr (CpdEhrResource) resource = NULL;
  g_autofree char *key = NULL;
  JsonObject *binary = NULL;

  json_object_set_string_member (reference, "reference", url);
  parsed = cpd_ehr_reference_parse (reference);
  key = cpd_ehr_names_key (mapper->names, reference);
  if (parsed != NULL && parsed->contained != NULL)
    binary = cpd_ehr_reference_contained (container, parsed->contained);
  else if (key != NULL && g_str_has_prefix (key, "Binary/") && mapper->beside != NULL)
    {
      resource = mapper->beside (key, mapper->beside_data);
      binary = resource != NULL ? resource->object : NULL;
    }
  if (cpd_fhir_string (binary, "data") == NULL)
    *reason = "an attachment is elsewhere, and was not found";
  else if (is_of_another (mapper, binary, container, patient))
    *reason = "an attachment is kept for somebody else, or of another document";
  else if (cpd_ehr_is_withheld (binary))
    *reason = kept_back;
  else
    {
      if (*type == NULL)
        *type = g_strdup (cpd_fhir_string (binary, "contentType"));
      return decode (cpd_fhir_string (binary, "data"), reason);
    }
  return NULL;
}

/* (transfer full): the value of charset in "text/plain; charset=ISO-8859-1"; NULL without one. */
static char *
charset_of (const char *type)
{
  g_autoptr (GMatchInfo) match = NULL;
  g_autoptr (GRegex) regex = g_regex_new ("charset\\s*=\\s*\"?([A-Za-z0-9._-]+)", G_REGEX_CASELESS, 0, NULL);

  return type != NULL && g_regex_match (regex, type, 0, &match) ? g_match_info_fetch (match, 1) : NULL;
}

/* (transfer full) (nullable): bytes as UTF-8; those that do not say in what they are written, and are not UTF-8, are
 * Windows-1252, as older systems write. */
static char *
text_of (GBytes *data, const char *type)
{
  gsize size;
  const char *bytes = g_bytes_get_data (data, &size);
  g_autofree char *charset = charset_of (type);
  char *text;

  if (memchr (bytes, '\0', size) != NULL)
    return NULL;
  text = g_convert (bytes, size, "UTF-8", charset != NULL ? charset : "UTF-8", NULL, NULL, NULL);
  if (text == NULL)
    text = g_convert (bytes, size, "UTF-8", "WINDOWS-1252", NULL, NULL, NULL);
  if (text != NULL && g_str_has_prefix (text, "\xef\xbb\xbf"))
    memmove (text, text + 3, strlen (text + 3) + 1);
  return text;
}

/* (transfer none): behind the XML declaration, if there is one. */
static const char *
after_declaration (const char *text)
{
  const char *end = g_str_has_prefix (text, "<?xml") ? strstr (text, "?>") : NULL;

  for (text = end != NULL ? end + 2 : text; g_ascii_isspace (*text);)
    text++;
  return text;
}

/* Of XML the type does not tell it: what calls itself HTML may be any other. */
static gboolean
is_html (const char *type, const char *text)
{
  const char *root = after_declaration (text);
  g_autofree char *start = g_ascii_strdown (root, MIN (strlen (root), 200));

  return g_str_has_prefix (start, "<!doctype html") || g_str_has_prefix (start, "<html") ||
         (g_str_has_prefix (text, "<?xml") ? strstr (start, XHTML) != NULL : g_strv_contains (html_types, type));
}

/* What is written for a program, whatever its type says. */
static gboolean
is_markup (const char *type, const char *text)
{
  return g_str_has_prefix (text, "{\\rtf") || (g_str_has_prefix (text, "<?xml") && !is_html (type, text));
}

/* What the EHR keeps from client and family is not told either. */
static void
leave_out (CpdEhrContent *content, const char *reason, gboolean exists)
{
  content->reason = reason;
  content->exists |= exists;
  content->unshown |= reason != kept_back;
}

/* Where the next letter or digit of text is; at its end when there is none. */
static const char *
next_sign (const char *text)
{
  while (*text != '\0' && !g_unichar_isalnum (g_utf8_get_char (text)))
    text = g_utf8_next_char (text);
  return text;
}

/* In another form of a text the lines, and what stands before the items of a list, are others. */
static gboolean
says_the_same (const char *one, const char *other)
{
  for (;;)
    {
      one = next_sign (one);
      other = next_sign (other);
      if (*one == '\0' || *other == '\0')
        return *one == *other;
      if (g_utf8_get_char (one) != g_utf8_get_char (other))
        return FALSE;
      one = g_utf8_next_char (one);
      other = g_utf8_next_char (other);
    }
}

static void
take_words (CpdEhrContent *content, char *words)
{
  if (content->text == NULL)
    content->text = words;
  else
    {
      content->unshown |= words != NULL && !says_the_same (content->text, words);
      g_free (words);
    }
}

static void
add_text (CpdEhrContent *content, GBytes *data, const char *declared)
{
  g_auto (GStrv) parts = g_strsplit (declared != NULL ? declared : "text/plain", ";", 2);
  g_autofree char *type = g_ascii_strdown (g_strstrip (parts[0]), -1);
  gboolean readable = g_str_equal (type, "text/plain") || g_strv_contains (html_types, type);
  g_autofree char *raw = readable ? text_of (data, declared) : NULL;
  gboolean pictures = FALSE;

  if (raw != NULL)
    g_strchug (raw);
  if (readable && raw == NULL)
    leave_out (content, "an attachment says that it is text, and is not", TRUE);
  else if (!readable || is_markup (type, raw))
    leave_out (content, "an attachment of a kind that is not shown", TRUE);
  else
    take_words (content, is_html (type, raw) ? cpd_ehr_text_of_xhtml (raw, &content->cut, &pictures)
                                             : cpd_ehr_text_block (raw, CPD_EHR_TEXT_MAX, &content->cut));
  content->exists |= pictures;
  content->unshown |= pictures || content->cut;
}

/**
 * cpd_ehr_content_add:
 * @attachment: (nullable):
 * @patient: (nullable):
 */
void
cpd_ehr_content_add (CpdEhrContent *content, const CpdEhrMapper *mapper, JsonObject *attachment, JsonObject *container,
                     const char *patient)
{
  g_autofree char *type = g_strdup (cpd_fhir_string (attachment, "contentType"));
  g_autofree char *title = cpd_ehr_text_line (cpd_fhir_string (attachment, "title"));
  const char *inside = cpd_fhir_string (attachment, "data");
  const char *url = cpd_fhir_string (attachment, "url");
  g_autoptr (GBytes) data = NULL;
  const char *reason = "an attachment without content";
  const char *sniffed;

  if (inside != NULL)
    data = decode (inside, &reason);
  else if (url != NULL)
    data = fetch (mapper, url, container, patient, &type, &reason);
  if (data == NULL)
    {
      leave_out (content, reason, reason == too_large || reason == kept_back);
      return;
    }
  sniffed = cpd_ehr_content_sniff (g_bytes_get_data (data, NULL), g_bytes_get_size (data));
  if (sniffed == NULL)
    add_text (content, data, type);
  else if (content->files->len == CPD_EHR_ATTACHMENTS_MAX)
    leave_out (content, "more than 100 attachments", TRUE);
  else
    g_ptr_array_add (content->files, cpd_ehr_attachment_new (title, sniffed, g_steal_pointer (&data)));
}
