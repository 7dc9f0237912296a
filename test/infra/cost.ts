import { readFile } from 'node:fs/promises';
import { describe, expect, test } from '@jest/globals';
import { builtOf } from '../../infra/cost/built.ts';
import { estimate } from '../../infra/cost/estimate.ts';
import { costTable } from '../../infra/cost/table.ts';
import { sample } from '../../infra/cost/volumes.ts';
import { synthesized } from './synthesized.ts';

const { data, access, service } = synthesized();
const built = builtOf([data, access, service]);
const total = (volumes: typeof sample) => estimate(built, volumes).reduce((sum, { dollars }) => sum + dollars, 0);

describe('what a month costs', () => {
  test('counts in the templates what costs by being there', () => {
    expect(built.memory).toMatchObject({ check: 2048, deliver: 3008 });
    expect(built.storage).toMatchObject({ check: 10_240, deliver: 10_240, receive: 512 });
    expect(built.alarms).toBeGreaterThan(20);
    expect(built.keys).toBeGreaterThan(0);
    expect(built.schedules).toBe(11);
  });

  test.each([
    ['deliveries', { ...sample, deliveries: sample.deliveries * 10 }],
    ['uploads', { ...sample, uploads: sample.uploads * 10 }],
    ['calls of the API', { ...sample, apiCalls: sample.apiCalls * 10 }],
    ['comparisons in Athena', { ...sample, comparisonsElsewhere: sample.comparisonsElsewhere * 10 }],
    ['departments', { ...sample, departments: sample.departments * 2 }],
    ['months kept', { ...sample, monthsKept: 36 }],
  ])('grows with %s', (_, volumes) => {
    expect(total(volumes)).toBeGreaterThan(total(sample));
  });

  test('is what docs/deploy.md says', async () => {
    expect(await readFile(new URL('../../docs/deploy.md', import.meta.url), 'utf8')).toContain(
      costTable(estimate(built, sample)),
    );
  });
});
