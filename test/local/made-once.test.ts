import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from '@jest/globals';
import { madeOnce } from '../../infra/local/made-once.ts';

let folder: string;
let [lock, thing] = ['', ''];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'hub-made-once-'));
  [lock, thing] = [join(folder, 'lock'), join(folder, 'thing')];
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const isMade = () => existsSync(thing);
let made = 0;
const make = async () => {
  made += 1;
  await new Promise(setImmediate);
  writeFileSync(thing, 'made');
};
const asked = () => madeOnce(lock, isMade, make);

test('of several that want it one makes it', async () => {
  made = 0;
  const makers = await Promise.all([asked(), asked(), asked()]);
  expect([made, makers.filter(Boolean).length, existsSync(lock)]).toEqual([1, 1, false]);
  expect(await asked()).toBe(false);
});

test('one that fails leaves it to the next', async () => {
  const failing = madeOnce(lock, isMade, () => Promise.reject(new Error('no')));
  const next = asked();
  await expect(failing).rejects.toThrow('no');
  expect([await next, readFileSync(thing, 'utf8')]).toEqual([true, 'made']);
});

test('one that has died is not waited for', async () => {
  const gone = spawn(process.execPath, ['-e', '']);
  await once(gone, 'exit');
  writeFileSync(lock, String(gone.pid));
  expect(await asked()).toBe(true);
});

test('one that goes on for ever, or was another process once, is not waited for', async () => {
  writeFileSync(lock, String(process.pid));
  const longAgo = new Date(Date.now() - 3_600_000);
  utimesSync(lock, longAgo, longAgo);
  expect(await asked()).toBe(true);
});
