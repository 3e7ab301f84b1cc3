/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-ehr-reader.h"
#include "ehr-kit.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static char *directory;

static void
put (const char *name, const char *text)
{
  g_autofree char *path = g_build_filename (directory, name, NULL);
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *json = g_strdup (text);

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, g_strdelimit (json, "'", '"'), -1, NULL));
}

/* (transfer full): a line for each thing that the reader gives out. */
static char *
read_all (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (CpdEhrReader) reader = cpd_ehr_reader_new (directory, NULL, &error);
  GString *text = g_string_new (NULL);
  CpdEhrResource *resource;
  CpdEhrProblem *problem;

  g_assert_no_error (error);
  while (cpd_ehr_reader_next (reader, &resource, &problem) != CPD_EHR_READ_END)
    {
      if (resource != NULL)
        g_string_append_printf (text, "%s %s/%s\n", resource->place, resource->type, resource->id);
      else
        g_string_append_printf (text, "%s ! %d %s: %s\n", problem->place, problem->severity,
                                problem->type != NULL ? problem->type : "-", problem->reason);
      cpd_ehr_resource_free (resource);
      cpd_ehr_problem_free (problem);
    }
  return g_string_free (text, FALSE);
}

static void
set_up (void *fixture, gconstpointer data)
{
  directory = g_dir_make_tmp ("ehr-reader-XXXXXX", NULL);
}

static void
tear_down (void *fixture, gconstpointer data)
{
  const char *const arguments[] = { "rm", "-rf", directory, NULL };

  g_assert_true (
      g_spawn_sync (NULL, (char **) arguments, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL, NULL));
  g_clear_pointer (&directory, g_free);
}

static void
test_kinds (void *fixture, gconstpointer data)
{
  g_autofree char *got = NULL;

  put ("b.ndjson", "{'resourceType':'Goal','id':'1'}\n\n{'resourceType':'Goal','id':'2'}");
  put ("a.json",
       "{'resourceType':'Bundle','entry':[{'fullUrl':'urn:uuid:4eaa5bf3-b956','resource':{'resourceType':'Goal'}},"
       "{'request':{'method':'DELETE'}},{'resource':{'resourceType':'Goal','id':'x'}}]}");
  put ("sub/c.json", "{'resourceType':'Patient','id':'p'}");
  put (".hidden.ndjson", "rubbish");
  put ("readme.txt", "rubbish");
  got = read_all ();
  g_assert_cmpstr (got, ==,
                   "a.json:entry 1 Goal/4eaa5bf3-b956\na.json:entry 3 Goal/x\nb.ndjson:1 Goal/1\nb.ndjson:3 Goal/2\n"
                   "sub/c.json Patient/p\n");
}

static void
test_odd (void *fixture, gconstpointer data)
{
  g_autofree char *got = NULL;

  put ("a.ndjson",
       "{'resourceType':'Goal','id':'1'}\n[1]\n{'a':1}\n{'resourceType':'Goal'}\n{'resourceType':'Goal','id':'a/b'}\n"
       "{'resourceType':'Patient','id':'p','name':'x'}\n{'resourceType':'Goal','id':'2'}\n");
  put ("b.json", "{'resourceType':'Bundle','entry':[{},{'search':{'mode':'outcome'},'resource':{}}]}");
  got = read_all ();
  g_assert_cmpstr (
      got, ==,
      "a.ndjson:1 Goal/1\na.ndjson:2 ! 1 -: not a JSON object\na.ndjson:3 ! 1 -: not a resource: no resourceType\n"
      "a.ndjson:4 ! 1 Goal: no id\na.ndjson:5 ! 1 Goal: the id is not one of FHIR\n"
      "a.ndjson:6 ! 0 Patient: name has the wrong type\na.ndjson:7 Goal/2\n"
      "b.json:entry 1 ! 1 -: an entry without a resource\nb.json:entry 2 ! 0 -: the source reports a warning\n");
}

