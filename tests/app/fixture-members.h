/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

#include "cp-member.h"
#include "cpa-api.h"

G_BEGIN_DECLS

/* The members of one client, as a server keeps them: changes change the list. */
typedef struct _FixtureMembers FixtureMembers;

FixtureMembers *fixture_members_new (CpMemberList *list); /* (transfer full) */
void fixture_members_free (FixtureMembers *self);

/* FALSE when the call is not about members. Otherwise the task is answered, now or when it is let go. */
gboolean fixture_members_answer (FixtureMembers *self, const CpaCall *call, GTask *task);

/* The next change or look-up fails with error (transfer full). */
void fixture_members_fail (FixtureMembers *self, GError *error);
/* Answers of changes and look-ups wait until they are let go, one by one. */
void fixture_members_hold (FixtureMembers *self);
void fixture_members_let_go (FixtureMembers *self);
/* (transfer none): the row of that name. */
CpMember *fixture_members_find (FixtureMembers *self, const char *name);
void fixture_members_remove (FixtureMembers *self, const char *name);
/* (transfer none): the body of the last change, as it goes over the wire; "" without. */
const char *fixture_members_last_body (FixtureMembers *self);

G_END_DECLS
