/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-address.h"

#include <arpa/inet.h>
#include <string.h>
#include <sys/un.h>

static void
set_ipv4 (CpdAddress *address, const struct in_addr *ip)
{
  memset (address->ip.s6_addr, 0, 10);
  memset (address->ip.s6_addr + 10, 0xff, 2);
  memcpy (address->ip.s6_addr + 12, ip, 4);
}

/**
 * cpd_address_from_socket:
 * @address: (out): the address without its port; local for anything but IPv4 and IPv6
 */
void
cpd_address_from_socket (const struct sockaddr *socket_address, CpdAddress *address)
{
  *address = (CpdAddress){ 0 };
  if (socket_address->sa_family == AF_INET)
    set_ipv4 (address, &((const struct sockaddr_in *) (const void *) socket_address)->sin_addr);
  else if (socket_address->sa_family == AF_INET6)
    address->ip = ((const struct sockaddr_in6 *) (const void *) socket_address)->sin6_addr;
  else
    address->local = TRUE;
}

/**
 * cpd_address_from_text:
 * @text: an IPv4 or IPv6 address without port, or "unix"
 *
 * Returns: whether @text is an address.
 */
gboolean
cpd_address_from_text (const char *text, CpdAddress *address)
{
  struct in_addr ipv4;

  *address = (CpdAddress){ 0 };
  if (strcmp (text, "unix") == 0)
    {
      address->local = TRUE;
      return TRUE;
    }
  if (inet_pton (AF_INET, text, &ipv4) == 1)
    {
      set_ipv4 (address, &ipv4);
      return TRUE;
    }
  return inet_pton (AF_INET6, text, &address->ip) == 1;
}

/**
 * cpd_address_can_listen:
 */
gboolean
cpd_address_can_listen (const char *text)
{
  CpdAddress address;

  if (text[0] == '/')
    return strlen (text) < sizeof ((struct sockaddr_un *) NULL)->sun_path;
  return cpd_address_from_text (text, &address) && !address.local;
}

/**
 * cpd_address_equal:
 *
 * Returns: whether both are the same host.
 */
gboolean
cpd_address_equal (const CpdAddress *a, const CpdAddress *b)
{
  return a->local == b->local && memcmp (&a->ip, &b->ip, sizeof a->ip) == 0;
}

/**
 * cpd_address_is_loopback:
 *
 * Returns: TRUE for 127.0.0.0/8, ::1 and a Unix socket.
 */
gboolean
cpd_address_is_loopback (const CpdAddress *address)
{
  if (address->local || IN6_IS_ADDR_LOOPBACK (&address->ip))
    return TRUE;
  return IN6_IS_ADDR_V4MAPPED (&address->ip) && address->ip.s6_addr[12] == 127;
}

/**
 * cpd_address_block:
 * @block: (out): the text of the block
 */
void
cpd_address_block (const CpdAddress *address, char block[CPD_BLOCK_SIZE])
{
  struct in6_addr network = address->ip;

  if (address->local)
    {
      g_strlcpy (block, "unix", CPD_BLOCK_SIZE);
      return;
    }
  if (IN6_IS_ADDR_V4MAPPED (&network))
    {
      inet_ntop (AF_INET, network.s6_addr + 12, block, CPD_BLOCK_SIZE);
      return;
    }
  memset (network.s6_addr + 8, 0, 8);
  inet_ntop (AF_INET6, &network, block, CPD_BLOCK_SIZE);
  g_strlcat (block, "/64", CPD_BLOCK_SIZE);
}

static gboolean
is_one_of (const CpdAddress *address, const CpdAddress *list, guint n)
{
  for (guint i = 0; i < n; i++)
    if (cpd_address_equal (address, &list[i]))
      return TRUE;
  return FALSE;
}

/**
 * cpd_address_forwarded:
 * @values: all X-Forwarded-For values in their order, joined with commas
 *
 * Returns: TRUE and the @address of the client as the outermost trusted proxy saw it.
 */
gboolean
cpd_address_forwarded (const char *values, const CpdAddress *proxies, guint n_proxies, CpdAddress *address)
{
  g_auto (GStrv) parts = g_strsplit (values, ",", -1);

  for (guint i = g_strv_length (parts); i > 0; i--)
    {
      const char *text = g_strstrip (parts[i - 1]);
      if (!cpd_address_from_text (text, address) || address->local)
        return FALSE;
      if (!is_one_of (address, proxies, n_proxies))
        return TRUE;
    }
  return FALSE;
}
