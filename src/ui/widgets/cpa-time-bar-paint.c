/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpa-time-bar-paint.h"

#include <adwaita.h>

#include "cpa-time-text.h"

#define RADIUS_BAR 4
#define RADIUS_HANDLE 10
#define LINE_HANDLE 2.5
#define GRIP_WIDTH 40
#define GRIP_HEIGHT 20
#define RING 3
#define RING_AWAY 2
#define YEAR_LINE_FROM 32
#define YEAR_LINE_TO 135

enum
{
  GROUND,
  STRIP,
  BAR,
  ACCENT,
  ACCENT_GROUND,
  ACCENT_TEXT,
  EDGE,
  QUIET,
  TEXT,
  NEW,
  N_COLOURS
};

static const char *const colour_names[N_COLOURS] = {
  [GROUND] = "card_bg_color",
  [STRIP] = "cp_strip",
  [BAR] = "cp_bar",
  [ACCENT] = "accent_color",
  [ACCENT_GROUND] = "accent_bg_color",
  [ACCENT_TEXT] = "accent_fg_color",
  [EDGE] = "cp_edge",
  [QUIET] = "cp_quiet",
  [TEXT] = "card_fg_color",
  [NEW] = "cp_new",
};

/* In parts of the font of the window. */
static const struct
{
  double size;
  PangoWeight weight;
} fonts[] = {
  { 0.835, PANGO_WEIGHT_NORMAL },
  { 0.835, PANGO_WEIGHT_BOLD },
  { 0.92, PANGO_WEIGHT_BOLD },
  { 0.75, PANGO_WEIGHT_BOLD },
};
enum
{
  FONT_MONTH,
  FONT_DATE,
  FONT_YEAR,
  FONT_BADGE
};

struct _CpaTimeBarPaint
{
  GtkWidget *widget;       /* (borrowed) */
  PangoLayout *months[12]; /* (owned) (nullable): kept, as they are drawn in each frame */
  GdkRGBA colours[N_COLOURS];
};

static PangoLayout *
text_new (CpaTimeBarPaint *self, const char *text, int font)
{
  PangoLayout *layout = gtk_widget_create_pango_layout (self->widget, text);
  PangoContext *context = pango_layout_get_context (layout);
  PangoFontDescription *description = pango_font_description_copy (pango_context_get_font_description (context));
  int size = (int) (pango_font_description_get_size (description) * fonts[font].size);

  if (pango_font_description_get_size_is_absolute (description))
    pango_font_description_set_absolute_size (description, size);
  else
    pango_font_description_set_size (description, size);
  pango_font_description_set_weight (description, fonts[font].weight);
  pango_layout_set_font_description (layout, description);
  pango_font_description_free (description);
  return layout;
}

static double
width_of (PangoLayout *layout)
{
  int width;

  pango_layout_get_pixel_size (layout, &width, NULL);
  return width;
}

static PangoLayout *
month_text (CpaTimeBarPaint *self, int month)
{
  if (self->months[month % 12] == NULL)
    self->months[month % 12] = text_new (self, cpa_time_short_month (month % 12), FONT_MONTH);
  return self->months[month % 12];
}

static void
look_up_colours (CpaTimeBarPaint *self)
{
  GtkStyleContext *style = gtk_widget_get_style_context (self->widget);

  for (int i = 0; i < N_COLOURS; i++)
    if (!gtk_style_context_lookup_color (style, colour_names[i], &self->colours[i]))
      gtk_style_context_get_color (style, &self->colours[i]);
  if (adw_style_manager_get_high_contrast (adw_style_manager_get_default ()))
    self->colours[QUIET] = self->colours[EDGE] = self->colours[BAR] = self->colours[TEXT];
}

static void
set_colour (CpaTimeBarPaint *self, cairo_t *cr, int colour)
{
  gdk_cairo_set_source_rgba (cr, &self->colours[colour]);
}

static void
show_text (CpaTimeBarPaint *self, cairo_t *cr, PangoLayout *layout, double x, double y, int colour)
{
  set_colour (self, cr, colour);
  cairo_move_to (cr, x, y);
  pango_cairo_show_layout (cr, layout);
}

