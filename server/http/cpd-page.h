/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpd-head.h"
#include "cpd-page-view.h"
#include "cpd-reply.h"
#include "cpd-request.h"

G_BEGIN_DECLS

/* The pages that links in mails open, for a browser without script. A page knows no rule and no secret of the portal:
 * it puts into words what the questions of the protocol are answered with, and asks them like any app, at the same
 * gate. */
typedef struct _CpdPages CpdPages;

CpdPages *cpd_pages_new (const CpdConfig *config);
void cpd_pages_free (CpdPages *pages); /* (nullable) */

/* One request of a browser. Immutable between its steps, so that the answer may come in another thread. */
typedef struct _CpdPage CpdPage;

/* (nullable) (transfer full): NULL when path is not one of a page. id: of the request, as in the log. */
CpdPage *cpd_page_new (const CpdPages *pages, const char *path, const CpdHead *head, const char *id);
void cpd_page_free (CpdPage *page); /* (nullable) */

/* Whether the form of the request is one that a page takes. */
CpdRefusal cpd_page_check (const CpdPage *page, const CpdHead *head);
/* Of the method, for 405. */
const char *cpd_page_methods (void);

/* The question to ask, as a request that still needs what is the same for all (transfer full); NULL when the page is
 * answered without one: then *reply is (transfer full) the answer. */
CpdRequest *cpd_page_ask (CpdPage *page, const char *form, gsize size, CpdReply **reply);
/* Takes the answer to that question; (transfer full) the page. */
CpdReply *cpd_page_answer (const CpdPage *page, CpdReply *reply);

G_END_DECLS
