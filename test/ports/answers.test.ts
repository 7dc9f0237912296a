import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { dynamoAnswers, writeAnswer } from '../../functions/adapters/dynamodb/answers.ts';
import { commit } from '../../functions/adapters/dynamodb/table/write.ts';
import type { StoredAnswer } from '../../schemas/stored/answers.ts';
import { department } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';

let aws: LocalAws;
beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

const anAnswer = (by: string, routeId: string, key: string): StoredAnswer => ({
  department: department(by),
  routeId,
  key,
  requestDigest: 'd',
  status: 201,
  body: `{"of":"${by} ${routeId} ${key}"}`,
  expires: 1_900_000_000,
});

const departments = ['tax', 'press'];
const routes = ['proposeAgreement', 'stateDemand'];
const keys = ['one', 'two'];

test('an answer is of one department, one route and one key: no other has it, or is in its way', async () => {
  const answers = departments.flatMap((by) => routes.flatMap((route) => keys.map((key) => anAnswer(by, route, key))));
  const kept = dynamoAnswers(aws.table);
  for (const answer of answers) {
    expect(await kept.find(answer.department, answer.routeId, answer.key)).toBeUndefined();
    expect(await commit(aws.table, writeAnswer(aws.table, answer))).toEqual({ committed: true });
  }
  for (const answer of answers) {
    expect(await kept.find(answer.department, answer.routeId, answer.key)).toEqual(answer);
    expect(await commit(aws.table, writeAnswer(aws.table, answer))).toMatchObject({ committed: false });
  }
});
