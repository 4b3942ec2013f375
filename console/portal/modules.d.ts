/** It comes without types; of what it takes and gives, what is used here. */
declare module 'swagger-ui-dist/swagger-ui-es-bundle.js' {
  type Plugin = import('./swagger-types.ts').Plugin;
  type System = import('./swagger-types.ts').System;

  type Options = {
    domNode: HTMLElement;
    spec: object;
    layout: string;
    plugins: readonly Plugin[];
    onComplete: () => void;
    [option: string]: unknown;
  };
  const SwaggerUI: (options: Options) => System;

  export = SwaggerUI;
}
