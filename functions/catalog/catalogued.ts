import type { ResourceId } from '../../schemas/contracts/ids.ts';
import type { CataloguedResource } from '../../schemas/contracts/resources.ts';
import type { Reference } from '../../schemas/stored/answers.ts';
import { Fault } from '../kernel/fault.ts';
import { done, type Outcome } from '../kernel/outcome.ts';
import type { Resources, Standing } from './ports.ts';

/** A resource as everybody may read it. */
export const cataloguedOf = ({ latest, deprecation, retiredAt, retirement }: Standing): CataloguedResource => ({
  ...latest,
  ...(deprecation && { deprecation }),
  ...(retiredAt !== undefined && { retiredAt }),
  ...(retirement && { retirement }),
});

/** What a repetition of an act on a resource is answered: the entry as it is by then. */
export const cataloguedAgain =
  ({ resources }: { readonly resources: Pick<Resources, 'standing'> }) =>
  async (_call: unknown, { resourceId }: Reference): Promise<Outcome<CataloguedResource, never>> => {
    const standing = await resources.standing(resourceId as ResourceId);
    if (!standing) throw new Fault(`resource ${resourceId} is not there`);
    return done(cataloguedOf(standing));
  };