static void
test_cut (void *fixture, gconstpointer data)
{
  g_autofree char *got = NULL;

  put ("Goal.ndjson", "{'resourceType':'Goal','id':'1'}\n{'resourceType':'Go");
  put ("all.ndjson", "{'resourceType':'Goal','id':'1'}\n{'resourceType':'Goal','id'");
  put ("b.json", "{'resourceType':'Bundle','entry':[{'resource':{'resourceType':'Goal','id'");
  put ("x.json", "");
  got = read_all ();
  g_assert_nonnull (strstr (got, "Goal.ndjson:1 Goal/1\nGoal.ndjson:2 ! 2 Goal: not valid JSON"));
  g_assert_nonnull (strstr (got, "all.ndjson:2 ! 2 -: not valid JSON"));
  g_assert_nonnull (strstr (got, "b.json ! 2 -: not valid JSON"));
  g_assert_nonnull (strstr (got, "x.json ! 2 -: the file is empty"));
}

/* A file that holds one resource: nothing else is missing. */
static void
test_one_broken (void *fixture, gconstpointer data)
{
  g_autofree char *got = NULL;

  put ("Patient-1.json", "{'resourceType':'Patient','id'");
  put ("a.json", "{\n  'resourceType' : 'Goal',\n  'id': 'a'\n");
  put ("b.json", "{'id':'b','resourceType':'Goal'");
  put ("c.json", "{'resourceType':'Go");
  got = read_all ();
  g_assert_nonnull (strstr (got, "Patient-1.json ! 1 Patient: not valid JSON"));
  g_assert_nonnull (strstr (got, "a.json ! 1 Goal: not valid JSON"));
  g_assert_nonnull (strstr (got, "b.json ! 2 -: not valid JSON"));
  g_assert_nonnull (strstr (got, "c.json ! 2 -: not valid JSON"));
}

static void
test_large (void *fixture, gconstpointer data)
{
  g_autofree char *filling = g_strnfill (CPD_EHR_LINE_MAX, 'x');
  g_autofree char *line =
      g_strdup_printf ("{'resourceType':'Goal','id':'1','x':'%s'}\n{'resourceType':'Goal','id':'2'}\n", filling);
  g_autofree char *huge = g_strnfill (CPD_EHR_FILE_MAX + 1, ' ');
  g_autofree char *got = NULL;

  put ("a.ndjson", line);
  put ("b.json", huge);
  got = read_all ();
  g_assert_cmpstr (got, ==,
                   "a.ndjson:1 ! 1 -: the line is longer than 4 MB\na.ndjson:2 Goal/2\n"
                   "b.json ! 2 -: the file is larger than 16 MB\n");
}

static void
test_links (void *fixture, gconstpointer data)
{
  g_autofree char *inside = g_build_filename (directory, "z.ndjson", NULL);
  g_autofree char *outside = g_build_filename (directory, "out.ndjson", NULL);
  g_autofree char *pipe = g_build_filename (directory, "pipe.ndjson", NULL);
  g_autofree char *got = NULL;

  put ("a.ndjson", "{'resourceType':'Goal','id':'1'}\n");
  g_assert_cmpint (symlink ("a.ndjson", inside), ==, 0);
  g_assert_cmpint (symlink ("/etc/passwd", outside), ==, 0);
  g_assert_cmpint (mkfifo (pipe, 0600), ==, 0);
  got = read_all ();
  g_assert_cmpstr (got, ==,
                   "a.ndjson:1 Goal/1\nout.ndjson ! 2 -: a link that leads out of the directory\n"
                   "pipe.ndjson ! 2 -: not a regular file\nz.ndjson:1 Goal/1\n");
}

static void
test_nothing (void *fixture, gconstpointer data)
{
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) missing = NULL;

  g_assert_null (cpd_ehr_reader_new (directory, NULL, &empty));
  g_assert_nonnull (empty);
  g_assert_null (cpd_ehr_reader_new ("/nonexistent", NULL, &missing));
  g_assert_nonnull (missing);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
#define ADD(name)                                                                                                      \
  g_test_add ("/ehr-reader/" #name, char, NULL, (void *) set_up, (void *) test_##name, (void *) tear_down)
  ADD (kinds);
  ADD (odd);
  ADD (cut);
  ADD (one_broken);
  ADD (large);
  ADD (links);
  ADD (nothing);
  return g_test_run ();
}
