import { join, resolve } from 'node:path';
import { build, type BuildOptions, type Plugin } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');

/** Native code, of which there is one for each machine: found beside the package where somebody has installed it. */
const LEFT_OUT = '@duckdb/node-api';

/** What all parts have in common: Node 20 runs them. */
const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  target: 'node20',
  mainFields: ['module', 'main'],
  minify: true,
  // They stand in a file of their own (`notices.ts`).
  legalComments: 'none',
  logLevel: 'error',
} as const satisfies BuildOptions;

export interface Bundle {
  readonly code: Uint8Array;
  /** Files whose code is in it, relative to the project. */
  readonly sources: readonly string[];
}

/**
 * The command line as one CommonJS file, which a package and an executable start alike: an executable loads no other, and a
 * `require` of what is left out fails where it is needed and not when the file is loaded.
 */
export async function bundleClient(): Promise<Bundle> {
  const thread = await bundled({ entryPoints: ['functions/records/formats/parquet/parquet-worker.ts'], format: 'esm' });
  const client = await bundled({
    entryPoints: ['clients/cli/main.ts'],
    format: 'cjs',
    plugins: [threadWithin(thread.code), besides],
  });
  return { code: client.code, sources: [...new Set([...client.sources, ...thread.sources])] };
}

async function bundled(options: BuildOptions): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    ...shared,
    ...options,
    outfile: join(root, '.build/client.js'),
    write: false,
    metafile: true,
  });
  const [file] = outputFiles ?? [];
  if (!file || !metafile) throw new Error('nothing was bundled');
  const inputs = Object.values(metafile.outputs).flatMap((output) => Object.entries(output.inputs));
  return {
    code: file.contents,
    sources: inputs.flatMap(([path, { bytesInOutput }]) => (bytesInOutput > 0 ? [path] : [])),
  };
}

/** The thread that reads Parquet files, as a URL that holds it (functions/records/formats/parquet/thread-script.ts). */
const threadWithin = (code: Uint8Array): Plugin => ({
  name: 'thread-within',
  setup: (hooks) =>
    hooks.onLoad({ filter: /[\\/]thread-script\.ts$/ }, () => ({
      contents: `const url = ${JSON.stringify(`data:text/javascript;base64,${Buffer.from(code).toString('base64')}`)};
        export const threadScript = () => new URL(url);`,
      loader: 'ts',
    })),
});

/** Looked for from where this file, or the executable, is: there alone, as whoever may write there may replace it anyway. */
const besides: Plugin = {
  name: 'besides',
  setup: (hooks) => {
    hooks.onResolve({ filter: new RegExp(`^${LEFT_OUT}$`) }, ({ path }) => ({ path, namespace: 'besides' }));
    hooks.onLoad({ filter: /.*/, namespace: 'besides' }, ({ path }) => ({
      contents: `module.exports = require('node:module').createRequire(__filename)(${JSON.stringify(path)});`,
      loader: 'js',
    }));
  },
};
