/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* Who tells that nobody is at a computer any more, the desktop and the system; the bus of a test stands for that of
 * both. */
typedef struct
{
  const char *name, *path, *interface, *signal;
} Teller;

#define N_TELLERS 3
extern const Teller tellers[N_TELLERS];

/* Before anything asks for a bus. */
void lock_init (void);
/* That it begins, or ends; it has been heard by then. */
void tell (const Teller *teller, gboolean begins);
/* The same by a program that does not have that name, as any can. */
void tell_as_anybody (const Teller *teller, gboolean begins);

G_END_DECLS
