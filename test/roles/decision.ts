/**
 * One question to IAM: may this be done to that?
 *
 * `resource` is an ARN, or what a request on the wire tells of it (services.ts). Every value of the
 * context is a list, as one value is one of one.
 *
 * @module
 */
export type Context = Readonly<Record<string, readonly string[]>>;
export type Decision = { action: string; resource: string; context: Context };
