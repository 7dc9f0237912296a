import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { dynamoAgreements } from '../../functions/adapters/dynamodb/agreements/store.ts';
import { dynamoAnswers } from '../../functions/adapters/dynamodb/answers.ts';
import { dynamoOffers } from '../../functions/adapters/dynamodb/agreements/offers.ts';
import { dynamoSchemes } from '../../functions/adapters/dynamodb/agreements/schemes.ts';
import { dynamoViews } from '../../functions/adapters/dynamodb/agreements/views.ts';
import type { AgreementState } from '../../schemas/contracts/agreements.ts';
import type { Evidence } from '../../schemas/contracts/evidence.ts';
import { anAgreement, anId, department, instant, resource } from '../support/builders.ts';
import { startLocalAws, type LocalAws } from '../support/local-aws.ts';
import { memoryJournal } from '../support/memory/kernel.ts';
import { memoryOffers } from '../support/memory/offers.ts';
import { memorySchemes } from '../support/memory/schemes.ts';
import { offersContract } from './offers.contract.ts';

offersContract('memory', async () => {
  const journal = memoryJournal();
  return {
    offers: memoryOffers(journal),
    schemes: memorySchemes(journal),
    answers: journal,
    close: async () => undefined,
  };
});

offersContract('DynamoDB', async () => {
  const aws = await startLocalAws();
  return {
    offers: dynamoOffers(aws.table),
    schemes: dynamoSchemes(aws.table),
    answers: dynamoAnswers(aws.table),
    close: () => aws.stop(),
  };
});

describe('precedents on DynamoDB', () => {
  let aws: LocalAws;
  beforeAll(async () => {
    aws = await startLocalAws();
  });
  afterAll(() => aws.stop());
  const evidenceOf = (number: number): Evidence => ({
    evidenceId: anId(1000 + number),
    at: instant,
    act: 'agreement-proposed',
    actor: { department: department('tax'), session: 'x' },
    subject: {},
    digests: {},
  });
  const add = async (number: number, state: AgreementState, resourceId = 'births') => {
    const agreement = anAgreement({ agreementId: anId(number), state, resourceId: resource(resourceId) });
    const act = {
      agreement,
      entries: [],
      evidence: [evidenceOf(number)],
      answer: undefined,
      messages: [],
      nextTick: undefined,
      lookAtDuties: instant,
      lookAgainAt: undefined,
    };
    await dynamoAgreements(aws.table).add(act);
  };

  test('are those in force on the resource, complete and without repeats over pages', async () => {
    const states = ['active', 'proposed', 'active', 'terminated', 'suspended', 'active'] as const;
    for (const [i, state] of states.entries()) await add(i + 1, state);
    await add(20, 'active', 'births-2');
    const { precedents } = dynamoViews(aws.table);
    const found: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await precedents.onResource(resource('births'), { limit: 1, cursor });
      found.push(...page.items.map(({ agreementId }) => agreementId));
      ({ cursor } = page);
    } while (cursor !== undefined);
    expect(found).toEqual([anId(1), anId(3), anId(5), anId(6)]);
  });
  test('what was looked at is put on record', async () => {
    await expect(dynamoViews(aws.table).keepEvidence(evidenceOf(99))).resolves.toBeUndefined();
  });
});
