/**
 * Reads a resource's properties strictly: a property that is missing, malformed or not known here
 * stops the start, since serving without it would behave unlike AWS.
 *
 * @module
 */
import * as v from 'valibot';
import type { Stack } from '../template.ts';

export const anything = v.optional(v.unknown());

export function readProperties<const Entries extends v.ObjectEntries>(
  stack: Stack,
  id: string,
  entries: Entries,
): v.InferOutput<v.StrictObjectSchema<Entries, undefined>> {
  const result = v.safeParse(v.strictObject(entries), stack.properties(id));
  if (result.success) return result.output;
  const issues = result.issues.map((issue) => `${v.getDotPath(issue)}: ${issue.message}`);
  throw new Error(
    `${stack.name}: ${id}: the local gateway does not understand ${issues.join('; ')}`,
  );
}

/** Refuses a template that has API Gateway resources of types that are not served. */
export function refuseUnknownTypes(stack: Stack, family: string, known: string[]): void {
  for (const [id, type] of stack.types()) {
    if (type.startsWith(`${family}::`) && !known.includes(type)) {
      throw new Error(`${stack.name}: ${id}: the local gateway does not understand ${type}`);
    }
  }
}

/** @returns The function's ARN, out of the address that API Gateway invokes it by. */
export function functionArnOf(uri: string): string {
  const found = /:lambda:path\/[^/]+\/functions\/(.+)\/invocations$/.exec(uri);
  return found?.[1] ?? uri;
}

/** `promise`, or undefined when it takes longer than `milliseconds`. */
export async function within<T>(
  milliseconds: number,
  promise: Promise<T>,
): Promise<{ value: T } | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(resolve, milliseconds, undefined);
  });
  try {
    return await Promise.race([promise.then((value) => ({ value })), late]);
  } finally {
    clearTimeout(timer);
  }
}
