/**
 * One request of the tour, as its contract page prints it, and the status that the page promises.
 *
 * `<name>` anywhere in the call, the headers or the body stands for a value that an earlier answer
 * gave (`keep`), or for one of the run: `<run>` is new at every run, `<in an hour>` is a time in
 * milliseconds of the epoch.
 *
 * @module
 */
export type Step = {
  title: string;
  /** Method and target, such as `GET /users?limit=30`. */
  call: string;
  /** The API that asks: the example HTTP API, or Latchkey itself. */
  at?: 'example';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** As documented. */
  status: number;
  /** What to remember of the answer: a name, and where in the body it stands, as `user.id`. */
  keep?: Readonly<Record<string, string>>;
  /** Where it differs from the page, and why. */
  note?: string;
};
export type Chapter = { name: string; steps: readonly Step[] };
export type Memory = Map<string, string>;

export const JSON_BODY = { 'Content-Type': 'application/json' };
export const FORM_BODY = { 'Content-Type': 'application/x-www-form-urlencoded' };

/** A value that no earlier answer gave: the request cannot be sent. */
export class Missing extends Error {
  override readonly name = 'Missing';
}

/** @throws Missing */
export const filled = (text: string, memory: Memory): string =>
  text.replace(/<([a-z ]+)>/gi, (_whole, name: string) => {
    const value = memory.get(name);
    if (value === undefined) throw new Missing(`no earlier answer gave ${name}`);
    return value;
  });

export function remember({ keep = {} }: Step, body: unknown, memory: Memory): void {
  for (const [name, path] of Object.entries(keep)) {
    const value = path
      .split('.')
      .reduce<unknown>((at, member) => (at as Record<string, unknown> | undefined)?.[member], body);
    if (typeof value === 'string') memory.set(name, value);
  }
}
