import { Option, type Command } from 'commander';
import { routes } from '../../protocol/routes.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { deliveriesScreen } from './deliveries-screen.ts';
import { printList } from '../terminal/answers.ts';

interface ListOptions {
  readonly unreceived?: boolean;
  readonly as: 'consumer' | 'provider';
  readonly resource?: string;
  readonly agreement?: string;
}

export function deliveriesCommand(program: Command, context: Context): void {
  program
    .command('deliveries')
    .description('what was delivered to you, oldest first; or, as the provider, what went out of your resources')
    .option('--unreceived', 'only what has no receipt yet')
    .addOption(new Option('--as <party>', 'whose history').choices(['consumer', 'provider']).default('consumer'))
    .option('--resource <resource>', 'of this resource')
    .option('--agreement <agreement>', 'under this agreement')
    .addHelpText(
      'after',
      examples(
        ['hub deliveries --unreceived', 'what you still have to fetch, also when the mailbox was lost'],
        ['hub deliveries --as provider --resource streets', 'who received your data'],
      ),
    )
    .action(async ({ unreceived, as, resource, agreement }: ListOptions) => {
      const query = {
        role: as,
        receipt: unreceived ? 'none' : undefined,
        resourceId: resource,
        agreementId: agreement,
      } as const;
      await printList(context, routes.listDeliveries, { query }, deliveriesScreen(as));
    });
}
