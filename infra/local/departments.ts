import type { Role } from './access/roles.ts';

/** The departments of this deployment: their roles' names say so (`hub-{stage}-dept-{id}`). */
export function departmentsOf(roles: readonly Role[]): { readonly id: string; readonly role: Role }[] {
  return roles.flatMap((role) => {
    const [, id] = /^hub-[a-z0-9]+-dept-([a-z][a-z0-9-]*)$/.exec(role.name) ?? [];
    return id === undefined ? [] : [{ id, role }];
  });
}
