import type { DeclaredDefinition } from '../../schemas/catalog/declared.ts';
import { theHub } from '../kernel/evidence.ts';
import { Fault } from '../kernel/fault.ts';
import type { Refusal } from '../kernel/outcome.ts';
import type { Log } from '../kernel/ports.ts';
import { declare } from './domain/declare.ts';
import type { Ports } from './ports.ts';
import { publicationOf } from './publication.ts';

export interface DefinitionsPorts extends Pick<Ports, 'resources' | 'clock' | 'ids'> {
  readonly log: Log;
  /** What the deployment carries. */
  readonly declared: readonly DeclaredDefinition[];
}

/** Providers publish at the same time at most now and then: looking again this often is enough. */
const TRIES = 3;

/**
 * Publishes the deployment's definitions where they are missing or newer than what a deployment wrote. Whatever starts
 * it, and however often, the outcome is the same. Refused definitions hold up no other one.
 * @throws Fault that names the refused ones: only people can mend them, and an alarm must tell them.
 */
export const definitionsHandler = (ports: DefinitionsPorts) => async (): Promise<void> => {
  const refused: string[] = [];
  for (const declared of ports.declared) {
    const refusal = await settle(ports, declared);
    if (!refusal) continue;
    ports.log.error('definition refused', {
      resourceId: declared.resourceId,
      code: refusal.code,
      violations: refusal.violations,
    });
    refused.push(`${declared.resourceId} (${refusal.code})`);
  }
  if (refused.length > 0) throw new Fault(`definitions of the deployment are refused: ${refused.join(', ')}`);
};

/** The refusal, where it is one. */
async function settle(ports: DefinitionsPorts, declared: DeclaredDefinition): Promise<Refusal<string> | undefined> {
  const { resourceId } = declared;
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const outcome = declare(await ports.resources.latest(resourceId), declared, ports.clock.now());
    if (!outcome.ok) return outcome.refusal;
    const { value } = outcome;
    if (value.kind === 'unchanged') return undefined;
    if (value.kind === 'left-to-provider') {
      ports.log.info('definition left to its provider', { resourceId });
      return undefined;
    }
    const { version } = value.version;
    if (await ports.resources.publish(publicationOf(ports, value.version, theHub('deployment')))) {
      ports.log.info('definition published', { resourceId, resourceVersion: version });
      return undefined;
    }
  }
  throw new Fault(`${resourceId} was published by others ${TRIES} times meanwhile`);
}
