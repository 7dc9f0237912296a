import { expect, test } from '@jest/globals';
import { figuresOf } from '../../functions/intake/domain/figures.ts';
import type { ViolationCount } from '../../schemas/contracts/uploads.ts';

const rows = { read: 10, accepted: 7, rejected: 3 };
const violation = (field: string, rule: string, count: number, severity?: 'warning'): ViolationCount => ({
  field,
  rule,
  count,
  firstLine: 2,
  ...(severity && { severity }),
});

test.each<[string, Parameters<typeof figuresOf>[0], object | undefined]>([
  ['rows alone where no rule was broken', { rows, violations: [] }, rows],
  [
    'each rule over all fields',
    { rows, violations: [violation('a', 'type', 2), violation('b', 'type', 1), violation('b', 'required', 4)] },
    { ...rows, 'rule:type': 3, 'rule:required': 4 },
  ],
  ['no warning, which rejects nothing', { rows, violations: [violation('a', 'pattern', 9, 'warning')] }, rows],
  ['nothing of a file whose records were not read', { violations: [] }, undefined],
  ['nothing of a file that nobody looked into', undefined, undefined],
])('the evidence of a verdict has as figures %s', (_, findings, figures) => {
  expect(figuresOf(findings)).toEqual(figures);
});
