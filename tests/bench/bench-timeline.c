/* SPDX-License-Identifier: GPL-3.0-or-later */
/* The timeline with 100,000 cards of ten years, made of the app's own widgets: how long frames take while one scrolls
 * and drags through all of it, when the first cards are there, and what stays in memory. Prints "name value" lines. */
#include <adwaita.h>
#include <stdio.h>
#include <time.h>

#include "config.h"
#include "cpa-language.h"
#include "cpa-time-bar.h"
#include "cpa-timeline-card.h"
#include "fixture-api.h"
#include "page-table.h"

#define CARDS 100000
#define FRAMES 900
/* Cards of one step when all are passed by. */
#define STEP 150

typedef struct
{
  CpaApi *api;
  GtkWidget *window, *bar, *list;
  GMainLoop *loop;
  GArray *times;     /* of frames, in microseconds */
  GArray *processor; /* the same, of this thread's processor time */
  gint64 frame_began, processor_began;
  guint frame;
  guint (*next) (guint frame);
} Bench;

typedef gboolean (*Match) (GtkWidget *widget);

static GtkWidget *
find (GtkWidget *widget, Match match)
{
  if (match (widget))
    return widget;
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, match);

      if (found != NULL)
        return found;
    }
  return NULL;
}

static gboolean
is_bar (GtkWidget *widget)
{
  return CPA_IS_TIME_BAR (widget);
}

static gboolean
is_filled_card (GtkWidget *widget)
{
  CpaTimelineItem *item =
      CPA_IS_TIMELINE_CARD (widget) ? cpa_timeline_card_get_item (CPA_TIMELINE_CARD (widget)) : NULL;

  return item != NULL && gtk_widget_get_child_visible (gtk_widget_get_parent (widget)) &&
         cpa_timeline_item_get_record (item) != NULL;
}

/* Of this program alone: what it shares costs it less as more programs share it. */
static double
memory_mb (void)
{
  g_autofree char *text = NULL;
  const char *line;

  if (!g_file_get_contents ("/proc/self/smaps_rollup", &text, NULL, NULL) ||
      (line = strstr (text, "\nPss_Anon:")) == NULL)
    g_error ("how much memory this takes is not told");
  return g_ascii_strtod (line + strlen ("\nPss_Anon:"), NULL) / 1024;
}

/* What a frame costs whatever else the machine does. */
static gint64
processor_time (void)
{
  struct timespec now;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &now);
  return (gint64) now.tv_sec * G_USEC_PER_SEC + now.tv_nsec / 1000;
}

static void
before_paint_cb (Bench *bench)
{
  bench->processor_began = processor_time ();
  bench->frame_began = g_get_monotonic_time ();
}

static void
after_paint_cb (Bench *bench)
{
  gint64 took = g_get_monotonic_time () - bench->frame_began;
  gint64 used = processor_time () - bench->processor_began;

  g_array_append_val (bench->times, took);
  g_array_append_val (bench->processor, used);
}

/* Until the first cards stand on the screen, counted from the first page that came. */
static void
first_cards (Bench *bench)
{
  gint64 arrived = 0;

  while (find (bench->window, is_filled_card) == NULL)
    {
      g_main_context_iteration (NULL, TRUE);
      if (arrived == 0 && fixture_api_count (FIXTURE_API (bench->api), CP_ROUTE_DOSSIER) > 0)
        arrived = g_get_monotonic_time ();
    }
  /* And are drawn. */
  g_array_set_size (bench->times, 0);
  gtk_widget_queue_draw (bench->window);
  while (bench->times->len == 0)
    g_main_context_iteration (NULL, TRUE);
  printf ("first-cards %.1f\n", (g_get_monotonic_time () - arrived) / 1000.0);
}

static int
compare_times (gconstpointer a, gconstpointer b)
{
  gint64 difference = *(const gint64 *) a - *(const gint64 *) b;

  return difference < 0 ? -1 : difference > 0;
}

static void
print_parts (const char *name, const char *of, GArray *times)
{
  g_array_sort (times, compare_times);
  for (int part = 50; part <= 99; part += 49)
    printf ("%s%s-p%d %.2f\n", name, of, part, g_array_index (times, gint64, times->len * part / 100) / 1000.0);
}

static gboolean
move_cb (GtkWidget *widget, GdkFrameClock *clock, gpointer data)
{
  Bench *bench = data;

  if (bench->frame++ == FRAMES)
    {
      g_main_loop_quit (bench->loop);
      return G_SOURCE_REMOVE;
    }
  g_signal_emit_by_name (bench->bar, "go-to", bench->next (bench->frame), FALSE);
  return G_SOURCE_CONTINUE;
}

static void
measure_frames (Bench *bench, const char *name, guint (*next) (guint frame))
{
  g_array_set_size (bench->times, 0);
  g_array_set_size (bench->processor, 0);
  bench->frame = 0;
  bench->next = next;
  gtk_widget_add_tick_callback (bench->window, move_cb, bench, NULL);
  g_main_loop_run (bench->loop);
  print_parts (name, "", bench->times);
  print_parts (name, "-processor", bench->processor);
}

static guint
drag (guint frame)
{
  return (guint) ((double) frame / FRAMES * (CARDS - 1));
}

static guint
scroll (guint frame)
{
  return CARDS / 2 + frame;
}

static guint
jump (guint frame)
{
  return (frame * 7919u * 31u) % CARDS;
}

static void
pass_by_everything (Bench *bench)
{
  for (guint position = 0; position < CARDS; position += STEP)
    {
      g_signal_emit_by_name (bench->bar, "go-to", position, FALSE);
      for (int i = 0; i < 30; i++)
        g_main_context_iteration (NULL, FALSE);
    }
}

static void
open_window (Bench *bench)
{
  CpaContext *context = fixture_context_new (bench->api, "session", 0);
  GtkWidget *page = page_table_new_page ("dossier", context);

  bench->window = adw_window_new ();
  adw_window_set_content (ADW_WINDOW (bench->window), page_table_frame (context, page));
  gtk_window_set_default_size (GTK_WINDOW (bench->window), 1000, 720);
  gtk_widget_realize (bench->window);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (bench->window), "before-paint", G_CALLBACK (before_paint_cb),
                            bench);
  g_signal_connect_swapped (gtk_widget_get_frame_clock (bench->window), "after-paint", G_CALLBACK (after_paint_cb),
                            bench);
  gtk_window_present (GTK_WINDOW (bench->window));
}

int
main (void)
{
  Bench bench = { .loop = g_main_loop_new (NULL, FALSE),
                  .times = g_array_new (FALSE, FALSE, sizeof (gint64)),
                  .processor = g_array_new (FALSE, FALSE, sizeof (gint64)) };
  double before;

  setvbuf (stdout, NULL, _IOLBF, 0);
  cpa_language_setup (BUILT_LOCALE_DIR);
  gtk_init ();
  adw_init ();
  fixture_set_time ();
  bench.api = fixture_api_new ("years");
  /* Made before anything is measured: it stands for the server. */
  fixture_api_get_timeline (FIXTURE_API (bench.api));
  open_window (&bench);
  first_cards (&bench);
  bench.bar = find (bench.window, is_bar);
  measure_frames (&bench, "scroll", scroll);
  /* What cards that move need at all is there now, with less than one of a hundred passed by. */
  before = memory_mb ();
  measure_frames (&bench, "drag", drag);
  measure_frames (&bench, "jump", jump);
  pass_by_everything (&bench);
  measure_frames (&bench, "drag-again", drag);
  printf ("memory-before %.1f\nmemory-after %.1f\n", before, memory_mb ());
  return 0;
}
