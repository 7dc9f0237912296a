import { expect, test } from '@jest/globals';
import type { ResourceQuery } from '../../schemas/contracts/resources.ts';
import { matches, summaryOf, textsOf } from '../../functions/catalog/domain/search.ts';
import { aDefinition, aResourceVersion, department } from '../support/builders.ts';

const version = aResourceVersion({ definition: aDefinition({ themes: ['economy', 'emergency'] }) });
const entry = { summary: summaryOf(version), texts: textsOf(version) };

test.each<[Partial<ResourceQuery>, boolean]>([
  [{}, true],
  [{ text: 'legal-ent' }, true],
  [{ text: 'LEGAL ENT' }, true],
  [{ text: '法人' }, true],
  [{ text: '基础信' }, true],
  [{ text: '组织机构' }, true],
  [{ text: 'one row FOR' }, true],
  [{ text: 'Approved_On' }, true],
  [{ text: 'ｌｅｇａｌ' }, true],
  [{ text: 'economy' }, false],
  [{ text: 'entitiesone' }, false],
  [{ text: '法人员' }, false],
  [{ provider: department('quality') }, true],
  [{ provider: department('tax') }, false],
  [{ theme: 'emergency' }, true],
  [{ theme: 'emerg' }, false],
  [{ shareType: 'unconditional' }, true],
  [{ shareType: 'refused' }, false],
  [{ text: '法人', provider: department('quality'), theme: 'economy', shareType: 'unconditional' }, true],
  [{ text: '法人', provider: department('quality'), theme: 'economy', shareType: 'conditional' }, false],
  [{ text: '税', provider: department('quality'), theme: 'economy', shareType: 'unconditional' }, false],
])('%j finds it: %s', (criteria, found) => {
  expect(matches(entry, criteria)).toBe(found);
});

test('a definition with the least that it needs is listed and found', () => {
  const least = aResourceVersion({
    definition: aDefinition({ titleEn: undefined, description: undefined, schema: { fields: [{ name: 'a' }] } }),
  });
  expect(summaryOf(least)).not.toHaveProperty('titleEn');
  expect(textsOf(least)).toEqual(['legal-entities', '法人基础信息', 'a']);
});
