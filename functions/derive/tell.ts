import type { Agreement } from '../../schemas/contracts/agreements.ts';
import { MOST_FIELDS_TOLD, type OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import type { StoredDerivation } from '../../schemas/stored/derivations.ts';
import { noticeTo } from '../kernel/notice.ts';
import { activationOf } from '../reading/activation.ts';
import { isSame, missingFor, movedFor, newsForOwner, toBeTold, type Moved } from './domain/telling.ts';
import type { RunPorts } from './ports.ts';

/** A transaction takes 100 writes, and a notice is one. */
const AT_ONCE = 50;

/**
 * Tells consumers and owner what the last run changed for them, before anything else is made of the resource. Notices are
 * named by the run: whoever dies in between has the same ones sent again, and what was told is told no more.
 *
 * @returns the derivation with what was told; undefined where somebody else has it by now
 */
export async function tellOfRun(
  { facts, derivations, notices, log }: Pick<RunPorts, 'facts' | 'derivations' | 'notices' | 'log'>,
  { definition }: ResourceVersion,
  run: StoredDerivation,
): Promise<StoredDerivation | undefined> {
  const fields = definition.schema.fields.map(({ name }) => name);
  const told = toBeTold(run, fields);
  if (isSame(told, run.told)) return run;
  const moved = movedFor(run, told, await facts.agreementsOn(run.resourceId), fields);
  const { epoch } = run;
  const news = [
    ...moved.map((one) => toConsumer(run, one, { at: instantOf(run), of: epoch })),
    ...toOwner(run, newsForOwner(run, told)),
  ];
  for (let from = 0; from < news.length; from += AT_ONCE) await notices.tell(news.slice(from, from + AT_ONCE));
  log.info('told of a derivation', { epoch: run.epoch, notices: news.length });
  const next = { ...run, told };
  return (await derivations.put(next, { state: run.state, epoch: run.epoch })) ? next : undefined;
}

const instantOf = ({ startedAt, endedAt = startedAt }: StoredDerivation): string => endedAt;

/**
 * Tells the consumer of an agreement on a derived resource, each time that it comes into force, which of the fields that it grants are
 * missing: whoever was a consumer when they were lost has been told then. Of what a run lost that is told of in the same moment
 * it hears twice rather than never.
 */
export async function tellOfMissing(
  { facts, derivations, notices }: Pick<RunPorts, 'facts' | 'derivations' | 'notices'>,
  agreement: Agreement,
): Promise<void> {
  const activation = activationOf(agreement);
  if (agreement.state !== 'active' || !activation) return;
  const run = await derivations.find(agreement.resourceId);
  const found = run && (await facts.resource(agreement.resourceId));
  if (!found) return;
  const names = found.version.definition.schema.fields.map(({ name }) => name);
  const fields = missingFor(run, agreement, names);
  if (fields.length === 0) return;
  const { at, number } = activation;
  await notices.tell([toConsumer(run, { agreement, event: 'fields-lost', fields }, { at, of: `in force ${number}` })]);
}

/** @param of what happened, to be told once */
function toConsumer(
  { resourceId }: StoredDerivation,
  { agreement, event, fields }: Moved,
  { at, of }: { readonly at: string; readonly of: string | number },
): OutgoingNotice {
  const { agreementId, consumer } = agreement;
  const more = fields.length - MOST_FIELDS_TOLD;
  return noticeTo(consumer, [resourceId, agreementId, of], {
    type: 'resource',
    event,
    at,
    agreementId,
    resourceId,
    fields: fields.slice(0, MOST_FIELDS_TOLD),
    ...(more > 0 && { more }),
    path: pathOf(places.readAgreement, { agreementId }),
  });
}

function toOwner(run: StoredDerivation, news: ReturnType<typeof newsForOwner>): OutgoingNotice[] {
  const { resourceId, provider, epoch, state, reason } = run;
  const about = {
    type: 'resource' as const,
    at: instantOf(run),
    resourceId,
    path: pathOf(places.readDerivation, { resourceId }),
  };
  if (news === 'back') return [noticeTo(provider, [resourceId, epoch], { ...about, event: 'derivation-back' })];
  if (news === undefined || reason === undefined) return [];
  const event = state === 'stopped' ? 'derivation-stopped' : 'derivation-failed';
  return [noticeTo(provider, [resourceId, epoch], { ...about, event, state: reason })];
}
