/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-head.h"

#include <string.h>

#include "cp-validate.h"

#define HOST_MAX 261 /* a DNS name, a colon and a port */
#define PORT_DIGITS_MAX 5
#define LENGTH_DIGITS_MAX 15

/* Fields that are read here. Twice the same one is refused: which of the two counts, servers do not agree on. */
static const struct
{
  const char *name;
  gsize offset;
} single_fields[] = {
  { "Host", G_STRUCT_OFFSET (CpdHead, host) },
  { "Content-Length", G_STRUCT_OFFSET (CpdHead, content_length) },
  { "Content-Type", G_STRUCT_OFFSET (CpdHead, content_type) },
  { "Content-Encoding", G_STRUCT_OFFSET (CpdHead, content_encoding) },
  { "Authorization", G_STRUCT_OFFSET (CpdHead, authorization) },
  { "Expect", G_STRUCT_OFFSET (CpdHead, expect) },
  { "If-None-Match", G_STRUCT_OFFSET (CpdHead, if_none_match) },
  { "If-Match", G_STRUCT_OFFSET (CpdHead, if_match) },
  { "Cp-Cause", G_STRUCT_OFFSET (CpdHead, cause) },
  { "Cp-View-As", G_STRUCT_OFFSET (CpdHead, view_as) },
  { "Cp-View-Parts", G_STRUCT_OFFSET (CpdHead, view_parts) },
  { "Origin", G_STRUCT_OFFSET (CpdHead, origin) },
  { "Sec-Fetch-Site", G_STRUCT_OFFSET (CpdHead, fetch_site) },
  { "Accept-Language", G_STRUCT_OFFSET (CpdHead, accept_language) },
};

/* Here and below without strspn, which would first make a table of what is allowed, for each request anew. */
static gboolean
consists_of_digits (const char *text, gsize max)
{
  gsize length = 0;

  while (g_ascii_isdigit (text[length]))
    length++;
  return length > 0 && length <= max && text[length] == '\0';
}

static gsize
length_of_name (const char *host)
{
  gsize length = 0;

  while (g_ascii_isalnum (host[length]) || host[length] == '-' || host[length] == '.')
    length++;
  return length;
}

/* RFC 9110, 5.6.2. */
static gboolean
is_token (const char *name, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if (!g_ascii_isalnum (name[i]) && (name[i] == '\0' || strchr ("!#$%&'*+-.^_`|~", name[i]) == NULL))
      return FALSE;
  return length > 0 && name[length] == '\0';
}

static gboolean
has_control (const char *value, gsize length)
{
  for (gsize i = 0; i < length; i++)
    if ((guchar) value[i] < 0x20 || value[i] == 0x7f)
      return TRUE;
  return FALSE;
}

/* Keeps the field when it is one of ours. FALSE when it may not be there, or not again. */
static gboolean
keep_field (CpdHead *head, const char *name, const char *value)
{
  if (g_ascii_strcasecmp (name, "Transfer-Encoding") == 0)
    return FALSE;
  if (g_ascii_strcasecmp (name, "X-Forwarded-For") == 0)
    {
      if (head->forwarded == NULL)
        head->forwarded = g_string_new (value);
      else
        g_string_append_printf (head->forwarded, ",%s", value);
      return TRUE;
    }
  for (guint i = 0; i < G_N_ELEMENTS (single_fields); i++)
    if (g_ascii_strcasecmp (name, single_fields[i].name) == 0)
      {
        const char **slot = G_STRUCT_MEMBER_P (head, single_fields[i].offset);
        if (*slot != NULL)
          return FALSE;
        *slot = value;
        return TRUE;
      }
  return TRUE;
}

/* libmicrohttpd is lenient: it takes bare LF, folded lines (appended to the name!), spaces before the colon and cuts at
 * NUL. But it parses in place, so that "name: value CR LF name: value CR LF" is recognised by where its parts lie: each
 * begins exactly where the one before it ends. A sum of lengths would not do, there too much and too little add up. */
static enum MHD_Result
field_cb (void *data, enum MHD_ValueKind kind, const char *name, size_t name_length, const char *value,
          size_t value_length)
{
  CpdHead *head = data;

  if (name != head->next || value != name + name_length + 2 || ++head->n_fields > CPD_FIELDS_MAX ||
      !is_token (name, name_length) || has_control (value, value_length) || !keep_field (head, name, value))
    {
      head->malformed = TRUE;
      return MHD_NO;
    }
  head->next = value + value_length + 2;
  return MHD_YES;
}

