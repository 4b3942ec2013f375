/** What is open in a deployment: sessions of each kind, and keys. */
import { randomKey, randomSecret } from '../../../lib/crypto.ts';
import { readClient, sessionSpreadOf } from '../../../lib/store/directory/clients.ts';
import { readDomain } from '../../../lib/store/directory/domains.ts';
import { readSubject } from '../../../lib/store/directory/subjects.ts';
import { endSession, type SessionName, saveSession } from '../../../lib/store/sessions/sessions.ts';
import {
  asSwitched,
  changeStanding,
  readStanding,
  saveStanding,
} from '../../../lib/store/sessions/standing.ts';
import type { Spread } from '../../../lib/store/spread/copies.ts';
import { instant } from '../../../lib/time.ts';
import type { Claim } from '../../../lib/verdict/judge.ts';
import { hashSecret } from '../../../lib/verdict/secret.ts';
import { again, type Deployment, type Instance, SCOPE, type Tenant } from './deployment.ts';
import { spreadKey } from './spreading.ts';

export const KINDS = ['user', 'grant', 'key', 'machine'] as const;
export type Kind = (typeof KINDS)[number];
export type Opened = { kind: Kind; tenant: Tenant; claim: Claim; spread?: Spread | undefined };

const LIFETIME = 86_400;

/** As those open one who have proven who they are. @returns `undefined` for whoever is switched off. */
export async function open(
  { directory, sessions }: Instance,
  { userOf, clientOf, now, hot }: Deployment,
  { kind, tenant }: { kind: Kind; tenant: Tenant },
): Promise<Opened | undefined> {
  const id = kind === 'machine' ? clientOf(tenant) : userOf(tenant);
  const subject = await readSubject(directory, id);
  const domain = await readDomain(directory, tenant);
  const client = await readClient(directory, clientOf(tenant));
  if (!subject || subject.disabled || !domain || domain.disabled || !client) return undefined;
  const name = { subject: id, key: randomKey() };
  const claim = { name, hints: { domain: tenant, roles: subject.roles } };
  const expiresAt = instant(now + LIFETIME);
  if (kind === 'key') {
    const secret = randomSecret();
    const standing = {
      ...{ kind: 'api-key' as const, client: 'test', issuedAt: now, disabled: false, version: 1 },
      ...{ name: 'test', createdBy: 'test', secrets: [{ hash: hashSecret(secret) }] },
      ...asSwitched(subject, domain),
    };
    await saveStanding(sessions, { name, standing });
    if (hot) {
      await spreadKey({ directory, sessions }, name, hot.copies(), now);
      hot.keys.push(name);
    }
    return { kind, tenant, claim: { ...claim, secret } };
  }
  const { generation: subjectGeneration } = subject;
  const signIn = {
    issuedAt: now,
    expiresAt,
    subjectGeneration,
    domainGeneration: domain.generation,
  };
  const given = { client: client.id, clientGeneration: client.generation, scope: SCOPE };
  const session = {
    user: { ...signIn, kind: 'webitel', client: 'test' },
    grant: { ...signIn, ...given, kind: 'authorization_code' },
    machine: { ...signIn, kind: 'client_credentials', client: client.id, scope: SCOPE },
  }[kind];
  if (kind === 'grant' && client.disabled) return undefined;
  const spread = kind === 'machine' ? sessionSpreadOf(client) : undefined;
  await saveSession(sessions, name, { ...session, ip: '', spread });
  const hints = { ...claim.hints, ...(kind === 'grant' && { client: client.id }) };
  return { kind, tenant, claim: { ...claim, hints }, spread };
}

export const logOut = ({ sessions }: Instance, { now }: Deployment, { claim, spread }: Opened) =>
  endSession(sessions, { ...claim.name, spread }, now);

/** It is off, and rests as it did if it is on again. */
export const switchKey = (
  { sessions }: Instance,
  { now }: Deployment,
  name: SessionName,
  on: boolean,
) =>
  again(async () => {
    const standing = await readStanding(sessions, name, 'api-key', now);
    if (!standing) throw new Error('no such key');
    const changed = await changeStanding(sessions, { name, standing }, { disabled: !on });
    return changed !== undefined;
  });
