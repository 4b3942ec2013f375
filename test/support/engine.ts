/** One embedded DynamoDB, in memory, for the whole run; each test file makes tables of its own. */
import type { TestProject } from 'vitest/node';
import { startDynamoDb } from '../../dev/dynamodb.ts';

declare module 'vitest' {
  interface ProvidedContext {
    dynamodb: string;
  }
}

export async function setup(project: TestProject) {
  const engine = await startDynamoDb();
  project.provide('dynamodb', engine.endpoint);
  return engine.stop;
}
