import { routes } from '../../../schemas/contracts/routes.ts';
import { findDepartment } from '../../../schemas/registry/departments.ts';
import type { Words } from '../../../schemas/words/language.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { done } from '../../kernel/outcome.ts';
import { pageOf } from '../domain/plain/page.ts';
import { textOf } from '../domain/plain/text.ts';
import { chosenTerms, pinnedVersion } from './chosen.ts';
import type { ViewPorts } from './ports.ts';

export const textHandler = (ports: ViewPorts) =>
  endpoint(routes.readText, async ({ caller, params, query: { version, language, format } }) => {
    const chosen = await chosenTerms(ports, caller, params.agreementId, version);
    if (!chosen.ok) return chosen;
    const { definition } = await pinnedVersion(ports, chosen.value);
    const text = textOf({ ...chosen.value, definition, nameOf, timeZone: ports.timeZone }, language);
    return done({ ...text, ...(format === 'html' && { html: pageOf(text) }) });
  });

/** One that left the registry keeps its id. */
const nameOf = (id: string): Words => {
  const department = findDepartment(id);
  return department ? { zh: department.name, en: department.nameEn } : { zh: id, en: id };
};
