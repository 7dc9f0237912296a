import type { Encoding } from '../../../schemas/contracts/uploads.ts';

/** A file that can be read from its beginning, again and again. */
export type Reopen = () => AsyncIterable<Uint8Array>;

/**
 * UTF-8 if every byte of the file is, or if it says so with a byte order mark; else GB18030, in which almost any bytes mean
 * something. Files that are neither are taken as UTF-8: the check then names the records.
 */
export async function encodingOf(open: Reopen): Promise<Encoding> {
  if (await decodes(open(), 'utf-8')) return 'utf-8';
  return (await decodes(open(), 'gb18030')) ? 'gb18030' : 'utf-8';
}

const BOM = [0xef, 0xbb, 0xbf];

async function decodes(input: AsyncIterable<Uint8Array>, encoding: Encoding): Promise<boolean> {
  const decoder = new TextDecoder(encoding, { fatal: true, ignoreBOM: true });
  let first = true;
  try {
    for await (const chunk of input) {
      // A file with the mark of UTF-8 is no GB18030, whatever else is in it.
      if (first && encoding === 'gb18030' && BOM.every((byte, i) => chunk[i] === byte)) return false;
      first = false;
      decoder.decode(chunk, { stream: true });
    }
    decoder.decode();
    return true;
  } catch (fault) {
    if (isUndecodable(fault)) return false;
    throw fault;
  }
}

const isUndecodable = (fault: unknown): boolean =>
  (fault as { readonly code?: unknown }).code === 'ERR_ENCODING_INVALID_ENCODED_DATA';
