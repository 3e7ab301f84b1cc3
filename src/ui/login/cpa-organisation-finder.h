/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gtk/gtk.h>

#include "cp-organisation.h"
#include "cpa-api.h"
#include "cpa-settings.h"

G_BEGIN_DECLS

/* What was found at an address: the door to it, who is behind it and how it looks. */
typedef struct
{
  CpaApi *api;                  /* (owned) (nullable): NULL where the address cannot be used at all */
  char *address;                /* (owned) */
  CpOrganisation *organisation; /* (owned) (nullable): also set where its version does not fit this one */
  GdkPaintable *logo;           /* (owned) (nullable) */
} CpaFound;

void cpa_found_free (CpaFound *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (CpaFound, cpa_found_free)

/* Asks who is at address, and for the logo. */
void cpa_organisation_find_async (const char *address, CpaSettings *settings, GCancellable *cancellable,
                                  GAsyncReadyCallback callback, gpointer user_data);
/* (transfer full): with error what is known nevertheless, never NULL. */
CpaFound *cpa_organisation_find_finish (GAsyncResult *result, GError **error);

G_END_DECLS
