/**
 * What the page was told of its deployment (lib/faces/console/serve.ts).
 *
 * @module
 */
export type Settings = {
  /** The service; no trailing slash. */
  issuer: string;
  stage: string;
  colour: 'none' | 'blue' | 'green' | 'amber' | 'red';
  client: { id: string; scope: string };
};

export const settings: Settings = JSON.parse(
  document.querySelector<HTMLMetaElement>('meta[name=latchkey]')?.content ?? '',
);
