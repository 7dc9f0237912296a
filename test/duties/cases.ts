import type { AgreementCase, AgreementFacts } from '../../functions/duties/domain/agreement-case.ts';
import type { Agreement, HistoryEntry } from '../../schemas/contracts/agreements.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import type { Duty } from '../../schemas/contracts/duties.ts';
import type { DemandId } from '../../schemas/contracts/ids.ts';
import { anId, department, instant } from '../support/builders.ts';

export const timeZone = 'Asia/Shanghai';
export const authorities = [department('eitc')];

export const noFacts: AgreementFacts = {
  shareType: 'conditional',
  updateCycle: 'daily',
  datasetAt: undefined,
  delivered: false,
  unreceivedSince: undefined,
  listWaiting: undefined,
};

/** An agreement on a day; by default the day of its acts, with nothing uploaded or delivered. */
export const onDay = (
  agreement: Agreement,
  today = '2026-12-01',
  facts: Partial<AgreementFacts> = {},
): AgreementCase => ({ agreement, facts: { ...noFacts, ...facts }, timeZone, authorities, today });

/** One act more, as far as duties look at it. */
export const acted = (
  agreement: Agreement,
  entry: Pick<HistoryEntry, 'action' | 'by'> & Partial<HistoryEntry>,
): Agreement => ({
  ...agreement,
  history: [...agreement.history, { at: instant, ...entry }],
});

/** `duty by>to since..due`, with `!` where it is overdue: what a table of cases compares. */
export const inWords = (duties: readonly Duty[]): readonly string[] =>
  duties.map(
    ({ duty, by, to, since, due, overdue }) => `${duty} ${by}>${to.join('+')} ${since}..${due}${overdue ? '!' : ''}`,
  );

export const demandId = anId(70) as unknown as DemandId;

export const aStoredDemand = (changes: Partial<StoredDemand> = {}): StoredDemand => ({
  demandId,
  demander: department('emergency'),
  title: 'Shelters',
  fields: [],
  from: [department('planning'), department('housing')],
  mode: 'delivery',
  frequency: 'on-arrival',
  purpose: 'evacuation plans',
  legalBasis: '突发事件应对法',
  statedAt: instant,
  changedAt: instant,
  declines: [],
  state: 'open',
  ...changes,
});
