/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What is set on this computer, and what the command line says instead. The one place that knows the names of the keys.
 */
#define CPA_TYPE_SETTINGS (cpa_settings_get_type ())
G_DECLARE_FINAL_TYPE (CpaSettings, cpa_settings, CPA, SETTINGS, GObject)

/* in_memory: nothing is read or kept (the demo). NULL with error where the schema is not installed. */
CpaSettings *cpa_settings_new (gboolean in_memory, GError **error);

/* organisation is as cp_validate_address () gives it; both may be NULL: not said. */
void cpa_settings_override (CpaSettings *self, const char *organisation, const char *ca_file);

/* (transfer full) (nullable): the organisation that this computer is set up for. */
char *cpa_settings_get_preset (CpaSettings *self);
/* (transfer full) (nullable): of the preset organisation; of every one where none is preset. */
char *cpa_settings_get_ca_file (CpaSettings *self, const char *address);
/* The administrator set it up as a shared one. */
gboolean cpa_settings_get_shared_computer (CpaSettings *self);
/* Somebody said so at login, and nobody said otherwise since. */
gboolean cpa_settings_get_ticked (CpaSettings *self);
void cpa_settings_set_ticked (CpaSettings *self, gboolean ticked);

/* (transfer full): a(ss), address and name, the last one first; always empty on a shared computer. */
GVariant *cpa_settings_get_organisations (CpaSettings *self);
/* Whether it was used before here. */
gboolean cpa_settings_knows (CpaSettings *self, const char *address);
void cpa_settings_remember (CpaSettings *self, const char *address, const char *name);

void cpa_settings_get_window (CpaSettings *self, int *width, int *height, gboolean *maximized);
void cpa_settings_set_window (CpaSettings *self, int width, int height, gboolean maximized);

G_END_DECLS
