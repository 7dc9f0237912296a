import type { ThemeId } from '../../../../schemas/contracts/ids.ts';
import type { Theme } from '../../../../schemas/contracts/themes.ts';
import { ThemeItem } from '../../../../schemas/stored/demands.ts';
import type { Themes } from '../../../demands/ports.ts';
import { writeEvidence } from '../evidence.ts';
import { change } from '../table/change.ts';
import { fromItem, readRevised, toItem } from '../table/items.ts';
import { keyOf } from '../table/keys.ts';
import type { Table } from '../table/reads.ts';
import { pageOf } from '../table/walk.ts';
import { commit, putNew, type Write } from '../table/write.ts';

const ALL_THEMES = 'THEMES';
const MAX_DEMANDS = 1000;

export const dynamoThemes = (table: Table): Themes => ({
  find: (id) => readRevised(table, keyOf.theme(id), ThemeItem),
  define: async (theme, evidence, revision) => {
    const write = revision === 0 ? writeFirst(table, theme) : writeNext(table, theme, revision);
    return (await commit(table, [write, ...writeEvidence(table, evidence)])).committed;
  },
  list: (query) =>
    pageOf(
      table,
      { from: { list: ALL_THEMES, keyOf: (position) => keyOf.theme(position as ThemeId) } },
      query,
      (item) => {
        const theme = fromItem(ThemeItem, item);
        const { member } = query;
        return member === undefined || theme.lead === member || theme.members.includes(member) ? theme : undefined;
      },
    ),
});

const writeFirst = (table: Table, theme: Theme): Write =>
  putNew(
    table,
    toItem('theme', keyOf.theme(theme.themeId), theme, { list: { partition: ALL_THEMES, position: theme.themeId } }),
  );

const writeNext = (table: Table, theme: Theme, read: number): Write =>
  change(table, keyOf.theme(theme.themeId), {
    set: { ...theme, revision: read + 1 },
    remove: theme.nameEn === undefined ? ['nameEn'] : [],
    when: '#revision = :read',
    values: { read },
  });

/** One demand more in a theme that has room for it. */
export const countDemand = (table: Table, id: ThemeId): Write =>
  change(table, keyOf.theme(id), {
    add: { demands: 1 },
    when: 'attribute_exists(#pk) AND (attribute_not_exists(#demands) OR #demands < :most)',
    values: { most: MAX_DEMANDS },
  });
