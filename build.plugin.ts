/**
 * Makes `serverless package` and `serverless deploy` build first, refuses settings that no function
 * would start with, and gives each function a zip that holds its own bundle and nothing else.
 *
 * @module
 */
import { join } from 'node:path';

/** The part of osls that is used here. It publishes no types. */
type Serverless = {
  serviceDir: string;
  service: {
    getAllFunctions(): string[];
    getFunction(name: string): {
      handler: string;
      environment?: Record<string, unknown>;
      package?: { artifact?: string };
    };
  };
  pluginManager: { plugins: object[] };
};
type Packager = { zipFiles(files: string[], zipName: string, root: string): Promise<string> };

const isPackager = (plugin: object): plugin is Packager => 'zipFiles' in plugin;

class BuildPlugin {
  readonly hooks: Record<string, () => Promise<void>>;

  constructor({ serviceDir, service, pluginManager }: Serverless) {
    const buildAndZip = async () => {
      // Imported late: commands that package nothing need no bundler.
      const { buildFunctions } = await import('./build.ts');
      const { checkSettings } = await import('./build.settings.ts');
      const packager = pluginManager.plugins.find(isPackager);
      if (!packager) throw new Error('This version of serverless has no zipFiles().');
      const root = join(serviceDir, '.build');
      await buildFunctions({ outdir: join(root, 'functions') });
      const functions = service.getAllFunctions().map((name) => {
        const definition = service.getFunction(name);
        const bundle = join(root, definition.handler.replace(/\.\w+$/, '.js'));
        return { name, bundle, definition, environment: definition.environment ?? {} };
      });
      await checkSettings(functions);
      for (const { name, bundle, definition } of functions) {
        const artifact = await packager.zipFiles([bundle], `${name}.zip`, root);
        definition.package = { ...definition.package, artifact };
      }
    };
    this.hooks = {
      'before:package:createDeploymentArtifacts': buildAndZip,
      'before:package:function:package': buildAndZip,
    };
  }
}

// osls loads plugins with require(), which sees exactly the class this way.
export { BuildPlugin as 'module.exports' };
