import type { Command } from 'commander';
import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { onTheTable } from '../../protocol/on-the-table.ts';
import { routes } from '../../protocol/routes.ts';
import { ownDigest } from './terms/own-digest.ts';
import { aboutOne, printAgreement, readAgreement, stepTaken } from './step.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { shown } from '../terminal/printable.ts';
import { stepScreen } from './step-screen.ts';
import { termsScreen } from './terms/terms-screen.ts';

/** From proposed terms to terms in force, of an agreement as of its amendment: each step one command. */
export function agreementSteps(agreements: Command, context: Context): void {
  aboutOne(agreements, 'accept', 'accept the terms that the other party proposed')
    .option('--terms-version <number>', 'only if this is still the version on the table (default: the newest)')
    .addHelpText('after', examples(['hub agreements accept ID --terms-version 1', 'the version that you have read']))
    .action(async (id: string, { termsVersion }: { readonly termsVersion?: string }) => {
      const { client } = await context.connect();
      const agreement = await readAgreement(client, id);
      showTerms(context, agreement);
      const version = termsVersion === undefined ? onTheTable(agreement).termsVersion : Number(termsVersion);
      await context.confirm({ en: `Accept version ${version} of these terms?`, zh: `接受第 ${version} 版条款？` });
      const sent = { params: { agreementId: id }, body: { termsVersion: version } };
      const accepted = await client.call(routes.acceptAgreement, sent);
      await printAgreement(context, client, accepted, stepScreen);
    });
  aboutOne(agreements, 'sign', 'sign the agreed terms; their digest is computed from what you read')
    .option('--digest <base64>', 'only if the terms have this digest')
    .addHelpText('after', examples(['hub agreements sign ID', 'shows the terms and signs them']))
    .action(async (id: string, { digest }: { readonly digest?: string }) => {
      const { client } = await context.connect();
      const agreement = await readAgreement(client, id);
      showTerms(context, agreement);
      const { termsVersion } = onTheTable(agreement);
      await context.confirm({
        en: `Sign version ${termsVersion} of these terms?`,
        zh: `签署第 ${termsVersion} 版条款？`,
      });
      const body = { termsVersion, termsDigest: digest ?? (await ownDigest(agreement)) };
      const signed = await client.call(routes.signAgreement, { params: { agreementId: id }, body });
      await printAgreement(context, client, signed, stepScreen);
    });
  aboutOne(agreements, 'file', 'file signed terms, which puts them in force; for the authority')
    .requiredOption('--number <number>', 'the filing number')
    .addHelpText('after', examples(['hub agreements file ID --number BJ-2026-0001', 'from now on data flow']))
    .action(async (id: string, { number }: { readonly number: string }) => {
      await context.confirm({
        en: `File agreement ${id} as ${number}, which puts it in force?`,
        zh: `以编号 ${number} 备案共享协议 ${id} 并使其生效？`,
      });
      await stepTaken(context, routes.fileAgreement, { params: { agreementId: id }, body: { filingNumber: number } });
    });
}

/** What is accepted or signed stands on the screen. */
function showTerms(context: Context, agreement: Agreement): void {
  context.say(`${termsScreen(shown(agreement), { ...context.look, color: false })}\n`);
}
