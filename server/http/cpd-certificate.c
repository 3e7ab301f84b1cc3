/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "cpd-certificate.h"

#include <gio/gio.h>
#include <gnutls/x509.h>

struct _CpdCertificate
{
  int references;                               /* atomic */
  gnutls_certificate_credentials_t credentials; /* (owned) */
};

/**
 * cpd_certificate_load:
 * @chain_path: PEM: the server's certificate, then the intermediate ones
 * @key_path: PEM
 *
 * Returns: (transfer full): both, or NULL with @error when a file is unreadable or the key is of another certificate.
 */
CpdCertificate *
cpd_certificate_load (const char *chain_path, const char *key_path, GError **error)
{
  g_autoptr (CpdCertificate) certificate = g_new0 (CpdCertificate, 1);
  int result;

  certificate->references = 1;
  result = gnutls_certificate_allocate_credentials (&certificate->credentials);
  if (result >= 0)
    result = gnutls_certificate_set_x509_key_file2 (certificate->credentials, chain_path, key_path, GNUTLS_X509_FMT_PEM,
                                                    NULL, 0);
  if (result < 0)
    {
      g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "certificate %s with key %s: %s", chain_path, key_path,
                   gnutls_strerror (result));
      return NULL;
    }
  return g_steal_pointer (&certificate);
}

/**
 * cpd_certificate_check:
 */
gboolean
cpd_certificate_check (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  gnutls_x509_crt_t *certificates = NULL;
  gnutls_datum_t data;
  unsigned int n = 0;
  gsize size;
  int result;

  if (!g_file_get_contents (path, &text, &size, error))
    return FALSE;
  data = (gnutls_datum_t){ (unsigned char *) text, (unsigned int) size };
  result = gnutls_x509_crt_list_import2 (&certificates, &n, &data, GNUTLS_X509_FMT_PEM, 0);
  for (unsigned int i = 0; result >= 0 && i < n; i++)
    gnutls_x509_crt_deinit (certificates[i]);
  gnutls_free (certificates);
  if (result >= 0)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_FAILED, "%s has no certificates in PEM: %s", path,
               gnutls_strerror (result));
  return FALSE;
}

/**
 * cpd_certificate_ref:
 *
 * Returns: (transfer full): @certificate.
 */
CpdCertificate *
cpd_certificate_ref (CpdCertificate *certificate)
{
  g_atomic_int_inc (&certificate->references);
  return certificate;
}

/**
 * cpd_certificate_unref:
 * @certificate: (nullable)
 */
void
cpd_certificate_unref (CpdCertificate *certificate)
{
  if (certificate == NULL || !g_atomic_int_dec_and_test (&certificate->references))
    return;
  if (certificate->credentials != NULL)
    gnutls_certificate_free_credentials (certificate->credentials);
  g_free (certificate);
}

/**
 * cpd_certificate_use:
 *
 * Returns: whether GnuTLS took it.
 */
gboolean
cpd_certificate_use (CpdCertificate *certificate, gnutls_session_t session)
{
  return gnutls_credentials_set (session, GNUTLS_CRD_CERTIFICATE, certificate->credentials) >= 0;
}
