/**
 * The schedules of a compiled template: functions that are run at a minute of every hour.
 *
 * Another form than `cron(MINUTE * * * ? *)` is an error at the start.
 *
 * @module
 */
import * as v from 'valibot';
import { anything, readProperties } from './gateway/read-properties.ts';
import type { Invoke } from './lambda.ts';
import type { Stack } from './template.ts';

interface Schedule {
  id: string;
  minute: number;
  functions: string[];
}

const HOURLY = /^cron\(([0-5]?\d) \* \* \* \? \*\)$/;
const HOUR_MS = 3_600_000;

const readSchedules = (stack: Stack): Schedule[] =>
  stack
    .ofType('AWS::Events::Rule')
    .filter((id) => stack.properties(id)['ScheduleExpression'] !== undefined)
    .map((id) => {
      const { ScheduleExpression, Targets } = readProperties(stack, id, {
        Name: anything,
        Description: anything,
        ScheduleExpression: v.pipe(v.string(), v.regex(HOURLY)),
        State: v.optional(v.literal('ENABLED')),
        Targets: v.array(v.object({ Arn: v.string() })),
      });
      const [, minute = ''] = HOURLY.exec(ScheduleExpression) ?? [];
      return { id, minute: Number(minute), functions: Targets.map(({ Arn }) => Arn) };
    });

/** @returns What ends them. */
export function runSchedules(
  stack: Stack,
  { invoke, log = () => {} }: { invoke: Invoke; log?: ((line: string) => void) | undefined },
): () => void {
  const timers = new Map<string, NodeJS.Timeout>();
  const wait = (schedule: Schedule) => {
    const { id, minute, functions } = schedule;
    const passed = (Date.now() - minute * 60_000) % HOUR_MS;
    const run = () => {
      for (const name of functions)
        void invoke(name, {}).catch((error: Error) => log(`${id}: ${error.message}`));
      wait(schedule);
    };
    timers.set(id, setTimeout(run, HOUR_MS - passed));
  };
  for (const schedule of readSchedules(stack)) wait(schedule);
  return () => {
    for (const timer of timers.values()) clearTimeout(timer);
  };
}
