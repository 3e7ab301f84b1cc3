/* SPDX-License-Identifier: GPL-3.0-or-later */
/* Whether a device is encrypted, as the kernel tells it below /sys. */
#include <glib/gstdio.h>

#include "cpd-volume.h"

static void
write_file (const char *sys, const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (sys, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_all (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);
      if (g_file_test (path, G_FILE_TEST_IS_DIR))
        remove_all (path);
      else
        g_unlink (path);
    }
  g_rmdir (folder);
}

static void
test_devices (void)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *sys = g_dir_make_tmp ("sys-XXXXXX", &error);

  g_assert_no_error (error);
  write_file (sys, "dev/block/8:1/size", "1");
  write_file (sys, "dev/block/253:0/dm/uuid", "CRYPT-LUKS2-0123-root\n");
  write_file (sys, "dev/block/253:1/dm/uuid", "LVM-abc\n");
  write_file (sys, "dev/block/253:1/slaves/dm-0/dm/uuid", "CRYPT-LUKS2-0123-root\n");
  write_file (sys, "dev/block/9:0/slaves/dm-0/dm/uuid", "CRYPT-LUKS2-0123-a\n");
  write_file (sys, "dev/block/9:0/slaves/sdb1/size", "1");
  write_file (sys, "dev/block/253:2/dm/uuid", "LVM-abc\n");
  write_file (sys, "dev/block/253:2/slaves/md0/slaves/dm-0/dm/uuid", "CRYPT-PLAIN-a\n");
  write_file (sys, "dev/block/253:2/slaves/md0/slaves/dm-1/dm/uuid", "CRYPT-PLAIN-b\n");
  g_assert_cmpint (cpd_volume_of_device (8, 1, sys), ==, CPD_VOLUME_OPEN);
  g_assert_cmpint (cpd_volume_of_device (253, 0, sys), ==, CPD_VOLUME_ENCRYPTED);
  g_assert_cmpint (cpd_volume_of_device (253, 1, sys), ==, CPD_VOLUME_ENCRYPTED);
  g_assert_cmpint (cpd_volume_of_device (9, 0, sys), ==, CPD_VOLUME_OPEN);
  g_assert_cmpint (cpd_volume_of_device (253, 2, sys), ==, CPD_VOLUME_ENCRYPTED);
  g_assert_cmpint (cpd_volume_of_device (0, 43, sys), ==, CPD_VOLUME_UNKNOWN);
  g_assert_cmpint (cpd_volume_of ("/not/there", sys), ==, CPD_VOLUME_UNKNOWN);
  remove_all (sys);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/volume/devices", test_devices);
  return g_test_run ();
}
