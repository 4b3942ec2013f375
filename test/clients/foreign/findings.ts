/** What Schemathesis has found, read from the events that it reports: one JSON object a line. */
import { readFileSync } from 'node:fs';

export type Finding = {
  check: string;
  /** Such as `GET /users`. */
  operation: string;
  status: number | undefined;
  /** The body, as text. */
  answer: string;
  message: string;
};

type Check = {
  name: string;
  status: string;
  failure_info?: { failure: { operation: string; title: string; message: string } };
};
type Interaction = { response?: { status_code: number; content?: { $base64: string } } };
/** A scenario that was skipped has neither. */
type Recorder = {
  label: string;
  checks?: Record<string, Check[]>;
  interactions?: Record<string, Interaction>;
};
type Event = { ScenarioFinished?: { recorder: Recorder } };

export type Report = {
  asked: number;
  /** That were asked at least once. */
  operations: ReadonlySet<string>;
  findings: Finding[];
};

export function readReport(file: string): Report {
  const report = { asked: 0, operations: new Set<string>(), findings: [] as Finding[] };
  for (const line of readFileSync(file, 'utf8').trimEnd().split('\n')) {
    const { recorder } = (JSON.parse(line) as Event).ScenarioFinished ?? {};
    if (!recorder) continue;
    const { label, checks = {}, interactions = {} } = recorder;
    const asked = Object.keys(interactions).length;
    report.asked += asked;
    if (asked > 0) report.operations.add(label);
    for (const [id, made] of Object.entries(checks))
      report.findings.push(...made.flatMap((check) => found(check, interactions[id])));
  }
  return report;
}

function found({ name, failure_info: info }: Check, interaction: Interaction = {}): Finding[] {
  if (!info) return [];
  const { operation, title, message } = info.failure;
  const { status_code: status, content } = interaction.response ?? {};
  const answer = Buffer.from(content?.$base64 ?? '', 'base64').toString('utf8');
  return [{ check: name, operation, status, answer, message: `${title}: ${message}` }];
}
