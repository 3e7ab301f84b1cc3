/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-api.h"

G_BEGIN_DECLS

/* The door to the server for one session. The next session has another door, so that nothing which waited in this one
 * is sent as who logs in next, and no late answer is taken for one of theirs. A session has several tokens, one after
 * the other: that one of them is over does not end it when it has another by then. */
#define CPA_TYPE_SESSION_DOOR (cpa_session_door_get_type ())
G_DECLARE_FINAL_TYPE (CpaSessionDoor, cpa_session_door, CPA, SESSION_DOOR, CpaApi)

CpaApi *cpa_session_door_new (CpaApi *api);
/* The person leaves: from now on as if it were closed, but for the calls that finish a change (CpaCall.finishes).
 * Signal "finished": the last of them was answered. */
void cpa_session_door_leave (CpaSessionDoor *self);
gboolean cpa_session_door_is_finishing (CpaSessionDoor *self);
/* Whether one of them failed since then. */
gboolean cpa_session_door_has_lost (CpaSessionDoor *self);
/* The session is over. What was sent already goes on to the server; who waits for its answer, or asks from now on,
 * hears G_IO_ERROR_CANCELLED. */
void cpa_session_door_close (CpaSessionDoor *self);

G_END_DECLS
