/**
 * A compiled CloudFormation template as one local stack: its resources with every intrinsic
 * resolved, and its exports.
 *
 * Values are resolved when asked for, so that parts which have no local meaning (bucket policies,
 * alarms, roles) need none. What is asked for and not understood is an error that names the
 * logical id, never a guess.
 *
 * @module
 */
import { attribute, type Resource, type Resources, reference } from './attributes.ts';
import { equals, join, not, select, split } from './intrinsics.ts';
import { ACCOUNT, REGION } from './names.ts';

export interface Template {
  Resources: Resources;
  Conditions?: Record<string, unknown>;
  Outputs?: Record<string, { Value: unknown; Condition?: string; Export?: { Name: unknown } }>;
  Parameters?: Record<string, { Default?: unknown }>;
}

export interface Stack {
  name: string;
  /** Logical ids of the resources of this type, in the template's order. */
  ofType(type: string): string[];
  types(): Map<string, string>;
  properties(logicalId: string): Record<string, unknown>;
  ref(logicalId: string): string;
  attribute(logicalId: string, name: string): string;
  exports: Record<string, string>;
}

type Scope = { name: string; template: Template; imports: Record<string, string> };

/** @param imports Exports of the stacks that are already there, for `Fn::ImportValue`. */
export function resolveStack(
  template: Template,
  { name, imports = {} }: { name: string; imports?: Record<string, string> },
): Stack {
  const scope: Scope = { name, template: withoutAbsent({ name, template, imports }), imports };
  const resources = Object.entries(scope.template.Resources);
  const resource = (id: string): Resource => {
    const found = scope.template.Resources[id];
    if (!found) throw new Error(`${name}: no resource ${id}`);
    return found;
  };
  return {
    name,
    ofType: (type) => resources.filter(([, { Type }]) => Type === type).map(([id]) => id),
    types: () => new Map(resources.map(([id, { Type }]) => [id, Type])),
    properties: (id) =>
      resolve(resource(id).Properties ?? {}, scope, id) as Record<string, unknown>,
    ref: (id) => String(resolve({ Ref: id }, scope, id)),
    attribute: (id, name) => getAttribute(`${id}.${name}`, scope, id),
    exports: readExports(scope),
  };
}

/** A resource whose condition does not hold is not there. */
function withoutAbsent(scope: Scope): Template {
  const { template } = scope;
  const there = Object.entries(template.Resources).filter(
    ([, { Condition }]) => Condition === undefined || holds(Condition, scope),
  );
  return { ...template, Resources: Object.fromEntries(there) };
}

function holds(condition: string, scope: Scope, at = `condition ${condition}`): boolean {
  const value = resolve(scope.template.Conditions?.[condition], scope, at);
  if (typeof value === 'boolean') return value;
  throw new Error(`${scope.name}: ${at}: no condition ${condition}`);
}

function readExports(scope: Scope): Record<string, string> {
  const exports: Record<string, string> = {};
  for (const [id, output] of Object.entries(scope.template.Outputs ?? {})) {
    if (!output.Export || !(output.Condition === undefined || holds(output.Condition, scope)))
      continue;
    const exported = String(resolve(output.Export.Name, scope, `output ${id}`));
    exports[exported] = String(resolve(output.Value, scope, `output ${id}`));
  }
  return exports;
}

function resolve(value: unknown, scope: Scope, at: string): unknown {
  if (Array.isArray(value))
    return value.map((item) => resolve(item, scope, at)).filter((item) => item !== undefined);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const [name, argument] = entries[0] ?? [''];
  const isIntrinsic = name === 'Ref' || name === 'Condition' || name.startsWith('Fn::');
  if (entries.length === 1 && isIntrinsic) return apply(name, argument, scope, at);
  const kept = entries
    .map(([key, item]) => [key, resolve(item, scope, at)] as const)
    .filter(([, item]) => item !== undefined);
  return Object.fromEntries(kept);
}

