/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-idle.h"

#define WARNING_SECONDS 60
#define KEEP_ALIVE_SECONDS 60

struct _CpaIdle
{
  CpaIdleClock clock;
  gint64 length;  /* microseconds without use until the end */
  gint64 warning; /* the last part of it, and of the session */
  gint64 end;     /* of the session; G_MAXINT64: not known */
  gint64 used_at;
  gint64 told_at;  /* when the server last heard of use */
  gboolean untold; /* used since then */
};

CpaIdle *
cpa_idle_new (gint64 idle_seconds, CpaIdleClock clock)
{
  CpaIdle *self = g_new0 (CpaIdle, 1);

  self->clock = clock;
  self->length = MAX (idle_seconds, 2) * G_USEC_PER_SEC;
  self->warning = MIN (WARNING_SECONDS * G_USEC_PER_SEC, self->length / 2);
  self->end = G_MAXINT64;
  self->used_at = self->told_at = clock ();
  return self;
}

void
cpa_idle_free (CpaIdle *self)
{
  g_free (self);
}

void
cpa_idle_set_end (CpaIdle *self, gint64 seconds)
{
  self->end = self->clock () + seconds * G_USEC_PER_SEC;
}

void
cpa_idle_touch (CpaIdle *self)
{
  if (cpa_idle_check (self, NULL) != CPA_IDLE_IN_USE)
    return;
  self->used_at = self->clock ();
  self->untold = TRUE;
}

gboolean
cpa_idle_stay (CpaIdle *self)
{
  CpaIdleState state = cpa_idle_check (self, NULL);

  if (state == CPA_IDLE_ENDED || state == CPA_IDLE_OVER)
    return FALSE;
  self->used_at = self->clock ();
  self->untold = TRUE;
  self->told_at = self->used_at - KEEP_ALIVE_SECONDS * G_USEC_PER_SEC;
  return TRUE;
}

CpaIdleState
cpa_idle_check (CpaIdle *self, int *seconds_left)
{
  gint64 now = self->clock ();
  gint64 unused = self->used_at + self->length;
  gint64 closing = self->end - self->warning;
  /* One count-down at a time. Who would have been idle before it began, was. */
  gboolean last = now >= closing && unused > closing;
  gint64 left = (last ? self->end : unused) - now;

  if (seconds_left != NULL)
    *seconds_left = (int) ((MAX (left, 0) + G_USEC_PER_SEC - 1) / G_USEC_PER_SEC);
  if (last)
    return left <= 0 ? CPA_IDLE_OVER : CPA_IDLE_LAST;
  if (left <= 0)
    return CPA_IDLE_ENDED;
  return left <= self->warning ? CPA_IDLE_WARNING : CPA_IDLE_IN_USE;
}

int
cpa_idle_get_warning_seconds (CpaIdle *self)
{
  return (int) (self->warning / G_USEC_PER_SEC);
}

gboolean
cpa_idle_take_keep_alive (CpaIdle *self)
{
  gint64 now = self->clock ();

  if (!self->untold || now - self->told_at < KEEP_ALIVE_SECONDS * G_USEC_PER_SEC)
    return FALSE;
  self->untold = FALSE;
  self->told_at = now;
  return TRUE;
}
