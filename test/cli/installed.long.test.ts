import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, symlink } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { writeExecutables } from '../../clients/package/executables.ts';
import { nodeFolder, targets } from '../../clients/package/nodes.ts';
import { pack, writePackage } from '../../clients/package/package-folder.ts';
import { aPlace } from '../support/place.ts';
import { playSession, previewDerived } from './installed-session.ts';
import { nodeOf } from './nodes.ts';

const at = aPlace();
let folder: string;
beforeAll(async () => {
  // Outside the checkout: nothing of it is found from there.
  folder = await mkdtemp(join(tmpdir(), 'exchange-hub-installed-'));
  await writePackage(join(folder, 'package'));
  const { file, size } = pack(join(folder, 'package'), folder);
  expect(size).toBeLessThan(1024 ** 2);
  execFileSync('npm', ['install', '--global', '--prefix', join(folder, 'prefix'), '--offline', '--no-audit', file], {
    cwd: folder,
    stdio: 'pipe',
  });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Without a network the Nodes that are not here cannot be had; that is said, and the others are tried. */
const unlessUnavailable = async <T>(what: string, get: () => T | Promise<T>): Promise<T | undefined> => {
  try {
    return await get();
  } catch (cause) {
    if (!/Command failed: npm (pack|install)/.test(String(cause))) throw cause;
    process.stderr.write(`not tried: ${what}, which cannot be had: ${String(cause).split('\n')[0]}\n`);
    return undefined;
  }
};

test.each([
  [20, 'tax', false],
  [22, 'press', true],
  [24, 'planning', true],
])('the installed package plays a session on Node %i', async (major, consumer, readsZstd) => {
  const node = await unlessUnavailable(`Node ${major}`, () => nodeOf(major));
  if (node === undefined) return;
  const version = execFileSync(node, ['--version'], { encoding: 'utf8' });
  expect(version).toMatch(new RegExp(`^v${major}\\.`));
  const installed = { program: [node, join(folder, 'prefix/bin/hub')], readsZstd };
  await playSession(installed, at, `parks-${major}`, consumer);
  await besides(join(folder, 'prefix/lib/node_modules'), () => previewDerived(installed, at, `parks-${major}`));
});

test('executables: that of this machine plays the session without Node, the others are what they are named', async () => {
  const names = ['linux-x64', 'linux-arm64', 'win-x64'] as const;
  const nodes = await unlessUnavailable('executables', () => names.map((name) => nodeFolder(targets[name])));
  if (nodes === undefined) return;
  const made = await writeExecutables(names, folder);
  const kinds = await Promise.all(made.map(async (file) => kindOf(await readFile(file))));
  expect(kinds).toEqual(['ELF x86-64', 'ELF aarch64', 'PE x86-64']);
  const own = made.find((file) => file.endsWith(`-${process.arch}`));
  if (process.platform !== 'linux' || own === undefined) return;
  await playSession({ program: [own] }, at, 'parks-alone', 'emergency');
  await besides(join(folder, 'node_modules'), () => previewDerived({ program: [own] }, at, 'parks-alone'));
});

/** With DuckDB in a folder of packages. */
async function besides(packages: string, use: () => Promise<void>): Promise<void> {
  const link = join(packages, '@duckdb');
  await mkdir(packages, { recursive: true });
  await symlink(join(import.meta.dirname, '../../node_modules/@duckdb'), link);
  try {
    await use();
  } finally {
    await rm(link);
  }
}

/** By the headers (ELF: `e_machine`; PE: `Machine` of the COFF header), and whether Node finds something to run in it. */
function kindOf(file: Buffer): string {
  expect(file.includes('NODE_SEA_FUSE_fce680ab2cc467b6e072b8b5df1996b2:1')).toBe(true);
  if (file.readUInt32BE(0) === 0x7f454c46)
    return `ELF ${{ 0x3e: 'x86-64', 0xb7: 'aarch64' }[file.readUInt16LE(18)] ?? ''}`;
  const header = file.readUInt32LE(0x3c);
  expect(file.subarray(header, header + 4).toString('latin1')).toBe('PE\0\0');
  return `PE ${file.readUInt16LE(header + 4) === 0x8664 ? 'x86-64' : ''}`;
}
