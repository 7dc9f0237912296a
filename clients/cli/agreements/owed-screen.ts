import type { Duty } from '../../../schemas/contracts/duties.ts';
import { dutyWords, standings } from '../../words/duties.ts';
import { either, say, word } from '../../words/speech.ts';
import { bold, dim, type Look, red } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';
import { pad, widthOf } from '../terminal/text-width.ts';

/** Who owes what by when: a line each, below the state of an agreement; nothing where nothing is owed. */
export function owedLines(duties: readonly Duty[], look: Look): string {
  const label = pad(word('owed', look), widthOf(word('next', look)));
  return duties
    .map((duty, index) => `${index === 0 ? bold(label, look) : ' '.repeat(widthOf(label))}  ${owedLine(duty, look)}`)
    .join('\n');
}

function owedLine({ duty, by, due, overdue }: Duty, look: Look): string {
  const { en, zh } = dutyWords(duty);
  const line = either(look, `${by}: ${en}, by ${due}`, `${by}：${zh}，期限 ${due}`);
  return overdue ? red(`${line} (${say(standings.overdue, look)})`, look) : line;
}

/** Duties of many agreements and demands, in order of their last day. */
export function dutiesScreen({ items }: { readonly items: readonly Duty[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'Nothing is owed.', '没有待办事项。'), look);
  return table(
    items,
    [
      { head: word('due', look), value: ({ due }) => due },
      { head: word('by', look), value: ({ by }) => by },
      { head: word('owed', look), value: ({ duty }) => say(dutyWords(duty), look) },
      { head: word('resource', look), value: ({ about }) => about.resourceId ?? '', flexible: true },
      { head: word('about', look), value: ({ about }) => about.agreementId ?? about.demandId ?? '' },
      { head: '', value: (duty) => remark(duty, look) },
    ],
    look,
  );
}

function remark({ overdue, binding, provisional }: Duty, look: Look): string {
  if (overdue) return say(standings.overdue, look);
  if (!binding) return say(standings.reminder, look);
  return provisional ? say(standings.provisional, look) : '';
}
