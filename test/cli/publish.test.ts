import { expect, test } from '@jest/globals';
import { Comparison } from '../../schemas/contracts/compatibility.ts';
import type { Look } from '../../clients/cli/terminal/look.ts';
import { comparisonScreen } from '../../clients/cli/catalog/comparison-screen.ts';
import { publishedScreen } from '../../clients/cli/catalog/published-screen.ts';
import { aDefinition, aResourceVersion, anId } from '../support/builders.ts';

const en: Look = { lang: 'en', tty: false, color: false, columns: 80 };
const zh: Look = { ...en, lang: 'zh' };

const none = { resourceId: 'streets', resourceVersion: 3, verdict: 'compatible', changes: [], agreements: [] };
const added = {
  kind: 'field-added',
  path: '/schema/fields/2',
  fields: ['area'],
  message: 'the field area is new',
  files: 'compatible',
  extracts: 'compatible',
};
const removed = {
  kind: 'field-removed',
  path: '/schema/fields',
  fields: ['name'],
  message: 'the field name is gone',
  files: 'breaking',
  extracts: 'breaking',
};
const impact = {
  agreementId: anId(1),
  consumer: 'tax',
  termsVersion: 2,
  resourceVersion: 3,
  inForce: true,
  verdict: 'breaking',
  fields: ['name'],
  kinds: ['field-removed'],
};
const slowed = {
  ...impact,
  agreementId: anId(2),
  inForce: false,
  verdict: 'notify',
  fields: [],
  kinds: ['mode-removed'],
};
const breaking = Comparison.parse({
  ...none,
  verdict: 'breaking',
  changes: [added, removed],
  agreements: [slowed, impact],
});

test('a comparison shows changes and agreements, the most serious first, and how it is published all the same', () => {
  expect(comparisonScreen('hub publish streets.json')(breaking, en)).toBe(`\
Since v3 of streets: breaks what others rely on.

change                  files       deliveries  where
the field name is gone  breaking    breaking    /schema/fields
the field area is new   compatible  compatible  /schema/fields/2

agreement                   consumer  terms  state       verdict   touched
01JD0000000000000000000001  tax       v2     in force    breaking  name
01JD0000000000000000000002  tax       v2     negotiated  notify    mode-removed

next  hub publish streets.json --accept-breaking [--grace-days N]`);
});

test('in Chinese the policy names what the hub says in English', () => {
  expect(comparisonScreen('hub publish streets.json')(breaking, zh)).toBe(`\
与 streets 版本 3 相比：影响他方使用。

变化            上报文件  交付内容  位置
字段删除：name  不兼容    不兼容    /schema/fields
新增字段：area  兼容      兼容      /schema/fields/2

共享协议                    使用方  条款  状态    结论    涉及
01JD0000000000000000000001  tax     v2    生效    不兼容  name
01JD0000000000000000000002  tax     v2    协商中  需告知  取消共享方式

下一步  hub publish streets.json --accept-breaking [--grace-days N]`);
});

test.each([
  ['compatible', 'Since v3 of streets: breaks nothing.'],
  ['notify', 'Since v3 of streets: breaks nothing; some should know.'],
] as const)('a comparison that is %s needs no word of acceptance', (verdict, said) => {
  const screen = comparisonScreen('hub publish -')(Comparison.parse({ ...none, verdict, changes: [added] }), en);
  expect(screen.split('\n')).toEqual(expect.arrayContaining([said, 'next  hub publish -']));
  expect(screen).not.toContain('agreement');
});

test('the same definition changes nothing, and there is nothing to do', () => {
  const same = Comparison.parse(none);
  expect(comparisonScreen('hub publish -')(same, en)).toBe(
    'streets v3 is this definition: publishing it changes nothing.',
  );
});

test('a kind of change that this tool does not know is told as another fact of the entry', () => {
  const unknown = { ...breaking, agreements: [], changes: [{ ...removed, kind: 'colour-changed', fields: [] }] };
  expect(comparisonScreen('hub publish -')(unknown as unknown as Comparison, zh)).toContain('目录条目改变');
});

test('what comes next of a derived resource is its run, as it takes no uploads', () => {
  const derivation = { inputs: { a: { resourceId: 'a' } }, sql: 'SELECT org_code FROM a' };
  const derived = aResourceVersion({ definition: aDefinition({ derivation }) });
  expect(publishedScreen(derived, en)).toContain('next  hub derive status legal-entities');
  expect(publishedScreen(aResourceVersion(), en)).toContain('next  hub upload FILE --resource legal-entities');
});

test('a first version names what else the catalog has that is like it', () => {
  const similar = [
    { resourceId: 'roads', title: '道路', provider: 'planning', reason: 'fields', score: 0.75 },
  ] as unknown as Parameters<typeof publishedScreen>[0]['similar'];
  expect(publishedScreen({ ...aResourceVersion(), similar }, en).split('\n')[1]).toBe(
    'roads (道路, of planning) is 75 % alike: is it the same thing?',
  );
  expect(publishedScreen({ ...aResourceVersion(), similar }, zh)).toContain('roads（道路，planning）相似度 75 %');
});
