import type { Lineage } from '../../../schemas/contracts/derivations.ts';
import type { Actor } from '../../../schemas/contracts/evidence.ts';
import type { ResourceVersion } from '../../../schemas/contracts/resources.ts';
import { evidenceOf } from '../../kernel/evidence.ts';
import { isOfCategory, resourceCode } from '../domain/code.ts';
import { entryOf } from '../domain/entry.ts';
import type { Published } from '../domain/publish.ts';
import type { Coding, Ports, Publication } from '../ports.ts';

/** A new version with its entry in the catalog and the proof of who published it: what commits together. */
export const publicationOf = (
  ports: Pick<Ports, 'clock' | 'ids'>,
  { version, mark }: Published,
  actor: Actor,
  lineage?: Lineage,
): Publication => {
  const { resourceId, provider, digest } = version;
  const coding = codingOf(version);
  return {
    version,
    entry: entryOf(version),
    evidence: evidenceOf(
      ports,
      'definition-published',
      actor,
      { resourceId, resourceVersion: version.version, provider },
      { definition: digest },
    ),
    ...(mark && { mark }),
    ...(coding && { coding }),
    ...(lineage && { lineage }),
  };
};

/** Without a category there is no code. */
function codingOf({ definition: { category } }: ResourceVersion): Coding | undefined {
  if (category === undefined) return undefined;
  return {
    category,
    codeOf: (number) => resourceCode(category, number),
    isCode: (code) => isOfCategory(code, category),
  };
}
