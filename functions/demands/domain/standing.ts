import type { DepartmentId } from '../../../schemas/contracts/ids.ts';
import type { Theme } from '../../../schemas/contracts/themes.ts';
import type { StoredDemand } from '../../../schemas/stored/demands.ts';
import type { Officer } from '../../reading/oversight.ts';

/** What a department is to a demand; `member` of its theme, as the theme's lead is too. */
export type Standing = 'demander' | 'asked' | 'member' | 'authority' | 'auditor';

export type Membership = Pick<Theme, 'lead' | 'members'>;

/** The lead belongs to its theme as the members do. */
export const belongsTo = ({ lead, members }: Membership, department: DepartmentId): boolean =>
  department === lead || members.includes(department);

export function standingsOf(
  { demander, from }: Pick<StoredDemand, 'demander' | 'from'>,
  theme: Membership | undefined,
  { department, roles }: Officer,
): readonly Standing[] {
  const standings: Record<Standing, boolean> = {
    demander: department === demander,
    asked: from.includes(department),
    member: theme !== undefined && belongsTo(theme, department),
    authority: roles.includes('authority'),
    auditor: roles.includes('auditor'),
  };
  return (Object.keys(standings) as Standing[]).filter((standing) => standings[standing]);
}