function apply(name: string, argument: unknown, scope: Scope, at: string): unknown {
  switch (name) {
    case 'Ref':
      return lookup(String(argument), scope, at);
    case 'Fn::GetAtt':
      return getAttribute(Array.isArray(argument) ? argument.join('.') : argument, scope, at);
    case 'Fn::Join':
      return join(resolve(argument, scope, at), `${scope.name}: ${at}`);
    case 'Fn::Split':
      return split(resolve(argument, scope, at), `${scope.name}: ${at}`);
    case 'Fn::Select':
      return select(resolve(argument, scope, at), `${scope.name}: ${at}`);
    case 'Fn::Sub':
      return substitute(argument, scope, at);
    case 'Fn::ImportValue':
      return importValue(String(resolve(argument, scope, at)), scope, at);
    case 'Fn::If':
      return choose(argument, scope, at);
    case 'Fn::Equals':
      return equals(resolve(argument, scope, at), `${scope.name}: ${at}`);
    case 'Fn::Not':
      return not(resolve(argument, scope, at), `${scope.name}: ${at}`);
    default:
      throw new Error(`${scope.name}: ${at}: ${name} is not supported`);
  }
}

function choose(argument: unknown, scope: Scope, at: string): unknown {
  if (!Array.isArray(argument) || argument.length !== 3)
    throw new Error(`${scope.name}: ${at}: Fn::If wants a condition and two values`);
  const [condition, one, other] = argument;
  return resolve(holds(String(condition), scope, at) ? one : other, scope, at);
}

function substitute(argument: unknown, scope: Scope, at: string): string {
  const [text, variables] = Array.isArray(argument) ? argument : [argument, {}];
  const own = resolve(variables, scope, at) as Record<string, unknown>;
  return String(text).replace(/\$\{([^}]+)\}/g, (_whole, token: string) => {
    if (token.startsWith('!')) return `\${${token.slice(1)}}`;
    if (Object.hasOwn(own, token)) return String(own[token]);
    const isAttribute = token.includes('.') && !token.startsWith('AWS::');
    return String(isAttribute ? getAttribute(token, scope, at) : lookup(token, scope, at));
  });
}

function importValue(exported: string, scope: Scope, at: string): string {
  const value = scope.imports[exported];
  if (value === undefined) throw new Error(`${scope.name}: ${at}: no stack exports ${exported}`);
  return value;
}

function lookup(id: string, scope: Scope, at: string): unknown {
  if (id.startsWith('AWS::')) return pseudo(id, scope, at);
  const parameter = scope.template.Parameters?.[id];
  if (parameter?.Default !== undefined) return parameter.Default;
  const value = reference(id, naming(scope));
  if (value === undefined) throw new Error(`${scope.name}: ${at}: cannot resolve Ref ${id}`);
  return value;
}

function getAttribute(path: unknown, scope: Scope, at: string): string {
  const [id = '', ...rest] = String(path).split('.');
  const value = attribute(id, rest.join('.'), naming(scope));
  if (value === undefined) throw new Error(`${scope.name}: ${at}: cannot resolve GetAtt ${path}`);
  return value;
}

const naming = (scope: Scope) => ({
  stack: scope.name,
  resources: scope.template.Resources,
  property: (id: string, name: string) =>
    resolve(scope.template.Resources[id]?.Properties?.[name], scope, id),
});

function pseudo(id: string, scope: Scope, at: string): string | undefined {
  const values: Record<string, string | undefined> = {
    'AWS::Region': REGION,
    'AWS::AccountId': ACCOUNT,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': scope.name,
    'AWS::StackId': `arn:aws:cloudformation:${REGION}:${ACCOUNT}:stack/${scope.name}/local`,
    'AWS::NoValue': undefined,
  };
  if (!Object.hasOwn(values, id)) throw new Error(`${scope.name}: ${at}: ${id} is not supported`);
  return values[id];
}
