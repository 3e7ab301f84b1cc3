/* SPDX-License-Identifier: GPL-3.0-or-later */
#define G_LOG_DOMAIN "cpd-http"

#include "cpd-page.h"

#include <gnutls/crypto.h>
#include <string.h>

#include "cp-json.h"
#include "cp-validate.h"
#include "cpd-form.h"

#define KEY_SIZE 32
#define MAC_SIZE 32
/* How long a page may stand open before it is sent. */
#define STAMP_LIFE (30 * CP_TIME_MINUTE)

struct _CpdPages
{
  CpdPageLook look;
  guchar key[KEY_SIZE]; /* of the stamps in forms: a new one for each run */
};

struct _CpdPage
{
  const CpdPages *pages; /* (borrowed) */
  CpdPageKind kind;
  CpdLanguage language;
  gboolean missing;
  gboolean posted;
  gboolean from_elsewhere; /* the form was sent by a page that is not ours */
  char id[CPD_REQUEST_ID_LENGTH + 1];
  char token[CP_TOKEN_LENGTH + 1];
  char *username; /* (owned) (nullable): as typed */
  char *email;    /* (owned) (nullable) */
};

static const char *const methods[] = { "GET", "HEAD", "POST" };

/* What each page asks, and what its form has beside the stamp. */
static const struct
{
  CpRouteId look; /* CP_N_ROUTES: nothing */
  CpRouteId post; /* CP_N_ROUTES: it has no form */
  const char *fields[3];
} kinds[CPD_N_PAGES] = {
  [CPD_PAGE_RESET] = { CP_ROUTE_LINK_LOOK, CP_ROUTE_LINK_PASSWORD, { "username", "new_password" } },
  [CPD_PAGE_INVITATION] = { CP_ROUTE_LINK_LOOK, CP_ROUTE_LINK_PASSWORD, { "username", "new_password" } },
  [CPD_PAGE_CONFIRM] = { CP_ROUTE_LINK_LOOK, CP_ROUTE_LINK_CONFIRM, { NULL } },
  [CPD_PAGE_FORGOT] = { CP_N_ROUTES, CP_ROUTE_FORGOT, { "username", "email" } },
  [CPD_PAGE_HOME] = { CP_N_ROUTES, CP_N_ROUTES, { NULL } },
};

/**
 * cpd_pages_new:
 * @config: (transfer none): stays until cpd_pages_free()
 *
 * Returns: (transfer full): what all pages share.
 */
CpdPages *
cpd_pages_new (const CpdConfig *config)
{
  CpdPages *pages = g_new0 (CpdPages, 1);

  gnutls_rnd (GNUTLS_RND_KEY, pages->key, sizeof pages->key);
  cpd_page_look_init (&pages->look, config);
  return pages;
}

/**
 * cpd_pages_free:
 * @pages: (nullable)
 */
void
cpd_pages_free (CpdPages *pages)
{
  if (pages == NULL)
    return;
  explicit_bzero (pages->key, sizeof pages->key);
  cpd_page_look_clear (&pages->look);
  g_free (pages);
}

static CpdPage *
new_page (const CpdPages *pages, CpdPageKind kind)
{
  CpdPage *page = g_new0 (CpdPage, 1);

  page->pages = pages;
  page->kind = kind;
  return page;
}

static CpdPage *
match_path (const CpdPages *pages, const char *path)
{
  const char *word = path + 1;
  gsize length = strcspn (word, "/");

  if (*word == '\0')
    return new_page (pages, CPD_PAGE_HOME);
  if (strcmp (word, "forgot") == 0)
    return new_page (pages, CPD_PAGE_FORGOT);
  for (int kind = 0; kind < CP_LINK_N_KINDS; kind++)
    if (strlen (cp_link_kind_names[kind]) == length && strncmp (word, cp_link_kind_names[kind], length) == 0)
      {
        CpdPage *page = new_page (pages, kind);
        const char *token = word[length] == '/' ? word + length + 1 : "";

        page->missing = !cp_validate_is_token (token);
        if (!page->missing)
          g_strlcpy (page->token, token, sizeof page->token);
        return page;
      }
  return NULL;
}

