import type { ComparisonKind, DeliveryFormat } from '../../../schemas/contracts/terms.ts';
import type { Encoding, UploadFormat } from '../../../schemas/contracts/uploads.ts';

export interface CompareOptions {
  readonly agreement: string;
  readonly kind: ComparisonKind;
  readonly blind?: boolean;
  readonly columns?: readonly string[];
  readonly format: UploadFormat;
  readonly sheet?: string;
  readonly encoding: Encoding;
  readonly as?: DeliveryFormat;
  readonly output?: string;
  readonly wait: boolean;
}
