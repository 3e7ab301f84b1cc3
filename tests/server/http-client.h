/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* A client that sends exactly the bytes it is told to. */

#define HTTP_HOST "Host: portal.example\r\n"
#define HTTP_GET(path) "GET " path " HTTP/1.1\r\n" HTTP_HOST "\r\n"

typedef struct
{
  int status; /* 0: closed without an answer */
  char *head; /* (owned) (nullable): status line and fields */
  char *body; /* (owned) (nullable) */
} HttpAnswer;

void http_answer_clear (HttpAnswer *answer);
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (HttpAnswer, http_answer_clear)

/* (nullable) (transfer full): the value of a field, whose name is compared without case. */
char *http_answer_field (const HttpAnswer *answer, const char *name);

int http_connect (int port);
void http_send (int fd, const char *data, gssize length); /* -1: a string; a closed connection is no failure */
HttpAnswer http_receive (int fd);                         /* one answer */
gboolean http_is_closed (int fd, int within_ms);          /* reads on until the end */

/* Connects, sends, reads one answer, closes. */
HttpAnswer http_ask (int port, const char *data);
HttpAnswer http_ask_bytes (int port, const char *data, gssize length);

G_END_DECLS
