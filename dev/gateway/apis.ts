/**
 * The APIs of a stack, each as a stack that has no other: a gateway serves one.
 *
 * @module
 */
import type { Stack } from '../template.ts';

const FAMILY = 'AWS::ApiGatewayV2::';

/** In the template's order. A stack of one API, of whatever kind, stays as it is. */
export function apisOf(stack: Stack): Stack[] {
  const [first, ...more] = stack.ofType(`${FAMILY}Api`);
  if (first === undefined || more.length === 0) return [stack];
  return [first, ...more].map((api) => onlyOf(stack, api));
}

function onlyOf(stack: Stack, api: string): Stack {
  const belongs = (id: string, type: string): boolean =>
    !type.startsWith(FAMILY) || id === api || stack.properties(id)['ApiId'] === stack.ref(api);
  return {
    ...stack,
    ofType: (type) => stack.ofType(type).filter((id) => belongs(id, type)),
    types: () => new Map([...stack.types()].filter(([id, type]) => belongs(id, type))),
  };
}
