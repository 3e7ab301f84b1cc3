/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "cp-organisation.h"

G_BEGIN_DECLS

/* First start: which care organisation. Signals "look-up" (char *address, checked), "chosen": the organisation that was
 * found is the right one; and "back". */
#define CPA_TYPE_ADDRESS_PAGE (cpa_address_page_get_type ())
G_DECLARE_FINAL_TYPE (CpaAddressPage, cpa_address_page, CPA, ADDRESS_PAGE, AdwBin)

GtkWidget *cpa_address_page_new (void);
/* known is of a(ss): address and name of those that were used here before. */
void cpa_address_page_set_known (CpaAddressPage *self, GVariant *known);
void cpa_address_page_set_can_go_back (CpaAddressPage *self, gboolean can_go_back);
/* As if address had been typed and sent. */
void cpa_address_page_look_up (CpaAddressPage *self, const char *address);
void cpa_address_page_set_address (CpaAddressPage *self, const char *address);
void cpa_address_page_show_found (CpaAddressPage *self, const CpOrganisation *organisation, GdkPaintable *logo,
                                  const char *address);
/* organisation (nullable): where its portal answered, but cannot be used. used_before: there is a portal at this
 * address, so that no answer does not mean a wrong address. */
void cpa_address_page_show_error (CpaAddressPage *self, const GError *error, const CpOrganisation *organisation,
                                  gboolean used_before);

G_END_DECLS
