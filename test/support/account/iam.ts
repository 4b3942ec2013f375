/**
 * IAM's evaluation of a policy, written for itself: no regular expression, and nothing of the local
 * gateway's. Of the documentation, "Policy evaluation logic" and "Using wildcards in resource ARNs".
 */
type Statement = { Effect: string; Action?: unknown; Resource: string | readonly string[] };

/** An explicit deny wins; what nothing allows is denied. */
export function isAllowed(policyDocument: { Statement: unknown }, arn: string): boolean {
  const effects = (policyDocument.Statement as readonly Statement[])
    .filter(({ Action, Resource }) => {
      if (Action !== 'execute-api:Invoke') throw new Error('an action that is not understood');
      return [Resource].flat().some((pattern) => matches(pattern, arn));
    })
    .map(({ Effect }) => Effect);
  return effects.includes('Allow') && !effects.includes('Deny');
}

/** `*` is any text, `?` any one character; with case. Remembers the last `*` and tries again there. */
export function matches(pattern: string, text: string): boolean {
  let [at, read, star, from] = [0, 0, -1, 0];
  while (at < text.length) {
    if (pattern[read] === '*') {
      [star, from] = [read++, at];
    } else if (pattern[read] === '?' || pattern[read] === text[at]) {
      read++;
      at++;
    } else if (star !== -1) {
      read = star + 1;
      at = ++from;
    } else return false;
  }
  while (pattern[read] === '*') read++;
  return read === pattern.length;
}
