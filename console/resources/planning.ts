/**
 * What a description would do to the resources that there are, as the service says, with the patterns of before
 * beside those that are to be.
 *
 * @module
 */
import { api, dataOf, type Schemas } from '../app/api.ts';
import { Refused } from '../app/refused.ts';
import { readResource } from './queries.ts';

type Wanted = { resources: Record<string, string[]>; titles: Record<string, string> };
type Outcome = keyof Schemas['AdminImported'];
export type PlannedLine = {
  name: string;
  now: Outcome;
  patterns: readonly string[];
  /** Of one that changes. */
  before?: readonly string[];
};
export type Plan = { wanted: Wanted; lines: readonly PlannedLine[] };

/** Wrong in a field of the form. */
class WrongField extends Error {
  readonly field: string;
  constructor(field: string, message: string) {
    super(message);
    this.field = field;
  }
}

const OUTCOMES = ['created', 'changed', 'unchanged'] as const;

/** @param base - Before every path; of the description itself, if empty. */
export async function planOf(text: string, base: string): Promise<Plan> {
  if (text.trim() === '') throw new WrongField('text', 'is needed');
  if (base && !/^(\/[^/]+)+$/.test(base))
    throw new WrongField('base', 'must be a path such as /v1');
  const wanted = await wantedIn(text, base);
  const outcome = await send(wanted, true);
  const lines = OUTCOMES.flatMap((now) =>
    outcome[now].map(async (name): Promise<PlannedLine> => {
      const patterns = shown(name, wanted.resources[name]);
      if (now !== 'changed') return { name, now, patterns };
      const { thing } = await readResource(name);
      const before = shown(name, thing.patterns);
      const kept = before.filter((one) => OTHER_KINDS.test(one) && !patterns.includes(one));
      return { name, now, patterns: [...patterns, ...kept], before };
    }),
  );
  return { wanted, lines: await Promise.all(lines) };
}

/** Of GraphQL and WebSocket APIs, which no description has: the service leaves them. */
const OTHER_KINDS = /^\/(?:graphql|websocket)(?:\/|$)/;

/** Of none said, it is its name. */
const shown = (name: string, patterns: readonly string[] = []): readonly string[] =>
  patterns.length > 0 ? patterns : [`/${name}`];

export const registerAll = ({ wanted }: Plan) => send(wanted, false);

const send = (wanted: Wanted, dryRun: boolean) =>
  dataOf(api.PATCH('/admin/api/resources', { body: { ...wanted, dryRun } }));

/** What reads YAML is loaded only here. */
async function wantedIn(text: string, base: string): Promise<Wanted> {
  const { NotDescribed, resourcesOf, titlesOf } = await import(
    '../../lib/openapi/described-resources.ts'
  );
  try {
    return { resources: resourcesOf(text, base || undefined), titles: titlesOf(text) };
  } catch (error) {
    throw error instanceof NotDescribed ? new WrongField('text', error.message) : error;
  }
}

type Wrong = { fields: Record<string, string>; rest: unknown };

/** What the service refuses of the resources is wrong in the description. */
export function wrongIn(error: unknown): Wrong {
  if (error instanceof WrongField) return { fields: { [error.field]: error.message }, rest: null };
  const said = error instanceof Refused ? Object.entries(error.fields) : [];
  if (said.length === 0) return { fields: {}, rest: error };
  const all = said.map(([field, detail]) => `${field.replace(/^resources\./, '')}: ${detail}`);
  return { fields: { text: all.join('; ') }, rest: null };
}
