/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define CPA_TYPE_APPLICATION (cpa_application_get_type ())
G_DECLARE_FINAL_TYPE (CpaApplication, cpa_application, CPA, APPLICATION, AdwApplication)

/* demo: an id of its own and nothing kept, so that it never meets a real one. */
CpaApplication *cpa_application_new (gboolean demo);

G_END_DECLS
