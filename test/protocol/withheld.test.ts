import { expect, test } from '@jest/globals';
import type { HubClient } from '../../clients/protocol/hub-client.ts';
import { RefusedError } from '../../clients/protocol/refused.ts';
import type { Sent } from '../../clients/protocol/route-types.ts';
import type { Called } from '../../clients/protocol/routes.ts';
import { whyWithheld } from '../../clients/protocol/withheld.ts';
import type { AgreementState } from '../../schemas/contracts/agreements.ts';
import { anAgreement, anId } from '../support/builders.ts';

/** A hub that shows one agreement, and counts how often it is asked. */
function aHubWith(state: AgreementState, termsVersion = 1) {
  const asked: string[] = [];
  const call = ({ id }: Called<'readAgreement'>, { params }: Sent<'readAgreement'>) => {
    asked.push(`${id} ${params.agreementId}`);
    return Promise.resolve(anAgreement({ state, termsVersion }));
  };
  return { client: { call } as unknown as HubClient, asked };
}
const refused = (code: string) => new RefusedError({ type: 'x', title: 'No', status: 409, code, detail: '' });
const delivery = { agreementId: anId(1), termsVersion: 1 };

test.each([
  ['suspended, so the delivery waits', 'suspended', 1, 'suspended'],
  ['terminated', 'terminated', 1, 'ended'],
  ['expired', 'expired', 1, 'ended'],
  ['amended', 'active', 2, 'replaced'],
  ['amended and suspended since: the old terms never come back', 'suspended', 2, 'replaced'],
  ['amended and over', 'terminated', 2, 'ended'],
  ['in force again meanwhile, so it is worth asking once more', 'active', 1, undefined],
] as const)('a content is refused while its agreement is %s', async (_, state, termsVersion, why) => {
  const { client, asked } = aHubWith(state, termsVersion);
  expect(await whyWithheld(client, delivery, refused('agreement-not-active'))).toBe(why);
  expect(asked).toEqual([`readAgreement ${delivery.agreementId}`]);
});

test.each([
  ['the end of its retention', refused('retention-over'), 'retention-over'],
  ['another refusal', refused('not-released'), undefined],
  ['a network that is away', new Error('no network'), undefined],
])('%s tells itself, and no agreement is read', async (_, fault, why) => {
  const { client, asked } = aHubWith('terminated');
  expect(await whyWithheld(client, delivery, fault)).toBe(why);
  expect(asked).toEqual([]);
});
