import { expect, test } from '@jest/globals';
import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { anAgreement, anId } from '../support/builders.ts';
import { anAgreementsApi } from './api.ts';

const agreementId = anId(1);
const about = { params: { agreementId } };
const filing = { ...about, body: { filingNumber: 'BJ-2026-0001' } };

/** The acts of the history that put terms in force, with the dataset that each begins with. */
const begun = ({ history }: Agreement) =>
  history.flatMap(({ action, datasetVersion }) => (datasetVersion === undefined ? [] : `${action} ${datasetVersion}`));

function aSignedAgreement(datasets: number) {
  const hub = anAgreementsApi();
  hub.agreements.give(anAgreement({ state: 'signed' }));
  for (let dataset = 0; dataset < datasets; dataset++) hub.agreements.giveDataset('legal-entities');
  return hub;
}

test.each([0, 3])('a filing says which dataset was in force: %d', async (datasets) => {
  const hub = aSignedAgreement(datasets);
  const { body } = await hub.call<Agreement>('fileAgreement', 'eitc', filing);
  expect([body.state, begun(body)]).toEqual(['active', [`file ${datasets}`]]);
});

test('so does the end of a suspension, but nothing else does', async () => {
  const hub = aSignedAgreement(1);
  await hub.call('fileAgreement', 'eitc', filing);
  await hub.call('suspendAgreement', 'quality', { ...about, body: { reason: 'under repair' } });
  hub.agreements.giveDataset('legal-entities');
  const { body } = await hub.call<Agreement>('resumeAgreement', 'quality', { ...about, body: { reason: 'repaired' } });
  expect(begun(body)).toEqual(['file 1', 'resume 2']);
});

test('a dataset that is committed between the reading and the filing is the one that the filing names', async () => {
  const hub = aSignedAgreement(1);
  const { inForce } = hub.ports;
  let read = 0;
  const datasetOf: typeof inForce.datasetOf = async (id) => {
    const version = await inForce.datasetOf(id);
    if (++read < 3) hub.agreements.giveDataset('legal-entities');
    return version;
  };
  Object.assign(hub.ports, { inForce: { datasetOf } });
  const { body } = await hub.call<Agreement>('fileAgreement', 'eitc', filing);
  expect([body.state, begun(body), read]).toEqual(['active', ['file 3'], 3]);
  expect(hub.journal.evidence.filter(({ act }) => act === 'agreement-filed')).toHaveLength(1);
});
