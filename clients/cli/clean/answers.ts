import { answerOptions, type Answers } from '../../../functions/records/index.ts';
import type { TableSchema } from '../../../schemas/contracts/definition.ts';
import type { Language } from '../../../schemas/words/language.ts';
import { either } from '../../words/speech.ts';
import { wrongUsage } from '../terminal/failure.ts';

/** What was typed as `--answer NAME=VALUE`, by name. @throws Failure for what answers no question. */
export function answersOf(typed: readonly string[], { fields }: TableSchema, lang: Language): Answers {
  const names = fields.map(({ name }) => name);
  return new Map(typed.map((answer) => checked(answer, names, lang)));
}

function checked(answer: string, fields: readonly string[], lang: Language): readonly [string, string] {
  const [, name = '', value = ''] = /^([^=]+)=(.*)$/su.exec(answer) ?? [];
  const options = answerOptions(name, fields);
  if (options === undefined || value === '')
    throw wrongUsage(
      either({ lang }, `--answer ${answer} answers no question.`, `--answer ${answer} 不是任何问题的答复。`),
      either(
        { lang },
        'Write NAME=VALUE as the question says it: dates.approved_on=day-first, column.C=name, sheet=2026, header=3.',
        '请按问题的写法填写“名称=值”：dates.approved_on=day-first、column.C=name、sheet=2026、header=3。',
      ),
    );
  if (options !== 'any' && !options.includes(value))
    throw wrongUsage(
      either({ lang }, `${value} is no answer to ${name}.`, `${value} 不是 ${name} 的答复。`),
      either({ lang }, `It may be ${options.join(', ')}.`, `可以是：${options.join('、')}。`),
    );
  return [name, value];
}
