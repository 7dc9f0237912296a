import type { Command } from 'commander';
import { Mask } from '../../../schemas/contracts/terms.ts';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { anyOf, several } from '../terminal/option-values.ts';
import { agreementStepScreen } from '../agreements/step-screen.ts';
import { termsOf, type TermsOptions } from '../agreements/terms/terms.ts';

interface AgreeOptions extends TermsOptions {
  readonly resource?: string;
  readonly print?: boolean;
}

/** The hub drafts the agreement, and the demander proposes it: two calls, one command. */
export function agreeCommand(demand: Command, context: Context): void {
  demand
    .command('agree')
    .description('draft an agreement for a demand and propose it to the provider')
    .argument('<demand>', 'id of the demand')
    .option('--resource <resource>', 'with this resource; the one that is named for it if left out')
    .option('--fields <names>', 'these fields instead of those drafted, separated by commas')
    .option('--filter <condition>', 'rows wanted, as for hub agreements propose; repeatable', several)
    .option('--mask <field=mask>', `${anyOf(Mask.options)}; repeatable`, several)
    .option('--frequency <frequency>', 'how often')
    .option('--from <date>', 'first day, YYYY-MM-DD')
    .option('--until <date>', 'last day, YYYY-MM-DD, inclusive')
    .option('--print', 'show what is drafted, and propose nothing')
    .addHelpText(
      'after',
      examples(
        ['hub demand agree ID --print', 'read the draft first'],
        ['hub demand agree ID --filter division^=110102', 'with rows of one district only'],
      ),
    )
    .action(async (demandId: string, { resource, print, ...options }: AgreeOptions) => {
      const { client } = await context.connect();
      // No option of this command names a mode, and drafts are deliveries.
      const body = { resourceId: resource, terms: termsOf(options) as Body<'draftAgreement'>['terms'] };
      const draft = await client.call(routes.draftAgreement, {
        params: { demandId },
        body,
      });
      if (print) return context.document(draft);
      const proposed = await client.call(routes.proposeAgreement, { body: draft });
      context.print(proposed, agreementStepScreen);
    });
}
