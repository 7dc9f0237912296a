import { readFile } from 'node:fs/promises';
import { expect, test } from '@jest/globals';
import { settingDescriptions } from '../../infra/settings.ts';

const readme = await readFile(new URL('../../README.md', import.meta.url), 'utf8');
const rows = new Map(
  [...readme.matchAll(/^\| `hub:(\w+)` \| (.*?) \| (.*) \|$/gm)].map(([, name, preset, meaning]) => [
    name,
    { preset, meaning },
  ]),
);

test.each(settingDescriptions)(
  'the README’s table has the setting $name with its default and meaning',
  ({ name, default: preset, meaning }) => {
    const row = rows.get(name);
    expect(row?.meaning).toBe(meaning);
    if (typeof preset !== 'object') expect(row?.preset).toBe(preset === undefined ? '' : `\`${String(preset)}\``);
  },
);

test('the table has no setting that is none', () => {
  const known = new Set(settingDescriptions.map(({ name }) => name));
  expect([...rows.keys()].filter((name) => !known.has(name ?? ''))).toEqual([]);
});
