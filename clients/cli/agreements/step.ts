import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { Duty } from '../../../schemas/contracts/duties.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import type { Context } from '../context.ts';
import type { Screen } from '../look.ts';
import { stepScreen, type Owing } from '../screens/agreement-step.ts';

export const agreementPath = (id: string): string => `/v1/agreements/${encodeURIComponent(id)}`;

export const readAgreement = (client: HubClient, id: string): Promise<Agreement> =>
  client.get<Agreement>(agreementPath(id));

/** One step of an agreement; what is sent twice, because the answer was lost, is done once. */
export const takeStep = (client: HubClient, id: string, what: string, body: object): Promise<Agreement> =>
  client.post<Agreement>(`${agreementPath(id)}/${what}`, body, randomUUID());

/** Takes a step and shows what it led to. */
export async function stepTaken(context: Context, id: string, what: string, body: object): Promise<void> {
  const { client } = await context.connect();
  await printAgreement(context, client, await takeStep(client, id, what, body), stepScreen);
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

async function dutiesOf(client: HubClient, id: string): Promise<readonly Duty[]> {
  const { items } = await client.get<{ items: Duty[] }>(`${agreementPath(id)}/duties`);
  return items;
}

/** A subcommand about one agreement. */
export const aboutOne = (parent: Command, name: string, does: string): Command =>
  parent.command(name).description(does).argument('<agreement>', 'id of the agreement');
