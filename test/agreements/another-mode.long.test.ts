import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';

const root = new URL('../../', import.meta.url).pathname;
const copy = mkdtempSync(join(tmpdir(), 'another-mode-'));
afterAll(() => rmSync(copy, { recursive: true }));

/** What terms of another mode might be: an interface of the provider's own. */
const another = `
export const InterfaceTerms = z.strictObject({ ...asked, mode: z.literal('interface'), url: Line, ...binding });
`;

/** README, "a mode of agreements": each of these has to say what it makes of the new mode. */
const places = [
  'clients/cli/agreements/next-screen.ts',
  'clients/cli/agreements/terms/mode-options.ts',
  'clients/cli/agreements/terms/terms-screen.ts',
  'functions/adapters/dynamodb/agreements/store.ts',
  'functions/agreements/domain/offer.ts',
  'functions/agreements/domain/plain/mode.ts',
  'functions/agreements/domain/plain/phrases.ts',
  'functions/agreements/domain/terms/odrl.ts',
  'functions/agreements/domain/terms/preview.ts',
  'functions/reading/derivation/inheritance/problems.ts',
  'functions/reading/derivation/uses.ts',
  'functions/reading/terms.ts',
  'functions/records/definition/matched-by.ts',
  'functions/records/definition/mode-terms.ts',
  // `Mode` of the definition lacks it: no resource could be offered for it.
  'functions/records/definition/terms.ts',
];

test('another mode of terms does not compile before everything that depends on the mode has decided on it', () => {
  for (const part of ['schemas', 'functions', 'clients', 'tsconfig.json', 'package.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const path = join(copy, 'schemas/contracts/terms.ts');
  const [before, after] = readFileSync(path, 'utf8').split('/** By `mode`');
  writeFileSync(
    path,
    `${before}${another}\n/** By \`mode\`${after}`.replace('ComparisonTerms])', 'ComparisonTerms, InterfaceTerms])'),
  );
  const settings = JSON.parse(readFileSync(join(copy, 'tsconfig.json'), 'utf8')) as object;
  writeFileSync(
    join(copy, 'tsconfig.json'),
    JSON.stringify({ ...settings, include: ['schemas', 'functions', 'clients'] }),
  );

  const { stdout } = spawnSync(join(root, 'node_modules/.bin/tsc'), ['--noEmit', '--pretty', 'false'], {
    cwd: copy,
    encoding: 'utf8',
  });
  const wrong = new Set(stdout.split('\n').flatMap((line) => /^(\S+\.ts)\(/.exec(line)?.[1] ?? []));
  expect([...wrong].toSorted()).toEqual(places);
});
