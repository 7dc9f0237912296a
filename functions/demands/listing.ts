import type { Demand, DemandQuery } from '../../schemas/contracts/demands.ts';
import type { Theme } from '../../schemas/contracts/themes.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import { inOrder } from '../kernel/each.ts';
import { seesAll, type Officer } from '../reading/oversight.ts';
import { present, stateOf } from './domain/progress.ts';
import { belongsTo, standingsOf } from './domain/standing.ts';
import { merged } from './merged.ts';
import type { Ports } from './ports.ts';

/** Who asks for a list: the department, and the themes that it belongs to. */
export interface Lister {
  readonly officer: Officer;
  readonly themes: ReadonlyMap<string, Theme>;
}

/** The themes that a department belongs to, as they are now. */
export async function listerOf({ themes }: Ports, officer: Officer): Promise<Lister> {
  const found = new Map<string, Theme>();
  let cursor: string | undefined;
  do {
    const candidates = await themes.list({ member: officer.department, limit: 100, cursor });
    const current = await Promise.all(candidates.items.map(({ themeId }) => themes.find(themeId)));
    for (const theme of current) {
      if (theme && belongsTo(theme.value, officer.department)) found.set(theme.value.themeId, theme.value);
    }
    cursor = candidates.cursor;
  } while (cursor !== undefined);
  return { officer, themes: found };
}

/** Everything after the cursor that the lister may know of and asks for, but for the state, which costs more to know. */
export async function* demandsFor(ports: Ports, query: DemandQuery, lister: Lister): AsyncGenerator<StoredDemand> {
  for await (const demand of known(ports, query, lister)) if (isWanted(demand, query, lister)) yield demand;
}

function known({ demands }: Ports, { theme, role, cursor }: DemandQuery, { officer, themes }: Lister) {
  if (seesAll(officer)) return theme === undefined ? demands.all(cursor) : demands.ofTheme(theme, cursor);
  const ofThemes = [...themes.keys()]
    .filter((themeId) => theme === undefined || themeId === theme)
    .map((themeId) => demands.ofTheme(themeId as Theme['themeId'], cursor));
  const own = role === 'theme' ? [] : [demands.ofParty(officer.department, cursor)];
  return merged([...own, ...(role === undefined || role === 'theme' ? ofThemes : [])]);
}

function isWanted(
  { themeId, demander, from }: StoredDemand,
  { theme, role }: DemandQuery,
  { officer, themes }: Lister,
): boolean {
  if (theme !== undefined && themeId !== theme) return false;
  if (role === 'demander') return demander === officer.department;
  if (role === 'asked') return from.includes(officer.department);
  return role === undefined || (themeId !== undefined && themes.has(themeId));
}

/** Looked at side by side for the agreements behind them. */
const AT_ONCE = 25;
/** Looked at for one page; where the state keeps few of them the page is short, and its cursor leads on. */
const LOOKED_AT = 1000;

/** UTF-8 bytes of JSON of one page, unless one demand alone is larger: Lambda answers with 6 MB at most. */
const PAGE_BYTES = 4_000_000;

/** The cursor is the id of the last demand that was looked at. */
export async function pageOf(
  ports: Ports,
  list: AsyncIterable<StoredDemand>,
  { state, limit }: DemandQuery,
  { officer, themes }: Lister,
): Promise<{ items: Demand[]; cursor?: string }> {
  const items: Demand[] = [];
  let last: string | undefined;
  let looked = 0;
  let bytes = 0;
  const progressOf = (demand: StoredDemand) => ports.sharing.progressOf(demand);
  for await (const [demand, progress] of inOrder(list, Math.min(AT_ONCE, limit + 1), progressOf)) {
    if (last !== undefined && (items.length === limit || looked === LOOKED_AT)) return { items, cursor: last };
    const more = Buffer.byteLength(JSON.stringify(demand));
    if (last !== undefined && bytes + more > PAGE_BYTES) return { items, cursor: last };
    last = demand.demandId;
    looked += 1;
    if (state !== undefined && stateOf(demand, progress) !== state) continue;
    const theme = demand.themeId === undefined ? undefined : themes.get(demand.themeId);
    const standings = standingsOf(demand, theme, officer);
    bytes += more;
    items.push(present(demand, progress, { department: officer.department, standings }));
  }
  return { items };
}
