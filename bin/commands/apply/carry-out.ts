/**
 * Does what was planned, a step after another. What was changed by somebody else since it was compared is
 * not overwritten. A step that is refused ends it: what was done before stays, and doing it all again goes
 * on from there.
 *
 * Errors: those of the admin API, saying at which step.
 *
 * @module
 */
import type { AdminApi } from '../../api/admin-api.ts';
import { Refused } from '../failure.ts';
import { NOUNS, placeOf } from './kinds.ts';
import type { Step } from './plan.ts';

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
  if (step.act === 'delete') return void (await api.remove(place));
  if (step.act === 'change') return void (await api.change(place, step.body, step.etag));
  const { body, etag } = await api.create([kind], step.body);
  if (typeof body['secret'] === 'string') keep({ client: name, secret: body['secret'] });
  if (Object.keys(step.afterwards).length > 0) await api.change(place, step.afterwards, etag);
}

const told = ({ status, message, said }: Refused, { kind, name }: Step, done: string): Refused =>
  new Refused(
    status,
    `${[NOUNS[kind], name].filter(Boolean).join(' ')}: ${message} (${done} steps were done; apply again goes on)`,
    said,
  );
