import type { Command } from 'commander';
import { findVersion } from '../../../../functions/reading/terms.ts';
import type { Agreement } from '../../../../schemas/contracts/agreements.ts';
import type { HubClient } from '../../../protocol/hub-client.ts';
import { onTheTable } from '../../../protocol/on-the-table.ts';
import { routes } from '../../../protocol/routes.ts';
import { either } from '../../../words/speech.ts';
import type { Context } from '../../terminal/context.ts';
import { examples } from '../../terminal/help.ts';
import { shown } from '../../terminal/printable.ts';
import { stepScreen } from '../step-screen.ts';
import { termsOf, type TermsOptions } from './terms.ts';
import { differencesScreen } from './differences-screen.ts';
import { aboutOne, printAgreement, readAgreement } from '../step.ts';
import { readDocument } from './terms-file.ts';
import { keptIn } from './mode-options.ts';
import { withTermsOptions } from './terms-options.ts';

interface CounterOptions extends TermsOptions {
  readonly terms?: string;
  readonly print?: boolean;
}

/** Other terms: all that is not said stays as it is on the table. */
export function counterCommand(agreements: Command, context: Context): void {
  withTermsOptions(
    aboutOne(
      agreements,
      'counter',
      'propose other terms: a counter-offer, or once it is in force an amendment; what you do not say stays as it is',
    ).alias('amend'),
  )
    .option('--print', 'show the terms that would be proposed, and propose nothing')
    .addHelpText('after', examplesOfOtherTerms)
    .action(async (id: string, { terms: file, print, ...options }: CounterOptions) => {
      const { client } = await context.connect();
      const agreement = await readAgreement(client, id);
      const before = onTheTable(agreement).termsVersion;
      const said = file === undefined ? {} : await readDocument(file, 'terms');
      const shown = findVersion(agreement, before);
      const terms = termsOf(options, { ...(shown && keptIn(options.mode, shown.terms)), ...said });
      if (print) return context.document(terms);
      const sent = { params: { agreementId: id }, body: { terms } };
      const countered = await client.call(routes.counterAgreement, sent);
      await showDifferences(context, client, countered, before);
      await printAgreement(context, client, countered, stepScreen);
    });
}

const examplesOfOtherTerms = `${examples(
  ['hub agreements counter ID --fields code,name --frequency weekly', 'fewer fields, less often'],
  ['hub agreements counter ID --content changes', 'only what has changed, for hub follow'],
  ['hub agreements counter ID --terms other.yaml --print', 'look at them first'],
  ['hub agreements amend ID --until 2028-12-31', 'longer: the terms in force stay until these are filed'],
)}

The other party then accepts (hub agreements accept), both sign, and the authority files. --filter, --mask and --justify
replace all that were there.
`;

/** What has become of the terms that were on the table. */
async function showDifferences(context: Context, client: HubClient, agreement: Agreement, from: number): Promise<void> {
  if (context.json) return;
  const { agreementId } = agreement;
  const { termsVersion: to } = onTheTable(agreement);
  const differences = await client.call(routes.compareTerms, { params: { agreementId }, query: { from, to } });
  context.say(either(context, `Terms v${to} against v${from}:`, `条款 v${to} 与 v${from} 的差异：`));
  context.say(`${differencesScreen(shown(differences), { ...context.look, color: false })}\n`);
}
