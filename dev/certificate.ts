/**
 * The certificate of the local stack when it serves https: self-signed, for this machine alone, made
 * at the first start and kept, so that whoever trusts it has to do so once.
 *
 * It is no authority: its key could sign for no other name even where it is trusted.
 *
 * @module
 */
import { createPrivateKey, randomUUID, X509Certificate } from 'node:crypto';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generate } from 'selfsigned';

export interface Certificate {
  /** PEM, as `cert` and `key` of node:tls. */
  cert: string;
  key: string;
  /** Of the certificate alone, for those who are to trust it. */
  file: string;
}

/** Apple's systems trust none that lives longer. */
const LIFETIME_DAYS = 825;
const DAY_MS = 86_400_000;

/** @param dir - Where it is kept: made anew when there is none, or it ends within a day. */
export async function localCertificate(dir: string, now = Date.now()): Promise<Certificate> {
  const file = join(dir, 'tls-cert.pem');
  const keyFile = join(dir, 'tls-key.pem');
  const kept = read(file, keyFile);
  if (kept && isGood(kept, now)) return { ...kept, file };
  const { cert, private: key } = await make(now);
  mkdirSync(dir, { recursive: true, mode: 0o700 });
  writeFileSync(keyFile, key, { mode: 0o600 });
  writeFileSync(file, cert);
  return { cert, key, file };
}

type Pair = { cert: string; key: string };

function read(file: string, keyFile: string): Pair | undefined {
  try {
    return { cert: readFileSync(file, 'utf8'), key: readFileSync(keyFile, 'utf8') };
  } catch {
    return undefined;
  }
}

/** A pair that is damaged, or is none, is replaced too. */
function isGood({ cert, key }: Pair, now: number): boolean {
  try {
    const x509 = new X509Certificate(cert);
    const left = x509.validToDate.getTime() - now;
    return left > DAY_MS && x509.checkPrivateKey(createPrivateKey(key));
  } catch {
    return false;
  }
}

/** Each under a name of its own: OpenSSL takes an issuer by its name, so two alike cannot both be trusted. */
const make = (now: number) =>
  generate([{ name: 'commonName', value: `Latchkey on this machine ${randomUUID()}` }], {
    keyType: 'ec',
    curve: 'P-256',
    algorithm: 'sha256',
    // A clock that is a little slow must not refuse it.
    notBeforeDate: new Date(now - DAY_MS),
    notAfterDate: new Date(now + (LIFETIME_DAYS - 2) * DAY_MS),
    extensions: [
      { name: 'basicConstraints', cA: false, critical: true },
      { name: 'keyUsage', digitalSignature: true, critical: true },
      { name: 'extKeyUsage', serverAuth: true },
      {
        name: 'subjectAltName',
        altNames: [
          { type: 2, value: 'localhost' },
          { type: 7, ip: '127.0.0.1' },
          { type: 7, ip: '::1' },
        ],
      },
    ],
  });
