import { describe, expect, test } from '@jest/globals';
import { parse } from 'csv-parse/sync';
import { normalText } from '../../functions/compare/domain/link/normal-text.ts';
import { estimatedWeights, LEVELS } from '../../functions/compare/domain/link/weights.ts';
import { TableSchema } from '../../schemas/contracts/definition.ts';
import { aRun } from './a-run.ts';
import { chosenOf } from './linked-pairs.ts';
import { areas, corruptedInstitutions, qualityOf } from './real-pairs.ts';

const named = TableSchema.parse({
  fields: [
    { name: 'id', type: 'string' },
    { name: 'name', type: 'string' },
    { name: 'opened', type: 'date' },
  ],
  primaryKey: ['id'],
});

test.each([
  ['北京市第十二中學', '北京市第12中学'],
  ['（中國）石油化工股份有限公司', '中国 石油化工'],
  ['ＡＢＣ　Ｔｒａｄｉｎｇ　Ｃｏ．，　Ｌｔｄ．', 'abc trading'],
  ['The University of Alabama, Inc.', 'alabama of university'],
  ['École Polytechnique', 'ecole polytechnique'],
  ['Tom & Sons', 'and sons tom'],
  ['二〇〇八年两百零三号', '2008年203号'],
  ['有限公司', '有限公司'],
  [' — ', ''],
])('%s is compared as %s', (text, normal) => {
  expect(normalText(text)).toBe(normal);
});

test('a field that is more alike never speaks less for a pair, also where nothing is known', () => {
  const patterns = [
    { levels: [0, null], pairs: 10, others: 9 },
    { levels: [1, 6], pairs: 90, others: 80 },
    { levels: [6, 0], pairs: 900, others: 890 },
  ];
  for (const known of [[], patterns.slice(0, 1), patterns]) {
    const { bits, prior } = estimatedWeights(known, 2, 21);
    for (const field of bits) {
      expect(field).toHaveLength(LEVELS.length);
      expect(field).toEqual(field.toSorted((a, b) => b - a));
      expect(field.every(Number.isFinite)).toBe(true);
    }
    expect(prior).toBeLessThan(10);
  }
});

const resource = [
  ['1', '北京市第十二中学', '1990-09-01'],
  ['2', '北京市第十三中学', '1991-09-01'],
  ['3', '上海石油化工股份有限公司', ''],
  ['4', 'University of Alabama', '1831-04-18'],
  ['5', 'Alabama State University', '1867-07-18'],
];

describe('a list whose names are written in other ways', () => {
  const asked = {
    kind: 'link' as const,
    schema: named,
    resource,
    list: 'no,title\n1,北京市第12中學\n2,上海石油化工\n3,"Univ. of Alabama"\n4,清华大学\n5,\n6,"Alabama, University of"\n',
    columns: { name: 'title' },
  };

  test('finds its candidates, says why, and grants what the terms grant of them', async () => {
    const { outcome, result } = await aRun({
      ...asked,
      terms: { key: ['name'], fields: ['id', 'name'], mask: { name: 'first1' }, threshold: 0.5 },
    });

    const rows = parse<Record<string, string>>(result, { columns: true });
    expect(rows.map(({ no, _result, _choice, id, name }) => [no, _result, _choice, id, name])).toEqual([
      ['1', 'match', 'one-to-one', '1', '北**'],
      ['2', 'match', 'one-to-one', '3', '上**'],
      ['3', 'match', 'best', '4', 'U**'],
      ['4', 'absent', '', '', ''],
      ['5', 'invalid', '', '', ''],
      ['6', 'match', 'one-to-one', '4', 'U**'],
    ]);
    expect(rows[0]).toMatchObject({ _reasons: 'name:same', _score: expect.stringMatching(/^0\.\d{3}$/) });
    expect(outcome).toMatchObject({ counts: { match: 4, mismatch: 0, absent: 1, invalid: 1, repeated: 0 }, hits: 4 });
  });

  test('knows no record outside the filter of the agreement', async () => {
    const { result } = await aRun({
      ...asked,
      terms: {
        key: ['name'],
        fields: ['id'],
        threshold: 0.5,
        filter: [{ field: 'opened', op: 'min', value: '1850-01-01' }],
      },
    });

    const ids = parse<Record<string, string>>(result, { columns: true }).map(({ id }) => id);
    expect(ids).not.toContain('4');
    expect(ids).not.toContain('3');
    expect(ids).toContain('1');
  });

  test('is the same whenever it is run', async () => {
    const terms = { key: ['name'], fields: ['id'], threshold: 0 };
    const [one, other] = [await aRun({ ...asked, terms }), await aRun({ ...asked, terms })];
    expect(one.result.equals(other.result)).toBe(true);
  });

  test('compares with a resource that has no record, and with values that are no names', async () => {
    const terms = { key: ['name'], compare: ['opened'], fields: ['id'], threshold: 0.5 };
    const none = await aRun({ ...asked, resource: [], terms: { ...terms, compare: [] } });
    expect(none.outcome).toMatchObject({ counts: { match: 0, absent: 5, invalid: 1 } });
    const { result } = await aRun({
      ...asked,
      list: 'name,opened\n北京第十二中学,1990-09-01\n北京市第十二中学,never\n',
      columns: {},
      terms,
    });
    const rows = parse<Record<string, string>>(result, { columns: true });
    expect(rows.map(({ _result, _reasons, id }) => [_result, _reasons, id])).toEqual([
      ['match', 'name:nearly+opened:same', '1'],
      ['invalid', '', ''],
    ]);
  });
});

test('areas of China are found by province and area alone', async () => {
  const pairs = areas();
  const { precision, recall } = qualityOf(pairs, await chosenOf(pairs, 0.5));
  expect(precision).toBeGreaterThan(0.99);
  expect(recall).toBeGreaterThan(0.93);
}, 120_000);

test('institutions are found under typing errors, abbreviations and words in another order', async () => {
  const pairs = corruptedInstitutions(400, 1);
  const { precision, recall } = qualityOf(pairs, await chosenOf(pairs, 0.5));
  expect(precision).toBeGreaterThan(0.94);
  expect(recall).toBeGreaterThan(0.75);
}, 120_000);
