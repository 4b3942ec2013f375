/**
 * CloudFormation of the account: stacks with their states, imports with their validation. Each look
 * at a stack or change set that is in progress brings it one state further.
 *
 * @see CloudFormation User Guide, "Import AWS resources into a CloudFormation stack" and "Understand
 *      stack status codes"; API Reference, CreateChangeSet and DeleteStack
 */
import { type Account, AwsError } from './account.ts';
import { type Import, importsOf, invalid, problemOf, validate } from './imports.ts';

type StackResource = { type: string; physicalId: string; status: string };
export type Template = {
  Resources?: Record<string, { Type: string; DeletionPolicy?: string; Properties?: object }>;
  Outputs?: object;
  Description?: string;
};
export type Stack = {
  id: string;
  name: string;
  /** Where it is, and where it goes. */
  states: string[];
  template: Template;
  resources: Record<string, StackResource>;
  changeSets: Record<string, ChangeSet>;
  events: { logicalId: string; type: string; status: string; reason?: string }[];
  /** Another stack imports what it exports. */
  isImported?: boolean;
};
type ChangeSet = { states: string[]; reason?: string; template: Template; imports: Import[] };
type Query = Readonly<Record<string, string>>;

const MAX_BYTES = 51_200;
const UPDATABLE = [
  'CREATE_COMPLETE',
  'UPDATE_COMPLETE',
  'UPDATE_ROLLBACK_COMPLETE',
  'IMPORT_COMPLETE',
  'IMPORT_ROLLBACK_COMPLETE',
];

const stateOf = ({ states }: { states: string[] }): string => states[0] ?? '';

function find(account: Account, nameOrId = ''): Stack {
  const live = account.stacks.filter((it) => stateOf(it) !== 'DELETE_COMPLETE');
  const found =
    live.find(({ name }) => name === nameOrId) ?? account.stacks.find(({ id }) => id === nameOrId);
  if (!found) throw invalid(`Stack with id ${nameOrId} does not exist`);
  return found;
}

/** @returns What stands now, before it goes on. */
function look(of: { states: string[] }): string {
  const now = stateOf(of);
  if (of.states.length > 1) of.states.shift();
  return now;
}

/** Those that refer to nothing. */
const outputsOf = ({ template: { Outputs = {} } }: Stack): string =>
  Object.entries(Outputs as Record<string, { Value: unknown }>)
    .filter(([, { Value }]) => typeof Value === 'string')
    .map(
      ([name, { Value }]) =>
        `<member><OutputKey>${name}</OutputKey><OutputValue>${Value}</OutputValue></member>`,
    )
    .join('');

