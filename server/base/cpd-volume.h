/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef enum
{
  CPD_VOLUME_UNKNOWN, /* of a file system that spans devices, or of none */
  CPD_VOLUME_OPEN,
  CPD_VOLUME_ENCRYPTED
} CpdVolume;

/* Whether this machine encrypts what lies under path. sys is /sys. */
CpdVolume cpd_volume_of (const char *path, const char *sys);
/* The same for a block device. */
CpdVolume cpd_volume_of_device (guint major, guint minor, const char *sys);

G_END_DECLS
