import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { termsDigestOf } from '../../protocol/terms-digest.ts';
import type { Context } from '../context.ts';
import { Failure } from '../failure.ts';
import { examples } from '../help.ts';
import { agreementStepScreen } from '../screens/agreement-step.ts';
import { termsScreen } from '../screens/terms.ts';

/** The steps after the proposal, each one command. */
export function agreementSteps(agreements: Command, context: Context): void {
  step(agreements, 'accept', 'accept the terms that the other party proposed')
    .option('--terms-version <number>', 'only if this is still the version on the table (default: the newest)')
    .addHelpText('after', examples(['hub agreements accept ID --terms-version 1', 'the version that you have read']))
    .action(async (id: string, { termsVersion }: { readonly termsVersion?: string }) => {
      const { client } = await context.connect();
      const agreement = await read(client, id);
      showTerms(context, agreement);
      const body = { termsVersion: termsVersion === undefined ? agreement.termsVersion : Number(termsVersion) };
      context.print(await act(client, id, 'acceptance', body), agreementStepScreen);
    });
  step(agreements, 'sign', 'sign the agreed terms; their digest is computed from what you read')
    .option('--digest <base64>', 'only if the terms have this digest')
    .addHelpText('after', examples(['hub agreements sign ID', 'shows the terms and signs them']))
    .action(async (id: string, { digest }: { readonly digest?: string }) => {
      const { client } = await context.connect();
      const agreement = await read(client, id);
      showTerms(context, agreement);
      const body = { termsVersion: agreement.termsVersion, termsDigest: digest ?? ownDigest(agreement) };
      context.print(await act(client, id, 'signatures', body), agreementStepScreen);
    });
  step(agreements, 'file', 'file a signed agreement, which makes it active; for the authority')
    .requiredOption('--number <number>', 'the filing number')
    .addHelpText('after', examples(['hub agreements file ID --number BJ-2026-0001', 'from now on data flow']))
    .action(async (id: string, { number }: { readonly number: string }) => {
      const { client } = await context.connect();
      context.print(await act(client, id, 'filing', { filingNumber: number }), agreementStepScreen);
    });
  step(agreements, 'terminate', 'end an agreement for good; nothing more can be fetched under it')
    .requiredOption('--reason <text>', 'why it ends; both parties read it')
    .addHelpText('after', examples(["hub agreements terminate ID --reason 'the duty has ended'", 'cannot be undone']))
    .action(async (id: string, { reason }: { readonly reason: string }) => {
      const { client } = await context.connect();
      context.print(await act(client, id, 'termination', { reason }), agreementStepScreen);
    });
}

const step = (agreements: Command, name: string, does: string): Command =>
  agreements.command(name).description(does).argument('<agreement>', 'id of the agreement');

const pathOf = (id: string): string => `/v1/agreements/${encodeURIComponent(id)}`;

const read = (client: HubClient, id: string): Promise<Agreement> => client.get<Agreement>(pathOf(id));

const act = (client: HubClient, id: string, what: string, body: object): Promise<Agreement> =>
  client.post<Agreement>(`${pathOf(id)}/${what}`, body, randomUUID());

/** What is accepted or signed stands on the screen. */
function showTerms(context: Context, agreement: Agreement): void {
  context.say(`${termsScreen(agreement, { ...context.look, color: false })}\n`);
}

/** Nobody signs a digest that does not belong to the terms that were shown. */
function ownDigest(agreement: Agreement): string {
  const digest = termsDigestOf(agreement);
  if (digest !== undefined && digest === agreement.termsDigest) return digest;
  throw new Failure({
    what: 'Not signed: the digest that the hub gives is not that of the terms it shows.',
    code: 'digest-differs',
    next: ['Tell the administrator of the hub; --digest signs a digest that you computed yourself.'],
  });
}
