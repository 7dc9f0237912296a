import type { TableSchema } from '../../../../schemas/contracts/definition.ts';
import type { UploadRefusal } from '../../../../schemas/contracts/uploads.ts';

/** What the thread is given. The file is open in the process, whose threads share it. */
export interface ParquetTask {
  readonly descriptor: number;
  readonly size: number;
  readonly schema: TableSchema | undefined;
}

/** What the thread says: that it is there; then more text, the end, or why there is none. */
export type Answer =
  | { readonly ready: true }
  | { readonly chunk: Uint8Array }
  | { readonly done: true }
  | { readonly refusal: UploadRefusal }
  | { readonly fault: string };
