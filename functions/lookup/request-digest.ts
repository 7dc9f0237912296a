import { digestOf } from '../kernel/digest.ts';
import type { Macs } from './ports.ts';

/** Of requests, whose keys could be found in a plain digest by trying. */
export const requestDigest =
  (macs: Macs) =>
  async (request: unknown): Promise<string> =>
    (await macs.keyed('request'))(digestOf(request));