/* A browser says "null" where a page, as ours do, does not let others know where one comes from; Sec-Fetch-Site then
 * tells the two apart, in the browsers of today. The stamp holds for all. */
static gboolean
is_from_elsewhere (const CpdPages *pages, const CpdHead *head)
{
  g_autofree char *own = g_strconcat ("https://", pages->look.config->public_address, NULL);

  if (head->fetch_site != NULL && strcmp (head->fetch_site, "same-origin") != 0)
    return TRUE;
  return head->origin != NULL && strcmp (head->origin, "null") != 0 && strcmp (head->origin, own) != 0;
}

/**
 * cpd_page_new:
 * @path: as cpd_target_split() gives it
 * @id: of the request
 */
CpdPage *
cpd_page_new (const CpdPages *pages, const char *path, const CpdHead *head, const char *id)
{
  CpdPage *page = match_path (pages, path);

  if (page == NULL)
    return NULL;
  g_strlcpy (page->id, id, sizeof page->id);
  page->language = cpd_page_language (head->accept_language);
  page->posted = strcmp (head->method, "POST") == 0;
  page->from_elsewhere = page->posted && is_from_elsewhere (pages, head);
  return page;
}

/**
 * cpd_page_free:
 * @page: (nullable)
 */
void
cpd_page_free (CpdPage *page)
{
  if (page == NULL)
    return;
  explicit_bzero (page->token, sizeof page->token);
  g_free (page->username);
  g_free (page->email);
  g_free (page);
}

/**
 * cpd_page_methods:
 *
 * Returns: (transfer none): for Allow (RFC 9110, 10.2.1).
 */
const char *
cpd_page_methods (void)
{
  return "GET, HEAD, POST";
}

/**
 * cpd_page_check:
 *
 * Returns: CPD_REFUSAL_NONE, or what is wrong with method or body.
 */
CpdRefusal
cpd_page_check (const CpdPage *page, const CpdHead *head)
{
  gboolean known = FALSE;

  for (gsize i = 0; i < G_N_ELEMENTS (methods); i++)
    known = known || strcmp (head->method, methods[i]) == 0;
  if (!known)
    return CPD_REFUSAL_NO_METHOD;
  if (head->body_length > CPD_FORM_MAX)
    return CPD_REFUSAL_BODY_LARGE;
  return head->body_length == 0 || cpd_head_body_is_form (head) ? CPD_REFUSAL_NONE : CPD_REFUSAL_MEDIA_TYPE;
}

/* The stamp of a form: when it was made, and that it was made here for this link. */

static void
sign (const CpdPage *page, gint64 seconds, guchar mac[MAC_SIZE])
{
  g_autofree char *text = g_strdup_printf ("%d %s %" G_GINT64_FORMAT, (int) page->kind, page->token, seconds);

  gnutls_hmac_fast (GNUTLS_MAC_SHA256, page->pages->key, KEY_SIZE, text, strlen (text), mac);
  explicit_bzero (text, strlen (text));
}

static char *
make_stamp (const CpdPage *page, gint64 seconds)
{
  guchar mac[MAC_SIZE];
  GString *text = g_string_new (NULL);

  sign (page, seconds, mac);
  g_string_printf (text, "%" G_GINT64_FORMAT "-", seconds);
  for (int i = 0; i < MAC_SIZE; i++)
    g_string_append_printf (text, "%02x", mac[i]);
  return g_string_free (text, FALSE);
}

static gboolean
stamp_counts (const CpdPage *page, const char *stamp, CpTime now)
{
  g_auto (GStrv) parts = g_strsplit (stamp, "-", 3);
  g_autofree char *own = NULL;
  gint64 seconds;

  if (g_strv_length (parts) != 2 ||
      !g_ascii_string_to_signed (parts[0], 10, 0, G_MAXINT64 / CP_TIME_SECOND, &seconds, NULL))
    return FALSE;
  own = make_stamp (page, seconds);
  if (strlen (own) != strlen (stamp) || gnutls_memcmp (own, stamp, strlen (own)) != 0)
    return FALSE;
  return seconds * CP_TIME_SECOND <= now && now < seconds * CP_TIME_SECOND + STAMP_LIFE;
}

