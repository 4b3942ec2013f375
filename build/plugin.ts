/**
 * What `serverless` does for this service beside its own:
 *
 * - `package` and `deploy` build first, refuse what could not be deployed or would not start, give each
 *   function a zip that holds its own bundle and nothing that it does not read, with V8's code cache where
 *   `CODE_CACHE_NODE` says so, and point each alias to its version;
 * - `deploy function` leaves a function the role that it has, and refuses one that others call by an
 *   alias, which it would not move.
 *
 * @module
 */
import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Contents } from './code-cache/code-cache.ts';
import { LEAKED_FILE } from './leaked.ts';
import { type Named, nameProblems } from './names.ts';
import { type Given, parameterProblems } from './parameters.ts';

type FunctionDefinition = {
  handler: string;
  environment?: Record<string, unknown>;
  memorySize?: number;
  runtime?: string;
  architecture?: string;
  package?: { artifact?: string };
  versionFunction?: boolean;
  role?: unknown;
};
/** The part of osls that is used here. It publishes no types. */
type Serverless = {
  serviceDir: string;
  /** serverless.yml, resolved. */
  configurationInput: { params?: Given['sections'] };
  processedInput: { options: { param?: string[] } };
  getProvider(name: 'aws'): {
    getRegion(): string;
    getStage(): string;
    naming: { getStackName(): string };
  };
  service: {
    getAllFunctions(): string[];
    getFunction(name: string): FunctionDefinition;
    provider: {
      runtime: string;
      architecture: string;
      compiledCloudFormationTemplate: Template;
      /** While one function is deployed: what Lambda says of it. */
      remoteFunctionData?: { Configuration: { Role: string } };
    };
  };
  pluginManager: { plugins: object[] };
  classes: { Error: new (message: string, code: string) => Error };
};
type Template = { Resources: Record<string, Resource>; Outputs: Named['Outputs'] };
type Resource = { Type: string; DeletionPolicy?: string; Properties: Record<string, unknown> };
type Packager = { zipFiles(files: string[], zipName: string, root: string): Promise<string> };

const isPackager = (plugin: object): plugin is Packager => 'zipFiles' in plugin;

/** MB: what osls gives a function that says nothing of it. */
const LAMBDA_MEMORY = 1024;

class BuildPlugin {
  readonly hooks: Record<string, () => void | Promise<void>>;

  constructor(serverless: Serverless, options: { function?: string }) {
    const { service, classes } = serverless;
    const chosen = () => ({
      name: options.function ?? '',
      definition: service.getFunction(options.function ?? ''),
    });
    this.hooks = {
      'before:package:createDeploymentArtifacts': () => buildAndZip(serverless),
      'before:package:function:package': () => buildAndZip(serverless),
      'after:aws:package:finalize:mergeCustomProviderResources': () => {
        const template = service.provider.compiledCloudFormationTemplate;
        pointAliases(template.Resources);
        const stackName = serverless.getProvider('aws').naming.getStackName();
        refuse(serverless, nameProblems({ stackName, ...template }));
      },
      'before:deploy:function:initialize': () => {
        const { name, definition } = chosen();
        if (!definition.versionFunction) return;
        const why = `${name} is called by its alias, which only a whole deployment moves`;
        throw new classes.Error(`${why}: npx serverless deploy`, 'CALLED_BY_ALIAS');
      },
      // osls would look a role up by a name, and CloudFormation makes the names.
      'before:deploy:function:deploy': () => {
        chosen().definition.role = service.provider.remoteFunctionData?.Configuration.Role;
      },
    };
  }
}

/** @throws One error that says it all, if there is any. */
function refuse({ classes }: Serverless, problems: readonly string[]): void {
  if (problems.length === 0) return;
  const lines = problems.map((problem) => `  ${problem}`).join('\n');
  throw new classes.Error(`that cannot be deployed:\n${lines}`, 'CANNOT_BE_DEPLOYED');
}

function problemsOfParameters(serverless: Serverless): string[] {
  const provider = serverless.getProvider('aws');
  return parameterProblems({
    region: provider.getRegion(),
    stage: provider.getStage(),
    sections: serverless.configurationInput.params ?? {},
    options: serverless.processedInput.options.param ?? [],
  });
}

async function buildAndZip(serverless: Serverless): Promise<void> {
  const { serviceDir, service, pluginManager } = serverless;
  // Imported late: commands that package nothing need no bundler.
  const { buildFunctions } = await import('./functions.ts');
  const { settingProblems } = await import('./settings.ts');
  const packager = pluginManager.plugins.find(isPackager);
  if (!packager) throw new Error('This version of serverless has no zipFiles().');
  const root = join(serviceDir, '.build');
  await buildFunctions({ outdir: join(root, 'functions') });
  const functions = service.getAllFunctions().map((name) => {
    const definition = service.getFunction(name);
    const bundle = join(root, definition.handler.replace(/\.\w+$/, '.js'));
    return { name, bundle, definition, environment: definition.environment ?? {} };
  });
  refuse(serverless, [...problemsOfParameters(serverless), ...(await settingProblems(functions))]);
  for (const { name, bundle, definition } of functions) {
    const contents = { files: await filesOf(bundle), root };
    const zipped = await cachedOr(serverless, contents, { ...service.provider, ...definition });
    const artifact = await packager.zipFiles(zipped.files, `${name}.zip`, zipped.root);
    definition.package = { ...definition.package, artifact };
  }
}

type Running = { memorySize?: number; runtime: string; architecture: string };

async function cachedOr(
  serverless: Serverless,
  contents: Contents,
  { memorySize, ...running }: Running,
): Promise<Contents> {
  const node = process.env['CODE_CACHE_NODE'];
  if (!node) return contents;
  const { withCodeCache } = await import('./code-cache/code-cache.ts');
  const target = { memory: memorySize ?? LAMBDA_MEMORY, ...running };
  return withCodeCache(contents, node, target).catch((error: Error) => {
    refuse(serverless, [error.message]);
    throw error;
  });
}

/** A bundle, and what it reads beside it. */
async function filesOf(bundle: string): Promise<string[]> {
  const readsList = (await readFile(bundle, 'utf8')).includes(LEAKED_FILE);
  return readsList ? [bundle, join(dirname(bundle), LEAKED_FILE)] : [bundle];
}

/**
 * Each version is a resource of its own, with a digest of the function at the end of its id. A
 * version whose deployment was rolled back goes again: Lambda publishes no code twice in a row.
 */
function pointAliases(resources: Record<string, Resource>): void {
  for (const { Type, Properties } of Object.values(resources)) {
    if (Type !== 'AWS::Lambda::Alias') continue;
    const version = Properties['FunctionVersion'] as { 'Fn::GetAtt': [string, string] };
    const [start] = version['Fn::GetAtt'];
    const id = Object.keys(resources).find((it) => it.startsWith(start));
    const found = id && resources[id];
    if (!found) throw new Error(`no version of a function begins with ${start}`);
    found.DeletionPolicy = 'RetainExceptOnCreate';
    version['Fn::GetAtt'] = [id, 'Version'];
  }
}

// osls loads plugins with require(), which sees exactly the class this way.
export { BuildPlugin as 'module.exports' };
