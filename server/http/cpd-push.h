/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <sys/uio.h>

G_BEGIN_DECLS

#define CPD_PUSH_KEPT 1024

/* What TLS sends over one connection. In the thread of the connection only. */
typedef struct
{
  int fd;                   /* (borrowed): does not block */
  gboolean body_follows;    /* what is sent next is the header of an answer, its body comes right after */
  gsize held;               /* bytes of kept that wait for the body */
  char kept[CPD_PUSH_KEPT]; /* as encrypted */
} CpdPush;

/* As sendmsg: how many bytes of the pieces were taken, or -1 with errno. A header is taken at once, and leaves with
 * what comes after it. */
gssize cpd_push (CpdPush *push, const struct iovec *pieces, int n);

G_END_DECLS
