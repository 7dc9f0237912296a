import { afterAll, expect, test } from '@jest/globals';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { outlineOf } from './outline.ts';
import { anEntry, registryFolder } from './registry.ts';
import { stacksOf } from './retained.ts';

/*
 * What a change does to the templates, for reviewers: each stack's outline (outline.ts) as a text file. The rules that
 * templates obey are in the other tests; here nothing is right or wrong, only seen. When a change is meant, write the
 * outlines anew and look at the diff:
 *
 *     UPDATE_OUTLINES=1 npm test -- test/infra/snapshots
 *
 * A registry of four: every further department is the same lines again.
 */
const registry = registryFolder();
afterAll(() => registry.remove());

const stacks = stacksOf({
  publishDefinitions: true,
  registry: registry.of(
    anEntry('quality', { access: { principals: ['111122223333'], externalId: 'of-quality' } }),
    anEntry('auditor', { roles: ['auditor'] }),
    anEntry('press', { closed: '2026-10-01' }),
  ),
});
const { data, access, service, account } = stacks;

test.each([
  ['data', outlineOf(data, access, service)],
  ['access', outlineOf(access, data, service)],
  ['service', outlineOf(service, data, access)],
  ['account', outlineOf(account!)],
])('the %s stack is what its outline says', (name, outline) => {
  const file = join(import.meta.dirname, 'snapshots', `${name}.txt`);
  if (process.env['UPDATE_OUTLINES'] !== undefined) writeFileSync(file, outline);
  expect(existsSync(file)).toBe(true);
  expect(outline).toBe(readFileSync(file, 'utf8'));
});

test('an outline has no hashes, and does not depend on the order of resources', () => {
  const outlines = [
    outlineOf(data, access, service),
    outlineOf(access, data, service),
    outlineOf(service, data, access),
  ];
  for (const outline of outlines) expect(outline).not.toMatch(/\b[0-9a-f]{32,}\b/);
  const turned = { ...service, Resources: Object.fromEntries(Object.entries(service.Resources).reverse()) };
  expect(outlineOf(turned, data, access)).toBe(outlines[2]);
});
