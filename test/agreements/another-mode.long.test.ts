import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';

const root = new URL('../../', import.meta.url).pathname;
const copy = mkdtempSync(join(tmpdir(), 'another-mode-'));
afterAll(() => rmSync(copy, { recursive: true }));

/** What terms of lookups might be; nothing of it is there yet. */
const lookup = `
export const LookupTerms = z.strictObject({ ...asked, mode: z.literal('lookup'), perDay: z.int().min(1), ...binding });
`;

/** README, "a mode of agreements": each of these has to say what it makes of the new mode. */
const places = [
  'clients/cli/agreements/terms/terms-screen.ts',
  'clients/cli/agreements/terms/text-screen.ts',
  'clients/cli/demands/agree-command.ts',
  'clients/cli/follow/agreement.ts',
  'clients/cli/follow/command.ts',
  'functions/adapters/dynamodb/demands/sharing.ts',
  'functions/adapters/dynamodb/duties/facts.ts',
  'functions/agreements/domain/offer.ts',
  'functions/agreements/domain/plain/delivery.ts',
  'functions/agreements/domain/terms/odrl.ts',
  'functions/agreements/views/preview.handler.ts',
  'functions/delivery/domain/delivery-terms.ts',
  'functions/duties/domain/in-force.ts',
  'functions/reading/changes/touches.ts',
  'functions/records/definition/terms.ts',
  'functions/records/extract/fits.ts',
];

test('another mode of terms does not compile before everything that depends on the mode has decided on it', () => {
  for (const part of ['schemas', 'functions', 'clients', 'tsconfig.json', 'package.json'])
    cpSync(join(root, part), join(copy, part), { recursive: true });
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const path = join(copy, 'schemas/contracts/terms.ts');
  const [before, after] = readFileSync(path, 'utf8').split('/** By `mode`');
  writeFileSync(
    path,
    `${before}${lookup}\n/** By \`mode\`${after}`.replace('[DeliveryTerms]', '[DeliveryTerms, LookupTerms]'),
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
