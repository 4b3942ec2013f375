/** It comes without types; what it is here is in swagger-types.ts. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  const show: unknown;
  export = show;
}
