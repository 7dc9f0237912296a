import { existsSync, mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type * as Esbuild from 'esbuild';

const PROJECT = join(import.meta.dirname, '../..');
const BUNDLES = join(PROJECT, '.build/client-for-tests');
/** Of this run of the tests: its workers have one parent. */
const FOLDER = join(BUNDLES, String(process.ppid));

/** What a command starts with in `clients/cli/hub.mjs`, and then the bundle instead of the sources. */
const startOf = (part: string): string =>
  `import { enableCompileCache } from 'node:module';\nenableCompileCache();\nawait import('./${part}.mjs');\n`;

/**
 * The client as a bundle, made once a run: tests type some hundreds of commands, and stripping the types of all sources is
 * half of what one takes. `test/cli/start.test.ts` and the script of `session.test.ts` start them from the sources.
 * @returns the file to start
 */
export function bundledClient(): string {
  const entry = join(FOLDER, 'start.mjs');
  if (existsSync(entry)) return entry;
  const draft = `${FOLDER}.${process.pid}`;
  make(draft);
  try {
    renameSync(draft, FOLDER);
    removeOthers();
  } catch (error) {
    // Another worker was quicker.
    rmSync(draft, { recursive: true, force: true });
    if (!existsSync(entry)) throw error;
  }
  return entry;
}

/** In parts, as each command loads what it needs; the thread for Parquet files lies beside. */
function make(outdir: string): void {
  // Loaded where it is needed: once a run, not by each suite that may start a thread.
  const { buildSync } = createRequire(import.meta.url)('esbuild') as typeof Esbuild;
  mkdirSync(outdir, { recursive: true });
  buildSync({
    absWorkingDir: PROJECT,
    entryPoints: [
      { in: 'clients/cli/main.ts', out: 'hub' },
      { in: 'test/cli/typed.ts', out: 'typed' },
      { in: 'functions/records/formats/parquet/parquet-worker.ts', out: 'parquet-worker' },
    ],
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    splitting: true,
    platform: 'node',
    target: 'node24',
    format: 'esm',
    mainFields: ['module', 'main'],
    // Native, and found where it is installed.
    external: ['@duckdb/node-api'],
    banner: {
      js: "import { createRequire as requireOf } from 'node:module'; const require = requireOf(import.meta.url);",
    },
    logLevel: 'error',
  });
  writeFileSync(join(outdir, 'start.mjs'), startOf('hub'));
  writeFileSync(join(outdir, 'start-typed.mjs'), startOf('typed'));
}

/** Of runs that are over. */
function removeOthers(): void {
  for (const name of readdirSync(BUNDLES)) {
    const [pid] = name.split('.');
    if (!isRunning(Number(pid))) rmSync(join(BUNDLES, name), { recursive: true, force: true });
  }
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}
