import { createHash } from 'node:crypto';
import type { Command } from 'commander';
import type { HubClient } from '../../protocol/hub-client.ts';
import { accepting, onTheTable } from '../../protocol/on-the-table.ts';
import type { Body } from '../../protocol/route-types.ts';
import { routes } from '../../protocol/routes.ts';
import { countOf } from '../../words/quantity.ts';
import { printAnswer } from '../terminal/answers.ts';
import type { Context } from '../terminal/context.ts';
import { wrongUsage } from '../terminal/failure.ts';
import { examples } from '../terminal/help.ts';
import { ownDigest } from './terms/own-digest.ts';
import { schemeScreen, schemeStepsScreen } from './scheme-screen.ts';
import { readAgreement } from './step.ts';
import { readDocument } from './terms/terms-file.ts';

/** Many agreements as one act: a mayor's office asks 18 districts, or shares with them what is its own. */
export function schemeCommands(program: Command, context: Context): void {
  const scheme = program
    .command('scheme')
    .description('many agreements as one act: propose, show, accept, sign')
    .addHelpText(
      'after',
      examples(
        ['hub scheme propose scheme.yaml', 'at most 50 proposals, each resource once for each consumer'],
        ['hub scheme show ID', 'how far each of them has come'],
        ['hub scheme accept ID', 'all that were proposed to you'],
        ['hub scheme sign ID', 'all that are agreed'],
      ),
    );
  proposeCommand(scheme, context);
  aboutScheme(scheme, 'show', 'how far each agreement of it has come; whoever did not propose it sees its own part')
    .addHelpText('after', examples(['hub scheme show ID --json', 'with digests, for a script']))
    .action((schemeId: string) => printAnswer(context, routes.readScheme, { params: { schemeId } }, schemeScreen));
  aboutScheme(scheme, 'accept', 'accept all agreements of it that are proposed to you, or those that you name')
    .argument('[agreements...]', 'these only')
    .addHelpText('after', examples(['hub scheme accept ID', 'each is accepted or refused by itself']))
    .action((id: string, only: string[]) => acceptScheme(context, id, only));
  aboutScheme(scheme, 'sign', 'sign all agreements of it that are agreed, or those that you name')
    .argument('[agreements...]', 'these only')
    .addHelpText('after', examples(['hub scheme sign ID', 'each digest is computed from the terms that were read']))
    .action((id: string, only: string[]) => signScheme(context, id, only));
}

const aboutScheme = (scheme: Command, name: string, does: string): Command =>
  scheme.command(name).description(does).argument('<scheme>', 'id of the scheme');

function proposeCommand(scheme: Command, context: Context): void {
  scheme
    .command('propose')
    .description('propose all agreements of a scheme')
    .argument('<file>', 'name and proposals, as JSON or YAML; - reads standard input')
    .addHelpText(
      'after',
      `${examples(['hub scheme propose scheme.yaml', 'cut off? the same file again completes it'])}

  name: 应急指挥平台一期
  proposals:
    - resourceId: shelters
      terms: {fields: [shelter_no, capacity], purpose: …, legalBasis: …, validFrom: 2026-12-01, validTo: 2027-11-30}

What is your own goes to the consumer that each part names; terms that they share are written once:

  proposals:
    - resourceId: emergency-sites
      consumer: district-xicheng
      terms: &terms {fields: [site, kind], filter: [{field: division, op: eq, value: '110102'}], purpose: …, …}
    - resourceId: emergency-sites
      consumer: district-dongcheng
      terms: {<<: *terms, filter: [{field: division, op: eq, value: '110101'}]}

Each proposal becomes an agreement or is refused by itself. The same file is the same act: nothing is proposed twice.
To propose anew, give the scheme another name.
`,
    )
    .action(async (file: string) => {
      const body = (await readDocument(file, 'scheme')) as Body<'proposeScheme'>;
      const sent = { body, idempotencyKey: keyOf(body) };
      await printAnswer(context, routes.proposeScheme, sent, schemeScreen);
    });
}

/** What is asked for is the key, so that a call that was cut off is completed by its repetition. */
const keyOf = (body: object): string => createHash('sha256').update(JSON.stringify(body)).digest('hex');

async function acceptScheme(context: Context, schemeId: string, only: readonly string[]): Promise<void> {
  const connected = await context.connect();
  const { client } = connected;
  const [{ department }, read] = await Promise.all([connected.me(), readParts(client, schemeId, 'proposed', only)]);
  const others = read.filter((agreement) => accepting(agreement) === department);
  const own = read.length - others.length;
  if (others.length === 0)
    throw wrongUsage(`You proposed ${allOf(own)}: the other parties accept.`, ...instead(schemeId));
  if (own > 0) context.say(`${own} left out, which you proposed: the other parties accept them.`);
  const agreements = others.map((agreement) => ({
    agreementId: agreement.agreementId,
    termsVersion: onTheTable(agreement).termsVersion,
  }));
  await context.confirm({
    en: `Accept ${countOf(agreements.length, 'agreement')}?`,
    zh: `接受 ${agreements.length} 份共享协议？`,
  });
  const sent = { params: { schemeId }, body: { agreements } };
  context.print(await client.call(routes.acceptScheme, sent), schemeStepsScreen);
}

const allOf = (own: number): string =>
  own === 1 ? 'the agreement that is to be accepted' : `all ${own} agreements that are to be accepted`;

/** What a department can do about what it proposed itself. */
const instead = (schemeId: string): readonly string[] => [
  `hub scheme show ${schemeId} tells who has accepted, and whose word is awaited.`,
  'hub agreements counter ID puts other terms in the place of one’s own, hub agreements terminate ID takes a proposal back.',
];

async function signScheme(context: Context, schemeId: string, only: readonly string[]): Promise<void> {
  const { client } = await context.connect();
  const read = await readParts(client, schemeId, 'agreed', only);
  await context.confirm({
    en: `Sign ${countOf(read.length, 'agreement')}?`,
    zh: `签署 ${read.length} 份共享协议？`,
  });
  const agreements = [];
  for (const agreement of read) {
    const { termsVersion } = onTheTable(agreement);
    agreements.push({ agreementId: agreement.agreementId, termsVersion, termsDigest: await ownDigest(agreement) });
  }
  const sent = { params: { schemeId }, body: { agreements } };
  context.print(await client.call(routes.signScheme, sent), schemeStepsScreen);
}

/** The agreements of a scheme that are in a state, as they are read before anything is done to them. */
async function readParts(client: HubClient, schemeId: string, state: 'proposed' | 'agreed', only: readonly string[]) {
  const { items } = await client.call(routes.readScheme, { params: { schemeId } });
  const wanted = items.flatMap((part) => {
    const named = only.length === 0 ? part.state === state : only.includes(part.agreementId ?? '');
    return named && part.agreementId !== undefined ? [part.agreementId] : [];
  });
  if (wanted.length === 0)
    throw wrongUsage(
      `No agreement of this scheme is ${state}.`,
      `hub scheme show ${schemeId} tells how far each has come.`,
    );
  return Promise.all(wanted.map((agreementId) => readAgreement(client, agreementId)));
}
