import { MAX_PARTS, MIN_PART_BYTES } from '../../../../schemas/contracts/uploads.ts';
import { Failure, exit } from '../../terminal/failure.ts';

const MiB = 1024 ** 2;
/** Larger files go in parts, so that an interruption costs no more than the parts under way. */
const MULTIPART_FROM = 64 * MiB;
const USUAL_PART = 16 * MiB;

/**
 * How many bytes a part has; undefined sends the file in one PUT.
 * @param asked MiB, as typed; it sends even a small file in parts
 */
export function partBytesFor(fileBytes: number, asked?: number): number | undefined {
  if (asked === undefined) {
    if (fileBytes <= MULTIPART_FROM) return undefined;
    return Math.max(USUAL_PART, smallestPart(fileBytes));
  }
  const smallest = smallestPart(fileBytes);
  if (asked * MiB >= smallest) return Math.floor(asked * MiB);
  throw new Failure({
    what: `Parts of ${asked} MiB are too small for this file.`,
    why: `A file goes in at most ${MAX_PARTS} parts of at least ${MIN_PART_BYTES / MiB} MiB.`,
    next: [`--part-size ${smallest / MiB} or more, or leave the option out.`],
    exit: exit.usage,
  });
}

/** Whole MiB. */
const smallestPart = (fileBytes: number): number =>
  Math.max(MIN_PART_BYTES, Math.ceil(fileBytes / MAX_PARTS / MiB) * MiB);