/* below: the lower corners are round too. */
static void
rounded (cairo_t *cr, double x, double y, double width, double height, double radius, gboolean below)
{
  double lower = below ? radius : 0;

  radius = MIN (radius, MIN (width, height) / 2);
  lower = MIN (lower, MIN (width, height) / 2);
  cairo_new_sub_path (cr);
  cairo_arc (cr, x + width - radius, y + radius, radius, -G_PI_2, 0);
  cairo_arc (cr, x + width - lower, y + height - lower, lower, 0, G_PI_2);
  cairo_arc (cr, x + lower, y + height - lower, lower, G_PI_2, G_PI);
  cairo_arc (cr, x + radius, y + radius, radius, G_PI, -G_PI_2);
  cairo_close_path (cr);
}

/* From the whole width of the cards down to the handle. Drawn with the months' left end as origin. */
static void
draw_funnel (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, double left)
{
  double scale = layout->scale, corner = 14 * scale;
  double deep = cpa_time_bar_y (layout, CPA_TIME_BAR_FUNNEL), shallow = cpa_time_bar_y (layout, 9);
  double middle = cpa_time_bar_y (layout, 15);
  double from = -left, until = layout->width + left;
  double a = layout->handle_x, b = a + layout->handle_width, inset = RADIUS_HANDLE * scale;
  double start = MIN (corner, (a - from) * 0.6), right = MIN (corner, (until - b) * 0.6);

  cairo_move_to (cr, from, 0);
  cairo_curve_to (cr, from, shallow * 0.7, from + start * 0.4, shallow, from + start, shallow);
  cairo_curve_to (cr, from + (a - from) * 0.5, shallow * 1.2, a - MIN (3 * inset, (a - from) * 0.3), middle, a + inset,
                  deep);
  cairo_line_to (cr, b - inset, deep);
  cairo_curve_to (cr, b + MIN (3 * inset, (until - b) * 0.3), middle, until - (until - b) * 0.5, shallow * 1.2,
                  until - right, shallow);
  cairo_curve_to (cr, until - right * 0.4, shallow, until, shallow * 0.7, until, 0);
  cairo_close_path (cr);
  set_colour (self, cr, STRIP);
  cairo_fill (cr);
}

static void
trace_handle (cairo_t *cr, const CpaTimeBarLayout *layout, double away)
{
  double top = cpa_time_bar_y (layout, CPA_TIME_BAR_FUNNEL);

  rounded (cr, layout->handle_x - away, top - away, layout->handle_width + 2 * away,
           cpa_time_bar_y (layout, CPA_TIME_BAR_HANDLE_END) - top + 2 * away, RADIUS_HANDLE * layout->scale + away,
           TRUE);
}

static void
draw_handle_ground (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout)
{
  trace_handle (cr, layout, 0);
  set_colour (self, cr, STRIP);
  cairo_fill (cr);
}

static void
draw_bars (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, CpaMonths *months, int current)
{
  guint max = 0;

  for (guint i = 0; i < months->len; i++)
    max = MAX (max, cpa_months_get (months, i)->count);
  for (guint i = 0; i < months->len; i++)
    {
      const CpaMonth *month = cpa_months_get (months, i);
      double x = cpa_time_bar_month_x (layout, month->number) + layout->gap / 2;
      double height = cpa_time_bar_bar_height (layout, month->count, max);

      if (x + layout->month_width < 0 || x > layout->width)
        continue;
      rounded (cr, x, cpa_time_bar_y (layout, CPA_TIME_BAR_AXIS) - height, layout->month_width - layout->gap, height,
               RADIUS_BAR * layout->scale, FALSE);
      set_colour (self, cr, month->number == current ? ACCENT : BAR);
      cairo_fill (cr);
    }
}

