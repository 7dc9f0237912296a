import type { UploadRefusal, UploadRefusalCode } from '../../../schemas/contracts/uploads.ts';

/** Thrown where reading a file of another format ends in a refusal of the upload: the file's fault, not the hub's. */
export class RefusedFile extends Error {
  readonly refusal: UploadRefusal;

  constructor(code: UploadRefusalCode, detail: string, cause?: unknown) {
    super(`${code}: ${detail}`, { cause });
    this.refusal = { code, detail };
  }
}
