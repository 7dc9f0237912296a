import type { Principal } from '../contracts.ts';

/** The unique id of a caller: of an assumed role, the role's id and the session's name. */
export const callerId = ({ arn, accessKeyId }: Principal): string =>
  [accessKeyId, ...arn.split('/').slice(2)].join(':');
