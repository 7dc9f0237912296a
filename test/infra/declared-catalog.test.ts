import { afterAll, expect, test } from '@jest/globals';
import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { readDeclaredCatalog } from '../../infra/bundle/declared-catalog.ts';
import { departments } from '../../schemas/registry/departments.ts';
import { aDefinition } from '../support/builders.ts';

const folder = mkdtempSync(join(tmpdir(), 'hub-catalog-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

let count = 0;
/** A folder with these files. */
function catalogOf(files: Readonly<Record<string, unknown>>): string {
  const path = mkdtempSync(join(folder, `${count++}-`));
  for (const [name, content] of Object.entries(files))
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
  return path;
}
const read = (files: Readonly<Record<string, unknown>>) => readDeclaredCatalog(catalogOf(files), departments);
const field = (changes: object) => ({
  ...aDefinition(),
  schema: { fields: [{ name: 'a', type: 'string', ...changes }] },
});

test('the project’s own definitions can be published', () => {
  const own = resolve(import.meta.dirname, '../../schemas/catalog');
  const ids = readdirSync(own).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
  expect(readDeclaredCatalog(own, departments).map(({ resourceId }) => resourceId)).toEqual(ids.sort());
});

test('a definition is the body of its publication, under its file’s name; other files are none', () => {
  const files = {
    'deaths.json': { ...aDefinition(), breaking: 'accepted' },
    'births.json': aDefinition(),
    'README.md': '',
  };
  expect(read(files)).toEqual([
    { resourceId: 'births', body: aDefinition() },
    { resourceId: 'deaths', body: { ...aDefinition(), breaking: 'accepted' } },
  ]);
});

test.each([
  ['no JSON', 'births.json', '{', '(the whole file): json:'],
  [
    'a name that is no id',
    'Births 1.json',
    aDefinition(),
    '(the whole file): file-name: the name before .json is the resource’s id',
  ],
  [
    'an unknown property',
    'births.json',
    { ...aDefinition(), titel: '' },
    '(the whole file): unrecognized_keys: Unrecognized key: "titel"',
  ],
  ['an unknown type', 'births.json', field({ type: 'text' }), '/schema/fields/0/type: invalid_value:'],
  [
    'a provider of another registry',
    'births.json',
    { ...aDefinition(), provider: 'moon' },
    '/provider: unknown-department: moon is not in the registry',
  ],
  [
    'a pattern that takes too long',
    'births.json',
    field({ constraints: { pattern: '(?=a)b' } }),
    '/schema/fields/0/constraints/pattern:',
  ],
  [
    'a key of no field',
    'births.json',
    aDefinition({ schema: { fields: [{ name: 'a' }], primaryKey: 'b' } }),
    '/schema/primaryKey',
  ],
])('%s is an error that names file, place and rule', (_, name, content, said) => {
  const folderOfIt = catalogOf({ [name]: content });
  expect(() => readDeclaredCatalog(folderOfIt, departments)).toThrow(name);
  expect(() => readDeclaredCatalog(folderOfIt, departments)).toThrow(said.replace('’', "'"));
});

test('all broken rules of all files are told at once', () => {
  const broken = { 'a.json': field({ type: 'text', format: 1 }), 'b.json': '', 'c.json': aDefinition() };
  const lines = (() => {
    try {
      read(broken);
      return [];
    } catch (error) {
      return (error as Error).message
        .split('\n')
        .slice(1)
        .map((line) => line.replace(/.*\/([abc]\.json): (\S+).*/, '$1 $2'));
    }
  })();
  expect(lines).toEqual(['a.json /schema/fields/0/type:', 'a.json /schema/fields/0/format:', 'b.json (the']);
});
