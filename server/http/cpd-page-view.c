/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-page-view.h"

typedef void (*AddFunc) (CpdHtml *html, const CpdPageView *view);

/* clientportaal://HOST/KIND#TOKEN: what is behind the # stays in the computer. */
static void
add_app_link (CpdHtml *html, const CpdPageView *view, const char *class_names, CpdPageText text)
{
  const char *host = html->look->config->public_address;
  gboolean by_link = view->kind < CPD_PAGE_FORGOT && view->state == CPD_PAGE_ASK;
  g_autofree char *address =
      by_link ? g_strdup_printf ("clientportaal://%s/%s#%s", host, cp_link_kind_names[view->kind], view->token)
              : g_strdup_printf ("clientportaal://%s/", host);

  cpd_html_add_link (html, address, class_names, text);
}

static void
begin_form (CpdHtml *html, const CpdPageView *view)
{
  /* To the address of the page itself. */
  cpd_html_add_raw (html, "<form method=\"post\">");
  cpd_html_add_hidden (html, "form", view->stamp);
}

static void
end_form (CpdHtml *html, const char *class_names, CpdPageText text)
{
  g_autofree char *button = g_strdup_printf ("button class=\"%s\" type=\"submit\"", class_names);

  cpd_html_add (html, button, text);
  cpd_html_add_raw (html, "</form>");
}

static void
add_username (CpdHtml *html, const CpdPageView *view)
{
  const CpdHtmlField field = { "username",  "text",         "username",          CPD_TEXT_USERNAME,
                               CPD_N_TEXTS, view->username, view->username_wrong };

  cpd_html_add_field (html, &field);
}

static void
add_new_password (CpdHtml *html, const CpdPageView *view)
{
  const CpdHtmlField field = { "new_password",         "password", "new-password",      CPD_TEXT_NEW_PASSWORD,
                               CPD_TEXT_PASSWORD_HINT, NULL,       view->password_wrong };

  cpd_html_add_field (html, &field);
}

static void
add_password_form (CpdHtml *html, const CpdPageView *view, const char *class_names, CpdPageText button)
{
  begin_form (html, view);
  add_username (html, view);
  add_new_password (html, view);
  end_form (html, class_names, button);
}

/* For who reads the mail on another computer than the one with the program, or has it nowhere. */
static void
add_missing_app (CpdHtml *html)
{
  cpd_html_add_raw (html, "<section>");
  cpd_html_add (html, "h2", CPD_TEXT_APP_MISSING);
  cpd_html_add (html, "p", CPD_TEXT_INSTALL);
  cpd_html_add_raw (html, "</section>");
}

static void
ask_reset (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_RESET);
  cpd_html_add (html, "p", CPD_TEXT_RESET_INTRO);
  if (view->until != 0)
    cpd_html_add (html, "p", CPD_TEXT_WORKS_UNTIL);
  add_app_link (html, view, "button outline", CPD_TEXT_OPEN_APP);
  cpd_html_add (html, "p", CPD_TEXT_OR_HERE);
  add_password_form (html, view, "button", CPD_TEXT_CHANGE);
  cpd_html_add (html, "p", CPD_TEXT_LOG_IN_AT);
  cpd_html_add (html, "p", CPD_TEXT_NOT_ASKED);
  add_missing_app (html);
}

static void
add_install (CpdHtml *html)
{
  cpd_html_add_raw (html, "<section>");
  cpd_html_add (html, "h2", CPD_TEXT_NO_APP);
  cpd_html_add (html, "p", CPD_TEXT_INSTALL);
  cpd_html_add (html, "p", CPD_TEXT_LOG_IN_THEN);
  cpd_html_add_raw (html, "</section>");
}

static void
add_open (CpdHtml *html, const CpdPageView *view, const char *class_names)
{
  cpd_html_add_raw (html, "<section>");
  cpd_html_add (html, "h2", CPD_TEXT_HAS_APP);
  add_app_link (html, view, class_names, CPD_TEXT_OPEN_PORTAL);
  cpd_html_add_raw (html, "</section>");
}

static void
ask_invitation (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_INVITATION);
  cpd_html_add (html, "p", CPD_TEXT_INVITATION_INTRO);
  cpd_html_add (html, "p", CPD_TEXT_CHOOSE_HERE);
  add_password_form (html, view, "button", CPD_TEXT_CHOOSE);
  add_open (html, view, "button outline");
  add_install (html);
}

static void
ask_confirm (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_CONFIRM);
  cpd_html_add (html, "p", CPD_TEXT_CONFIRM_INTRO);
  begin_form (html, view);
  end_form (html, "button", CPD_TEXT_CONFIRM_BUTTON);
}

static gboolean
by_link (const CpdHtml *html)
{
  return html->look->config->organisation->forgotten == CP_FORGOTTEN_LINK;
}

