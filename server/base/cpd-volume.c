/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-volume.h"

#include <sys/stat.h>
#include <sys/sysmacros.h>

/* dm-crypt under LVM under RAID and the like; no deeper in earnest. */
#define DEPTH 8

static gboolean is_encrypted (const char *device, int depth);

static gboolean
is_crypt (const char *device)
{
  g_autofree char *path = g_build_filename (device, "dm", "uuid", NULL);
  g_autofree char *uuid = NULL;

  return g_file_get_contents (path, &uuid, NULL, NULL) && g_str_has_prefix (uuid, "CRYPT-");
}

/* One that is made of others is encrypted when all of those are. */
static gboolean
are_below (const char *device, int depth)
{
  g_autofree char *path = g_build_filename (device, "slaves", NULL);
  g_autoptr (GDir) dir = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *below = g_build_filename (path, name, NULL);
      if (!is_encrypted (below, depth - 1))
        return FALSE;
      n++;
    }
  return n > 0;
}

static gboolean
is_encrypted (const char *device, int depth)
{
  return depth > 0 && (is_crypt (device) || are_below (device, depth));
}

/**
 * cpd_volume_of_device:
 */
CpdVolume
cpd_volume_of_device (guint major, guint minor, const char *sys)
{
  g_autofree char *device = g_strdup_printf ("%s/dev/block/%u:%u", sys, major, minor);

  if (!g_file_test (device, G_FILE_TEST_IS_DIR))
    return CPD_VOLUME_UNKNOWN;
  return is_encrypted (device, DEPTH) ? CPD_VOLUME_ENCRYPTED : CPD_VOLUME_OPEN;
}

/**
 * cpd_volume_of:
 */
CpdVolume
cpd_volume_of (const char *path, const char *sys)
{
  struct stat info;

  if (stat (path, &info) != 0)
    return CPD_VOLUME_UNKNOWN;
  return cpd_volume_of_device (major (info.st_dev), minor (info.st_dev), sys);
}