static void
draw_axis (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout)
{
  double y = cpa_time_bar_y (layout, CPA_TIME_BAR_AXIS);
  int each = layout->names == CPA_TIME_BAR_YEARS_ONLY ? 12 : 1;

  set_colour (self, cr, EDGE);
  cairo_rectangle (cr, 0, y, layout->width, 1);
  for (int month = layout->first; month <= layout->first + layout->months; month++)
    {
      double x = cpa_time_bar_month_x (layout, month);

      if (month % each == 0 && x >= -1 && x <= layout->width)
        cairo_rectangle (cr, CLAMP (x, 0, layout->width - 1), y, 1, CPA_TIME_BAR_TICK * layout->lower);
    }
  cairo_fill (cr);
}

static void
draw_names (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout)
{
  for (int month = layout->first; month < layout->first + layout->months; month++)
    {
      PangoLayout *text = month_text (self, month);
      double width = width_of (text);
      double x = cpa_time_bar_month_x (layout, month) + (layout->month_width - width) / 2;

      if (cpa_time_bar_has_name (layout, month, width))
        show_text (self, cr, text, x, cpa_time_bar_y (layout, CPA_TIME_BAR_MONTHS), QUIET);
    }
}

/* until: where its own name does not stand over it. */
static void
draw_year_line (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, double x, double until)
{
  double from = cpa_time_bar_is_under_handle (layout, x) ? CPA_TIME_BAR_HANDLE_END : YEAR_LINE_FROM;

  set_colour (self, cr, EDGE);
  cairo_rectangle (cr, (int) x, cpa_time_bar_y (layout, from), 1,
                   cpa_time_bar_y (layout, until) - cpa_time_bar_y (layout, from));
  cairo_fill (cr);
}

static void
draw_years (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, double left)
{
  for (int year = layout->first / 12; year * 12 < layout->first + layout->months; year++)
    {
      double begin = cpa_time_bar_month_x (layout, year * 12), x;
      g_autofree char *words = g_strdup_printf ("%d", year);
      g_autoptr (PangoLayout) text = text_new (self, words, FONT_YEAR);
      gboolean named = cpa_time_bar_year_x (layout, year, width_of (text), left, &x);

      if (begin > 1 && begin < layout->width)
        draw_year_line (self, cr, layout, begin, named && x <= begin ? CPA_TIME_BAR_YEARS : YEAR_LINE_TO);
      if (named)
        show_text (self, cr, text, x, cpa_time_bar_y (layout, CPA_TIME_BAR_YEARS), TEXT);
    }
}

static void
draw_badge (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, const CpaTimeBarBadge *badge,
            double bottom)
{
  double size = CPA_TIME_BAR_BADGE * layout->scale;
  g_autofree char *words = g_strdup_printf ("%u", badge->unread);
  g_autoptr (PangoLayout) text = text_new (self, words, FONT_BADGE);
  double width = MAX (size, width_of (text) + size / 2);
  double x = CLAMP (badge->x, width / 2, layout->width - width / 2);
  double top = MAX (bottom - size, 0);
  int text_height;

  pango_layout_get_pixel_size (text, NULL, &text_height);
  rounded (cr, x - width / 2, top, width, size, size / 2, TRUE);
  set_colour (self, cr, NEW);
  cairo_fill (cr);
  show_text (self, cr, text, x - width_of (text) / 2, top + (size - text_height) / 2, GROUND);
}

static void
draw_badges (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, CpaMonths *months)
{
  g_autofree CpaTimeBarUnread *unread = g_new (CpaTimeBarUnread, months->len);
  g_autoptr (GArray) badges = NULL;
  guint max = 0;

  for (guint i = 0; i < months->len; i++)
    {
      const CpaMonth *month = cpa_months_get (months, i);

      unread[i] = (CpaTimeBarUnread){ month->number, month->unread };
      max = MAX (max, month->count);
    }
  badges = cpa_time_bar_badges (layout, unread, months->len);
  for (guint i = 0; i < badges->len; i++)
    {
      const CpaTimeBarBadge *badge = &g_array_index (badges, CpaTimeBarBadge, i);
      guint count = cpa_months_get (months, cpa_months_from (months, badge->month))->count;
      double height = cpa_time_bar_bar_height (layout, count, max);

      if (badge->x > 0 && badge->x < layout->width)
        draw_badge (self, cr, layout, badge, cpa_time_bar_y (layout, CPA_TIME_BAR_AXIS) - height - 1);
    }
}

