/**
 * Intrinsic functions of CloudFormation that need nothing but their arguments, resolved.
 *
 * Errors: one that names the place, for arguments that are not the function's.
 *
 * @module
 */
export function join(argument: unknown, place: string): string {
  if (Array.isArray(argument) && argument.length === 2 && Array.isArray(argument[1]))
    return argument[1].join(String(argument[0]));
  throw new Error(`${place}: Fn::Join wants a delimiter and a list`);
}

export function split(argument: unknown, place: string): string[] {
  if (Array.isArray(argument) && argument.length === 2 && typeof argument[1] === 'string')
    return argument[1].split(String(argument[0]));
  throw new Error(`${place}: Fn::Split wants a delimiter and a text`);
}

export function select(argument: unknown, place: string): unknown {
  const [index, list] = Array.isArray(argument) ? argument : [];
  const found = Array.isArray(list) ? list[Number(index)] : undefined;
  if (found !== undefined) return found;
  throw new Error(`${place}: Fn::Select wants the number of something in a list`);
}

export function equals(argument: unknown, place: string): boolean {
  if (Array.isArray(argument) && argument.length === 2) return argument[0] === argument[1];
  throw new Error(`${place}: Fn::Equals wants two values`);
}

export function not(argument: unknown, place: string): boolean {
  const [condition, ...rest] = Array.isArray(argument) ? argument : [];
  if (typeof condition === 'boolean' && rest.length === 0) return !condition;
  throw new Error(`${place}: Fn::Not wants one condition`);
}
