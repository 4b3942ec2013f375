import type { Equivalents } from './entry.ts';

export const AUTHORIZER: Equivalents = {
  'lib/faces/authorizer/graphql.ts': [
    {
      original: 'at < tokens.length',
      replacement: 'at <= tokens.length',
      on: 'let at = from;',
      because: 'behind the last there is none, and that is the answer too',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'tokens[at] ??',
      because: 'it is there: the place is below the length',
    },
  ],
  'lib/faces/authorizer/websocket-api.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "api = ''",
      because: 'it matches: isConnect has said so',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'exactly(',
      because: 'there is no dollar sign in it',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "'sec-websocket-protocol': sent",
      because: 'neither begins with our name',
    },
    {
      original: 'bearers.length > 1',
      replacement: 'bearers.length >= 1',
      because: 'one header is itself, and an empty one is none',
    },
  ],
  'lib/faces/authorizer/answer.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'arns[0] ??',
      because: 'there is one',
    },
  ],
  'lib/faces/authorizer/api-answers.ts': [
    {
      original: "'0'",
      replacement: '""',
      because: 'no text is no seconds, too',
    },
  ],
  'lib/faces/authorizer/rest-api.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'sent: string =',
      because: 'there is no dollar sign in it',
    },
    {
      original: 'AFTER_STAGE.exec(arn)?.[0]',
      replacement: 'AFTER_STAGE.exec(arn)[0]',
      because: 'the ARN of a method has two slashes',
    },
    {
      original: '/^[^/]*\\/[^/]*\\//',
      replacement: '/[^/]*\\/[^/]*\\//',
      because: 'it fits from the first character on',
    },
  ],
  'lib/faces/authorizer/http-api.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "route: ''",
      because: 'neither is a method and a path',
    },
  ],
  'lib/faces/authorizer/method-arn.ts': [
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "upToStage = ''",
      because: 'where it does not match it is a fault',
    },
  ],
  'lib/faces/authorizer/policy-globs.ts': [
    {
      original: 'pattern.length > other.length',
      replacement: 'pattern.length >= other.length',
      because: 'they are not as long',
    },
  ],
  'lib/faces/authorizer/decision-log.ts': [
    {
      original: 'Math.random() * 100 < allowedPercent',
      replacement: 'Math.random() * 100 <= allowedPercent',
      because: 'it is a number at random',
    },
  ],
  'lib/faces/authorizer/compile-policy.ts': [
    {
      original: 'globs.size > most',
      replacement: 'globs.size >= most',
      because: 'so many ARNs of a stage do not fit either',
    },
    {
      original: 'roots.length > most',
      replacement: 'roots.length >= most',
      because: 'so many ARNs of a stage do not fit either',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'roots[place] ??',
      because: 'it is there: the tree has the places of these',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'const cuts',
      because: 'no path has a letter of it for each of its segments',
    },
  ],
};
