import { digestOf } from './digest.ts';
import type { Macs } from './macs.ts';

/** Of requests, whose keys could be found in a plain digest by trying. */
export const requestDigest =
  (macs: Macs) =>
  async (request: unknown): Promise<string> =>
    (await macs.keyed('request'))(digestOf(request));
