import type { Equivalents } from './entry.ts';

export const AUTHORIZER: Equivalents = {
  'lib/faces/authorizer/graphql.ts': [
    {
      original: 'at < tokens.length',
      replacement: 'at <= tokens.length',
      on: 'let at = open',
      because: 'the end closes nothing, and that is the answer too',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "[token = '', next = '']",
      because: 'behind the last there is no fragment of that name either',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "[keyword = '', name = '']",
      because: 'a word with nothing behind it has no braces',
    },
    {
      original:
        '/[\\t\\n\\r ,\\uFEFF]+|#[\\t\\x20-\\x7e\\xa0-\\u2027\\u202a-\\uffff]*|"""(?:\\\\"""|[\\s\\S])*?"""|"(?:\\\\.|[^"\\\\\\n\\r])*"|\\.\\.\\.|[_A-Za-z]\\w*|-?\\d[\\d.eE+-]*|[!$&()[\\]{}:=@|]/g',
      replacement:
        '/[\\t\\n\\r ,\\uFEFF]|#[\\t\\x20-\\x7e\\xa0-\\u2027\\u202a-\\uffff]*|"""(?:\\\\"""|[\\s\\S])*?"""|"(?:\\\\.|[^"\\\\\\n\\r])*"|\\.\\.\\.|[_A-Za-z]\\w*|-?\\d[\\d.eE+-]*|[!$&()[\\]{}:=@|]/g',
      because: 'blanks one by one are blanks',
    },
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
      original: 'bearers.length > 1',
      replacement: 'true',
      because: 'one header is itself, and an empty one is none',
    },
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
      original: "''",
      replacement: '"Stryker was here!"',
      on: "[one = '', two = '']",
      because: 'both are there: the place is below the shorter length',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: "[letter = '']",
      because: 'it is read where there is one letter',
    },
    {
      original: "''",
      replacement: '"Stryker was here!"',
      on: 'return within[index] ??',
      because: 'it is there: fixed has said so',
    },
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
  'lib/faces/authorizer/policy-tree.ts': [
    {
      original: 'segment.toLowerCase()',
      replacement: 'segment.toUpperCase()',
      because: 'both sides are folded, and patterns are ASCII',
    },
  ],
  'lib/faces/authorizer/decide.ts': [
    {
      original: "call.kind === 'policy'",
      replacement: 'true',
      on: '[FIELDS]',
      because: 'the whole registry has what the fields need in it',
    },
    {
      original: '[]',
      replacement: '["Stryker was here"]',
      on: 'rootFields(call.query) ??',
      because: 'neither has a field that is permitted',
    },
  ],
};