static void
ask_forgot (CpdHtml *html, const CpdPageView *view)
{
  const CpdHtmlField email = { "email",     "email",          "email", CPD_TEXT_EMAIL, CPD_TEXT_EMAIL_HINT,
                               view->email, view->email_wrong };

  cpd_html_add (html, "h1", CPD_TEXT_FORGOT);
  cpd_html_add (html, "p", by_link (html) ? CPD_TEXT_FORGOT_LINK : CPD_TEXT_FORGOT_TEMPORARY);
  begin_form (html, view);
  add_username (html, view);
  cpd_html_add_field (html, &email);
  end_form (html, "button", CPD_TEXT_SEND);
}

static void
ask_home (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_HOME);
  cpd_html_add (html, "p", CPD_TEXT_HOME_INTRO);
  add_open (html, view, "button");
  add_install (html);
}

static void
done_reset (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_CHANGED);
  cpd_html_add (html, "p", CPD_TEXT_CHANGED_TEXT);
  cpd_html_add (html, "p", CPD_TEXT_LOG_IN_AT);
  add_app_link (html, view, "button outline", CPD_TEXT_OPEN_PORTAL);
  add_missing_app (html);
}

static void
done_invitation (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_CHOSEN);
  cpd_html_add (html, "p", CPD_TEXT_CHOSEN_TEXT);
  add_open (html, view, "button");
  add_install (html);
}

static void
done_confirm (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_CONFIRMED);
  cpd_html_add (html, "p", CPD_TEXT_CONFIRMED_TEXT);
}

static void
done_forgot (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_SENT);
  cpd_html_add (html, "p", by_link (html) ? CPD_TEXT_SENT_LINK : CPD_TEXT_SENT_TEMPORARY);
  cpd_html_add (html, "p", CPD_TEXT_NO_MAIL);
  cpd_html_add (html, "p", CPD_TEXT_OLD_WORKS);
}

static void
ended_reset (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_LINK_ENDED);
  cpd_html_add (html, "p", CPD_TEXT_LINK_ENDED_TEXT);
  cpd_html_add_link (html, "/forgot", "button", CPD_TEXT_NEW_LINK);
}

static void
ended_invitation (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_INVITATION_ENDED);
  cpd_html_add (html, "p", CPD_TEXT_INVITATION_ENDED_TEXT);
  add_app_link (html, view, "button outline", CPD_TEXT_OPEN_PORTAL);
}

static void
ended_confirm (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_LINK_ENDED);
  cpd_html_add (html, "p", CPD_TEXT_CONFIRM_ENDED_TEXT);
}

static void
add_missing (CpdHtml *html, const CpdPageView *view)
{
  cpd_html_add (html, "h1", CPD_TEXT_NO_PAGE);
  cpd_html_add (html, "p", CPD_TEXT_NO_PAGE_TEXT);
}

static const struct
{
  CpdPageText title;
  AddFunc add[CPD_PAGE_ENDED + 1]; /* by the first states */
} pages[CPD_N_PAGES] = {
  [CPD_PAGE_RESET] = { CPD_TEXT_RESET_TITLE, { ask_reset, done_reset, ended_reset } },
  [CPD_PAGE_INVITATION] = { CPD_TEXT_INVITATION_TITLE, { ask_invitation, done_invitation, ended_invitation } },
  [CPD_PAGE_CONFIRM] = { CPD_TEXT_CONFIRM_TITLE, { ask_confirm, done_confirm, ended_confirm } },
  [CPD_PAGE_FORGOT] = { CPD_TEXT_FORGOT_TITLE, { ask_forgot, done_forgot, add_missing } },
  [CPD_PAGE_HOME] = { CPD_TEXT_HOME_TITLE, { ask_home, add_missing, add_missing } },
};

/* Who comes with an invitation, or to confirm an address, has no old password that matters. */
static CpdPageText
reason_not_now (const CpdPageView *view)
{
  if (view->state == CPD_PAGE_STALE)
    return CPD_TEXT_TOO_LONG;
  return view->kind == CPD_PAGE_RESET || view->kind == CPD_PAGE_FORGOT ? CPD_TEXT_NOT_NOW_OLD : CPD_TEXT_NOT_NOW_TEXT;
}

/**
 * cpd_page_view_render:
 *
 * Returns: (transfer full): the page.
 */
GBytes *
cpd_page_view_render (const CpdPageView *view, const CpdPageLook *look)
{
  CpdHtml html = { look, view->language, view->until, view->wait_seconds, view->id, NULL };

  cpd_html_begin (&html, pages[view->kind].title);
  if (view->state <= CPD_PAGE_ENDED)
    pages[view->kind].add[view->state](&html, view);
  else if (view->state == CPD_PAGE_MISSING)
    add_missing (&html, view);
  else
    {
      cpd_html_add (&html, "h1", CPD_TEXT_NOT_NOW);
      cpd_html_add (&html, "p", reason_not_now (view));
    }
  return cpd_html_end (&html);
}
