/**
 * The rules of the stacks' event buses, as their templates describe them: which events go to which function.
 *
 * @module
 */
import * as v from 'valibot';
import { anything, readProperties } from '../gateway/read-properties.ts';
import { arn } from '../names.ts';
import { type Matcher, recordFilter } from '../streams/filter.ts';
import type { Stack } from '../template.ts';

export interface Rule {
  id: string;
  bus: string;
  matches: Matcher;
  /** Names or ARNs of functions. */
  functions: string[];
}

/** Those of a schedule are dev/schedules.ts's. */
export const readRules = (stack: Stack): Rule[] =>
  stack
    .ofType('AWS::Events::Rule')
    .filter((id) => stack.properties(id)['ScheduleExpression'] === undefined)
    .map((id) => {
      const { EventBusName, EventPattern, Targets } = readProperties(stack, id, {
        Name: anything,
        Description: anything,
        EventBusName: v.string(),
        EventPattern: v.record(v.string(), v.unknown()),
        State: v.optional(v.literal('ENABLED')),
        Targets: v.array(
          v.strictObject({
            Id: v.string(),
            Arn: v.pipe(v.string(), v.regex(/^arn:aws:lambda:/)),
            // What Lambda cannot be handed is logged here, in place of a queue.
            DeadLetterConfig: anything,
            RetryPolicy: anything,
          }),
        ),
      });
      return {
        id,
        bus: busName(EventBusName),
        matches: recordFilter([JSON.stringify(EventPattern)], `${stack.name}: ${id}`),
        functions: Targets.map(({ Arn }) => Arn),
      };
    });

export const readBuses = (stack: Stack): string[] =>
  stack.ofType('AWS::Events::EventBus').map((id) => stack.ref(id));

/** A bus is called by its name or its ARN. */
export const busName = (nameOrArn: string): string =>
  nameOrArn.startsWith(arn('events', 'event-bus/'))
    ? nameOrArn.slice(arn('events', 'event-bus/').length)
    : nameOrArn;
