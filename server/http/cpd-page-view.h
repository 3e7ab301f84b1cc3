/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cp-link.h"
#include "cpd-page-html.h"

G_BEGIN_DECLS

/* The pages; the first ones are CpLinkKind. */
typedef enum
{
  CPD_PAGE_RESET = CP_LINK_RESET,
  CPD_PAGE_INVITATION = CP_LINK_INVITATION,
  CPD_PAGE_CONFIRM = CP_LINK_CONFIRM,
  CPD_PAGE_FORGOT,
  CPD_PAGE_HOME,
  CPD_N_PAGES
} CpdPageKind;

typedef enum
{
  CPD_PAGE_ASK,
  CPD_PAGE_DONE,
  CPD_PAGE_ENDED,   /* the link */
  CPD_PAGE_STALE,   /* the form was not made by us for this link, or too long ago */
  CPD_PAGE_NOT_NOW, /* wait_seconds */
  CPD_PAGE_MISSING
} CpdPageState;

/* What one page shows. */
typedef struct
{
  CpdPageKind kind;
  CpdPageState state;
  CpdLanguage language;
  const char *token; /* of the link; "" for pages without */
  const char *stamp; /* of the form */
  CpTime until;      /* the link works; 0: not known */
  int wait_seconds;
  const char *id;             /* (nullable): what the log has of an answer that went wrong */
  const char *username;       /* (nullable): as typed, and all below */
  const char *email;          /* (nullable) */
  const char *username_wrong; /* (nullable): sentences */
  const char *email_wrong;    /* (nullable) */
  const char *password_wrong; /* (nullable) */
} CpdPageView;

/* (transfer full) */
GBytes *cpd_page_view_render (const CpdPageView *view, const CpdPageLook *look);

G_END_DECLS
