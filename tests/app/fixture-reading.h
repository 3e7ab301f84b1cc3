/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include "cpa-api.h"
#include "cp-start.h"
#include "cp-timeline.h"

G_BEGIN_DECLS

/* The reports of a server that is not there, as Lezen asks for them: filtered, searched, in pages of 50. The text of an
 * item is its preview. */
typedef struct _FixtureReading FixtureReading;

/* The items of page; or so many like them, if count is not 0, one every seven hours, unread the newest ten. */
FixtureReading *fixture_reading_new (const CpDossierPage *page, guint count);
/* (transfer none): what its answers tell. */
CpFreshness *fixture_reading_get_freshness (FixtureReading *self);
void fixture_reading_free (FixtureReading *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FixtureReading, fixture_reading_free)

/* (transfer full) (nullable): NULL when the call is not about reports, nor about one that was added. */
gpointer fixture_reading_answer (FixtureReading *self, const CpaCall *call);
void fixture_reading_read (FixtureReading *self, const char *id);
/* The newest is another one from now on. */
void fixture_reading_add (FixtureReading *self, const char *text);
/* The same, of a report that is a file and nothing else. */
void fixture_reading_add_file (FixtureReading *self, const char *title);
/* What one says from now on, counted from the newest; and that the care team took it away. */
void fixture_reading_say (FixtureReading *self, guint position, const char *text);
void fixture_reading_remove (FixtureReading *self, guint position);

G_END_DECLS
