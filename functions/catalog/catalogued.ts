import type { CataloguedResource } from '../../schemas/contracts/resources.ts';
import type { Standing } from './ports.ts';

/** A resource as everybody may read it. */
export const cataloguedOf = ({ latest, deprecation, retiredAt, retirement }: Standing): CataloguedResource => ({
  ...latest,
  ...(deprecation && { deprecation }),
  ...(retiredAt !== undefined && { retiredAt }),
  ...(retirement && { retirement }),
});
