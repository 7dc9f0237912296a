import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoAnswers } from '../../functions/adapters/dynamodb/answers.ts';
import {
  newestDataset,
  newestDatasets,
  readDataset,
  writeDataset,
} from '../../functions/adapters/dynamodb/datasets/store.ts';
import { keyOf } from '../../functions/adapters/dynamodb/table/keys.ts';
import { dynamoQualities } from '../../functions/adapters/dynamodb/intake/quality.ts';
import { dynamoUploads } from '../../functions/adapters/dynamodb/intake/uploads.ts';
import { dynamoSegments } from '../../functions/adapters/dynamodb/intake/segments.ts';
import { intakeResources } from '../../functions/adapters/dynamodb/intake/resources.ts';
import type { ResourceHead } from '../../schemas/stored/catalog.ts';
import { uploadsContract } from '../ports/uploads.contract.ts';
import { aResource, aStoredDataset, resource } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { dynamoMarks } from '../../functions/adapters/dynamodb/delivery/facts.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { readItem } from '../../functions/adapters/dynamodb/table/reads.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

const giveHead = async (head: ResourceHead): Promise<void> => {
  await aws.table.client.send(
    new PutCommand({ TableName: aws.table.name, Item: toItem('resource', keyOf.resource(head.resourceId), head) }),
  );
};

uploadsContract('DynamoDB', () => ({
  uploads: dynamoUploads(aws.table),
  segments: dynamoSegments(aws.table),
  resources: intakeResources(aws.table),
  qualities: dynamoQualities(aws.table),
  answers: dynamoAnswers(aws.table),
  giveHead,
  dataset: (resourceId, version) => readDataset(aws.table, resourceId, version),
  hasEvidence: async ({ evidenceId }) => (await readItem(aws.table, keyOf.evidence(evidenceId))) !== undefined,
}));

describe('dataset versions', () => {
  const resourceId = resource('with-datasets');
  const version = (datasetVersion: number) =>
    aStoredDataset({ resourceId, datasetVersion, committedAt: `2030-01-01T00:0${datasetVersion}:00.000Z` });
  const unplanned = async (until: string) => {
    const found: number[] = [];
    for await (const mark of dynamoMarks(aws.table).due('dataset', until))
      if (mark.kind === 'dataset' && mark.resourceId === resourceId) found.push(mark.datasetVersion);
    return found;
  };

  test('are found by number, the newest by its resource, all newest first, and those without planned deliveries by time', async () => {
    expect(await newestDataset(aws.table, resourceId)).toBeUndefined();
    await giveHead(aResource({ resourceId, datasetVersion: 3 }));
    for (const number of [1, 2, 3])
      expect(await commit(aws.table, writeDataset(aws.table, version(number)))).toEqual({ committed: true });
    expect(await readDataset(aws.table, resourceId, 2)).toEqual(version(2));
    expect(await newestDataset(aws.table, resourceId)).toEqual(version(3));
    expect((await newestDatasets(aws.table, resourceId, { limit: 2 })).items).toEqual([version(3), version(2)]);

    expect(await unplanned('2030-01-01T00:03:30.000Z')).toEqual([1, 2]);
    await dynamoMarks(aws.table).clearDataset(resourceId, 1);
    expect(await unplanned('2030-01-01T00:03:30.000Z')).toEqual([2]);
    expect(await readDataset(aws.table, resourceId, 1)).toEqual(version(1));
  });

  test('are written once', async () => {
    const dataset = aStoredDataset({ resourceId: resource('once') });
    await commit(aws.table, writeDataset(aws.table, dataset));
    expect(await commit(aws.table, writeDataset(aws.table, { ...dataset, rows: 99 }))).toEqual({
      committed: false,
      failed: [0],
    });
  });
});
