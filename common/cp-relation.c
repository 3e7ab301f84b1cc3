/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cp-relation.h"

const char *const cp_relation_names[] = { "client", "partner",    "son",    "daughter", "brother",
                                          "sister", "grandchild", "family", "friend",   "legal-representative",
                                          "other",  NULL };
G_STATIC_ASSERT (G_N_ELEMENTS (cp_relation_names) == CP_N_RELATIONS + 1);
