#pragma once
#include <glib.h>
typedef struct { int patients; int days; guint64 seed; const char *output; const char *today; } CpdDemoEhrOptions;
static inline gboolean cpd_demo_ehr_write (const CpdDemoEhrOptions *o, GError **e) { return g_mkdir_with_parents(o->output,0700)==0; }
