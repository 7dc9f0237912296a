import type { Agreement } from '../../../schemas/contracts/agreements.ts';
import { done, refuse, type Outcome } from '../../kernel/outcome.ts';

/**
 * Bytes of JSON. DynamoDB holds 400 KB an item; what is left above is for the acts that always fit: to lift a suspension,
 * to answer, decide, withdraw, end and dispose, with reasons of at most 2,000 characters.
 */
export const MAX_AGREEMENT_BYTES = 300_000;

/** What the hub notes of resource versions, a few words each time, ends here: a provider can publish without end. */
const MAX_NOTED_BYTES = 320_000;

const bytesOf = (agreement: Agreement): number => new TextEncoder().encode(JSON.stringify(agreement)).length;

/** An agreement that terms or words were added to, where there was room for them. */
export const withRoom = (agreement: Agreement): Outcome<Agreement, 'negotiation-too-long'> =>
  bytesOf(agreement) > MAX_AGREEMENT_BYTES ? refuse('negotiation-too-long') : done(agreement);

/** Whether the hub can note one more resource version, and the agreement still be ended and disposed of. */
export const canBeNoted = (agreement: Agreement): boolean => bytesOf(agreement) <= MAX_NOTED_BYTES;