/* Pages as replies */

static CpdReply *
render (const CpdPage *page, CpdPageView *view, int status)
{
  g_autofree char *stamp = make_stamp (page, cp_time_now () / CP_TIME_SECOND);
  g_autoptr (GBytes) body = NULL;
  CpdReply *reply;

  view->kind = page->kind;
  view->language = page->language;
  view->token = page->token;
  view->stamp = stamp;
  view->username = page->username;
  view->email = page->email;
  /* A field that is to be filled in again needs nobody's help. */
  view->id = status >= 400 && view->state != CPD_PAGE_ASK ? page->id : NULL;
  body = cpd_page_view_render (view, &page->pages->look);
  reply = cpd_reply_new_bytes (body, "text/html; charset=utf-8");
  reply->status = status;
  reply->policy = page->pages->look.policy;
  reply->retry_after = view->wait_seconds;
  return reply;
}

static CpdReply *
render_state (const CpdPage *page, CpdPageState state, int status)
{
  CpdPageView view = { .state = state };

  return render (page, &view, status);
}

static CpdReply *
render_wrong (const CpdPage *page, const char *field, const char *sentence, int status)
{
  CpdPageView view = { .state = CPD_PAGE_ASK };

  if (strcmp (field, "username") == 0)
    view.username_wrong = sentence;
  else if (strcmp (field, "email") == 0)
    view.email_wrong = sentence;
  else
    view.password_wrong = sentence;
  return render (page, &view, status);
}

/* From a form to a question */

static CpdRequest *
new_question (CpRouteId route, const CpRecordType *type, gconstpointer record)
{
  CpdRequest *request = cpd_request_new (route);
  gsize length;
  char *text = cp_record_to_text (type, record, NULL, &length);

  request->body = cpd_request_wiped_bytes (text, length);
  return request;
}

static CpdRequest *
question_of_form (const CpdPage *page, GHashTable *form)
{
  CpLinkPasswordRequest password = { (char *) page->token, page->username, g_hash_table_lookup (form, "new_password") };
  CpForgotRequest forgot = { page->username, page->email, NULL };
  CpLinkRequest link = { (char *) page->token };

  switch (page->kind)
    {
    case CPD_PAGE_FORGOT:
      return new_question (CP_ROUTE_FORGOT, &cp_forgot_request_record, &forgot);
    case CPD_PAGE_CONFIRM:
      return new_question (CP_ROUTE_LINK_CONFIRM, &cp_link_request_record, &link);
    case CPD_PAGE_RESET:
    case CPD_PAGE_INVITATION:
    default:
      return new_question (CP_ROUTE_LINK_PASSWORD, &cp_link_password_request_record, &password);
    }
}

/* Exactly the fields of this page. */
static gboolean
is_complete (const CpdPage *page, GHashTable *form)
{
  guint n = 0;

  for (; n < G_N_ELEMENTS (kinds[page->kind].fields) && kinds[page->kind].fields[n] != NULL; n++)
    if (!g_hash_table_contains (form, kinds[page->kind].fields[n]))
      return FALSE;
  return g_hash_table_contains (form, "form") && g_hash_table_size (form) == n + 1;
}

/* (nullable) (transfer full): the first field that was left empty, as a sentence under it. */
static CpdReply *
find_empty (const CpdPage *page, GHashTable *form)
{
  static const struct
  {
    const char *field;
    CpdPageText text;
  } empty[] = {
    { "username", CPD_TEXT_EMPTY_USERNAME },
    { "email", CPD_TEXT_EMPTY_EMAIL },
    { "new_password", CPD_TEXT_EMPTY_PASSWORD },
  };

  for (gsize i = 0; i < G_N_ELEMENTS (empty); i++)
    {
      const char *value = g_hash_table_lookup (form, empty[i].field);
      if (value != NULL && value[strspn (value, " ")] == '\0')
        return render_wrong (page, empty[i].field, cpd_page_text (empty[i].text, page->language), 422);
    }
  return NULL;
}

