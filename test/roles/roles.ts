/**
 * The roles of a compiled template, one a function, and where in it lies what a function asked for.
 *
 * @module
 */
import { arn, REGION } from '../../dev/names.ts';
import { resolveStack, type Stack, type Template } from '../../dev/template.ts';
import type { Template as Packaged } from '../deploy/package.ts';
import type { Decision } from './decision.ts';
import { readStatement, type Statement } from './policy.ts';

const STACK = 'latchkey-dev';

/** By the function's name in serverless.yml. */
export type Roles = Readonly<Record<string, Statement[]>>;
type Policy = { PolicyDocument: { Statement: Record<string, unknown>[] }; Roles?: string[] };

export const resolveTemplate = (template: Packaged): Stack =>
  resolveStack(template as Template, { name: STACK });

export function readRoles(stack: Stack): Roles {
  const attached = stack.ofType('AWS::IAM::Policy').map((id) => stack.properties(id) as Policy);
  const policiesOf = (role: string): Policy[] => [
    ...(stack.properties(role)['Policies'] as Policy[]),
    ...attached.filter(({ Roles }) => Roles?.includes(stack.ref(role))),
  ];
  const ids = new Map(
    stack.ofType('AWS::IAM::Role').map((id) => [stack.attribute(id, 'Arn'), id] as const),
  );
  const functions = stack.ofType('AWS::Lambda::Function').map((id) => stack.properties(id));
  return Object.fromEntries(
    functions.map(({ FunctionName, Role }) => {
      const id = ids.get(String(Role));
      if (!id) throw new Error(`${FunctionName} has no role of this template`);
      const statements = policiesOf(id).flatMap(({ PolicyDocument }) => PolicyDocument.Statement);
      const name = String(FunctionName).slice(STACK.length + 1);
      return [name, statements.map(readStatement)];
    }),
  );
}

/** As where the stage sends by SES: that alone. */
export function readBySes(template: Packaged): Statement[] {
  const given = template as Template;
  const Conditions = { ...given.Conditions, SendsBySes: { 'Fn::Equals': ['ses', 'ses'] } };
  const { PolicyDocument } = resolveTemplate({ ...given, Conditions } as never).properties(
    'MailBySes',
  ) as Policy;
  return PolicyDocument.Statement.map(readStatement);
}

/** Whatever a deployment, a test or an emulator calls a resource of ours, in words of this template. */
export function locate(stack: Stack, { action, resource, context }: Decision): Decision {
  const bare = resource.replace(/^arn:aws:[a-z]+:[^:]*:[^:]*:/, '');
  for (const [pattern, arnOf] of RESOURCES) {
    const found = pattern.exec(bare);
    if (found)
      return inContext(stack, { action, resource: arnOf(stack) + (found[1] ?? ''), context });
  }
  return { action, resource, context };
}

/** With what AWS knows of the resource. */
function inContext(stack: Stack, decision: Decision): Decision {
  if (decision.resource !== stack.ref('SigningKeys')) return decision;
  const { RotationLambdaARN } = stack.properties('SigningKeysRotation');
  const rotator = { 'secretsmanager:resource/AllowRotationLambdaArn': [String(RotationLambdaARN)] };
  return { ...decision, context: { ...decision.context, ...rotator } };
}

const RESOURCES: readonly (readonly [RegExp, (stack: Stack) => string])[] = [
  [
    /^table\/(?:latchkey-[\w-]+-)?directory(\/index\/\w+)?$/,
    (it) => it.attribute('DirectoryTable', 'Arn'),
  ],
  [
    /^table\/(?:latchkey-[\w-]+-)?sessions(\/index\/\w+)?$/,
    (it) => it.attribute('SessionsTable', 'Arn'),
  ],
  [
    /^table\/(?:latchkey-[\w-]+-)?events(\/index\/\w+)?$/,
    (it) => it.attribute('EventsTable', 'Arn'),
  ],
  [/^(?:secret:)?\S*signing-keys(?:-\w{6})?$/, (it) => it.ref('SigningKeys')],
  [
    /^(?:secret:)?smtp-relay(?:-\w{6})?$/,
    () => `arn:aws:secretsmanager:${REGION}:000000000000:secret:smtp-relay-AbCdEf`,
  ],
  [/^(?:queue:)?(?:latchkey-[\w-]+-)?mails?$/, (it) => it.attribute('MailQueue', 'Arn')],
  [/^(?:queue:)?(?:latchkey-[\w-]+-)?logouts$/, (it) => it.attribute('LogoutQueue', 'Arn')],
  [/^(?:queue:)?(?:latchkey-[\w-]+-)?events\.fifo$/, (it) => it.attribute('EventQueue', 'Arn')],
  [/^event-bus[:/][\w-]+$/, (it) => it.attribute('EventBus', 'Arn')],
  [/^((?:identity|configuration-set)\/.+)$/, () => arn('ses', '')],
  [/^log-group:/, (it) => it.attribute('AuthorizerLogGroup', 'Arn')],
  [/^alarm:/, (it) => arn('cloudwatch', `alarm:${it.ref('TrailLostAlarm')}`)],
  [/^file:/, () => 'arn:aws:s3:::audit/file'],
  [/^signing-key:/, (it) => it.attribute('ExportKey', 'Arn')],
  [/^\/restapis\/\w+\/stages\/[\w$-]+\/cache\/authorizers$/, () => CACHES[0]],
  [/^\/apis\/\w+\/stages\/[\w$-]+\/cache\/authorizers$/, () => CACHES[1]],
];

/** One of each kind, of those that are registered for flushes. */
export const CACHES = [
  `arn:aws:apigateway:${REGION}::/restapis/a1b2c3d4e5/stages/prod/cache/authorizers`,
  `arn:aws:apigateway:${REGION}::/apis/f6g7h8i9j0/stages/$default/cache/authorizers`,
] as const;
