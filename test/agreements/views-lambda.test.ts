import { createHash } from 'node:crypto';
import { PutObjectCommand } from '@aws-sdk/client-s3';
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { expect, test } from '@jest/globals';
import { writeDataset } from '../../functions/adapters/dynamodb/datasets/store.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { Offer } from '../../schemas/contracts/offers.ts';
import { Scheme, SchemeSteps } from '../../schemas/contracts/schemes.ts';
import { AgreementText, Differences, OdrlAgreement, Preview } from '../../schemas/contracts/views.ts';
import { aDefinition, aStoredDataset, resource, terms } from '../support/builders.ts';
import { deployed } from '../support/deployed.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';

const { aws: awsOf, call } = deployed('catalog', 'agreements');

const csv =
  'org_code,name,division,capital,approved_on,phone\n11-1,甲,110102,5000,2020-01-01,13800138000\n11-2,乙,110105,1,2020-01-01,\n';
const of = resource('legal-entities');

/** The dataset as a check would have committed it. */
async function commitDataset(): Promise<void> {
  const aws = awsOf();
  const key = 'datasets/legal-entities/x/1.csv';
  const put = await aws.s3.send(new PutObjectCommand({ Bucket: aws.buckets.datasets, Key: key, Body: csv }));
  const sha256 = createHash('sha256').update(csv).digest('base64');
  const object = { key, versionId: put.VersionId!, bytes: Buffer.byteLength(csv), sha256 };
  await commit(aws.table, writeDataset(aws.table, aStoredDataset({ objects: [object], sha256 })));
  await aws.table.client.send(
    new UpdateCommand({
      TableName: aws.table.name,
      Key: keyOf.resource(of),
      UpdateExpression: 'SET datasetVersion = :version',
      ExpressionAttributeValues: { ':version': 1 },
    }),
  );
}

const wanted = terms({
  fields: ['org_code', 'name', 'capital'],
  filter: [{ field: 'division', op: 'eq', value: '110102' }],
  validFrom: '2090-01-01',
  validTo: '2090-12-31',
});
const asked = { body: { resourceId: of, terms: wanted } };
const at = { params: { resourceId: of } };

test('an offer, what it accepts, and everything that can be read of it, on the function as it is deployed', async () => {
  expect((await call('publishResource', 'quality', { ...at, body: aDefinition() })).status).toBe(200);
  const offer = { fields: ['org_code', 'name', 'division', 'capital'], maxDays: 365, maxRetainDays: 365 };
  expect(Offer.parse((await call('stateOffer', 'quality', { ...at, body: offer })).body)).toMatchObject(offer);

  const { body: born } = await call<Agreement>('proposeAgreement', 'tax', asked);
  expect(born.state).toBe('agreed');
  const params = { agreementId: born.agreementId };

  expect(await call('previewTerms', 'tax', { params })).toMatchObject({
    status: 403,
    body: { code: 'not-yours-to-preview' },
  });
  const signature = { termsVersion: 1, termsDigest: born.termsDigest };
  expect((await call('signAgreement', 'quality', { params, body: signature })).status).toBe(200);
  expect(await call('previewTerms', 'tax', { params })).toMatchObject({
    status: 409,
    body: { code: 'nothing-to-preview' },
  });
  await commitDataset();
  expect(Preview.parse((await call('previewTerms', 'tax', { params })).body)).toMatchObject({
    rows: 1,
    exact: true,
    datasetVersion: 1,
    sample: [{ org_code: '11-1', name: '甲', capital: '5**' }],
  });

  expect(AgreementText.parse((await call('readText', 'eitc', { params })).body).sections).toHaveLength(9);
  const page = await call<string>('readText', 'eitc', { params, query: { format: 'html' } });
  const policies = Object.entries(page.headers).filter(([name]) => name.toLowerCase() === 'content-security-policy');
  expect(policies).toEqual([
    ['Content-Security-Policy', expect.stringMatching(/^default-src 'none'; style-src 'sha256-/)],
  ]);
  expect(page.body).toMatch(/^<!doctype html>/);

  expect(OdrlAgreement.parse((await call('readOdrl', 'auditor', { params })).body)['@type']).toBe('Agreement');
  const query = { from: 1, to: 1 };
  expect(Differences.parse((await call('compareTerms', 'tax', { params, query })).body).items).toEqual([]);

  expect((await call('withdrawOffer', 'quality', at)).status).toBe(200);
  expect((await call<Agreement>('proposeAgreement', 'tax', asked)).body.state).toBe('proposed');
  expect((await call('listPrecedents', 'quality', { ...at, query: { format: 'csv' } })).body).toMatch(
    /^\ufeffagreementId,/,
  );
});

test('a scheme across two departments is proposed, accepted and signed', async () => {
  const resources = ['births', 'deaths'];
  for (const [i, provider] of ['civil-affairs', 'health'].entries())
    await call('publishResource', provider, { params: { resourceId: resources[i]! }, body: aDefinition({ provider }) });
  const body = { name: '人口', proposals: resources.map((resourceId) => ({ resourceId, terms: wanted })) };
  const propose = () => call('proposeScheme', 'tax', { body, headers: { 'idempotency-key': 'scheme-1' } });
  const answers = await Promise.all([propose(), propose()]);
  expect(answers.map(({ status }) => status)).toEqual([201, 201]);
  const scheme = Scheme.parse(answers[0].body);
  expect(answers[1].body).toEqual(answers[0].body);

  const params = { schemeId: scheme.schemeId };
  const agreements = scheme.items.map(({ agreementId, termsDigest }) => ({
    agreementId,
    termsVersion: 1,
    termsDigest,
  }));
  const toAccept = { agreements: agreements.map(({ agreementId, termsVersion }) => ({ agreementId, termsVersion })) };
  for (const provider of ['civil-affairs', 'health']) await call('acceptScheme', provider, { params, body: toAccept });
  for (const party of ['civil-affairs', 'health', 'tax'])
    SchemeSteps.parse((await call('signScheme', party, { params, body: { agreements } })).body);
  const read = Scheme.parse((await call('readScheme', 'tax', { params })).body);
  expect(read.items.map(({ state }) => state)).toEqual(['signed', 'signed']);
});
