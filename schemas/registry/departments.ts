import * as z from 'zod';
import type { Department } from '../contracts/hub.ts';
import entries from './departments.json' with { type: 'json' };
import { publicPart, RegistryEntry } from './entries.ts';

/** The registry is code: a department joins or leaves by a deployment, so every instance agrees on who is who. */
export const departments: readonly Department[] = z.array(RegistryEntry).parse(entries).map(publicPart);

const byId = new Map(departments.map((department) => [department.id as string, department]));

export const findDepartment = (id: string): Department | undefined => byId.get(id);
