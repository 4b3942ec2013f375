/**
 * The log of the local stack: a file beside its data, one line a line of a function or a call.
 *
 * Item: { at (epoch milliseconds), log, members }; dev/log-file.ts writes it.
 *
 * @module
 */
import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { Failure } from '../commands/failure.ts';
import type { Asked, Counted, Line, Logs } from './asked.ts';

export function localLogs(dataDir: string): Logs {
  const file = join(dataDir, 'log.ndjson');
  const read = async (asked: Asked): Promise<Line[]> => {
    const found: Line[] = [];
    try {
      for await (const text of createInterface({ input: createReadStream(file) })) {
        const line = parsed(text);
        if (line && matches(line, asked)) found.push(line);
      }
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      throw new Failure(`no local stack has run here: ${file} is missing. npm start writes it`);
    }
    return found;
  };
  return {
    find: async (asked) => (await read(asked)).slice(0, asked.limit),
    count: async (asked, by) => countedBy(await read(asked), by).slice(0, asked.limit),
    missing: () => [],
  };
}

/** The last line may be half there yet. */
function parsed(text: string): Line | undefined {
  try {
    return JSON.parse(text) as Line;
  } catch {
    return undefined;
  }
}

const matches = (line: Line, { logs, where, from, to }: Asked): boolean =>
  line.at >= from * 1000 &&
  line.at <= to * 1000 &&
  logs.includes(line.log) &&
  where.every(({ members, values }) =>
    members.some((member) => values.includes(String(memberOf(line, member)))),
  );

/** `claimed.key` is the member of a member. */
const memberOf = ({ members }: Line, name: string): unknown =>
  name.split('.').reduce<unknown>((value, part) => Object(value)[part], members);

function countedBy(lines: readonly Line[], by: string): Counted[] {
  const counts = new Map<string, number>();
  for (const line of lines) {
    const value = memberOf(line, by);
    if (value !== undefined) counts.set(String(value), (counts.get(String(value)) ?? 0) + 1);
  }
  return [...counts]
    .map(([value, number]) => ({ value, lines: number }))
    .sort((one, other) => other.lines - one.lines);
}
