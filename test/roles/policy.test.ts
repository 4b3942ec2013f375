/** IAM's evaluation, rule by rule, as its User Guide states it. */
import { describe, expect, test } from 'vitest';
import type { Context } from './decision.ts';
import { type Condition, isAllowed, readStatement } from './policy.ts';

const TABLE = 'arn:aws:dynamodb:us-east-1:000000000000:table/sessions';
const asked = (context: Context = {}) => ({ action: 'dynamodb:GetItem', resource: TABLE, context });
const statement = (more: object = {}) =>
  readStatement({ Effect: 'Allow', Action: 'dynamodb:GetItem', Resource: TABLE, ...more });
const holds = (Condition: Condition, context: Context) =>
  isAllowed([statement({ Condition })], asked(context));

describe('a statement', () => {
  test('allows the action on the resource that it names', () =>
    expect(isAllowed([statement()], asked())).toBe(true));

  test.each([
    ['nothing at all', []],
    ['another action', [statement({ Action: 'dynamodb:PutItem' })]],
    ['another resource', [statement({ Resource: `${TABLE}/index/byList` })]],
    ['the beginning of a resource', [statement({ Resource: TABLE.slice(0, -1) })]],
    ['a wildcard that would reach over the parts of an ARN', [statement({ Resource: 'arn:*' })]],
    ['a Deny beside it', [statement(), statement({ Effect: 'Deny', Action: 'dynamodb:*' })]],
  ])('does not by %s', (_case, role) => expect(isAllowed(role, asked())).toBe(false));

  test.each([
    ['an action in other case', { Action: 'DynamoDB:getitem' }],
    ['an action by wildcard', { Action: ['dynamodb:Put*', 'dynamodb:Get*'] }],
    ['a resource by wildcard', { Resource: TABLE.replace('sessions', '*') }],
    ['a Deny that does not apply', { Condition: { Null: { 'dynamodb:Select': true } } }],
    ['everything', { Resource: '*' }],
  ])('allows by %s', (_case, more) => expect(isAllowed([statement(more)], asked())).toBe(true));

  test.each([
    ['NotAction', { NotAction: 'dynamodb:Scan' }],
    ['NotResource', { NotResource: '*' }],
    ['a Principal', { Principal: '*' }],
    ['a policy variable', { Resource: 'arn:aws:s3:::$' + '{aws:username}' }],
  ])('is not understood with %s, and says so', (_case, more) =>
    expect(() => statement(more)).toThrow('not understood'),
  );
});

describe('a condition', () => {
  test.each<[string, Condition, Context, boolean]>([
    ['StringEquals', { StringEquals: { k: ['a', 'b'] } }, { k: ['b'] }, true],
    ['StringEquals', { StringEquals: { k: 'a' } }, { k: ['A'] }, false],
    ['StringEquals', { StringEquals: { k: 'a*' } }, { k: ['ab'] }, false],
    ['StringEquals', { StringEquals: { k: 'a' } }, {}, false],
    ['StringEqualsIfExists', { StringEqualsIfExists: { k: 'a' } }, {}, true],
    ['StringEqualsIfExists', { StringEqualsIfExists: { k: 'a' } }, { k: ['b'] }, false],
    ['StringNotEquals', { StringNotEquals: { k: ['a', 'b'] } }, { k: ['b'] }, false],
    ['StringNotEquals', { StringNotEquals: { k: 'a' } }, {}, true],
    ['StringLike', { StringLike: { k: 'a#*' } }, { k: ['a#1'] }, true],
    ['StringLike', { StringLike: { k: 'a#?' } }, { k: ['a#12'] }, false],
    ['StringNotLike', { StringNotLike: { k: '*#*' } }, { k: ['a#1'] }, false],
    ['ArnEquals', { ArnEquals: { k: TABLE } }, { k: [TABLE] }, true],
    ['ArnLike', { ArnLike: { k: 'arn:aws:*:*:*:table/*' } }, { k: [TABLE] }, true],
    ['ArnLike', { ArnLike: { k: 'arn:aws:*' } }, { k: [TABLE] }, false],
    ['Bool', { Bool: { k: 'true' } }, { k: ['true'] }, true],
    ['Bool', { Bool: { k: true } }, { k: ['false'] }, false],
    ['Null', { Null: { k: true } }, {}, true],
    ['Null', { Null: { k: 'false' } }, {}, false],
    ['Null', { Null: { k: false } }, { k: ['a'] }, true],
    ['ForAllValues', { 'ForAllValues:StringLike': { k: ['a*', 'b'] } }, { k: ['a1', 'b'] }, true],
    ['ForAllValues', { 'ForAllValues:StringLike': { k: 'a*' } }, { k: ['a1', 'b'] }, false],
    ['ForAllValues of nothing', { 'ForAllValues:StringLike': { k: 'a*' } }, {}, true],
    ['ForAllValues … Not', { 'ForAllValues:StringNotLike': { k: 'a*' } }, { k: ['b', 'a'] }, false],
    ['ForAnyValue', { 'ForAnyValue:StringEquals': { k: ['a'] } }, { k: ['b', 'a'] }, true],
    ['ForAnyValue', { 'ForAnyValue:StringEquals': { k: ['a'] } }, { k: ['b'] }, false],
    ['ForAnyValue of nothing', { 'ForAnyValue:StringEquals': { k: ['a'] } }, {}, false],
    ['ForAnyValue … Not', { 'ForAnyValue:StringNotEquals': { k: 'a' } }, { k: ['a', 'b'] }, true],
    ['a key in other case', { StringEquals: { 'DynamoDB:K': 'a' } }, { 'dynamodb:k': ['a'] }, true],
    ['two keys', { StringEquals: { k: 'a', l: 'b' } }, { k: ['a'] }, false],
    ['two operators', { StringEquals: { k: 'a' }, Null: { l: true } }, { k: ['a'] }, true],
  ])('%s %j, asked with %j: %j', (_case, condition, context, expected) =>
    expect(holds(condition, context)).toBe(expected),
  );

  test.each([
    ['an operator that is not known', { DateLessThan: { k: '2026' } }, { k: ['2025'] }],
    ['an operator that does not exist', { StringNotBool: { k: 'a' } }, { k: ['a'] }],
    ['several values where one is expected', { StringEquals: { k: 'a' } }, { k: ['a', 'b'] }],
  ])('with %s is no verdict but an error', (_case, condition, context) =>
    expect(() => holds(condition as unknown as Condition, context)).toThrow(
      /not understood|takes one/,
    ),
  );
});
