import type { Command } from 'commander';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import { printAnswer } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { examples } from '../terminal/help.ts';
import { offerScreen } from './offer-screen.ts';
import { readDocument } from './terms/terms-file.ts';

/** Terms under which a provider accepts a request at once. */
export function offerCommands(program: Command, context: Context): void {
  const offer = program
    .command('offer')
    .description('the standing offer on a resource: what is accepted at once; show, state or withdraw it')
    .addHelpText(
      'after',
      examples(
        ['hub offer show streets', 'what you get without waiting for the provider'],
        ['hub offer state streets offer.yaml', 'as the provider of an unconditionally shared resource'],
      ),
    );
  const aboutResource = (name: string, does: string) =>
    offer.command(name).description(does).argument('<resource>', 'id of the resource');
  aboutResource('show', 'what is offered, for whom it is offered')
    .addHelpText('after', examples(['hub offer show streets', 'fields, masks, frequencies, longest validity']))
    .action((resourceId: string) => printAnswer(context, routes.readOffer, { params: { resourceId } }, offerScreen));
  aboutResource('state', 'state it; it takes the place of an earlier one')
    .argument('<file>', 'fields, maxDays, maxRetainDays and more, as JSON or YAML')
    .addHelpText(
      'after',
      `${examples(['hub offer state streets offer.yaml', 'from now on such requests need no acceptance'])}

  fields: [code, name]                 may be asked for, and filtered by
  frequencies: [on-arrival, daily]     also formats, contents, modes
  lookup: {perDay: 100, perUserPerDay: 10}   with modes: [lookup]; keys, too
  mask: {phone: last4}                 given with at least this mask
  maxDays: 366                         longest validity
  maxRetainDays: 365                   longest retention
  audience: [tax, press]               left out: everybody
`,
    )
    .action(async (resourceId: string, file: string) => {
      const body = (await readDocument(file, 'offer')) as Body<'stateOffer'>;
      await printAnswer(context, routes.stateOffer, { params: { resourceId }, body }, offerScreen);
    });
  aboutResource('withdraw', 'withdraw it; what was accepted under it stays accepted')
    .addHelpText('after', examples(['hub offer withdraw streets', 'requests wait for you again']))
    .action(async (resourceId: string) => {
      const sent = { params: { resourceId } };
      await printAnswer(context, routes.withdrawOffer, sent, offerScreen);
    });
}
