import type { Deprecation, ResourceVersion, Retirement } from '../../../schemas/contracts/resources.ts';

/** A resource as it is now. */
export interface Standing {
  readonly latest: ResourceVersion;
  readonly deprecation?: Deprecation | undefined;
  readonly retiredAt?: string | undefined;
  readonly retirement?: Retirement | undefined;
}
