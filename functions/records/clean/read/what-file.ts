import { binaryKind } from '../../encoding/magic.ts';
import { isEnough, MOST_HEAD_BYTES, recognise } from '../../formats/recognise.ts';
import { headed } from '../../formats/head.ts';
import type { Reopen } from '../../encoding/encoding-of.ts';
import type { NoTable, Refused } from '../refused.ts';

/** What a file is that people call a table. */
export interface Kindled {
  readonly is: 'text' | 'workbook';
  readonly head: Uint8Array;
}

/** By its first bytes, whatever it is called; of an Office document of old by what is in it. */
export async function whatFile(open: Reopen): Promise<Kindled | Refused> {
  const begun = await headed(open(), isEnough, MOST_HEAD_BYTES);
  await begun.close();
  const { head } = begun;
  if (head.length === 0) return { refused: 'empty' };
  const kind = binaryKind(head);
  if (kind === 'UTF-16 text') return { is: 'text', head };
  if (kind === 'an old Office document (XLS), or a workbook with a password')
    return { refused: await inCompoundFile(open) };
  const found = recognise('auto', head);
  if (found === 'xlsx') return { is: 'workbook', head };
  if (found === 'csv') return markup(head) ?? { is: 'text', head };
  return { refused: 'other-format', detail: typeof found === 'string' ? found : kind };
}

const START = 512;

/** Many systems export a page of HTML, or XML, under the name of a workbook. */
function markup(head: Uint8Array): Refused | undefined {
  const start = new TextDecoder().decode(head.subarray(0, START)).trimStart().toLowerCase();
  if (/^<(?:!doctype html|html|head|body|table|style|meta)/.test(start)) return { refused: 'web-page' };
  return start.startsWith('<?xml') ? { refused: 'xml-table' } : undefined;
}

/** Names of streams in a compound file (MS-CFB, 2.6.1) are UTF-16: an encrypted workbook has this one (MS-OFFCRYPTO, 1.3). */
const ENCRYPTED = Buffer.from('EncryptedPackage', 'utf16le');

async function inCompoundFile(open: Reopen): Promise<NoTable> {
  let carry: Uint8Array = new Uint8Array(0);
  for await (const chunk of open()) {
    const bytes = Buffer.concat([carry, chunk]);
    if (bytes.includes(ENCRYPTED)) return 'password';
    carry = Uint8Array.from(bytes.subarray(-ENCRYPTED.length));
  }
  return 'old-workbook';
}
