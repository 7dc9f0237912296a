import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { bundleFunctions, type Bundle } from '../../infra/bundle/functions.ts';
import { NATIVE_PACKAGE, withDatabase } from '../../infra/bundle/natives.ts';
import { settingsFrom } from '../../infra/settings.ts';

let bundle: Bundle;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'hub-natives-'));
  bundle = await bundleFunctions(settingsFrom({}), 'of-lambda');
});
afterAll(() => {
  bundle.remove();
  rmSync(folder, { recursive: true });
});

const MEBIBYTE = 1024 ** 2;
const sizeOf = (path: string): number =>
  statSync(path).isDirectory()
    ? readdirSync(path).reduce((sum, name) => sum + sizeOf(join(path, name)), 0)
    : statSync(path).size;

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html: 250 MB unzipped. */
test.each(withDatabase)('%s has machine code for ARM alone, and is well within what Lambda takes', (name) => {
  const packages = join(bundle.folderOf(name), 'node_modules');
  expect(readdirSync(join(packages, '@duckdb')).toSorted()).toEqual(['node-bindings', 'node-bindings-linux-arm64']);
  expect(existsSync(join(packages, 'detect-libc', 'package.json'))).toBe(true);
  const native = join(packages, `${NATIVE_PACKAGE}-linux-arm64`);
  for (const file of ['duckdb.node', 'libduckdb.so']) {
    // ELF, 64 bits, of the machine AArch64 (0xb7).
    const header = readFileSync(join(native, file)).subarray(0, 20);
    expect([header.subarray(0, 5).toString('latin1'), header.readUInt16LE(18)]).toEqual(['\x7fELF\x02', 0xb7]);
  }
  expect(sizeOf(bundle.folderOf(name)) / MEBIBYTE).toBeLessThan(120);
});
