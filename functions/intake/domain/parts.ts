import type { PartDeclaration } from '../../../schemas/contracts/uploads.ts';
import type { SegmentedUpload, StoredUpload, WholeUpload } from '../../../schemas/stored/uploads.ts';

export type InParts = WholeUpload & { readonly multipart: NonNullable<WholeUpload['multipart']> };

/** Whether what was announced comes piece by piece: in parts of one object, or in segments. */
export const comesInPieces = (upload: StoredUpload): upload is InParts | SegmentedUpload =>
  upload.segments !== undefined || upload.multipart !== undefined;

interface Sent extends PartDeclaration {
  readonly number: number;
}

/** Part numbers, from 1, of which the declared bytes have not arrived. */
export function missingParts(declared: readonly PartDeclaration[], sent: readonly Sent[]): number[] {
  const byNumber = new Map(sent.map((part) => [part.number, part]));
  return declared.flatMap(({ bytes, sha256 }, index) => {
    const part = byNumber.get(index + 1);
    return part && part.bytes === bytes && part.sha256 === sha256 ? [] : [index + 1];
  });
}

const NAMED = 20;

export const missingDetail = (missing: readonly number[]): string =>
  `${missing.length} of the declared parts ${missing.length === 1 ? 'has' : 'have'} not arrived: ${missing.slice(0, NAMED).join(', ')}` +
  `${missing.length > NAMED ? ' …' : ''}. GET the parts again for fresh URLs and send those.`;
