import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { stacksOf } from './retained.ts';

const page = await readFile(new URL('../../docs/operations.md', import.meta.url), 'utf8');
const anchors = new Set(
  [...page.matchAll(/<a id="([\w-]+)">|^### ([\w-]+)$/gm)].map(([, id, heading]) => id ?? heading),
);
const { data, access, service } = stacksOf({ publishDefinitions: true });
const alarms = [data, access, service].flatMap(({ Resources }) =>
  Object.values(Resources)
    .filter(({ Type }) => Type === 'AWS::CloudWatch::Alarm')
    .map(({ Properties }) => String(Properties?.['AlarmDescription'])),
);

describe('docs/operations.md', () => {
  test('is where every alarm points to, and has what it points to', () => {
    const wanted = alarms.map((description) => /docs\/operations\.md#([\w-]+)$/.exec(description)?.[1]);
    expect(alarms.length).toBeGreaterThan(20);
    expect(wanted.filter((anchor) => anchor === undefined || !anchors.has(anchor))).toEqual([]);
  });
});
