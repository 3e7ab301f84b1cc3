/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-actor.h"

const char *const cpd_action_names[] = { "appointments.read", "dossier.read", "profile.read", "members.manage", NULL };
