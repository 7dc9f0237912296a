import { expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { Demand, type DraftedAgreement, type ProposedMatch } from '../../schemas/contracts/demands.ts';
import type { Coverage } from '../../schemas/contracts/themes.ts';
import { routes, type RouteId } from '../../schemas/contracts/routes.ts';
import { aDefinition } from '../support/builders.ts';
import { deployed } from '../support/deployed.ts';
import type { ApiCall } from '../support/memory/api-call.ts';
import { aTheme } from './a-demand.ts';

const api = deployed('catalog', 'agreements', 'demands');

const call = async <T>(route: RouteId, as: string, more: Omit<ApiCall, 'as' | 'route'> = {}): Promise<T> => {
  const answer = await api.call<T>(route, as, more);
  expect({ route, status: answer.status, body: answer.body }).toMatchObject({ route, status: routes[route].status });
  return answer.body;
};

test('a demand becomes an agreement, and is open again once that ends, on the functions as they are deployed', async () => {
  await call('publishResource', 'quality', { params: { resourceId: 'legal-entities' }, body: aDefinition() });
  const { themeId, definedAt: _definedAt, changedAt: _changedAt, ...theme } = aTheme();
  await call('defineTheme', 'emergency', { params: { themeId }, body: theme });
  const { demandId } = await call<Demand>('stateThemeDemand', 'emergency', {
    params: { themeId },
    body: {
      title: '法人基础信息',
      fields: [{ name: 'org_code' }, { name: '机构名称' }],
      from: ['quality'],
      purpose: '通知',
      legalBasis: '突发事件应对法',
    },
  });
  const at = { params: { demandId } };
  const { items } = await call<{ items: ProposedMatch[] }>('listMatches', 'emergency', at);
  expect(items.map(({ resourceId }) => resourceId)).toEqual(['legal-entities']);
  const draft = await call<DraftedAgreement>('draftAgreement', 'emergency', {
    ...at,
    body: { resourceId: 'legal-entities' },
  });
  const { agreementId } = await call<Agreement>('proposeAgreement', 'emergency', { body: draft });
  expect(await call<Demand>('readDemand', 'emergency', at)).toMatchObject({ state: 'negotiating', agreementId });
  expect(await call<Coverage>('readCoverage', 'emergency', { params: { themeId } })).toMatchObject({
    summary: { needs: 1, catalogued: 1, agreed: 0 },
    items: [{ state: 'negotiating', gap: 'under-negotiation' }],
  });
  await call('terminateAgreement', 'quality', { params: { agreementId }, body: { reason: '另行商定' } });
  expect(Demand.parse(await call('readDemand', 'emergency', at))).toMatchObject({ state: 'matched' });
  await call('proposeAgreement', 'emergency', { body: draft });
});
