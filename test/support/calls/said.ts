/**
 * Whoever is refused is told why in a sentence, wherever it is said: at the end of a redirect, in a form that
 * goes to the client, or on a page. JSON is held to the OpenAPI document (openapi.ts).
 */

type Answered = {
  headers?: Readonly<Record<string, unknown>> | undefined;
  body?: string | undefined;
};

const SENTENCE = /^[A-Z].* \S+$/;
const ON_PAGE = /<dd id="error" lang="en">([^<]*)<\/dd>/;
const IN_FORM = /name="(error|error_description)" value="([^"]*)"/g;

/** @throws Error for an answer that names an error and does not say what is wrong. */
export function holdToSentences(answer: Answered): void {
  for (const told of toldIn(answer)) {
    const [code = '', text = ''] = told;
    if (!/^[a-z_]+$/.test(code) || !SENTENCE.test(text))
      throw new Error(`an error that is not said in a sentence: ${JSON.stringify(told)}`);
  }
}

function toldIn({ headers = {}, body = '' }: Answered): (string | undefined)[][] {
  const location = String(headers['location'] ?? '');
  const query = new URLSearchParams(location.slice(location.indexOf('?') + 1));
  const form = new Map([...body.matchAll(IN_FORM)].map(([, name, value]) => [name, value]));
  const [, page] = ON_PAGE.exec(body) ?? [];
  return [
    ...(query.has('error')
      ? [[query.get('error') ?? '', query.get('error_description') ?? '']]
      : []),
    ...(form.has('error') ? [[form.get('error'), form.get('error_description')]] : []),
    ...(page === undefined ? [] : [page.split(/: (.*)/s).slice(0, 2)]),
  ];
}
