import { afterAll, beforeAll, describe } from '@jest/globals';
import { dynamoOwings } from '../../functions/adapters/dynamodb/duties/owings.ts';
import { keyOf, type Key } from '../../functions/adapters/dynamodb/table/keys.ts';
import { dynamoOutbox } from '../../functions/adapters/dynamodb/messages.ts';
import type { StoredWatch } from '../../schemas/stored/duties.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { memoryOwings } from '../support/memory/duties.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import { toItem } from '../../functions/adapters/dynamodb/table/items.ts';
import { owingsContract } from './owings.contract.ts';

describe('in memory', () => {
  owingsContract(async () => {
    const owings = memoryOwings();
    return {
      owings,
      watch: async (watch) => owings.watch(watch),
      committed: async (notice) => owings.notices.includes(notice),
    };
  });
});

describe('in DynamoDB', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());

  owingsContract(async () => ({
    owings: dynamoOwings(aws.table),
    async watch(watch) {
      const due = { partition: 'DUTY', at: watch.nextAt } as const;
      const Item = toItem('duties', watchKey(watch), watch, { due });
      await commit(aws.table, [{ Put: { TableName: aws.table.name, Item } }]);
    },
    committed: async ({ notice }) => (await dynamoOutbox(aws.table).find(notice.noticeId)) !== undefined,
  }));
});

const watchKey = ({ agreementId, demandId }: StoredWatch): Key =>
  agreementId === undefined ? keyOf.demandDuties(demandId!) : keyOf.duties(agreementId);
