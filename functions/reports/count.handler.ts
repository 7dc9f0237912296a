import type { Evidence } from '../../schemas/contracts/evidence.ts';
import { raise } from '../kernel/each.ts';
import { Fault } from '../kernel/fault.ts';
import { secondsSince } from '../kernel/time.ts';
import { askedOf } from './domain/asked.ts';
import { inBatches, together, type Counted } from './domain/batch.ts';
import { countersOf } from './domain/counters.ts';
import { useOf } from './domain/uses.ts';
import type { CountPorts } from './ports.ts';

/** Of the two minutes that the function has; what is left has its turn a minute later. */
const RUN_SECONDS = 100;

/**
 * Every minute: adds the evidence that nobody has counted to the figures of its month. The mark that each item carries is
 * taken away in the transaction that adds it, so each is counted once, however often a run is repeated or cut off. What
 * cannot be counted stays marked, and keeps nothing else from being counted.
 * @throws Fault when some could not be counted
 */
export const countHandler = (ports: CountPorts) => async (): Promise<void> => {
  const began = ports.clock.now();
  const faults: unknown[] = [];
  const isOver = () => secondsSince(began, ports.clock.now()) > RUN_SECONDS;
  let counted = 0;
  for await (const piece of inBatches(countable(ports, began, faults))) {
    counted += await settleOrSingly(ports, piece, { faults, isOver });
    if (isOver()) break;
  }
  const seconds = secondsSince(began, ports.clock.now());
  ports.log.info('evidence counted', { counted, failed: faults.length, seconds });
  raise('counting evidence', faults);
};

async function* countable(ports: CountPorts, began: string, faults: unknown[]): AsyncGenerator<Counted> {
  for await (const evidence of ports.counters.uncounted(began)) {
    try {
      yield await countedOf(ports, evidence);
    } catch (fault) {
      faults.push(fault);
    }
  }
}

interface Run {
  readonly faults: unknown[];
  readonly isOver: () => boolean;
}

/** A piece that fails is taken apart, so that only what fails by itself is left. */
async function settleOrSingly(ports: CountPorts, piece: readonly Counted[], run: Run): Promise<number> {
  try {
    return await settle(ports, piece);
  } catch (fault) {
    if (piece.length === 1) {
      run.faults.push(fault);
      return 0;
    }
  }
  let counted = 0;
  for (const one of piece) if (!run.isOver()) counted += await settleOrSingly(ports, [one], run);
  return counted;
}

async function countedOf({ catalog, timeZone }: CountPorts, evidence: Evidence): Promise<Counted> {
  const { resourceId, resourceVersion, provider, consumer } = evidence.subject;
  const facts = resourceId && resourceVersion ? await catalog.facts(resourceId, resourceVersion) : undefined;
  return {
    evidenceId: evidence.evidenceId,
    kin: [consumer, provider, resourceId].join(' '),
    counters: countersOf(evidence, facts, timeZone),
    use: useOf(evidence),
    asked: askedOf(evidence, timeZone),
  };
}

/** Leaves out what another run has counted meanwhile, until the rest is counted or nothing is left. */
async function settle({ counters }: CountPorts, piece: readonly Counted[]): Promise<number> {
  let left = piece;
  while (left.length > 0) {
    const before = new Set(await counters.add(together(left)));
    if (before.size === 0) return left.length;
    const rest = left.filter(({ evidenceId }) => !before.has(evidenceId));
    if (rest.length === left.length) throw new Fault('evidence was counted before that is not in the batch');
    left = rest;
  }
  return 0;
}
