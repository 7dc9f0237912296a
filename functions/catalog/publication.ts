import type { Actor } from '../../schemas/contracts/evidence.ts';
import type { ResourceVersion } from '../../schemas/contracts/resources.ts';
import { evidenceOf } from '../kernel/evidence.ts';
import { summaryOf, textsOf } from './domain/search.ts';
import type { Ports, Publication } from './ports.ts';

/** A new version with its entry in the catalog and the proof of who published it: what commits together. */
export const publicationOf = (
  ports: Pick<Ports, 'clock' | 'ids'>,
  version: ResourceVersion,
  actor: Actor,
): Publication => ({
  version,
  entry: { summary: summaryOf(version), texts: textsOf(version) },
  evidence: evidenceOf(
    ports,
    'definition-published',
    actor,
    { resourceId: version.resourceId, resourceVersion: version.version },
    { definition: version.digest },
  ),
});
