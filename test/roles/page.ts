/**
 * The roles in words: the table of SECURITY.md that says what each function's role permits. What every role
 * has, its own log and the tables' key by way of DynamoDB, is said above that table.
 *
 * @module
 */
import type { Condition, Statement } from './policy.ts';
import type { Roles } from './roles.ts';

/** By the end of their ARNs; the first that fits. */
const PLACES: readonly (readonly [RegExp, string])[] = [
  [/-directory\/index\/byList$/, 'the list'],
  [/-sessions\/index\/byList$/, 'the list of sessions'],
  [/\/stream\//, 'the streams'],
  [/-directory$/, 'the directory'],
  [/-sessions$/, 'the sessions'],
  [/-events\/index\/\w+$/, 'the indexes of events'],
  [/-events$/, 'the events'],
  [/-signing-keys-\w+$/, 'the signing keys'],
  [/-logouts$/, 'the queue of logouts'],
  [/-mail$/, 'the queue of mails'],
  [/:secret:smtp-relay-\?{6}$/, 'the relay’s login'],
  [/-events\.fifo$/, 'the queue of events'],
  [/-trail-dead$/, 'what the reader gave up'],
  [/:event-bus\/[^/]+$/, 'the event bus'],
  [/^arn:aws:s3:::[^/]+\/\*$/, 'the export’s files'],
  [/:key\/\w+$/, 'the export’s key'],
  [/\/cache\/authorizers$/, 'the registered caches'],
  [/:log-group:\S+-authorizer:\*$/, 'the log of the authorizer'],
  [/:alarm:\S+-\*$/, 'the alarms of the stack'],
  [/^\*$/, 'any resource'],
];
const OF_EVERY_ROLE = /^(logs:(CreateLogStream|PutLogEvents)$|kms:(?!Sign$))/;

export const HEAD = '| function | where | what |\n| --- | --- | --- |';

export const renderRoles = (roles: Roles): string =>
  [HEAD, ...Object.entries(roles).flatMap(([name, role]) => renderRole(name, role))].join('\n');

function renderRole(name: string, role: readonly Statement[]): string[] {
  const shown = role.filter(({ Action }) => !Action.every((it) => OF_EVERY_ROLE.test(it)));
  const places = [...new Set(shown.flatMap(({ Resource }) => Resource.map(placeOf)))];
  if (places.length === 0) return [`| \`${name}\` | nowhere | nothing |`];
  return places.map((place) => {
    const here = shown.filter(({ Resource }) => Resource.map(placeOf).includes(place));
    return `| \`${name}\` | ${place} | ${renderStatements(here)} |`;
  });
}

function placeOf(arn: string): string {
  const place = PLACES.find(([end]) => end.test(arn))?.[1];
  if (!place) throw new Error(`no words for ${arn}`);
  return place;
}

function renderStatements(statements: readonly Statement[]): string {
  const allows = statements.filter(({ Effect }) => Effect === 'Allow');
  const allowed = new Set(allows.flatMap(({ Action }) => Action));
  const permitted = allows.map(({ Action, Condition }) => `${verbs(Action)}${words(Condition)}`);
  // A Deny of what nothing allows is for the day on which something does.
  const refused = statements
    .filter(({ Effect, Action }) => Effect === 'Deny' && Action.some((it) => allowed.has(it)))
    .map(({ Action, Condition }) => {
      const effective = Action.filter((it) => allowed.has(it));
      return `never ${verbs(effective)}${words(Condition)}`;
    });
  return [...permitted, ...refused].join('; ');
}

const verbs = (actions: readonly string[]): string =>
  actions.map((action) => action.replace(/^\w+:/, '').replace(/Item$/, '')).join(', ');

const words = (condition: Condition = {}): string =>
  Object.entries(condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, wanted]) =>
        phrase(operator, key, [wanted].flat().map(String)),
      ),
    )
    .join('');

function phrase(operator: string, key: string, wanted: string[]): string {
  if (key.endsWith(':RotationLambdaARN')) return ' by the function that does so already';
  // Says of the other tests that they are of something.
  if (operator === 'Null') return '';
  const kind = `${operator.replace(/^.*:/, '')} ${key.replace(/^.*[:/]/, '')}`;
  const listed = wanted.map((it) => `\`${it}\``).join(' ');
  switch (kind) {
    case 'StringEquals LeadingKeys':
    case 'StringLike LeadingKeys':
      return ` of ${listed}`;
    case 'StringNotLike LeadingKeys':
      if (wanted.join() !== '*#*') throw new Error(`no words for keys unlike ${listed}`);
      return ' of subjects';
    case 'StringEquals Attributes':
      return ` by nothing but ${listed}`;
    case 'StringEquals Select':
      return ` as a ${wanted.join(' ').toLowerCase()}`;
    case 'StringEquals AllowRotationLambdaArn':
    case 'ArnEquals AllowRotationLambdaArn':
      return ' while it is the one that rotates them';
    default:
      throw new Error(`no words for ${kind}`);
  }
}
