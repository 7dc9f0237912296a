import type { z } from 'zod';
import { DemandBody } from '../../schemas/contracts/demands.ts';
import type { StoredDemand } from '../../schemas/stored/demands.ts';
import { ThemeId, type DemandId, type DepartmentId } from '../../schemas/contracts/ids.ts';
import type { Theme } from '../../schemas/contracts/themes.ts';
import type { Progress } from '../../functions/demands/domain/progress.ts';
import { anId, department, instant, resource } from '../support/builders.ts';

/**
 * The cast: `emergency` leads the theme of the same name and states demands, `district-xicheng` is a member, `quality` and
 * `commerce` are asked, `eitc` is the authority, `auditor` audits, `press` has nothing to do with it.
 */
export const themeId = ThemeId.parse('emergency');
export const aDemandId = (number: number): DemandId => anId(number) as string as DemandId;

export const aTheme = (changes: Partial<Theme> = {}): Theme => ({
  themeId,
  name: '应急指挥',
  nameEn: 'Emergency response',
  lead: department('emergency'),
  members: [department('district-xicheng'), department('command-flood')],
  purpose: '突发事件应对',
  definedAt: instant,
  changedAt: instant,
  ...changes,
});

export const aDemandBody = (changes: Partial<z.input<typeof DemandBody>> = {}): DemandBody =>
  DemandBody.parse({
    title: '法人单位',
    fields: [{ name: 'org_code' }, { name: '机构名称' }],
    from: ['quality', 'commerce'],
    frequency: 'daily',
    purpose: '危险源周边单位通知',
    legalBasis: '突发事件应对法 第三十三条',
    ...changes,
  });

export function aDemand(changes: Partial<StoredDemand> = {}): StoredDemand {
  const { resourceId: _resourceId, ...body } = aDemandBody();
  const matched = changes.state === 'matched';
  return {
    demandId: aDemandId(1),
    themeId,
    demander: department('emergency'),
    ...body,
    state: 'open',
    statedAt: instant,
    changedAt: instant,
    ...(matched && {
      match: {
        resourceId: resource('legal-entities'),
        provider: department('quality'),
        by: department('emergency'),
        at: instant,
      },
    }),
    declines: [],
    ...changes,
  };
}

export const declinedBy = (...ids: readonly string[]): StoredDemand['declines'] =>
  ids.map((id): { department: DepartmentId; at: string; reason: string } => ({
    department: department(id),
    at: instant,
    reason: '本单位不掌握该数据',
  }));

/** An agreement for a demand: under way, filed, or filed and with something released. */
export const progress = (
  how: 'under way' | 'filed' | 'delivered',
  changes: Partial<Progress['agreement']> = {},
): Progress => ({
  agreement: {
    agreementId: anId(70),
    state: how === 'under way' ? 'proposed' : 'active',
    frequency: 'daily',
    ...(how !== 'under way' && { filedAt: instant }),
    ...changes,
  },
  ...(how === 'delivered' && { delivery: { deliveredAt: instant, datasetVersion: 1 } }),
});
