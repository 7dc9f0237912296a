import { StoredAnswer } from '../../../schemas/stored/answers.ts';
import type { Answers } from '../../kernel/ports.ts';
import { fromItem, toItem } from './table/items.ts';
import { keyOf } from './table/keys.ts';
import { readItem, type Table } from './table/reads.ts';
import { putNew, type Write } from './table/write.ts';

export const dynamoAnswers = (table: Table): Answers => ({
  async find(department, routeId, key) {
    const item = await readItem(table, keyOf.answer(department, routeId, key));
    return item && fromItem(StoredAnswer, item);
  },
});

/** Only the first of several calls with one key commits; the others find this item in their way. */
export const writeAnswer = (table: Table, answer: StoredAnswer | undefined): readonly Write[] =>
  answer
    ? [
        putNew(
          table,
          toItem('answer', keyOf.answer(answer.department, answer.routeId, answer.key), answer, {
            ttl: answer.expires,
          }),
        ),
      ]
    : [];