static gboolean
host_is_plausible (const char *host)
{
  gsize length;

  if (host == NULL || strlen (host) > HOST_MAX)
    return FALSE;
  if (host[0] == '[')
    {
      length = strspn (host + 1, "0123456789abcdefABCDEF:.");
      if (length < 2 || host[1 + length] != ']')
        return FALSE;
      length += 2;
    }
  else
    length = length_of_name (host);
  if (length == 0 || host[length] == '\0')
    return length > 0;
  return host[length] == ':' && consists_of_digits (host + length + 1, PORT_DIGITS_MAX);
}

static gboolean
read_body_length (CpdHead *head)
{
  if (head->content_length == NULL)
    return TRUE;
  if (!consists_of_digits (head->content_length, LENGTH_DIGITS_MAX))
    return FALSE;
  head->body_length = g_ascii_strtoull (head->content_length, NULL, 10);
  return TRUE;
}

static gboolean
method_is_allowed (const CpdHead *head)
{
  if (!is_token (head->method, strlen (head->method)) || strcmp (head->method, "CONNECT") == 0 ||
      strcmp (head->method, "TRACE") == 0)
    return FALSE;
  return head->body_length == 0 || (strcmp (head->method, "GET") != 0 && strcmp (head->method, "HEAD") != 0 &&
                                    strcmp (head->method, "DELETE") != 0);
}

/**
 * cpd_head_read:
 *
 * RFC 9112, chapters 2 to 6, without what it lets a server be lenient in.
 *
 * Returns: CPD_REFUSAL_NONE, or why the connection must be closed.
 */
CpdRefusal
cpd_head_read (CpdHead *head, struct MHD_Connection *connection)
{
  const union MHD_ConnectionInfo *info = MHD_get_connection_info (connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);

  if (info == NULL || info->header_size > CPD_HEADER_MAX)
    return CPD_REFUSAL_HEADER_LARGE;
  if (strcmp (head->version, "HTTP/1.1") != 0 && strcmp (head->version, "HTTP/1.0") != 0)
    return CPD_REFUSAL_VERSION;
  if (head->target != head->method + strlen (head->method) + 1 ||
      head->version != head->target + head->target_length + 1)
    return CPD_REFUSAL_FORM;

  head->next = head->version + strlen (head->version) + 2;
  MHD_get_connection_values_n (connection, MHD_HEADER_KIND, field_cb, head);
  if (head->malformed || head->next + 2 != head->method + info->header_size)
    return CPD_REFUSAL_FORM;
  if (!host_is_plausible (head->host) || !read_body_length (head) || !method_is_allowed (head))
    return CPD_REFUSAL_FORM;
  if (head->expect != NULL && g_ascii_strcasecmp (head->expect, "100-continue") != 0)
    return CPD_REFUSAL_EXPECT;
  return CPD_REFUSAL_NONE;
}

/**
 * cpd_head_clear:
 *
 * Frees what the head owns.
 */
void
cpd_head_clear (CpdHead *head)
{
  if (head->forwarded != NULL)
    g_string_free (head->forwarded, TRUE);
  *head = (CpdHead){ 0 };
}

/**
 * cpd_head_bearer:
 *
 * Returns: (nullable) (transfer none): the session's token.
 */
const char *
cpd_head_bearer (const CpdHead *head)
{
  if (head->authorization == NULL || !g_str_has_prefix (head->authorization, "Bearer ") ||
      !cp_validate_is_token (head->authorization + strlen ("Bearer ")))
    return NULL;
  return head->authorization + strlen ("Bearer ");
}

static gboolean
body_is (const CpdHead *head, const char *const types[3])
{
  for (int i = 0; i < 3; i++)
    if (head->content_type != NULL && g_ascii_strcasecmp (head->content_type, types[i]) == 0)
      return head->content_encoding == NULL;
  return FALSE;
}

/**
 * cpd_head_body_is_json:
 *
 * Returns: whether the body is announced as application/json in UTF-8 and without an encoding.
 */
gboolean
cpd_head_body_is_json (const CpdHead *head)
{
  static const char *const types[3] = { "application/json", "application/json; charset=utf-8",
                                        "application/json;charset=utf-8" };

  return body_is (head, types);
}

/**
 * cpd_head_body_is_form:
 *
 * Returns: the same of a form as browsers send it.
 */
gboolean
cpd_head_body_is_form (const CpdHead *head)
{
  static const char *const types[3] = { "application/x-www-form-urlencoded",
                                        "application/x-www-form-urlencoded; charset=utf-8",
                                        "application/x-www-form-urlencoded;charset=utf-8" };

  return body_is (head, types);
}
