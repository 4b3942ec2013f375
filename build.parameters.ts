/**
 * What of a stage's parameters no function reads, or none could tell: names, kinds, ARNs and numbers
 * that CloudFormation alone would refuse, in the middle of a deployment.
 *
 * NOT checked: what the functions check when they start (build.settings.ts), and what is known only
 * when it is deployed (`!Ref`, `!ImportValue` and the like).
 *
 * @module
 */

/** `sections`: as in serverless.yml below `params`; `options`: each `name=value` of `--param`. */
export type Given = {
  region: string;
  stage: string;
  sections: Readonly<Record<string, Readonly<Record<string, unknown>> | null>>;
  options: readonly string[];
};
/** @returns What is wrong with a value, as the rest of a sentence that begins with its name. */
type Rule = (value: unknown, region: string) => string[];

const isDeferred = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const text: Rule = (value) => (Array.isArray(value) ? ['is one value, not a list'] : []);

const flag: Rule = (value) =>
  /^(true|false)$/.test(String(value)) ? [] : [`must be true or false, not ${shown(value)}`];

const origin: Rule = (value) => {
  const isOne = typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value;
  return isOne
    ? []
    : [`must be an origin such as https://console.example.com, not ${shown(value)}`];
};

const oneOf =
  (...words: string[]): Rule =>
  (value) =>
    words.includes(String(value))
      ? []
      : [`must be one of ${words.join(', ')}, not ${shown(value)}`];

const numberFrom =
  (least: number, most: number, isWhole = true): Rule =>
  (value) => {
    const isText = !Array.isArray(value) && /^\d+(\.\d+)?$/.test(String(value));
    const number = isText ? Number(value) : Number.NaN;
    const isRight = number >= least && number <= most && (!isWhole || Number.isInteger(number));
    const kind = isWhole ? 'a whole number' : 'a number';
    return isRight ? [] : [`must be ${kind} from ${least} to ${most}, not ${shown(value)}`];
  };

const listOf =
  (rule: (entry: string, region: string) => string | undefined): Rule =>
  (value, region) => {
    if (!Array.isArray(value))
      return ['is a list, which --param cannot give: write it into serverless.yml'];
    return value.flatMap((entry: unknown) => {
      if (isDeferred(entry)) return [];
      const problem = typeof entry === 'string' ? rule(entry, region) : 'is no text';
      return problem ? [`: ${shown(entry)} ${problem}`] : [];
    });
  };

/** An alarm tells topics of its own region alone (CloudWatch API Reference, PutMetricAlarm). */
const topic = (arn: string, region: string): string | undefined =>
  new RegExp(`^arn:${partitionOf(region)}:sns:${region}:\\d{12}:[\\w-]{1,256}$`).test(arn)
    ? undefined
    : `is not the ARN of an SNS topic in ${region} (arn:${partitionOf(region)}:sns:${region}:…)`;

/** What kind of cache it is, is said by `flush` when it starts. */
const cache = (arn: string, region: string): string | undefined => {
  const here = `arn:${partitionOf(region)}:apigateway:${region}:`;
  return !arn.startsWith('arn:') || !arn.includes(':apigateway:') || arn.startsWith(here)
    ? undefined
    : `is not in ${region} (${here}:…), and no other cache can be flushed`;
};

/** As S3 takes it (S3 User Guide, "General purpose bucket naming rules"). */
const bucket: Rule = (value) =>
  /^$|^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(String(value))
    ? []
    : [`must be the name of a bucket, not ${shown(value)}`];

/** As SES takes it (SES API v2 Reference, CreateConfigurationSet). */
const configurationSet: Rule = (value) =>
  /^[\w-]{0,64}$/.test(String(value))
    ? []
    : [`must be the name of a configuration set, not ${shown(value)}`];

/** Which secret the role may read is made of it (Secrets Manager API Reference, CreateSecret). */
const secretName: Rule = (value) =>
  /^[\w/+=.@-]{0,512}$/.test(String(value)) ? [] : [`must be the name of a secret`];

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
  tracing: (value) =>
    /^(Active|PassThrough)$/.test(String(value))
      ? []
      : [`must be Active or PassThrough, not ${shown(value)}`],
  rotationLateDays: numberFrom(1, 1000),
  signInsRefused: numberFrom(1, 1_000_000),
  flushApis: listOf(cache),
  flushInterval: text,
  allowRequestsToLoopback: text,
  authorizerConcurrency: numberFrom(1, 100_000),
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

const shown = (value: unknown): string => JSON.stringify(value);

/** @see IAM User Guide, "Amazon Resource Names": the partition of a region */
export function partitionOf(region: string): string {
  if (region.startsWith('cn-')) return 'aws-cn';
  if (region.startsWith('us-gov-')) return 'aws-us-gov';
  if (region.startsWith('us-iso-')) return 'aws-iso';
  if (region.startsWith('us-isob-')) return 'aws-iso-b';
  if (region.startsWith('eusc-')) return 'aws-eusc';
  return 'aws';
}
