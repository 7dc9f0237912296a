import { expect, test } from '@jest/globals';
import { Agreement, AgreementList } from '../../schemas/contracts/agreements.ts';
import { Me, type Role } from '../../schemas/contracts/hub.ts';
import { ResourceList } from '../../schemas/contracts/resources.ts';
import { SOFTWARE_VERSION } from '../../schemas/version.ts';
import { aDefinition, terms } from '../support/builders.ts';
import { deployed } from '../support/deployed.ts';

const { aws, call } = deployed('catalog', 'agreements');

test('a resource is published, found, and shared by an agreement, on the functions as they are deployed', async () => {
  const published = await call('publishResource', 'quality', {
    params: { resourceId: 'legal-entities' },
    body: aDefinition(),
  });
  expect(published).toMatchObject({
    status: 200,
    headers: { 'content-type': 'application/json' },
    body: { version: 1 },
  });
  const { items } = ResourceList.parse((await call('listResources', 'tax', { query: { text: '法人' } })).body);
  expect(items.map(({ resourceId }) => resourceId)).toContain('legal-entities');

  const order = {
    body: { resourceId: 'legal-entities', terms: terms({ validTo: '2099-12-31' }) },
    headers: { 'Idempotency-Key': 'order-1' },
  };
  const proposals = await Promise.all(
    Array.from({ length: 4 }, () => call<Agreement>('proposeAgreement', 'tax', order)),
  );
  expect(proposals.map(({ status }) => status)).toEqual([201, 201, 201, 201]);
  expect(new Set(proposals.map(({ body }) => body.agreementId)).size).toBe(1);

  const { agreementId, termsDigest } = proposals[0]!.body;
  const at = { params: { agreementId } };
  const sign = { ...at, body: { termsVersion: 1, termsDigest } };
  expect((await call('acceptAgreement', 'quality', { ...at, body: { termsVersion: 1 } })).status).toBe(200);
  const signatures = await Promise.all([call('signAgreement', 'quality', sign), call('signAgreement', 'tax', sign)]);
  for (const [index, { status }] of signatures.entries()) {
    if (status === 409) expect((await call('signAgreement', index === 0 ? 'quality' : 'tax', sign)).status).toBe(200);
  }
  const filed = await call('fileAgreement', 'eitc', { ...at, body: { filingNumber: 'BJ-1' } });
  expect(Agreement.parse(filed.body)).toMatchObject({ state: 'active', filingNumber: 'BJ-1' });
  expect(
    AgreementList.parse((await call('listAgreements', 'auditor')).body).items.map((each) => each.agreementId),
  ).toEqual([agreementId]);
  expect((await call('readAgreement', 'press', at)).status).toBe(404);
  expect((await call('listDatasets', 'tax', { params: { resourceId: 'legal-entities' } })).body).toEqual({ items: [] });
});

test.each<[string, Role[]]>([
  ['tax', ['department']],
  ['eitc', ['department', 'authority']],
])('%s learns where its mailbox is', async (as, roles) => {
  expect(Me.parse((await call('me', as)).body)).toEqual({
    department: as,
    roles,
    mailbox: { queueUrl: await aws().mailbox(as) },
    hubVersion: SOFTWARE_VERSION,
  });
});

test('a made-up cursor is refused, whoever asks', async () => {
  for (const cursor of ['AAAA', Buffer.from('PARTY#quality').toString('base64url'), 'a'.repeat(1024)])
    for (const [route, as] of [
      ['listAgreements', 'press'],
      ['listResources', 'press'],
      ['listAgreements', 'auditor'],
    ] as const)
      expect([route, (await call(route, as, { query: { cursor } })).status]).toEqual([route, 400]);
});
