import type { ResourceDefinition } from '../../../schemas/contracts/definition.ts';
import type { ResourceHead } from '../../../schemas/stored/catalog.ts';
import type { StoredRepresentation } from '../../../schemas/stored/datasets.ts';
import { after, isPast } from '../../kernel/time.ts';

/** Whoever has read that one is there has used it by then, or asks anew. */
const GRACE = { minutes: 15 };

interface Standing {
  readonly head: Pick<ResourceHead, 'datasetVersion' | 'datasetAt'>;
  readonly modes: ResourceDefinition['modes'];
  readonly representations: readonly StoredRepresentation[];
}

interface Settling {
  /** The version to make, and what stands in its place: an attempt that died, or one on its way out. */
  readonly make: { readonly datasetVersion: number; readonly was: StoredRepresentation | undefined } | undefined;
  /** Of versions that are not the newest any more, held by nobody as far as that was read. */
  readonly drop: readonly StoredRepresentation[];
  /** Others are at it, or the time of some has not come. */
  readonly isOpen: boolean;
}

/** What is to be done so that the newest dataset of a resource is represented if its definition asks for it, and no older one is. */
export function settling({ head, modes, representations }: Standing, now: string): Settling {
  const { datasetVersion } = head;
  const newest = representations.find((one) => one.datasetVersion === datasetVersion);
  const isWanted = datasetVersion > 0 && modes.some((mode) => mode !== 'delivery');
  const older = representations.filter((one) => one.datasetVersion < datasetVersion);
  const since = isWanted ? replacedAt(newest) : head.datasetAt;
  const isOver = since !== undefined && isPast(after(since, GRACE), now);
  const drop = older.filter((one) => (one.state === 'made' ? isOver && one.holds === 0 : !isAtWork(one, now)));
  const isMissing = newest === undefined || newest.state === 'dropping' || newest.state === 'making';
  const mayMake = isMissing && !(newest !== undefined && isAtWork(newest, now));
  return {
    make: isWanted && mayMake ? { datasetVersion, was: newest } : undefined,
    drop,
    isOpen: drop.length < older.length || (newest?.state === 'making' && isAtWork(newest, now)),
  };
}

const isAtWork = (one: StoredRepresentation, now: string): boolean =>
  one.state === 'making' && !isPast(one.leaseUntil, now);

function replacedAt(newest: StoredRepresentation | undefined): string | undefined {
  if (newest?.state === 'made') return newest.madeAt;
  return newest?.state === 'unfit' ? newest.foundAt : undefined;
}