export const CLOUDFORMATION: Record<string, (query: Query, account: Account) => string> = {
  DescribeStacks(query, account) {
    const stack = find(account, query['StackName']);
    return `<Stacks><member><StackId>${stack.id}</StackId><StackName>${stack.name}</StackName><StackStatus>${look(stack)}</StackStatus><Outputs>${outputsOf(stack)}</Outputs></member></Stacks>`;
  },

  DescribeStackResources(query, account) {
    const { resources } = find(account, query['StackName']);
    const members = Object.entries(resources).map(
      ([id, { type, physicalId, status }]) =>
        `<member><LogicalResourceId>${id}</LogicalResourceId><PhysicalResourceId>${physicalId}</PhysicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus></member>`,
    );
    return `<StackResources>${members.join('')}</StackResources>`;
  },

  DescribeStackEvents(query, account) {
    const { events } = find(account, query['StackName']);
    const members = events.map(
      ({ logicalId, type, status, reason = '' }) =>
        `<member><LogicalResourceId>${logicalId}</LogicalResourceId><ResourceType>${type}</ResourceType><ResourceStatus>${status}</ResourceStatus><ResourceStatusReason>${reason}</ResourceStatusReason></member>`,
    );
    return `<StackEvents>${members.join('')}</StackEvents>`;
  },

  GetTemplate(query, account) {
    const body = JSON.stringify(find(account, query['StackName']).template);
    return `<TemplateBody>${body.replaceAll('&', '&amp;').replaceAll('<', '&lt;')}</TemplateBody>`;
  },

  ContinueUpdateRollback(query, account) {
    const stack = find(account, query['StackName']);
    if (stateOf(stack) !== 'UPDATE_ROLLBACK_FAILED') throw invalid('not in UPDATE_ROLLBACK_FAILED');
    stack.states = ['UPDATE_ROLLBACK_IN_PROGRESS', 'UPDATE_ROLLBACK_COMPLETE'];
    return '';
  },

  DeleteStack(query, account) {
    const stack = find(account, query['StackName']);
    const retained = Object.entries(query).flatMap(([key, id]) =>
      key.startsWith('RetainResources.member.') ? [id] : [],
    );
    if (retained.length > 0 && stateOf(stack) !== 'DELETE_FAILED')
      throw invalid(
        'specify which resources to retain only when the stack is in the DELETE_FAILED state',
      );
    deleteStack(account, stack, retained);
    return '';
  },

  CreateChangeSet(query, account) {
    const { StackName = '', ChangeSetName = '', TemplateBody = '' } = query;
    if (query['ChangeSetType'] !== 'IMPORT') throw invalid('only imports are known here');
    if (Buffer.byteLength(TemplateBody) > MAX_BYTES)
      throw invalid(
        "1 validation error detected: 'templateBody' must have length less than or equal to 51200",
      );
    const known = account.stacks.find(
      (it) => it.name === StackName && stateOf(it) !== 'DELETE_COMPLETE',
    );
    if (known && ![...UPDATABLE, 'REVIEW_IN_PROGRESS'].includes(stateOf(known)))
      throw invalid(`Stack:${known.id} is in ${stateOf(known)} state and can not be updated.`);
    const template = JSON.parse(TemplateBody) as Template;
    const imports = importsOf(query);
    const stack = known ?? account.addStack(StackName, 'REVIEW_IN_PROGRESS');
    if (stack.changeSets[ChangeSetName])
      throw new AwsError('AlreadyExistsException', `ChangeSet ${ChangeSetName} already exists`);
    validate(stack, template, imports);
    const reason = imports.map((it) => problemOf(account, it)).find((it) => it !== undefined);
    const end = reason === undefined ? 'CREATE_COMPLETE' : 'FAILED';
    const states = ['CREATE_PENDING', 'CREATE_IN_PROGRESS', end];
    stack.changeSets[ChangeSetName] = { states, template, imports, ...(reason && { reason }) };
    return `<Id>arn:aws:cloudformation:change-set</Id><StackId>${stack.id}</StackId>`;
  },

  DescribeChangeSet(query, account) {
    const changeSet = changeSetOf(query, account);
    const status = look(changeSet);
    const execution = status === 'CREATE_COMPLETE' ? 'AVAILABLE' : 'UNAVAILABLE';
    return `<Status>${status}</Status><ExecutionStatus>${execution}</ExecutionStatus><StatusReason>${changeSet.reason ?? ''}</StatusReason>`;
  },

  DeleteChangeSet(query, account) {
    delete find(account, query['StackName']).changeSets[query['ChangeSetName'] ?? ''];
    return '';
  },

  ExecuteChangeSet(query, account) {
    const stack = find(account, query['StackName']);
    const changeSet = changeSetOf(query, account);
    if (stateOf(changeSet) !== 'CREATE_COMPLETE')
      throw new AwsError('InvalidChangeSetStatus', 'ChangeSet cannot be executed in its status');
    stack.changeSets = {};
    const [refused] = changeSet.imports.filter(({ logicalId }) => account.refuses === logicalId);
    if (refused) {
      const back = Object.keys(stack.resources).length > 0;
      const end = back ? 'IMPORT_ROLLBACK_COMPLETE' : 'REVIEW_IN_PROGRESS';
      stack.states = ['IMPORT_IN_PROGRESS', 'IMPORT_ROLLBACK_IN_PROGRESS', end];
      addEvent(stack, 'IMPORT_FAILED', refused.logicalId, 'Access denied');
      return '';
    }
    stack.template = changeSet.template;
    for (const { logicalId, type, identifier } of changeSet.imports)
      stack.resources[logicalId] = {
        ...{ type, status: 'IMPORT_COMPLETE' },
        physicalId: Object.values(identifier)[0] ?? '',
      };
    stack.states = ['IMPORT_IN_PROGRESS', 'IMPORT_COMPLETE'];
    return '';
  },
};

function changeSetOf(query: Query, account: Account): ChangeSet {
  const { changeSets } = find(account, query['StackName']);
  const found = changeSets[query['ChangeSetName'] ?? ''];
  if (!found) throw new AwsError('ChangeSetNotFound', 'ChangeSet does not exist');
  return found;
}

function deleteStack(account: Account, stack: Stack, retained: readonly string[]): void {
  const name = stack.name;
  if (stack.isImported) {
    stack.states = ['DELETE_IN_PROGRESS', 'DELETE_FAILED'];
    addEvent(
      stack,
      'DELETE_FAILED',
      name,
      `Export ${name}-authorizer-arn cannot be deleted as it is in use by other`,
    );
    return;
  }
  for (const [id, resource] of Object.entries(stack.resources)) {
    const isKept = /^Retain/.test(stack.template.Resources?.[id]?.DeletionPolicy ?? '');
    if (resource.type === 'AWS::S3::Bucket' && !retained.includes(id) && !isKept) {
      if ((account.buckets.get(resource.physicalId) ?? []).length > 0) {
        resource.status = 'DELETE_FAILED';
        stack.states = ['DELETE_IN_PROGRESS', 'DELETE_FAILED'];
        addEvent(stack, 'DELETE_FAILED', id, 'The bucket you tried to delete is not empty');
        return;
      }
      account.buckets.delete(resource.physicalId);
    }
    delete stack.resources[id];
  }
  stack.states = ['DELETE_IN_PROGRESS', 'DELETE_COMPLETE'];
}

/** Newest first, and the operation's own beginning last. */
function addEvent(stack: Stack, status: string, logicalId: string, reason: string): void {
  const type = logicalId === stack.name ? 'AWS::CloudFormation::Stack' : 'AWS::Some::Resource';
  const start = {
    ...{ logicalId: stack.name, type: 'AWS::CloudFormation::Stack' },
    status: `${status.split('_')[0]}_IN_PROGRESS`,
  };
  stack.events.unshift({ logicalId, type, status, reason }, start);
}
