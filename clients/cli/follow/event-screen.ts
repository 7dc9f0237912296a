import type { Words } from '../../../schemas/words/language.ts';
import type { Gone } from '../../protocol/withheld.ts';
import { withheldReasons } from '../../words/kinds.ts';
import { count } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import type { FollowEvent } from './events.ts';
import { type Look } from '../terminal/look.ts';
import { againIn, head } from '../watch/daemon-line.ts';

type Lines = { readonly [E in FollowEvent as E['event']]: (event: E, look: Look) => string };

const lines: Lines = {
  applied: (event, look) =>
    `${head('applied', look)}  ${event.datasetVersion}  ${event.deliveryId}  ${amountOf(event, look)}, ${event.seconds} s`,
  held: (event, look) =>
    `${head('held', look)}     ${event.datasetVersion}  ${event.deliveryId}  ${either(look, `waits for ${event.baseDatasetVersion}`, `等待第 ${event.baseDatasetVersion} 版`)}`,
  lost: ({ reason, file }, look) =>
    `${head('lost', look)}     ${file}  ${
      reason === 'missing'
        ? either(look, 'it is gone, and is made anew', '文件已不存在，重新生成')
        : either(look, 'something else has changed it, and it is made anew', '文件被其他程序改动，重新生成')
    }`,
  suspended: ({ agreementId }, look) =>
    `${head('suspended', look)}  ${agreementId}  ${say(withheldReasons.suspended, look)}`,
  gone: ({ deliveryId, reason }, look) => `${head('gone', look)}     ${deliveryId}  ${say(goneBy[reason], look)}`,
  current: ({ datasetVersion, file }, look) => `${head('current', look)}  ${datasetVersion}  ${file}`,
  waiting: (event, look) => `${head('waiting', look)}  ${againIn(event.reason, event.retryInSeconds, look)}`,
};

const goneBy: Readonly<Record<Gone, Words>> = {
  replaced: {
    en: 'an amendment replaced its terms; their snapshot follows',
    zh: '条款已修订，随后按新条款全量交付',
  },
  'retention-over': {
    en: 'its terms do not let it be kept any longer; the next snapshot makes up for it',
    zh: '已超过条款约定的保存期限，待下一次全量交付补齐',
  },
};

/** One event of a followed copy as a line. */
export const followEventLine = (event: FollowEvent, look: Look): string =>
  (lines[event.event] as (event: FollowEvent, look: Look) => string)(event, look);

function amountOf({ content, rows = 0, changes }: Extract<FollowEvent, { event: 'applied' }>, look: Look): string {
  if (content === 'snapshot' || !changes) return `${word('snapshot', look)}, ${count(rows)} ${word('rows', look)}`;
  const { inserted, updated, deleted } = changes;
  return either(
    look,
    `${count(inserted)} inserted, ${count(updated)} updated, ${count(deleted)} deleted`,
    `新增 ${count(inserted)}，更新 ${count(updated)}，删除 ${count(deleted)}`,
  );
}
