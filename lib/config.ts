/**
 * Every setting of every function, in one table: its variable, its default, its parser.
 *
 * Units:  lifetimes and propagation times are whole seconds, retention whole days.
 * Errors: ConfigError, which names all missing and malformed variables at once.
 *
 * @module
 */
import {
  addressSource,
  ConfigError,
  contact,
  days,
  daysOrNone,
  duration,
  flag,
  interval,
  issuer,
  list,
  mailAddress,
  mailTransport,
  milliseconds,
  origins,
  percent,
  place,
  port,
  propagation,
  proxySecret,
  smtpTls,
  text,
} from './setting-values.ts';

export { ConfigError } from './setting-values.ts';

type Environment = Readonly<Record<string, string | undefined>>;
type Setting<T> = { variable: string; fallback?: string; parse: (text: string) => T };

const SETTINGS = {
  /** Base URL of this deployment, the `iss` of every token. Never taken from a request. */
  issuer: { variable: 'ISSUER', parse: issuer },
  /** The `aud` of access tokens: the APIs behind the authorizer (RFC 9068 §3). */
  audience: { variable: 'AUDIENCE', parse: text },
  directoryTable: { variable: 'DIRECTORY_TABLE', parse: text },
  sessionsTable: { variable: 'SESSIONS_TABLE', parse: text },
  eventsTable: { variable: 'EVENTS_TABLE', parse: text },
  /** ARN or name of the secret that holds the signing keys. */
  signingKeysSecret: { variable: 'SIGNING_KEYS_SECRET', parse: text },
  /** How long a published key waits before it signs: longer than any cache of the public half. */
  keyPropagation: { variable: 'KEY_PROPAGATION', fallback: '900', parse: propagation },
  /** No token lives longer; so a retired key can be dropped that long after its last signature. */
  maxTokenLifetime: { variable: 'MAX_TOKEN_LIFETIME', fallback: '2678400', parse: duration },
  /** Of the tokens that the OAuth grants issue. */
  accessTokenLifetime: { variable: 'ACCESS_TOKEN_LIFETIME', fallback: '3600', parse: duration },
  idTokenLifetime: { variable: 'ID_TOKEN_LIFETIME', fallback: '3600', parse: duration },
  /** Of a grant for offline access, however often it is refreshed. */
  refreshTokenLifetime: {
    variable: 'REFRESH_TOKEN_LIFETIME',
    fallback: '2592000',
    parse: duration,
  },
  /** How long a browser stays signed in after its user has entered a password. */
  browserSessionLifetime: {
    variable: 'BROWSER_SESSION_LIFETIME',
    fallback: '86400',
    parse: duration,
  },
  appmixerTokenLifetime: {
    variable: 'APPMIXER_TOKEN_LIFETIME',
    fallback: '2592000',
    parse: duration,
  },
  faveoTokenLifetime: { variable: 'FAVEO_TOKEN_LIFETIME', fallback: '240', parse: duration },
  webitelTokenLifetime: { variable: 'WEBITEL_TOKEN_LIFETIME', fallback: '86400', parse: duration },
  /** `false` answers an unknown user like a wrong password. */
  revealUnknownUser: { variable: 'REVEAL_UNKNOWN_USER', fallback: 'true', parse: flag },
  /** `true` answers wrong Faveo credentials with HTTP 200, for clients written against its source. */
  faveoErrorsAs200: { variable: 'FAVEO_ERRORS_AS_200', fallback: 'false', parse: flag },
  /** Roles one of which a caller needs to make users at `POST /user`; empty leaves it to everybody. */
  apiUserCreateScope: { variable: 'API_USER_CREATE_SCOPE', fallback: '', parse: list },
  /** The domain of users made at `POST /user`. Without it that is refused: it must be spelled out. */
  defaultDomain: { variable: 'DEFAULT_DOMAIN', fallback: '', parse: text },
  /** The domain whose brand pages have that are for nobody in particular; empty for none. */
  brandDomain: { variable: 'BRAND_DOMAIN', fallback: '', parse: text },
  /** Days for which events are kept: who signed in, who changed what. */
  auditRetention: { variable: 'AUDIT_RETENTION', fallback: '400', parse: days },
  /** `true` lets each token of a client's own leave an event. */
  machineTokenEvents: { variable: 'MACHINE_TOKEN_EVENTS', fallback: 'false', parse: flag },
  /** What consuming APIs want of the authorizer: lib/faces/authorizer/api-answers.ts. */
  apiAnswers: { variable: 'API_ANSWERS', fallback: '', parse: text },
  /** How long the authorizer may answer from its memory; added to the bound on revocation. */
  verdictCache: { variable: 'VERDICT_CACHE_MS', fallback: '0', parse: milliseconds },
  /** UNSAFE: `true` gives clients that are registered for no API scope all that their user may. */
  impliedAccess: { variable: 'UNSAFE_IMPLIED_ACCESS', fallback: 'false', parse: flag },
  /** Of the metrics in log lines. */
  metricNamespace: { variable: 'METRIC_NAMESPACE', fallback: 'latchkey', parse: text },
  /** Of the calls that the authorizer allows, how many have a line in its log, in percent. */
  logAllowedPercent: { variable: 'LOG_ALLOWED_PERCENT', fallback: '0', parse: percent },
  /** ARNs of the authorizer caches that a revocation flushes. */
  flushApis: { variable: 'FLUSH_APIS', fallback: '', parse: list },
  /** Seconds between two flushes of one cache. */
  flushInterval: { variable: 'FLUSH_INTERVAL', fallback: '5', parse: interval },
  /** The URL of the queue from which clients are told of logouts. */
  logoutQueue: { variable: 'LOGOUT_QUEUE', parse: text },
  /** The URL of the FIFO queue from which events are handed to the bus. */
  eventQueue: { variable: 'EVENT_QUEUE', parse: text },
  /** The URL of the queue of orders for mails; empty where the stage sends none. */
  mailQueue: { variable: 'MAIL_QUEUE', fallback: '', parse: text },
  mailTransport: { variable: 'MAIL_TRANSPORT', fallback: 'none', parse: mailTransport },
  /** The sender's address; their name is the brand's. */
  mailFrom: { variable: 'MAIL_FROM', fallback: '', parse: mailAddress },
  mailReplyTo: { variable: 'MAIL_REPLY_TO', fallback: '', parse: mailAddress },
  /** Of SES: by which bounces and complaints are told of. */
  sesConfigurationSet: { variable: 'SES_CONFIGURATION_SET', fallback: '', parse: text },
  smtpHost: { variable: 'SMTP_HOST', fallback: '', parse: text },
  smtpPort: { variable: 'SMTP_PORT', fallback: '587', parse: port },
  /** `none` only for a relay on this machine. */
  smtpTls: { variable: 'SMTP_TLS', fallback: 'starttls', parse: smtpTls },
  /** The name of the secret that holds `{ "username", "password" }`; empty for a relay that asks for none. */
  smtpSecret: { variable: 'SMTP_SECRET', fallback: '', parse: text },
  eventBus: { variable: 'EVENT_BUS', parse: text },
  /** By which other systems know whose events these are. */
  eventSource: { variable: 'EVENT_SOURCE', fallback: 'latchkey', parse: text },
  /** Where events are exported to, what signs them, and for how many days no file can be deleted. */
  exportBucket: { variable: 'EXPORT_BUCKET', fallback: '', parse: text },
  exportKey: { variable: 'EXPORT_KEY', parse: text },
  exportLockDays: { variable: 'EXPORT_LOCK_DAYS', fallback: '0', parse: daysOrNone },
  /** Whose pages may call the dialects and the admin API from a browser; empty for none. */
  allowedOrigins: { variable: 'ALLOWED_ORIGINS', fallback: '', parse: origins },
  /** The origin of the administration console; empty where the stage leaves it out. */
  consoleUrl: { variable: 'CONSOLE_URL', fallback: '', parse: place },
  /** By what name, and in what colour, the console says which stage it changes. */
  stage: { variable: 'STAGE', parse: text },
  stageColour: { variable: 'STAGE_COLOUR', fallback: 'none', parse: text },
  /** `true` lets a client's keys and logout URI be on this machine: for a developer's own only. */
  allowRequestsToLoopback: {
    variable: 'ALLOW_REQUESTS_TO_LOOPBACK',
    fallback: 'false',
    parse: flag,
  },
  /** Where a proxy of ours says from where a request comes; empty where there is none. */
  trustedProxy: { variable: 'TRUSTED_PROXY', fallback: '', parse: addressSource },
  /** By which a request proves that it came through it. */
  proxySecret: { variable: 'PROXY_SECRET', fallback: '', parse: proxySecret },
  /** Of `/.well-known/security.txt`; empty for none. */
  securityContact: { variable: 'SECURITY_CONTACT', fallback: '', parse: contact },
  /** Passed through to Webitel clients: where the call-record service is. */
  cdrHost: { variable: 'CDR_HOST', fallback: 'http://cdr:10023', parse: text },
  cdrUseProxy: { variable: 'CDR_USE_PROXY', fallback: 'true', parse: flag },
} satisfies Record<string, Setting<unknown>>;

export type Config = { [K in keyof typeof SETTINGS]: ReturnType<(typeof SETTINGS)[K]['parse']> };

/** Reads just the named settings, so that a function fails on nothing that it does not use. */
export function readConfig<K extends keyof Config>(
  environment: Environment,
  names: readonly K[],
): Pick<Config, K> {
  const problems: string[] = [];
  const config: Partial<Record<K, unknown>> = {};
  for (const name of names) {
    const { variable, fallback, parse }: Setting<unknown> = SETTINGS[name];
    const value = environment[variable] || fallback;
    try {
      if (value === undefined) throw new ConfigError('is missing');
      config[name] = parse(value);
    } catch (error) {
      problems.push(`${variable} ${(error as Error).message}`);
    }
  }
  if (problems.length > 0) throw new ConfigError(problems.join('; '));
  return config as Pick<Config, K>;
}
