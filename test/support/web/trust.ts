import { getCACertificates, setDefaultCACertificates } from 'node:tls';

/**
 * As NODE_EXTRA_CA_CERTS would, for this process: what it sends by https is checked as everywhere.
 *
 * @param certificate - PEM.
 * @returns Takes the trust back.
 */
export function trust(certificate: string): () => void {
  const before = getCACertificates('default');
  setDefaultCACertificates([...before, certificate]);
  return () => setDefaultCACertificates(before);
}
