import type { DeclaredDefinition } from '../../../schemas/catalog/declared.ts';
import { digestOf } from '../../kernel/digest.ts';
import { each, raise, tell } from '../../kernel/each.ts';
import { theHub } from '../../kernel/evidence.ts';
import { Fault } from '../../kernel/fault.ts';
import type { Refusal } from '../../kernel/outcome.ts';
import { readAtStake } from './at-stake.ts';
import { declare } from '../domain/declare.ts';
import { graceUntil } from '../domain/grace.ts';
import type { Ports } from '../ports.ts';
import { publicationOf } from './publication.ts';
import { closedOnes, retireOfClosed, type ClosedPorts } from '../ends/retire-closed.ts';

export interface DefinitionsPorts extends ClosedPorts, Pick<Ports, 'agreements'> {
  /** What the deployment carries. */
  readonly declared: readonly DeclaredDefinition[];
}

/** Providers publish at the same time at most now and then: looking again this often is enough. */
const TRIES = 3;

/**
 * Publishes the deployment's definitions where they are missing or newer than what a deployment wrote. Whatever starts
 * it, and however often, the outcome is the same. A definition that is refused, or fails, holds up no other one. Then what
 * departments provided that the registry closed is retired.
 * @throws Fault that names the refused ones: only people can mend them, and an alarm must tell them. Or of what failed.
 */
export const definitionsHandler = (ports: DefinitionsPorts) => async (): Promise<void> => {
  const refused: string[] = [];
  const faults = await each(await notEnded(ports), 1, async (declared) => {
    const refusal = await settle(ports, declared);
    if (!refusal) return;
    ports.log.error('definition refused', {
      resourceId: declared.resourceId,
      code: refusal.code,
      violations: refusal.violations,
    });
    refused.push(`${declared.resourceId} (${refusal.code})`);
  });
  faults.push(...(await retireOfClosed(ports)));
  tell(ports.log, 'definitions not settled', faults);
  if (refused.length > 0) throw new Fault(`definitions of the deployment are refused: ${refused.join(', ')}`);
  raise('settling the definitions of the deployment', faults);
};

/** What was retired stays so, and nothing new comes from a department that is closed. */
async function notEnded(ports: DefinitionsPorts): Promise<readonly DeclaredDefinition[]> {
  const closed = new Set(closedOnes(ports).map(({ id }) => id));
  const { entries } = await ports.resources.catalog();
  const retired = new Set(
    entries.filter(({ summary }) => summary.retiredAt !== undefined).map(({ summary }) => summary.resourceId),
  );
  return ports.declared.filter(({ resourceId, body }) => !retired.has(resourceId) && !closed.has(body.provider));
}

/** The refusal, where it is one. */
async function settle(ports: DefinitionsPorts, declared: DeclaredDefinition): Promise<Refusal<string> | undefined> {
  const { resourceId } = declared;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const outcome = await decide(ports, declared);
    if (!outcome.ok) return outcome.refusal;
    const { value } = outcome;
    if (value.kind === 'unchanged') return undefined;
    if (value.kind === 'left-to-provider') {
      ports.log.info('definition left to its provider', { resourceId });
      return undefined;
    }
    const { version } = value.version;
    if (await ports.resources.publish(publicationOf(ports, value, theHub('deployment')))) {
      ports.log.info('definition published', { resourceId, resourceVersion: version });
      return undefined;
    }
  }
  throw new Fault(`${resourceId} was published by others ${TRIES} times meanwhile`);
}

async function decide(ports: DefinitionsPorts, declared: DeclaredDefinition): Promise<ReturnType<typeof declare>> {
  const { breaking: _breaking, graceDays, ...definition } = declared.body;
  const latest = await ports.resources.latest(declared.resourceId);
  const at = ports.clock.now();
  return declare(latest, declared, {
    at,
    graceUntil: graceUntil(ports.timeZone, at, graceDays),
    atStake: await readAtStake(ports, latest, digestOf(definition)),
  });
}
