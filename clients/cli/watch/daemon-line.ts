import type { Words } from '../../../schemas/words/language.ts';
import { duration } from '../../words/quantity.ts';
import { say } from '../../words/speech.ts';
import type { FollowEvent } from '../follow/events.ts';
import { green, red, yellow, type Look } from '../terminal/look.ts';
import type { WatchEvent } from './events.ts';

type Told = Exclude<WatchEvent['event'] | FollowEvent['event'], 'skipped'>;

const heads: Readonly<Record<Told, readonly [typeof green, Words]>> = {
  applied: [green, { en: 'applied', zh: '已应用' }],
  current: [green, { en: 'current', zh: '最新' }],
  failed: [red, { en: 'failed', zh: '失败' }],
  gone: [yellow, { en: 'gone', zh: '已失效' }],
  held: [yellow, { en: 'held', zh: '暂存' }],
  left: [yellow, { en: 'left', zh: '未取' }],
  lost: [red, { en: 'lost', zh: '副本失效' }],
  processed: [green, { en: 'processed', zh: '已处理' }],
  receipt: [green, { en: 'confirmed', zh: '已回执' }],
  suspended: [yellow, { en: 'suspended', zh: '已暂停' }],
  waiting: [yellow, { en: 'waiting', zh: '等待' }],
};

/** How a line of a daemon begins: what happened, in its colour. */
export const head = (event: Told, look: Look): string => {
  const [paint, words] = heads[event];
  return paint(say(words, look), look);
};

/** A fault, and when it is tried again. */
export const againIn = (reason: string, seconds: number, look: Look): string =>
  `${reason} (${say({ en: 'again in', zh: '重试间隔' }, look)} ${duration(seconds)})`;
