import type {
  Demand,
  DemandField,
  DemandState,
  MatchReason,
  ProposedMatch,
} from '../../../schemas/contracts/demands.ts';
import { demandLabels, demandStates } from '../../words/demands.ts';
import { moment } from '../../words/quantity.ts';
import { either, say, word } from '../../words/speech.ts';
import { bold, dim, green, type Look } from '../terminal/look.ts';
import { facts, table } from '../terminal/table.ts';

export function demandsScreen({ items }: { readonly items: readonly Demand[] }, look: Look): string {
  if (items.length === 0) return dim(either(look, 'No such demand.', '没有这样的需求。'), look);
  return table(
    items,
    [
      { head: say(demandLabels.demand, look), value: ({ demandId }) => demandId, id: true },
      { head: say(demandLabels.needed, look), value: ({ title }) => title, flexible: true },
      { head: say(demandLabels.demander, look), value: ({ demander }) => demander },
      { head: say(demandLabels.theme, look), value: ({ themeId = '' }) => themeId },
      { head: word('state', look), value: ({ state }) => say(demandStates[state], look) },
      { head: word('resource', look), value: ({ match }) => match?.resourceId ?? '', flexible: true },
      { head: say(demandLabels.asked, look), value: ({ from }) => from.join(', '), flexible: true },
    ],
    look,
  );
}

/** The whole demand, and what comes next. */
export const demandScreen = (demand: Demand, look: Look): string =>
  [standing(demand, look), ...declines(demand, look), '', nextLine(demand, look)].join('\n').trimEnd();

/** After a step: the state that it led to, and what comes next. */
export function demandStepScreen(demand: Demand, look: Look): string {
  const state = say(demandStates[demand.state], look);
  const said = either(look, `Demand ${demand.demandId} is ${state}.`, `需求 ${demand.demandId} 状态：${state}。`);
  return `${green(said, look)}\n${nextLine(demand, look)}`.trimEnd();
}

const standing = (demand: Demand, look: Look): string =>
  facts(
    [
      [say(demandLabels.demand, look), demand.demandId],
      [say(demandLabels.needed, look), demand.title],
      [word('state', look), say(demandStates[demand.state], look)],
      [say(demandLabels.demander, look), demand.demander],
      [say(demandLabels.theme, look), demand.themeId],
      [word('description', look), demand.description],
      [word('fields', look), demand.fields.map(fieldText).join(', ')],
      [say(demandLabels.asked, look), demand.from.join(', ')],
      [word('resource', look), demand.match && `${demand.match.resourceId}  (${demand.match.provider})`],
      [word('agreement', look), demand.agreementId],
      [word('modes', look), demand.mode],
      [word('frequency', look), demand.frequency],
      [word('purpose', look), demand.purpose],
      [word('basis', look), demand.legalBasis],
      [say(demandLabels.by, look), demand.neededBy],
      [word('at', look), moment(demand.statedAt)],
    ],
    look,
  );

const fieldText = ({ name, title, type }: DemandField): string =>
  [name, title, type].filter((part) => part !== undefined).join(' ');

const declines = ({ declines: given, withdrawal }: Demand, look: Look): readonly string[] => [
  ...given.map(({ department, reason }) => `${bold(say(demandLabels.declines, look), look)}  ${department}: ${reason}`),
  ...(withdrawal?.reason === undefined ? [] : [`${bold(word('reason', look), look)}  ${withdrawal.reason}`]),
];

const nextLine = (demand: Demand, look: Look): string => {
  const step = nextSteps[demand.state](demand);
  return step === undefined ? '' : `${bold(word('next', look), look)}  ${step}`;
};

/** What the demander types next: one entry for every state. */
const nextSteps: Record<DemandState, (demand: Demand) => string | undefined> = {
  open: ({ demandId }) => `hub demand matches ${demandId}`,
  matched: ({ demandId }) => `hub demand agree ${demandId}`,
  negotiating: ({ agreementId }) => agreementId && `hub agreements show ${agreementId}`,
  satisfied: ({ themeId }) => (themeId === undefined ? 'hub poll --follow' : `hub theme coverage ${themeId}`),
  declined: () => 'hub resources TEXT',
  withdrawn: () => undefined,
};

export interface Proposed {
  readonly demandId: string;
  readonly items: readonly ProposedMatch[];
}

/** What the catalog has for a demand, and why it is proposed. */
export function matchesScreen({ demandId, items }: Proposed, look: Look): string {
  const [best] = items;
  if (!best) return dim(either(look, 'The catalog has nothing like it.', '目录中没有相近的信息资源。'), look);
  const list = table(
    items,
    [
      { head: word('resource', look), value: ({ resourceId }) => resourceId },
      { head: word('title', look), value: (row) => titleOf(row, look), flexible: true },
      { head: word('provider', look), value: ({ provider }) => provider },
      { head: word('share', look), value: ({ shareType }) => shareType },
      { head: say(demandLabels.score, look), value: ({ score }) => score.toFixed(2), right: true },
      { head: word('why', look), value: ({ reasons }) => reasons.map((why) => reasonText(why, look)).join('; ') },
    ],
    look,
  );
  return `${list}\n\n${bold(word('next', look), look)}  hub demand agree ${demandId} --resource ${best.resourceId}`;
}

const titleOf = ({ title, titleEn }: ProposedMatch, { lang }: Look): string =>
  lang === 'zh' || titleEn === undefined ? title : `${titleEn} ${title}`;

const reasonText = (reason: MatchReason, look: Look): string =>
  (reasonTexts[reason.kind] as (reason: MatchReason, look: Look) => string)(reason, look);

type ReasonTexts = {
  readonly [Kind in MatchReason['kind']]: (reason: Extract<MatchReason, { kind: Kind }>, look: Look) => string;
};

/** What of the demand was found in an entry: one text for every kind of reason. */
const reasonTexts: ReasonTexts = {
  words: ({ words }, look) => `${either(look, 'words', '词语')} ${words.slice(0, 5).join(' ')}`,
  fields: ({ found, missing }, look) => {
    const without = missing.length > 0 ? `, ${either(look, 'without', '缺')} ${missing.join(' ')}` : '';
    return `${either(look, 'fields', '信息项')} ${found.length}/${found.length + missing.length}${without}`;
  },
  codes: ({ field, values }, look) => `${either(look, 'codes of', '代码')} ${field}: ${values.join(' ')}`,
  theme: ({ themeId }, look) => `${word('theme', look)} ${themeId}`,
  asked: (_, look) => either(look, 'provider is asked', '已询该部门'),
};
