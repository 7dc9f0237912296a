import type { Command } from 'commander';
import type { ResourceUse } from '../../../schemas/contracts/uses.ts';
import type { HubClient } from '../../protocol/hub-client.ts';
import { routes } from '../../protocol/routes.ts';
import { askedScreen, usesScreen } from '../derive/uses-screen.ts';
import type { Context } from '../terminal/context.ts';
import { Failure } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { whole } from '../terminal/option-values.ts';
import { shown } from '../terminal/printable.ts';
import { aboutOne } from './step.ts';

interface Asked {
  readonly termsVersion?: number;
}

/** What a department answers that is no party, but whose fields an agreement grants. */
export function consentCommands(agreements: Command, context: Context): void {
  aboutAsked(agreements, 'consent', 'consent to terms that grant fields of yours, which a derived resource has')
    .option('--digest <base64>', 'only if the terms have this digest')
    .addHelpText(
      'after',
      examples(
        ['hub duties --own --duty consent', 'what you are asked'],
        ['hub agreements consent ID population-joined', 'shows what concerns you, and consents to it'],
      ),
    )
    .action(
      async (agreementId: string, resourceId: string, { digest, ...asked }: Asked & { readonly digest?: string }) => {
        const { client } = await context.connect();
        const found = await findAsked(client, { agreementId, resourceId, ...asked });
        context.say(`${askedScreen(shown(found.use), shown(found.terms), { ...context.look, color: false })}\n`);
        const { termsVersion, asked: read } = found.terms;
        const body = { termsVersion, termsDigest: digest ?? read.termsDigest };
        const sent = { params: { agreementId }, body };
        print(context, await client.call(routes.consentToAgreement, sent));
      },
    );
  aboutAsked(agreements, 'object', 'do not consent, or not any more: terms in force are then suspended')
    .requiredOption('--reason <text>', 'why; both parties and the authority read it')
    .addHelpText(
      'after',
      examples(["hub agreements object ID population-joined --reason '超出职责所需'", 'or consent later']),
    )
    .action(
      async (agreementId: string, resourceId: string, { reason, ...asked }: Asked & { readonly reason: string }) => {
        const { client } = await context.connect();
        const { terms } = await findAsked(client, { agreementId, resourceId, ...asked });
        const body = { termsVersion: terms.termsVersion, reason };
        const sent = { params: { agreementId }, body };
        print(context, await client.call(routes.objectToAgreement, sent));
      },
    );
}

const aboutAsked = (agreements: Command, name: string, does: string): Command =>
  aboutOne(agreements, name, does)
    .argument('<resource>', 'id of the derived resource')
    .option(
      '--terms-version <number>',
      'of these terms (default: those that wait, else those in force)',
      whole(1, 1_000_000),
    );

const print = (context: Context, use: ResourceUse): void =>
  context.print(use, (seen, look) => usesScreen({ items: [seen] }, look));

type Using = ResourceUse['terms'][number];
type AskedTerms = Using & { readonly asked: NonNullable<Using['asked']> };

/** What one is asked about under an agreement: terms on the table before those in force. */
async function findAsked(
  client: HubClient,
  { agreementId, resourceId, termsVersion }: Asked & { readonly agreementId: string; readonly resourceId: string },
): Promise<{ readonly use: ResourceUse; readonly terms: AskedTerms }> {
  for await (const use of client.list(routes.listUses, { params: { resourceId } })) {
    if (use.agreementId !== agreementId) continue;
    const asked = use.terms.flatMap((terms) => (terms.asked ? [{ ...terms, asked: terms.asked }] : []));
    const terms = asked.findLast((one) => termsVersion === undefined || one.termsVersion === termsVersion);
    if (terms) return { use, terms };
  }
  throw new Failure({
    what: `You are not asked about ${agreementId} on ${resourceId}.`,
    next: ['hub duties --own --duty consent tells what you are asked.'],
    code: 'not-found',
  });
}