static void
draw_grip (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, double away)
{
  double scale = layout->scale, width = GRIP_WIDTH * scale, height = cpa_time_bar_y (layout, GRIP_HEIGHT);
  double x = layout->handle_x + (layout->handle_width - width) / 2;
  double y = cpa_time_bar_y (layout, CPA_TIME_BAR_FUNNEL) - height / 2;

  rounded (cr, x - away, y - away, width + 2 * away, height + 2 * away, height / 2 + away, TRUE);
  if (away > 0)
    return;
  set_colour (self, cr, ACCENT_GROUND);
  cairo_fill (cr);
  set_colour (self, cr, ACCENT_TEXT);
  for (int i = -1; i <= 1; i++)
    cairo_rectangle (cr, x + width / 2 + (i * 5 - 1) * scale, y + height * 0.27, 2 * scale, height * 0.46);
  cairo_fill (cr);
}

/* 3 px, 2 px away, around handle and grip together. */
static void
draw_ring (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout)
{
  static const struct
  {
    double away;
    int colour;
  } layers[] = { { RING_AWAY + RING, ACCENT }, { RING_AWAY, STRIP } };

  for (guint i = 0; i < G_N_ELEMENTS (layers); i++)
    {
      cairo_new_path (cr);
      trace_handle (cr, layout, layers[i].away + LINE_HANDLE / 2);
      set_colour (self, cr, layers[i].colour);
      cairo_fill (cr);
      draw_grip (self, cr, layout, layers[i].away);
      cairo_fill (cr);
    }
}

static void
draw_handle (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, const char *date)
{
  g_autoptr (PangoLayout) text = text_new (self, date, FONT_DATE);

  trace_handle (cr, layout, 0);
  set_colour (self, cr, ACCENT);
  cairo_set_line_width (cr, LINE_HANDLE * layout->scale);
  cairo_stroke (cr);
  show_text (self, cr, text, layout->handle_x + (layout->handle_width - width_of (text)) / 2,
             cpa_time_bar_y (layout, CPA_TIME_BAR_MONTHS), TEXT);
  draw_grip (self, cr, layout, 0);
}

CpaTimeBarPaint *
cpa_time_bar_paint_new (GtkWidget *widget)
{
  CpaTimeBarPaint *self = g_new0 (CpaTimeBarPaint, 1);

  self->widget = widget;
  return self;
}

void
cpa_time_bar_paint_free (CpaTimeBarPaint *self)
{
  cpa_time_bar_paint_forget (self);
  g_free (self);
}

void
cpa_time_bar_paint_forget (CpaTimeBarPaint *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->months); i++)
    g_clear_object (&self->months[i]);
}

double
cpa_time_bar_paint_handle_width (CpaTimeBarPaint *self, const char *text)
{
  g_autoptr (PangoLayout) layout = text_new (self, text, FONT_DATE);

  return width_of (layout);
}

void
cpa_time_bar_paint_draw (CpaTimeBarPaint *self, cairo_t *cr, const CpaTimeBarLayout *layout, CpaMonths *months,
                         double left, const char *date, int month)
{
  look_up_colours (self);
  cairo_translate (cr, left, 0);
  draw_funnel (self, cr, layout, left);
  if (gtk_widget_get_state_flags (self->widget) & GTK_STATE_FLAG_FOCUS_VISIBLE)
    draw_ring (self, cr, layout);
  draw_handle_ground (self, cr, layout);
  cairo_save (cr);
  cairo_rectangle (cr, -1, 0, layout->width + 2, cpa_time_bar_y (layout, CPA_TIME_BAR_HEIGHT));
  cairo_clip (cr);
  draw_bars (self, cr, layout, months, month);
  draw_axis (self, cr, layout);
  draw_names (self, cr, layout);
  cairo_restore (cr);
  draw_years (self, cr, layout, left);
  draw_handle (self, cr, layout, date);
  draw_badges (self, cr, layout, months);
}
