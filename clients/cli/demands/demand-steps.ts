import type { Command } from 'commander';
import type { Sent } from '../../protocol/route-types.ts';
import { routes, type Called } from '../../protocol/routes.ts';
import { printAnswer } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { whole } from '../terminal/option-values.ts';
import { demandStepScreen, matchesScreen } from './demands-screen.ts';

type DemandStep = 'matchDemand' | 'declineDemand' | 'withdrawDemand';

/** The steps of a demand, each one command. */
export function demandSteps(demand: Command, context: Context): void {
  const act = async <Id extends DemandStep>(taken: Called<Id>, sent: Sent<Id>) => {
    await printAnswer(context, taken, sent, demandStepScreen);
  };
  matchesCommand(demand, context);
  step(demand, 'match', 'name the resource that is to satisfy it; whoever is asked names one of its own')
    .argument('<resource>', 'id of the resource')
    .addHelpText('after', examples(['hub demand match ID shelters', 'from now on an agreement can be drafted']))
    .action((demandId: string, resourceId: string) =>
      act(routes.matchDemand, { params: { demandId }, body: { resourceId } }),
    );
  step(demand, 'decline', 'say that your department will not provide it')
    .requiredOption('--reason <text>', 'why; everyone who sees the demand reads it')
    .addHelpText('after', examples(["hub demand decline ID --reason '本单位不掌握该数据'", 'for whoever is asked']))
    .action((demandId: string, { reason }: { readonly reason: string }) =>
      act(routes.declineDemand, { params: { demandId }, body: { reason } }),
    );
  step(demand, 'withdraw', 'say that it is needed no more')
    .option('--reason <text>', 'why')
    .addHelpText('after', examples(['hub demand withdraw ID', 'while no agreement for it is under way']))
    .action((demandId: string, { reason }: { readonly reason?: string }) =>
      act(routes.withdrawDemand, { params: { demandId }, body: { reason } }),
    );
}

const step = (demand: Command, name: string, does: string): Command =>
  demand.command(name).description(does).argument('<demand>', 'id of the demand');

function matchesCommand(demand: Command, context: Context): void {
  step(demand, 'matches', 'what the catalog has for it, the likeliest first, and why')
    .option('--limit <n>', 'at most so many', whole(1, 20), 10)
    .addHelpText('after', examples(['hub demand matches ID --limit 3', 'the three likeliest']))
    .action(async (demandId: string, query: { readonly limit: number }) => {
      const { client } = await context.connect();
      const matches = await client.call(routes.listMatches, { params: { demandId }, query });
      context.print(matches, ({ items }, look) => matchesScreen({ demandId, items }, look));
    });
}
