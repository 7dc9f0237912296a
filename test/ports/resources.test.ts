import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { AgreementState } from '../../schemas/contracts/agreements.ts';
import { Evidence } from '../../schemas/contracts/evidence.ts';
import type { ResourceId } from '../../schemas/contracts/ids.ts';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements-store.ts';
import { writeDataset } from '../../functions/adapters/dynamodb/datasets.ts';
import { keyOf } from '../../functions/adapters/dynamodb/keys.ts';
import { dynamoResources, readResourceHead } from '../../functions/adapters/dynamodb/resources.ts';
import { commit, fromItem, walk, type Table } from '../../functions/adapters/dynamodb/table.ts';
import { summaryOf, textsOf } from '../../functions/catalog/domain/search.ts';
import {
  aDefinition,
  anAgreement,
  anId,
  aResource,
  aResourceVersion,
  aStoredDataset,
  department,
  instant,
  resource,
  type AgreementChanges,
} from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { memoryJournal } from '../support/memory/kernel.ts';
import { memoryResources } from '../support/memory/resources.ts';
import { resourcesContract, type ResourceStore } from './resources.contract.ts';

async function onMemory(): Promise<ResourceStore> {
  const journal = memoryJournal();
  const resources = memoryResources(journal);
  return {
    resources,
    evidenceOn: async (id) => journal.evidence.filter(({ subject }) => subject.resourceId === id),
    giveDataset: async (dataset) => resources.giveDataset(dataset),
    giveConsumer: async (id, consumer, from, to) => resources.giveConsumer(id, consumer, from, to),
    close: async () => undefined,
  };
}

let made = 5000;

/** Adds an agreement straight into a state. */
async function give(table: Table, changes: AgreementChanges): Promise<void> {
  const agreement = anAgreement({ agreementId: anId(++made), ...changes });
  const evidence = {
    evidenceId: anId(++made),
    at: instant,
    act: 'agreement-filed',
    actor: { department: department('eitc'), session: 'x' },
    subject: {},
    digests: {},
  } as const;
  expect(await dynamoAgreements(table).add({ agreement, evidence, answer: undefined })).toBe(true);
}

async function onDynamo(): Promise<ResourceStore> {
  const aws = await startLocalAws();
  return {
    resources: dynamoResources(aws.table),
    evidenceOn: (id) => evidenceOn(aws.table, id),
    giveDataset: async (dataset) => {
      await commit(aws.table, [writeDataset(aws.table, aStoredDataset(dataset))]);
    },
    giveConsumer: (resourceId, consumer, validFrom, validTo) =>
      give(aws.table, { resourceId, consumer: department(consumer), state: 'active', terms: { validFrom, validTo } }),
    close: () => aws.stop(),
  };
}

async function evidenceOn(table: Table, id: ResourceId): Promise<Evidence[]> {
  const found: Evidence[] = [];
  for await (const { item } of walk(table, {
    from: { list: `EVIDENCE#resource#${id}`, keyOf: (position) => keyOf.evidence(position as never) },
  })) {
    found.push(fromItem(Evidence, item));
  }
  return found;
}

resourcesContract('memory', onMemory);
resourcesContract('DynamoDB', onDynamo);

describe('the head item of a resource', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());
  const publish = async (version: number) => {
    const next = aResourceVersion({ version, definition: aDefinition({ title: `第${version}版` }) });
    const evidence = {
      evidenceId: anId(version),
      at: instant,
      act: 'definition-published',
      actor: { department: next.provider, session: 'x' },
      subject: {},
      digests: {},
    } as const;
    expect(
      await dynamoResources(aws.table).publish({
        version: next,
        entry: { summary: summaryOf(next), texts: textsOf(next) },
        evidence,
      }),
    ).toBe(true);
  };

  test('keeps what intake counted when the next version is published', async () => {
    await publish(1);
    expect(await readResourceHead(aws.table, resource('legal-entities'))).toEqual(aResource());
    await commit(aws.table, [
      {
        Update: {
          TableName: aws.table.name,
          Key: keyOf.resource(resource('legal-entities')),
          UpdateExpression: 'SET lastSequence = :s, committedSequence = :c, datasetVersion = :d',
          ExpressionAttributeValues: { ':s': 7, ':c': 6, ':d': 5 },
        },
      },
    ]);
    await publish(2);
    expect(await readResourceHead(aws.table, resource('legal-entities'))).toEqual(
      aResource({ latestVersion: 2, lastSequence: 7, committedSequence: 6, datasetVersion: 5 }),
    );
  });
});

describe('an agreement makes a consumer', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());
  test.each(AgreementState.options)('in state %s: only where that is active', async (state) => {
    const resourceId = resource(`consumed-${state}`);
    await give(aws.table, { resourceId, state });
    expect(await dynamoResources(aws.table).isConsumer(resourceId, department('tax'), '2026-12-01')).toBe(
      state === 'active',
    );
  });
});
