import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { build, type Metafile, type Plugin } from 'esbuild';
import { DECLARED_CATALOG_FILE } from '../../schemas/catalog/declared.ts';
import { publicPart } from '../../schemas/registry/entries.ts';
import { readRegistry } from '../registry-file.ts';
import type { Settings } from '../settings.ts';
import { WrongSetting } from '../wrong-setting.ts';
import { entries, functionNames, type FunctionName, threads } from './catalogue.ts';
import { readDeclaredCatalog } from './declared-catalog.ts';
import { addNativeCode, NATIVE_PACKAGE, type NativeCode } from './natives.ts';

const root = resolve(import.meta.dirname, '../..');

/** One folder per function with `index.mjs`, which exports `handler`. */
export interface Bundle {
  folderOf(name: FunctionName): string;
  /** After the CDK has taken its copies. */
  remove(): void;
}

/**
 * All functions in one esbuild run: their own code, the AWS SDK and every other dependency. Names and lines stay, and
 * each module begins with a comment that says its file, so that a line of a stack trace leads there without source
 * maps, which make a cold start longer. CommonJS dependencies get the `require` that ES modules lack. The definitions
 * of the catalog, checked, lie beside the function that publishes them, threads beside the function that starts them, and machine
 * code beside those that need it.
 */
export async function bundleFunctions(settings: Settings, code: NativeCode = 'of-this-machine'): Promise<Bundle> {
  const sources = entryFiles(settings.functions);
  const declared = readDeclaredCatalog(settings.catalog, settings.departments);
  mkdirSync(join(root, '.build'), { recursive: true });
  const outdir = mkdtempSync(join(root, '.build', 'functions-'));
  const remove = () => rmSync(outdir, { recursive: true, force: true });
  try {
    mustExportHandlers(await bundled(sources, outdir, settings.registryFile));
    addNativeCode(code, (name) => join(outdir, name));
    writeFileSync(join(outdir, 'definitions', DECLARED_CATALOG_FILE), JSON.stringify(declared));
  } catch (error) {
    remove();
    throw error;
  }
  return { folderOf: (name) => join(outdir, name), remove };
}

async function bundled(sources: Record<FunctionName, string>, outdir: string, registryFile: string): Promise<Metafile> {
  const { metafile } = await build({
    absWorkingDir: root,
    entryPoints: [
      ...functionNames.map((name) => ({ in: sources[name], out: `${name}/index` })),
      ...threads.map(({ of, source, name }) => ({ in: join(root, source), out: `${of}/${name}` })),
    ],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    external: [NATIVE_PACKAGE],
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    minifySyntax: true,
    legalComments: 'none',
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    plugins: [deployedRegistry(registryFile), credentialsOfTheRole],
    metafile: true,
    logLevel: 'error',
  });
  return metafile;
}

function entryFiles(folder: string): Record<FunctionName, string> {
  const files = Object.fromEntries(functionNames.map((name) => [name, join(folder, entries[name])])) as Record<
    FunctionName,
    string
  >;
  const missing = functionNames.filter((name) => !existsSync(files[name]));
  if (missing.length > 0)
    throw new WrongSetting(
      ['Lambda entries are missing:', ...missing.map((name) => `  ${name}: ${files[name]}`)].join('\n'),
    );
  return files;
}

/** The functions know the departments that this deployment knows, and of them what everybody may know. */
const deployedRegistry = (file: string): Plugin => ({
  name: 'deployed-registry',
  setup: (build) => {
    build.onResolve({ filter: /\/departments\.json$/ }, () => ({ path: file, namespace: 'registry' }));
    build.onLoad({ filter: /.*/, namespace: 'registry' }, () => ({
      contents: JSON.stringify(readRegistry(file).map(publicPart)),
      loader: 'json',
    }));
  },
});

/**
 * Lambda puts the keys of a function's role into its environment (Lambda Developer Guide, "Defined runtime environment
 * variables"). The SDK's clients bring nine further sources, from profiles to sign-in with a browser: a fifth of a small
 * function's code and 40 ms of its start, never used.
 */
const credentialsOfTheRole: Plugin = {
  name: 'credentials-of-the-role',
  setup: (build) => {
    build.onResolve({ filter: /^@aws-sdk\/credential-provider-node$/ }, ({ path }) => ({ path, namespace: 'role' }));
    build.onLoad({ filter: /.*/, namespace: 'role' }, () => ({
      contents: "export { fromEnv as defaultProvider } from '@aws-sdk/credential-provider-env';",
      resolveDir: root,
    }));
  },
};

function mustExportHandlers({ outputs }: Metafile): void {
  for (const [path, { entryPoint, exports }] of Object.entries(outputs))
    if (entryPoint !== undefined && path.endsWith('/index.mjs') && !exports.includes('handler'))
      throw new Error(`${entryPoint} exports no \`handler\``);
}
