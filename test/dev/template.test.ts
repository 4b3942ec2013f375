// biome-ignore-all lint/suspicious/noTemplateCurlyInString: it is CloudFormation's own syntax
/** Compiled templates: what resolves to what, and what is refused. */
import { describe, expect, test } from 'vitest';
import { resolveStack } from '../../dev/template.ts';

const resources = {
  Table: { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'latchkey-directory' } },
  Unnamed: { Type: 'AWS::DynamoDB::Table' },
  Keys: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'keys' } },
  Login: { Type: 'AWS::Lambda::Function', Properties: { FunctionName: 'latchkey-dev-login' } },
  LoginVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'Login' } } },
  LoginAlias: {
    Type: 'AWS::Lambda::Alias',
    Properties: {
      Name: 'live',
      FunctionName: { Ref: 'Login' },
      FunctionVersion: { 'Fn::GetAtt': ['LoginVersion', 'Version'] },
    },
  },
  Api: { Type: 'AWS::ApiGatewayV2::Api' },
};
const resolved = (value: unknown, imports = {}) => {
  const Probe = { Type: 'Test::Probe', Properties: { value } };
  const stack = resolveStack({ Resources: { ...resources, Probe } }, { name: 'main', imports });
  return stack.properties('Probe')['value'];
};

describe('a template resolves', () => {
  test.each([
    [{ Ref: 'Table' }, 'latchkey-directory'],
    [{ Ref: 'Unnamed' }, 'main-Unnamed'],
    [{ Ref: 'AWS::Region' }, 'us-east-1'],
    [{ Ref: 'AWS::StackName' }, 'main'],
    [
      { 'Fn::GetAtt': ['Table', 'Arn'] },
      'arn:aws:dynamodb:us-east-1:000000000000:table/latchkey-directory',
    ],
    [
      { 'Fn::GetAtt': 'Login.Arn' },
      'arn:aws:lambda:us-east-1:000000000000:function:latchkey-dev-login',
    ],
    [
      { Ref: 'LoginAlias' },
      'arn:aws:lambda:us-east-1:000000000000:function:latchkey-dev-login:live',
    ],
    [
      { Ref: 'LoginVersion' },
      'arn:aws:lambda:us-east-1:000000000000:function:latchkey-dev-login:1',
    ],
    [{ 'Fn::Join': ['-', ['a', { Ref: 'AWS::AccountId' }]] }, 'a-000000000000'],
    [{ 'Fn::Select': [1, { 'Fn::Split': ['@', 'a@b@'] }] }, 'b'],
    [{ 'Fn::Select': ['1', { 'Fn::Split': ['@', '@'] }] }, ''],
    [
      { 'Fn::Sub': '${Table}/${Login.Arn}/${!Literal}/${AWS::Partition}' },
      'latchkey-directory/arn:aws:lambda:us-east-1:000000000000:function:latchkey-dev-login/${Literal}/aws',
    ],
    [{ 'Fn::Sub': ['${Own}', { Own: { Ref: 'Table' } }] }, 'latchkey-directory'],
    [{ a: [{ Ref: 'AWS::URLSuffix' }], b: { Ref: 'AWS::NoValue' } }, { a: ['amazonaws.com'] }],
    [
      ['a', { Ref: 'AWS::NoValue' }, 'b'],
      ['a', 'b'],
    ],
  ])('%j', (value, expected) => {
    expect(resolved(value)).toEqual(expected);
  });

  test('a secret to an ARN that ends in six characters of its own', () => {
    expect(resolved({ Ref: 'Keys' })).toMatch(/:secret:keys-[a-z0-9]{6}$/);
  });

  test('the same names every time, other ids in another stack', () => {
    const template = { Resources: resources };
    const [first, second, other] = ['main', 'main', 'other'].map((name) =>
      resolveStack(template, { name }).ref('Api'),
    );
    expect(first).toBe(second);
    expect(first).not.toBe(other);
  });

  test('exports of one stack to imports of another', () => {
    const Outputs = {
      Arn: { Value: { 'Fn::GetAtt': 'Login.Arn' }, Export: { Name: 'login-arn' } },
    };
    const { exports } = resolveStack({ Resources: resources, Outputs }, { name: 'main' });
    expect(resolved({ 'Fn::ImportValue': 'login-arn' }, exports)).toMatch(
      /function:latchkey-dev-login$/,
    );
  });
});

describe('a template is refused, by the name of the resource, for', () => {
  test.each([
    ['an intrinsic it does not know', { 'Fn::Cidr': ['10.0.0.0/24', 1, 8] }],
    ['more than there is', { 'Fn::Select': [1, ['a']] }],
    ['a malformed split', { 'Fn::Split': ['a', ['b']] }],
    ['a condition', { 'Fn::If': ['IsProd', 1, 2] }],
    ['a reference to nothing', { Ref: 'Nobody' }],
    ['an attribute it does not know', { 'Fn::GetAtt': ['Table', 'TableClass'] }],
    ['a pseudo-parameter it does not know', { Ref: 'AWS::NotificationARNs' }],
    ['an import that no stack exports', { 'Fn::ImportValue': 'nothing' }],
    ['a substitution of nothing', { 'Fn::Sub': '${Nobody}' }],
    ['a malformed join', { 'Fn::Join': ['a', 'b'] }],
  ])('%s', (_case, value) => {
    expect(() => resolved({ deep: [value] })).toThrow(/^main: Probe: /);
  });

  test.each([
    ['that there is not', undefined],
    ['that is none', { Ref: 'AWS::Region' }],
    ['that compares one thing', { 'Fn::Equals': ['a'] }],
    ['that denies no condition', { 'Fn::Not': ['a'] }],
    [
      'that denies two',
      { 'Fn::Not': [{ 'Fn::Equals': ['a', 'a'] }, { 'Fn::Equals': ['a', 'b'] }] },
    ],
    ['that it does not know', { 'Fn::Or': [] }],
  ])('a resource under a condition %s', (_case, IsProd) => {
    const Resources = { Probe: { Type: 'Test::Probe', Condition: 'IsProd' } };
    expect(() => resolveStack({ Resources, Conditions: { IsProd } }, { name: 'main' })).toThrow(
      /^main: .*condition/,
    );
  });
});

describe('a resource under a condition', () => {
  const stackWhere = (IsProd: unknown) =>
    resolveStack(
      {
        Conditions: { IsProd },
        Resources: { Probe: { Type: 'Test::Probe', Condition: 'IsProd', Properties: { a: 1 } } },
      },
      { name: 'main' },
    );
  const same = { 'Fn::Equals': ['main', { Ref: 'AWS::StackName' }] };

  test.each([
    ['is there where it holds', same],
    ['is there where its opposite does not', { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }],
  ])('%s', (_case, condition) => {
    const stack = stackWhere(condition);
    expect(stack.ofType('Test::Probe')).toEqual(['Probe']);
    expect(stack.properties('Probe')).toEqual({ a: 1 });
  });

  test.each([
    ['is not where it does not hold', { 'Fn::Equals': ['a', 'b'] }],
    ['is not where its opposite holds', { 'Fn::Not': [same] }],
  ])('%s', (_case, condition) => {
    const stack = stackWhere(condition);
    expect(stack.ofType('Test::Probe')).toEqual([]);
    expect([...stack.types()]).toEqual([]);
    expect(() => stack.properties('Probe')).toThrow('main: no resource Probe');
  });
});
