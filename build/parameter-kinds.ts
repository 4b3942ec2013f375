/**
 * What kinds of values a stage's parameters take: numbers, ARNs, names.
 *
 * @module
 */

/** @returns What is wrong with a value, as the rest of a sentence that begins with its name. */
export type Rule = (value: unknown, region: string) => string[];

const isMapping = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** An intrinsic function of CloudFormation. */
export const isDeferred = (value: unknown): boolean =>
  isMapping(value) &&
  Object.keys(value).length === 1 &&
  Object.keys(value).every((name) => /^(Ref$|Fn::)/.test(name));

export const text: Rule = (value) => (Array.isArray(value) ? ['is one value, not a list'] : []);

export const flag: Rule = (value) =>
  /^(true|false)$/.test(String(value)) ? [] : [`must be true or false, not ${shown(value)}`];

export const origin: Rule = (value) => {
  const isOne = typeof value === 'string' && URL.canParse(value) && new URL(value).origin === value;
  return isOne
    ? []
    : [`must be an origin such as https://console.example.com, not ${shown(value)}`];
};

export const oneOf =
  (...words: string[]): Rule =>
  (value) =>
    words.includes(String(value))
      ? []
      : [`must be one of ${words.join(', ')}, not ${shown(value)}`];

export const numberFrom =
  (least: number, most: number, isWhole = true): Rule =>
  (value) => {
    const isText = !Array.isArray(value) && /^\d+(\.\d+)?$/.test(String(value));
    const number = isText ? Number(value) : Number.NaN;
    const isRight = number >= least && number <= most && (!isWhole || Number.isInteger(number));
    const kind = isWhole ? 'a whole number' : 'a number';
    return isRight ? [] : [`must be ${kind} from ${least} to ${most}, not ${shown(value)}`];
  };

export const listOf =
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
export const topic = (arn: string, region: string): string | undefined =>
  new RegExp(`^arn:${partitionOf(region)}:sns:${region}:\\d{12}:[\\w-]{1,256}$`).test(arn)
    ? undefined
    : `is not the ARN of an SNS topic in ${region} (arn:${partitionOf(region)}:sns:${region}:…)`;

/** What kind of cache it is, is said by `flush` when it starts. */
export const cache = (arn: string, region: string): string | undefined => {
  const here = `arn:${partitionOf(region)}:apigateway:${region}:`;
  return !arn.startsWith('arn:') || !arn.includes(':apigateway:') || arn.startsWith(here)
    ? undefined
    : `is not in ${region} (${here}:…), and no other cache can be flushed`;
};

/** As S3 takes it (S3 User Guide, "General purpose bucket naming rules"). */
export const bucket: Rule = (value) =>
  /^$|^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/.test(String(value))
    ? []
    : [`must be the name of a bucket, not ${shown(value)}`];

/** As SES takes it (SES API v2 Reference, CreateConfigurationSet). */
export const configurationSet: Rule = (value) =>
  /^[\w-]{0,64}$/.test(String(value))
    ? []
    : [`must be the name of a configuration set, not ${shown(value)}`];

/** By which the role may send: an address, a domain, or any (SES API v2 Reference, CreateEmailIdentity). */
export const identity: Rule = (value) =>
  /^([\w.+-]+@)?[\w.-]*$|^\*$/.test(String(value))
    ? []
    : [`must be an address, a domain or *, not ${shown(value)}`];

/** Which secret the role may read is made of it (Secrets Manager API Reference, CreateSecret). */
export const secretName: Rule = (value) =>
  /^[\w/+=.@-]{0,512}$/.test(String(value)) ? [] : [`must be the name of a secret`];

/** From what a table on demand begins with: DynamoDB never lowers it (UpdateTable refuses less). */
const UNITS: Readonly<Record<string, Rule>> = {
  ReadUnitsPerSecond: numberFrom(12_000, 100_000_000),
  WriteUnitsPerSecond: numberFrom(4000, 100_000_000),
};

export const warmThroughput: Rule = (value, region) => {
  const example = '{ ReadUnitsPerSecond: 40000, WriteUnitsPerSecond: 8000 }';
  if (!isMapping(value) || Object.keys(value).length === 0)
    return [`must be such as ${example}, which --param cannot give: write it into serverless.yml`];
  return Object.entries(value).flatMap(([name, units]) => {
    const rule = Object.hasOwn(UNITS, name) ? UNITS[name] : undefined;
    if (rule && isDeferred(units)) return [];
    return rule ? rule(units, region).map((it) => `: ${name} ${it}`) : [`: ${name} is none of it`];
  });
};

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
