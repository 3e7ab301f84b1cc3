/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-files.h"

#include <errno.h>
#include <fcntl.h>
#include <gio/gio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Types whose name a file may begin with to say that it holds nothing else. Any other beginning promises nothing. */
static const char *const file_types[] = { "AllergyIntolerance",
                                          "Appointment",
                                          "Binary",
                                          "CarePlan",
                                          "CareTeam",
                                          "Communication",
                                          "Composition",
                                          "Condition",
                                          "Consent",
                                          "Device",
                                          "DiagnosticReport",
                                          "DocumentReference",
                                          "Encounter",
                                          "EpisodeOfCare",
                                          "Flag",
                                          "Goal",
                                          "Immunization",
                                          "Location",
                                          "Medication",
                                          "MedicationRequest",
                                          "Observation",
                                          "Organization",
                                          "Patient",
                                          "Practitioner",
                                          "PractitionerRole",
                                          "Procedure",
                                          "Questionnaire",
                                          "QuestionnaireResponse",
                                          "RelatedPerson",
                                          "ServiceRequest",
                                          "Task",
                                          NULL };

static int
compare_paths (gconstpointer a, gconstpointer b)
{
  return strcmp (*(const char *const *) a, *(const char *const *) b);
}

static gboolean
is_ours (const char *name)
{
  return g_str_has_suffix (name, ".ndjson") || g_str_has_suffix (name, ".json");
}

static void
add_problem (GPtrArray *problems, const char *path, const char *reason)
{
  g_autofree char *type = cpd_ehr_files_type (path);

  g_ptr_array_add (problems, cpd_ehr_problem_new (CPD_EHR_CUT, path, type, NULL, "%s", reason));
}

static gboolean
walk (const char *directory, const char *below, int depth, GPtrArray *paths, GPtrArray *problems, GError **error)
{
  g_autofree char *folder = g_build_filename (directory, below, NULL);
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return FALSE;
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = *below != '\0' ? g_build_filename (below, name, NULL) : g_strdup (name);
      g_autofree char *full = g_build_filename (directory, path, NULL);
      struct stat status;

      if (*name == '.')
        continue;
      if (!g_utf8_validate (name, -1, NULL))
        add_problem (problems, *below != '\0' ? below : ".", "a file name is not UTF-8");
      else if (lstat (full, &status) != 0)
        continue;
      else if (S_ISDIR (status.st_mode))
        {
          if (depth == CPD_EHR_FILE_DEPTH)
            add_problem (problems, path, "too many folders inside each other");
          else if (!walk (directory, path, depth + 1, paths, problems, NULL))
            add_problem (problems, path, "the folder cannot be read");
        }
      else if (is_ours (name))
        g_ptr_array_add (paths, g_steal_pointer (&path));
    }
  return TRUE;
}

/**
 * cpd_ehr_files_list:
 *
 * Returns: (transfer full) (element-type utf8): paths of the files to read.
 */
GPtrArray *
cpd_ehr_files_list (const char *directory, GPtrArray *problems, GError **error)
{
  g_autoptr (GPtrArray) paths = g_ptr_array_new_with_free_func (g_free);

  if (!walk (directory, "", 0, paths, problems, error))
    return NULL;
  g_ptr_array_sort (paths, compare_paths);
  return g_steal_pointer (&paths);
}

static gboolean
fail_open (GError **error, int code)
{
  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (code), "the file cannot be read");
  return FALSE;
}

static gboolean
leads_inside (const char *directory, const char *full, GError **error)
{
  g_autofree char *root = NULL;
  char *real_root = realpath (directory, NULL);
  char *real_file = realpath (full, NULL);
  gboolean inside = FALSE;

  if (real_root != NULL && real_file != NULL)
    {
      root = g_str_has_suffix (real_root, "/") ? g_strdup (real_root) : g_strconcat (real_root, "/", NULL);
      inside = g_str_has_prefix (real_file, root);
    }
  if (real_root == NULL || real_file == NULL)
    fail_open (error, errno);
  else if (!inside)
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "a link that leads out of the directory");
  free (real_root);
  free (real_file);
  return inside;
}

/**
 * cpd_ehr_files_open:
 *
 * Returns: a descriptor for the caller to close, or -1.
 */
int
cpd_ehr_files_open (const char *directory, const char *path, GError **error)
{
  g_autofree char *full = g_build_filename (directory, path, NULL);
  struct stat status;
  int fd;

  if (!leads_inside (directory, full, error))
    return -1;
  /* Not blocking, so that a pipe in the place of a file does not hold the run. */
  fd = open (full, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
  if (fd < 0 || fstat (fd, &status) != 0)
    fail_open (error, errno);
  else if (!S_ISREG (status.st_mode))
    g_set_error_literal (error, G_IO_ERROR, G_IO_ERROR_NOT_REGULAR_FILE, "not a regular file");
  else
    return fd;
  if (fd >= 0)
    close (fd);
  return -1;
}

/**
 * cpd_ehr_files_type:
 *
 * Returns: (transfer full) (nullable): the type of resource that a file name begins with.
 */
char *
cpd_ehr_files_type (const char *path)
{
  g_autofree char *name = g_path_get_basename (path);
  g_autofree char *type = NULL;
  gsize length = 0;

  while (g_ascii_isalpha (name[length]))
    length++;
  type = g_strndup (name, length);
  return g_strv_contains (file_types, type) ? g_steal_pointer (&type) : NULL;
}
