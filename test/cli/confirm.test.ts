import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { afterAll, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { run } from '../../clients/cli/run.ts';
import { saysYes } from '../../clients/cli/terminal/ask.ts';
import { definition, sha } from '../../schemas/contracts/examples/things.ts';
import { hostileHub, type HostileHub } from './hostile-hub.ts';

const ID = '01JDBV0H7N6Z8W3Q5X9R2T4YKM';
const acts: readonly (readonly [string, RegExp, RegExp])[] = [
  [`agreements accept ${ID}`, /Accept version \d+ of these terms\?/, /接受第 \d+ 版条款？/],
  [`agreements sign ${ID} --digest ${sha}`, /Sign version \d+ of these terms\?/, /签署/],
  [`agreements file ${ID} --number X`, new RegExp(`File agreement ${ID} as X`), /备案/],
  [`agreements terminate ${ID} --reason x`, new RegExp(`End agreement ${ID} for good\\?`), /终止/],
  [`agreements dispose ${ID} --method deleted --words x`, /are deleted\? A statement stays/, /处置/],
  [`scheme accept ${ID} ${ID}`, /Accept 1 agreement\?/, /接受 1 份/],
  [`scheme sign ${ID} ${ID}`, /Sign 1 agreement\?/, /签署 1 份/],
  [`uploads accept ${ID} --no-wait`, new RegExp(`Put upload ${ID} in force\\?`), /生效？/],
  [`uploads refuse ${ID} --reason x`, new RegExp(`End upload ${ID} for good\\?`), /放弃上报/],
  [`comparisons approve ${ID}`, new RegExp(`Let comparison ${ID} be run\\?`), /批准比对/],
  ['publish definition.json --accept-breaking', /Publish definition although/, /仍要发布/],
  ['catalog retire streets --reason x', /Retire streets for good\?/, /下架/],
];

let hub: HostileHub;
let folder: string;
const before = { folder: process.cwd(), env: { ...process.env } };
const stdin = Object.getOwnPropertyDescriptor(process, 'stdin') ?? {};
const isTTY = { value: process.stderr.isTTY, configurable: true };
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'exchange-hub-confirm-'));
  await writeFile(join(folder, 'definition.json'), JSON.stringify(definition));
  // The agreement of the examples is proposed by the other party.
  hub = await hostileHub('quality');
  process.chdir(folder);
  const keys = { AWS_ACCESS_KEY_ID: 'AKIA', AWS_SECRET_ACCESS_KEY: 'x', AWS_REGION: 'us-east-1' };
  Object.assign(process.env, keys, { HUB_API: hub.api, HOME: folder });
});
afterAll(async () => {
  Object.defineProperty(process, 'stdin', stdin);
  Object.defineProperty(process.stderr, 'isTTY', isTTY);
  process.chdir(before.folder);
  process.env = before.env;
  await hub.close();
  await rm(folder, { recursive: true, force: true });
});

interface Told {
  readonly code: unknown;
  readonly err: string;
  /** Calls that are to change something. */
  readonly changes: number;
}

/** Types a line at a terminal, or where there is none, and then an answer; `undefined` closes the input. */
async function typed(line: string, answer: string | undefined, isTerminal = true): Promise<Told> {
  hub.begin(false);
  const input = Object.assign(new PassThrough(), { isTTY: isTerminal });
  if (answer === undefined) input.end();
  else input.write(`${answer}\n`);
  Object.defineProperty(process, 'stdin', { value: input, configurable: true });
  Object.defineProperty(process.stderr, 'isTTY', { value: isTerminal, configurable: true });
  let err = '';
  jest.spyOn(process.stdout, 'write').mockReturnValue(true);
  jest.spyOn(process.stderr, 'write').mockImplementation((text) => Boolean((err += String(text))));
  await run(line.split(' '));
  jest.restoreAllMocks();
  const code = process.exitCode ?? 0;
  process.exitCode = 0;
  return { code, err, changes: hub.changes.length };
}

describe.each(acts)('hub %s', (line, asks, zh) => {
  test('asks in a terminal, in both languages, and does nothing without a yes', async () => {
    for (const answer of ['', 'n', 'yesterday', undefined]) {
      const told = await typed(line, answer);
      expect(told).toEqual({ code: 1, err: expect.stringMatching(asks), changes: 0 });
      expect(told.err).toContain('Nothing was done.');
    }
    expect(await typed(`--lang zh ${line}`, 'n')).toEqual({ code: 1, err: expect.stringMatching(zh), changes: 0 });
  });

  test('does it after a yes, with --yes, and unasked where nobody sits at a terminal', async () => {
    // The digest of the example is not that of its terms, so nothing is signed then.
    const changes = line.startsWith('scheme sign') ? 0 : 1;
    for (const answer of ['y', 'YES', '是'])
      expect(await typed(line, answer)).toMatchObject({ err: expect.stringMatching(asks), changes });
    for (const [more, isTerminal] of [
      [' --yes', true],
      [' --json', true],
      ['', false],
    ] as const) {
      const told = await typed(`${line}${more}`, undefined, isTerminal);
      expect(told.changes).toBe(changes);
      expect(told.err).not.toMatch(asks);
    }
  });
});

test('an answer that comes in pieces is one line', async () => {
  const input = new PassThrough();
  const asked = saysYes({ input, output: { write: () => true } }, 'Really?');
  for (const piece of ['y', 'e', 's', '\n']) input.write(piece);
  expect(await asked).toBe(true);
});
