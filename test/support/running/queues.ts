/** The queue of logouts, as serverless.yml has it, on the local SQS; beside it those of events and mails, which feed nobody. */
import type { AwsServer } from '../../../dev/aws-server.ts';
import { startSqs } from '../../../dev/sqs.ts';
import { resolveStack } from '../../../dev/template.ts';

export const EVENT_QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/events.fifo';
export const MAIL_QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/mails';
export const LOGOUT_QUEUE = 'https://sqs.us-east-1.amazonaws.com/000000000000/logouts';

const queueOf = (QueueName: string, more: object = {}) => ({
  Type: 'AWS::SQS::Queue',
  Properties: { QueueName, ...more },
});

/** @param invoke - Runs the function that the queue feeds. */
export function startLogoutQueue(
  invoke: (event: unknown) => Promise<unknown>,
  { visibilityTimeout = 180, maxReceiveCount = 14 } = {},
): Promise<AwsServer> {
  const deadLetterTargetArn = { 'Fn::GetAtt': ['Dead', 'Arn'] };
  const template = {
    Resources: {
      Logouts: queueOf('logouts', {
        VisibilityTimeout: visibilityTimeout,
        RedrivePolicy: { deadLetterTargetArn, maxReceiveCount },
      }),
      Dead: queueOf('logouts-dead'),
      Events: queueOf('events.fifo', { FifoQueue: true }),
      Mails: queueOf('mails'),
      Feed: {
        Type: 'AWS::Lambda::EventSourceMapping',
        Properties: {
          EventSourceArn: { 'Fn::GetAtt': ['Logouts', 'Arn'] },
          FunctionName: 'notify',
          BatchSize: 10,
          FunctionResponseTypes: ['ReportBatchItemFailures'],
        },
      },
    },
  };
  const stack = resolveStack(template, { name: 'test-dev' });
  return startSqs(stack, { invoke: (_name, event) => invoke(event) });
}
