/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

#define CPD_PULL_KEPT 1024

/* What TLS receives over one connection. In the thread of the connection only. */
typedef struct
{
  int fd;                   /* (borrowed): does not block */
  gboolean unwatched;       /* the connection was suspended, and the library does not wait for the descriptor yet */
  gsize first;              /* in kept: of the bytes that came along and were not asked for yet */
  gsize held;               /* so many */
  char kept[CPD_PULL_KEPT]; /* as encrypted */
} CpdPull;

/* As recv: how many bytes were given, 0 at the end, or -1 with errno. */
gssize cpd_pull (CpdPull *pull, void *data, gsize size);

G_END_DECLS
