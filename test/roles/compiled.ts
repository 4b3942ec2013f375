/** The compiled template, packaged once for all tests that judge it, with caches to flush, a bucket to
 * export to and a relay for mails. */
import type { TestProject } from 'vitest/node';
import { packageChanged, type Template } from '../deploy/package.ts';
import { CACHES } from './roles.ts';

declare module 'vitest' {
  interface ProvidedContext {
    template: Template;
  }
}

const whole = (serverless: string): string =>
  serverless
    .replace('flushApis: []', `flushApis: ${JSON.stringify(CACHES)}`)
    .replace('exportBucket: ""', 'exportBucket: audit')
    .replace('mailTransport: none', 'mailTransport: smtp')
    .replace('mailFrom: ""', 'mailFrom: no-reply@example.com')
    .replace('sesConfigurationSet: ""', 'sesConfigurationSet: latchkey')
    .replace('smtpHost: ""', 'smtpHost: smtp.example.com')
    .replace('smtpSecret: ""', 'smtpSecret: smtp-relay');

export async function setup(project: TestProject) {
  const { template } = await packageChanged('.', whole);
  project.provide('template', template);
}
