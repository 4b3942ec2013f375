/**
 * Does what was planned, a step after another. What was changed by somebody else since it was compared is
 * neither overwritten nor deleted. A step that is refused ends it: what was done before stays, and doing it all again goes
 * on from there.
 *
 * Errors: those of the admin API, saying at which step.
 *
 * @module
 */
import type { AdminApi } from '../../api/admin-api.ts';
import type { Answer } from '../../api/http.ts';
import { Refused } from '../failure.ts';
import { differences } from './difference.ts';
import { NOUNS, placeOf } from './kinds.ts';
import { ifThere, type Step } from './plan.ts';

export type Secret = { client: string; secret: string };

/** @param keep - Of a client that was made, at once: the service never shows it again. */
export async function carryOut(
  api: AdminApi,
  steps: readonly Step[],
  keep: (secret: Secret) => void,
): Promise<void> {
  for (const [done, step] of steps.entries()) {
    try {
      await act(api, step, keep);
    } catch (error) {
      throw error instanceof Refused ? told(error, step, `${done} of ${steps.length}`) : error;
    }
  }
}

async function act(api: AdminApi, step: Step, keep: (secret: Secret) => void): Promise<void> {
  const { kind, name } = step;
  const place = placeOf(kind, name);
  if (step.act !== 'create') {
    const etag = await tagOf(api, step);
    if (step.act === 'delete') await api.remove(place, {}, etag);
    else await api.change(place, step.body, etag);
    return;
  }
  const { body, etag } = await api.create([kind], step.body);
  if (typeof body['secret'] === 'string') keep({ client: name, secret: body['secret'] });
  if (Object.keys(step.afterwards).length > 0) await api.change(place, step.afterwards, etag);
}

/**
 * Of what was compared. A role's has the letters of its parents in it, so a step before may have changed it,
 * and nobody the role.
 */
async function tagOf(
  api: AdminApi,
  { kind, name, seen }: Extract<Step, { seen: Answer }>,
): Promise<string | undefined> {
  if (kind !== 'roles') return seen.etag;
  const now = await ifThere(api.get(placeOf(kind, name)));
  return now && isSameItself(now.body, seen.body) ? now.etag : seen.etag;
}

const isSameItself = (
  { effective: _, ...one }: Answer['body'],
  { effective: __, ...other }: Answer['body'],
): boolean => differences(one, other).length === 0 && differences(other, one).length === 0;

const told = ({ status, message, said }: Refused, { kind, name }: Step, done: string): Refused =>
  new Refused(
    status,
    `${[NOUNS[kind], name].filter(Boolean).join(' ')}: ${message} (${done} steps were done; apply again goes on)`,
    said,
  );
