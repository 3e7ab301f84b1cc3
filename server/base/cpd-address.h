/* SPDX-License-Identifier: GPL-3.0-or-later */
#pragma once

#include <glib.h>
#include <netinet/in.h>
#include <sys/socket.h>

G_BEGIN_DECLS

#define CPD_BLOCK_SIZE (INET6_ADDRSTRLEN + 4)

/* The address of a peer: IPv4 is kept as ::ffff:a.b.c.d, so that both ways of writing it are one address. */
typedef struct
{
  gboolean local; /* a Unix socket: there is no address */
  struct in6_addr ip;
} CpdAddress;

void cpd_address_from_socket (const struct sockaddr *socket_address, CpdAddress *address);
gboolean cpd_address_from_text (const char *text, CpdAddress *address);
gboolean cpd_address_equal (const CpdAddress *a, const CpdAddress *b);
gboolean cpd_address_is_loopback (const CpdAddress *address);

/* Whether a server can listen on text: an IP address, or the absolute path of a Unix socket. */
gboolean cpd_address_can_listen (const char *text);

/* What limits and throttles count by: IPv4 one address "192.0.2.7", IPv6 a /64 "2001:db8:1:2::/64", else "unix". */
void cpd_address_block (const CpdAddress *address, char block[CPD_BLOCK_SIZE]);

/* Of the values of X-Forwarded-For, joined with commas, the right-most that is not one of proxies. Each proxy appends
 * who it saw, so all to the left of that one is only what the client claims. FALSE when there is none or it is not an
 * address. */
gboolean cpd_address_forwarded (const char *values, const CpdAddress *proxies, guint n_proxies, CpdAddress *address);

G_END_DECLS
