import { MOST_FIELDS_TOLD, type OutgoingNotice } from '../../schemas/contracts/notices.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import { pathOf, places } from '../../schemas/contracts/routes/places.ts';
import type { StoredDerivation } from '../../schemas/stored/derivations.ts';
import { noticeTo } from '../kernel/notice.ts';
import { endsAnew, isSame, movedFor, toBeTold, type Moved } from './domain/telling.ts';
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
  const news = [...moved.map((one) => toConsumer(run, one)), ...(endsAnew(run, told) ? toOwner(run) : [])];
  for (let from = 0; from < news.length; from += AT_ONCE) await notices.tell(news.slice(from, from + AT_ONCE));
  log.info('told of a derivation', { epoch: run.epoch, notices: news.length });
  const next = { ...run, told };
  return (await derivations.put(next, { state: run.state, epoch: run.epoch })) ? next : undefined;
}

const instantOf = ({ startedAt, endedAt = startedAt }: StoredDerivation): string => endedAt;

function toConsumer(run: StoredDerivation, { agreement, event, fields }: Moved): OutgoingNotice {
  const { resourceId, epoch } = run;
  const { agreementId, consumer } = agreement;
  const more = fields.length - MOST_FIELDS_TOLD;
  return noticeTo(consumer, [resourceId, agreementId, epoch], {
    type: 'resource',
    event,
    at: instantOf(run),
    agreementId,
    resourceId,
    fields: fields.slice(0, MOST_FIELDS_TOLD),
    ...(more > 0 && { more }),
    path: pathOf(places.readAgreement, { agreementId }),
  });
}

function toOwner(run: StoredDerivation): OutgoingNotice[] {
  const { resourceId, provider, epoch, state, reason } = run;
  if (reason === undefined) return [];
  const event = state === 'stopped' ? 'derivation-stopped' : 'derivation-failed';
  const path = pathOf(places.readDerivation, { resourceId });
  const at = instantOf(run);
  return [noticeTo(provider, [resourceId, epoch], { type: 'resource', event, at, state: reason, resourceId, path })];
}
