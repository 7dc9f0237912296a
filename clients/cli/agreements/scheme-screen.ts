import type { Scheme, SchemePart, SchemeStep, SchemeSteps } from '../../../schemas/contracts/schemes.ts';
import { either, word } from '../../words/speech.ts';
import { bold, type Look } from '../terminal/look.ts';
import { table } from '../terminal/table.ts';

/** Every agreement of a scheme, and why others were refused. */
export function schemeScreen({ schemeId, name, proposedBy, items }: Scheme, look: Look): string {
  const parts = table(
    items,
    [
      { head: word('resource', look), value: ({ resourceId }) => resourceId, flexible: true },
      { head: word('provider', look), value: ({ provider }) => provider ?? '' },
      { head: word('consumer', look), value: ({ consumer }) => consumer },
      { head: word('agreement', look), value: ({ agreementId }) => agreementId ?? '', id: true },
      { head: word('state', look), value: (part) => stateOf(part, look), flexible: true },
    ],
    look,
  );
  return [`${bold(name, look)}  ${proposedBy}  ${schemeId}`, parts, ...nextOf(schemeId, items, look)].join('\n\n');
}

/** What came of one step on each of them. */
export const schemeStepsScreen = ({ schemeId, items }: SchemeSteps, look: Look): string =>
  [
    table(
      items,
      [
        { head: word('agreement', look), value: ({ agreementId }) => agreementId, id: true },
        { head: word('state', look), value: (step) => stateOf(step, look), flexible: true },
      ],
      look,
    ),
    `${bold(word('next', look), look)}  hub scheme show ${schemeId}`,
  ].join('\n\n');

const stateOf = ({ state, refusal }: SchemePart | SchemeStep, look: Look): string => {
  if (refusal) return `${refusal.code}: ${refusal.detail}`;
  return state === undefined ? '' : word(state, look);
};

function nextOf(schemeId: string, items: readonly SchemePart[], look: Look): string[] {
  const next = bold(word('next', look), look);
  const has = (state: string) => items.some((part) => part.state === state);
  if (has('proposed'))
    return [
      `${next}  ${either(look, `the other parties accept: hub scheme accept ${schemeId}`, `对方接受：hub scheme accept ${schemeId}`)}`,
    ];
  if (has('agreed'))
    return [
      `${next}  ${either(look, `both parties sign: hub scheme sign ${schemeId}`, `双方签署：hub scheme sign ${schemeId}`)}`,
    ];
  return [];
}
