import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import type { StoredDerivation } from '../../schemas/stored/derivations.ts';
import { isSame, newsOf, toBeTold } from './domain/telling.ts';
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
  const news = newsOf(run, told, await facts.agreementsOn(run.resourceId), fields);
  for (let from = 0; from < news.length; from += AT_ONCE) await notices.tell(news.slice(from, from + AT_ONCE));
  log.info('told of a derivation', { epoch: run.epoch, notices: news.length });
  const next = { ...run, told };
  return (await derivations.put(next, { state: run.state, epoch: run.epoch })) ? next : undefined;
}