static CpdRequest *
ask_form (CpdPage *page, const char *data, gsize size, CpdReply **reply)
{
  g_autoptr (GHashTable) form = cpd_form_read (data, size);

  if (form == NULL || !is_complete (page, form))
    {
      *reply = render_state (page, CPD_PAGE_MISSING, 400);
      return NULL;
    }
  if (page->from_elsewhere || !stamp_counts (page, g_hash_table_lookup (form, "form"), cp_time_now ()))
    {
      *reply = render_state (page, CPD_PAGE_STALE, 403);
      return NULL;
    }
  page->username = g_strdup (g_hash_table_lookup (form, "username"));
  page->email = g_strdup (g_hash_table_lookup (form, "email"));
  *reply = find_empty (page, form);
  return *reply == NULL ? question_of_form (page, form) : NULL;
}

/**
 * cpd_page_ask:
 * @form: (nullable): what was sent
 * @reply: (out): the answer, when nothing needs to be asked
 */
CpdRequest *
cpd_page_ask (CpdPage *page, const char *form, gsize size, CpdReply **reply)
{
  CpLinkRequest link = { page->token };

  *reply = NULL;
  if (page->missing || (page->posted && kinds[page->kind].post == CP_N_ROUTES))
    *reply = render_state (page, CPD_PAGE_MISSING, 404);
  else if (page->posted)
    return ask_form (page, form, size, reply);
  else if (kinds[page->kind].look == CP_N_ROUTES)
    *reply = render_state (page, CPD_PAGE_ASK, 200);
  else
    return new_question (kinds[page->kind].look, &cp_link_request_record, &link);
  return NULL;
}

/* From an answer to a page */

static CpdReply *
answer_error (const CpdPage *page, const CpdReply *reply)
{
  CpErrorCode code = reply->error->code;
  const CpdHttpStatus *status = cpd_http_status_of_error (code);
  const char *field;
  const char *sentence = cpd_page_field_text (code, page->language, &field);
  CpdPageView view = { .state = CPD_PAGE_NOT_NOW };

  if (code == CP_ERROR_LINK_ENDED)
    return render_state (page, CPD_PAGE_ENDED, status->status);
  if (sentence != NULL && g_strcmp0 (cp_error_details (reply->error)->field, "username") == 0)
    return render_wrong (page, "username", cpd_page_text (CPD_TEXT_EMPTY_USERNAME, page->language), status->status);
  if (sentence != NULL)
    return render_wrong (page, field, sentence, status->status);
  view.wait_seconds = MAX (60, cpd_http_retry_after (status, reply->error));
  return render (page, &view, status->status);
}

/* A link that is for something else than its address says is none. */
static CpdReply *
answer_look (const CpdPage *page, const CpdReply *reply)
{
  gsize size;
  const char *text = g_bytes_get_data (reply->body, &size);
  g_autoptr (JsonNode) node = cp_json_parse (text, size, CP_JSON_DEPTH, NULL);
  g_autoptr (CpLink) link = cp_record_from_json (&cp_link_record, node, CP_RECORD_STRICT, NULL);
  CpdPageView view = { .state = CPD_PAGE_ASK };

  if (link == NULL || link->kind != (int) page->kind)
    return render_state (page, CPD_PAGE_ENDED, 410);
  view.until = link->until;
  return render (page, &view, 200);
}

/**
 * cpd_page_answer:
 * @reply: (transfer full): to the question
 *
 * Returns: (transfer full): the page.
 */
CpdReply *
cpd_page_answer (const CpdPage *page, CpdReply *reply)
{
  CpdReply *answer;

  if (reply->error != NULL && reply->error->code == CP_ERROR_INTERNAL)
    g_warning ("%s internal error: %s", page->id, reply->error->message);
  if (reply->error != NULL)
    answer = answer_error (page, reply);
  else if (page->posted)
    answer = render_state (page, CPD_PAGE_DONE, 200);
  else
    answer = answer_look (page, reply);
  cpd_reply_free (reply);
  return answer;
}
