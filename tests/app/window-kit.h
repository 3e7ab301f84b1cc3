/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <adwaita.h>

#include "fixture-api.h"

G_BEGIN_DECLS

#define ADDRESS "delinde.example"
#define TOKEN "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA"

/* A test of the program with its one window, at the page where one logs in. */
typedef struct
{
  const char *path;
  void (*run) (GtkApplication *program);
  gboolean shared; /* the computer */
} WindowTest;

/* The main() of a program with n such tests. */
int window_main (int argc, char **argv, const WindowTest *tests, gsize n);

/* (transfer none): what stands in place of the real one. */
FixtureApi *get_server (void);
/* Whatever waits for it. */
void answer_all (void);
/* (nullable): in which the person is. */
GtkWidget *get_window (GtkApplication *program);
GtkWidget *shown_in (GtkApplication *program, GType type);
/* Fills in the login page, and sends it. */
void begin_to_log_in (GtkApplication *program);
/* The same, and the portal is there. */
void log_in (GtkApplication *program);

G_END_DECLS
