import { randomUUID } from 'node:crypto';
import type { Command } from 'commander';
import type { Demand, ProposedMatch } from '../../../schemas/contracts/demands.ts';
import type { Context } from '../context.ts';
import { examples } from '../help.ts';
import { whole } from '../whole-number.ts';
import { demandStepScreen, matchesScreen } from './demands-screen.ts';

/** The steps of a demand, each one command. */
export function demandSteps(demand: Command, context: Context): void {
  const act = async (id: string, what: string, body: object) => {
    const { client } = await context.connect();
    context.print(await client.post<Demand>(`${pathOf(id)}/${what}`, body, randomUUID()), demandStepScreen);
  };
  matchesCommand(demand, context);
  step(demand, 'match', 'name the resource that is to satisfy it; whoever is asked names one of its own')
    .argument('<resource>', 'id of the resource')
    .addHelpText('after', examples(['hub demand match ID shelters', 'from now on an agreement can be drafted']))
    .action((id: string, resourceId: string) => act(id, 'match', { resourceId }));
  step(demand, 'decline', 'say that your department will not provide it')
    .requiredOption('--reason <text>', 'why; everyone who sees the demand reads it')
    .addHelpText('after', examples(["hub demand decline ID --reason '本单位不掌握该数据'", 'for whoever is asked']))
    .action((id: string, { reason }: { readonly reason: string }) => act(id, 'decline', { reason }));
  step(demand, 'withdraw', 'say that it is needed no more')
    .option('--reason <text>', 'why')
    .addHelpText('after', examples(['hub demand withdraw ID', 'while no agreement for it is under way']))
    .action((id: string, { reason }: { readonly reason?: string }) =>
      act(id, 'withdrawal', { ...(reason !== undefined && { reason }) }),
    );
}

const step = (demand: Command, name: string, does: string): Command =>
  demand.command(name).description(does).argument('<demand>', 'id of the demand');

const pathOf = (id: string): string => `/v1/demands/${encodeURIComponent(id)}`;

function matchesCommand(demand: Command, context: Context): void {
  step(demand, 'matches', 'what the catalog has for it, the likeliest first, and why')
    .option('--limit <n>', 'at most so many', whole(1, 20), 10)
    .addHelpText('after', examples(['hub demand matches ID --limit 3', 'the three likeliest']))
    .action(async (id: string, { limit }: { readonly limit: number }) => {
      const { client } = await context.connect();
      const matches = await client.get<{ items: ProposedMatch[] }>(`${pathOf(id)}/matches`, { limit });
      context.print(matches, ({ items }, look) => matchesScreen({ demandId: id, items }, look));
    });
}
