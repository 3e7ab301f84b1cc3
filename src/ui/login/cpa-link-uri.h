/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

#include "cp-link.h"

G_BEGIN_DECLS

/* What a page of the server, or anybody else, lets this program open: clientportaal://HOST[:PORT]/KIND#TOKEN, or
 * clientportaal://HOST[:PORT]/ for the portal itself. */
typedef struct
{
  char *address; /* (owned): as cp_validate_address () gives it */
  CpLinkKind kind;
  char *token; /* (owned) (nullable): NULL: no link, only where to log in */
} CpaLinkUri;

/* (transfer full) (nullable): NULL for anything that is not exactly of that form. */
CpaLinkUri *cpa_link_uri_new (const char *text);
void cpa_link_uri_free (CpaLinkUri *self); /* (nullable) */
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaLinkUri, cpa_link_uri_free)

G_END_DECLS
