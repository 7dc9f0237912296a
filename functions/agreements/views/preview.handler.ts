import { routes } from '../../../schemas/contracts/routes.ts';
import type { Caller } from '../../kernel/caller.ts';
import { endpoint } from '../../kernel/endpoint.ts';
import { actorOf, evidenceOf } from '../../kernel/evidence.ts';
import { done, refuse } from '../../kernel/outcome.ts';
import { mayPreview, previewedFields } from '../domain/terms/preview.ts';
import { chosenTerms, pinnedVersion, type Chosen } from './chosen.ts';
import { looked, type Looked } from './look.ts';
import type { ViewPorts } from './ports.ts';
import { bySources } from './withheld.ts';

/** What is shown is first put on record. */
export const previewHandler = (ports: ViewPorts) =>
  endpoint(routes.previewTerms, async ({ caller, params, query: { version } }) => {
    const chosen = await chosenTerms(ports, caller, params.agreementId, version);
    if (!chosen.ok) return chosen;
    const permitted = mayPreview(chosen.value.agreement, chosen.value.version, caller);
    if (!permitted.ok) return permitted;

    const pinned = await pinnedVersion(ports, chosen.value);
    const dataset = await ports.datasets.newest(pinned.resourceId);
    if (!dataset) return refuse('nothing-to-preview');
    const allowed = await bySources(ports, chosen.value, dataset, caller);
    if (!allowed.ok) return allowed;
    const look = await looked(ports, dataset, pinned, chosen.value.version.terms);
    if (!look.ok) return look;
    await ports.keepEvidence(evidenceFor(ports, caller, chosen.value, dataset.datasetVersion, look.value));
    return done({
      agreementId: params.agreementId,
      termsVersion: chosen.value.version.version,
      datasetVersion: dataset.datasetVersion,
      ...look.value,
      fields: previewedFields(chosen.value.version.terms, pinned.definition.schema),
    });
  });

function evidenceFor(
  ports: ViewPorts,
  caller: Caller,
  { agreement, version }: Chosen,
  datasetVersion: number,
  { rows }: Looked,
) {
  const { agreementId, resourceId, provider, consumer } = agreement;
  const subject = {
    agreementId,
    resourceId,
    resourceVersion: version.resourceVersion,
    termsVersion: version.version,
    datasetVersion,
    provider,
    consumer,
  };
  return evidenceOf(ports, 'terms-previewed', actorOf(caller), subject, { terms: version.digest }, { rows });
}
