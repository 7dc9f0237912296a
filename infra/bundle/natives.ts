import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { FunctionName } from './catalogue.ts';

const root = resolve(import.meta.dirname, '../..');
const declared = join(import.meta.dirname, 'native');

/** Functions that have DuckDB, and the package that is machine code and so is no part of a bundle. */
export const withDatabase: readonly FunctionName[] = ['catalog-api', 'represent', 'derive-api', 'derive', 'compare'];
export const NATIVE_PACKAGE = '@duckdb/node-bindings';

/**
 * Where that code comes from: of a deployment the one for Lambda's architecture, whatever this machine is, by the versions and
 * digests of `native/package-lock.json`; on this machine, and where templates are only looked at, the project's own.
 */
export type NativeCode = 'of-lambda' | 'of-this-machine';

export function addNativeCode(code: NativeCode, folderOf: (name: FunctionName) => string): void {
  for (const name of withDatabase) {
    const folder = join(folderOf(name), 'node_modules');
    if (code === 'of-lambda') cpSync(installed(), folder, { recursive: true });
    else linkOwn(folder);
  }
}

/** What it needs itself it finds from where it really is. */
function linkOwn(folder: string): void {
  const link = join(folder, NATIVE_PACKAGE);
  mkdirSync(dirname(link), { recursive: true });
  symlinkSync(realpathSync(join(root, 'node_modules', NATIVE_PACKAGE)), link);
}

/** The packages, installed once for each lock file. npm chooses among optional ones by these three. */
function installed(): string {
  const lock = readFileSync(join(declared, 'package-lock.json'));
  const folder = join(root, '.build', `native-${createHash('sha256').update(lock).digest('hex').slice(0, 24)}`);
  if (existsSync(folder)) return join(folder, 'node_modules');
  const draft = `${folder}.${process.pid}`;
  cpSync(declared, draft, { recursive: true });
  const platform = ['--os=linux', '--cpu=arm64', '--libc=glibc'];
  execFileSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', ...platform], {
    cwd: draft,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  rmSync(join(draft, 'node_modules/.package-lock.json'), { force: true });
  renameSync(draft, folder);
  return join(folder, 'node_modules');
}
