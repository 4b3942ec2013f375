/**
 * What of a stage's parameters no function reads, or none could tell: names, kinds, ARNs and numbers
 * that CloudFormation alone would refuse, in the middle of a deployment.
 *
 * NOT checked: what the functions check when they start (build/settings.ts), and what is known only
 * when it is deployed (`!Ref`, `!ImportValue` and the like).
 *
 * @module
 */
import {
  bucket,
  cache,
  configurationSet,
  flag,
  identity,
  isDeferred,
  listOf,
  numberFrom,
  oneOf,
  origin,
  type Rule,
  secretName,
  text,
  topic,
  warmThroughput,
} from './parameter-kinds.ts';

/** `sections`: as in serverless.yml below `params`; `options`: each `name=value` of `--param`. */
export type Given = {
  region: string;
  stage: string;
  sections: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  options: readonly string[];
};

/** By name. A parameter of `text` is checked by the functions that read it. */
export const PARAMETERS: Readonly<Record<string, Rule>> = {
  issuer: text,
  audience: text,
  accessTokenLifetime: text,
  idTokenLifetime: text,
  refreshTokenLifetime: text,
  webitelTokenLifetime: text,
  appmixerTokenLifetime: text,
  faveoTokenLifetime: text,
  browserSessionLifetime: text,
  maxTokenLifetime: text,
  keyPropagation: text,
  exportBucket: bucket,
  exportLockDays: text,
  rotationDays: numberFrom(1, 1000),
  revealUnknownUser: text,
  unsafeImpliedAccess: text,
  faveoErrorsAs200: text,
  defaultDomain: text,
  brandDomain: text,
  mailTransport: oneOf('none', 'ses', 'smtp'),
  mailFrom: text,
  mailReplyTo: text,
  sesConfigurationSet: configurationSet,
  sesIdentity: identity,
  smtpHost: text,
  smtpPort: text,
  smtpTls: text,
  smtpSecret: secretName,
  apiUserCreateScope: text,
  cdrHost: text,
  cdrUseProxy: text,
  allowedOrigins: listOf(() => undefined),
  console: flag,
  consoleUrl: origin,
  stageColour: oneOf('none', 'blue', 'green', 'amber', 'red'),
  apiAnswers: text,
  verdictCacheMs: text,
  logAllowedPercent: text,
  tracing: oneOf('Active', 'PassThrough'),
  rotationLateDays: numberFrom(1, 1000),
  signInsRefused: numberFrom(1, 1_000_000),
  flushApis: listOf(cache),
  flushInterval: text,
  allowRequestsToLoopback: text,
  authorizerConcurrency: numberFrom(1, 100_000),
  directoryWarmThroughput: warmThroughput,
  sessionsWarmThroughput: warmThroughput,
  sessionsListWarmThroughput: warmThroughput,
  auditRetention: text,
  machineTokenEvents: text,
  alarmTopics: listOf(topic),
  logRetentionDays: text,
  trustedProxy: text,
  proxySecret: text,
  securityContact: text,
  disableExecuteApiEndpoint: flag,
  requestsPerSecond: numberFrom(1, 1_000_000, false),
  requestsBurst: numberFrom(1, 1_000_000),
  loginsPerSecond: numberFrom(1, 1_000_000, false),
  loginsBurst: numberFrom(1, 1_000_000),
  machinesPerSecond: numberFrom(1, 1_000_000, false),
  machinesBurst: numberFrom(1, 1_000_000),
};

/** @returns A line for each problem, of every stage where a name is unknown, else of this one. */
export function parameterProblems(given: Given): string[] {
  const { sections, stage, region } = given;
  const asked = given.options.map((option) => option.split(/=(.*)/s));
  const cli = Object.fromEntries(asked.map(([name = '', value = '']) => [name, value]));
  const named = [
    ...Object.keys(cli).map((name) => ['--param', name] as const),
    ...Object.entries(sections).flatMap(([section, values]) =>
      Object.keys(values ?? {}).map((name) => [`params.${section}`, name] as const),
    ),
  ];
  const unknown = named
    .filter(([, name]) => !Object.hasOwn(PARAMETERS, name))
    .map(([where, name]) => `${name} is no parameter (${where})`);
  const values = { ...present(sections['default']), ...present(sections[stage]), ...cli };
  const wrong = Object.entries(PARAMETERS).flatMap(([name, rule]) => {
    const value = values[name];
    if (value === undefined || isDeferred(value)) return [];
    return rule(value, region).map((problem) => `${name}${problem.replace(/^(?!:)/, ' ')}`);
  });
  return [...unknown, ...wrong];
}

/** An empty value in YAML is none: the default's counts. */
const present = (section: Readonly<Record<string, unknown>> | null | undefined) =>
  Object.fromEntries(Object.entries(section ?? {}).filter(([, value]) => value !== null));
