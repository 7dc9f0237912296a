import type { Command } from 'commander';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Duty } from '../../../schemas/contracts/duties.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import type { IdOf, Sent } from '../../protocol/route-types.ts';
import { routes, type Called } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import type { Screen } from '../terminal/look.ts';
import { stepScreen, type Owing } from './step-screen.ts';

export const readAgreement = (client: HubClient, agreementId: string): Promise<Agreement> =>
  client.call(routes.readAgreement, { params: { agreementId } });

/** Routes that change an agreement, and answer it. */
type StepId = IdOf<{ readonly method: 'POST'; readonly response: typeof Agreement }>;

/** Takes a step and shows what it led to. */
export async function stepTaken<Id extends StepId>(context: Context, step: Called<Id>, sent: Sent<Id>): Promise<void> {
  const { client } = await context.connect();
  await printAgreement(context, client, await client.call(step, sent), stepScreen);
}

/** The agreement as data; for people with what is owed under it, which is asked for as well. */
export async function printAgreement(
  context: Context,
  client: HubClient,
  agreement: Agreement,
  screen: Screen<Owing>,
): Promise<void> {
  const duties = context.json ? [] : await dutiesOf(client, agreement.agreementId);
  context.print(agreement, (shown, look) => screen({ agreement: shown, duties }, look));
}

async function dutiesOf(client: HubClient, agreementId: string): Promise<readonly Duty[]> {
  const { items } = await client.call(routes.readAgreementDuties, { params: { agreementId } });
  return items;
}

/** A subcommand about one agreement. */
export const aboutOne = (parent: Command, name: string, does: string): Command =>
  parent.command(name).description(does).argument('<agreement>', 'id of the agreement');
