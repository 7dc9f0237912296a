import { count, moment, size } from '../../words/quantity.ts';
import { either, word } from '../../words/speech.ts';
import { green, type Look } from '../terminal/look.ts';
import { facts } from '../terminal/table.ts';

export interface Fetched {
  readonly deliveryId: string;
  readonly resourceId: string;
  readonly datasetVersion: number;
  readonly file: string;
  readonly rows?: number;
  readonly bytes: number;
  readonly sha256: string;
  readonly receivedAt?: string;
  readonly message: 'removed' | 'not-found';
}

/** What arrived, that it is intact, and that the hub knows. */
export function fetchedScreen({ file, rows, bytes, sha256, receivedAt, message }: Fetched, look: Look): string {
  const amount = `${rows === undefined ? '' : `${count(rows)} ${word('rows', look)}, `}${size(bytes)}`;
  const verified = green(either(look, 'verified', '已核对'), look);
  return facts(
    [
      [word('file', look), `${file}  (${amount})`],
      [word('sha256', look), `${sha256}  ${verified}`],
      [word('receipt', look), receivedAt === undefined ? undefined : moment(receivedAt)],
      [word('mailbox', look), mailboxText(message, look)],
    ],
    look,
  );
}

const mailboxText = (message: Fetched['message'], look: Look): string =>
  message === 'removed'
    ? either(look, 'message removed', '通知已删除')
    : either(look, 'no message of it was there', '信箱中没有它的通知');
