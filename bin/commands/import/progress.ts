/**
 * How far an import has come, in a file beside the one that is imported, and what it could not take.
 *
 * File: FILE.import.json { id, line, counts }: all up to that line is done; it goes once all is
 *       FILE.refused.jsonl, or as --report says: one JSON a line; of a resumed import, more of them
 *
 * Errors: Failure for an import that broke off and is not resumed, or is but never began, and for a report
 *         that was named and is there already.
 *
 * @module
 */

import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  existsSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import * as v from 'valibot';
import { Failure } from '../failure.ts';

const Counts = v.object({
  created: v.number(),
  updated: v.number(),
  existed: v.number(),
  refused: v.number(),
  /** Said to be verified by a file that is not trusted. */
  untrusted: v.number(),
  /** In the report. */
  told: v.number(),
});
export type Counts = v.InferOutput<typeof Counts>;
/** `id`: by which the service knows what of this import is sent to it again. */
const State = v.object({ id: v.string(), line: v.number(), counts: Counts });
type State = v.InferOutput<typeof State>;

export type Progress = State & {
  report: string;
  /** Something may have been sent. */
  isBegun: boolean;
  begin: () => void;
  tell: (lines: readonly object[]) => void;
  /** All up to this line is done. */
  reached: (line: number) => void;
  finish: () => void;
};
type Wanted = { file: string; resume: boolean; dryRun: boolean; report: string | undefined };

const NONE: Counts = { created: 0, updated: 0, existed: 0, refused: 0, untrusted: 0, told: 0 };

export function openProgress({ file, resume, dryRun, report: given }: Wanted): Progress {
  const place = `${file}.import.json`;
  const report = given ?? `${file}.refused.jsonl`;
  const before = readState(place);
  if (before && before.line > 0 && !resume && !dryRun)
    throw new Failure(`an import of ${file} broke off: --resume goes on, or delete ${place}`);
  if (!before && resume) throw new Failure(`no import of ${file} broke off: there is no ${place}`);
  const state: State = resume && before ? before : { id: newId(), line: 0, counts: { ...NONE } };
  if (!resume) makeRoom(report, given);
  const keep = () => {
    if (dryRun) return;
    const { id, line, counts } = progress;
    writeFileSync(`${place}.next`, JSON.stringify({ id, line, counts }));
    renameSync(`${place}.next`, place);
  };
  const progress: Progress = {
    ...state,
    report,
    isBegun: false,
    begin: () => {
      if (!progress.isBegun) keep();
      progress.isBegun = true;
    },
    tell: (lines: readonly object[]) => {
      const text = lines.map((one) => `${JSON.stringify(one)}\n`).join('');
      if (text !== '') appendFileSync(report, text, { mode: 0o600 });
    },
    reached: (line: number) => {
      progress.line = line;
      keep();
    },
    finish: () => {
      if (!dryRun) rmSync(place, { force: true });
    },
  };
  return progress;
}

const newId = (): string => randomBytes(12).toString('base64url');

/** One of an import before makes room; what somebody named and is there already may be anything. */
function makeRoom(report: string, given: string | undefined): void {
  if (given === undefined) rmSync(report, { force: true });
  else if (existsSync(report)) throw new Failure(`${report} is there already`);
}

function readState(place: string): State | undefined {
  let text: string;
  try {
    text = readFileSync(place, 'utf8');
  } catch {
    return undefined;
  }
  try {
    return v.parse(State, JSON.parse(text));
  } catch {
    throw new Failure(`${place} cannot be read; delete it to begin anew`);
  }
}
