/** Callers in more copies or fewer, as an administrator has them, past the rules of who may. */
import { readClient, saveClient } from '../../../lib/store/directory/clients.ts';
import { readSince, spreadSubject, wished } from '../../../lib/store/directory/subject-spread.ts';
import type { SessionName } from '../../../lib/store/sessions/sessions.ts';
import { spreadStanding } from '../../../lib/store/sessions/spread-standing.ts';
import { readStanding } from '../../../lib/store/sessions/standing.ts';
import type { Instant } from '../../../lib/time.ts';
import { again, type Deployment, type Instance, TENANTS } from './deployment.ts';

/** Nothing, where nothing is named. */
export const spreadKey = (
  { directory, sessions }: Instance,
  name: SessionName,
  copies: number,
  now: Instant,
) =>
  again(async () => {
    const since = await readSince(directory);
    const standing = await readStanding(sessions, name, 'api-key', now);
    if (!standing || since === undefined) return true;
    const spread = copies > 1 ? { copies, since } : undefined;
    await spreadSubject(directory, name.subject, { by: name.key, copies }, since);
    return (await spreadStanding(sessions, { name, standing }, spread)) !== undefined;
  });

export const spreadClient = ({ directory }: Instance, id: string, copies: number) =>
  again(async () => {
    const since = await readSince(directory);
    const before = await readClient(directory, id);
    if (!before || since === undefined) return true;
    const { spread: _, ...alone } = before;
    const spread = wished(before.spread, { by: id, copies }, since);
    return saveClient(directory, { before, after: { ...alone, ...(spread && { spread }) } });
  });

/** Of a tenant's client and of a key of late, whichever it is: into more copies, or fewer. */
export async function spreadSome(
  instance: Instance,
  { clientOf, hot, now }: Deployment,
  random: () => number,
): Promise<void> {
  if (!hot) return;
  await spreadClient(instance, clientOf(pick(TENANTS, random)), hot.copies());
  const keys = hot.keys.slice(-8);
  if (keys.length > 0) await spreadKey(instance, pick(keys, random), hot.copies(), now);
}

/** Of some. */
export const pick = <T>(all: readonly T[], random: () => number): T =>
  all[Math.floor(random() * all.length)] as T;
