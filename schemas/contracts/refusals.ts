/** What each refusal code means and what to do next: the words of the API's answers and of its documentation. */
export const refusalTexts = {
  malformed: {
    title: 'Malformed request',
    detail: 'The request does not have the form that this route takes; the violations say where.',
  },
  unsigned: {
    title: 'Not signed',
    detail:
      'Sign the request with AWS Signature V4 for the service execute-api, with the credentials of your department’s role.',
  },
  'not-a-department': {
    title: 'Not a department',
    detail:
      'The signature is valid, but its role stands for no department of the registry. Assume the role that the administrator gave your department.',
  },
  'role-not-permitted': {
    title: 'Not for this role',
    detail: 'Your department’s role in the registry does not permit this call.',
  },
  'no-such-route': {
    title: 'No such route',
    detail: 'There is nothing at this method and path; the OpenAPI document lists every route.',
  },
  'idempotency-key-reused': {
    title: 'Idempotency-Key reused',
    detail:
      'This key was used for another request. Use a new key for every new request, and the same key only to repeat one.',
  },
  'not-found': { title: 'Not found', detail: 'There is no such thing, or it is not yours to know of.' },
  'not-the-provider': {
    title: 'Not the provider',
    detail: 'Only the department that provides this resource may do this.',
  },
  'breaking-change': {
    title: 'Breaking change',
    detail:
      'The new definition breaks what consumers rely on; the violations list every change. Add "breaking": "accepted" to publish it all the same.',
  },
  'changed-meanwhile': {
    title: 'Changed meanwhile',
    detail: 'Somebody else changed it at the same time. Read it again and repeat the call if it still applies.',
  },
  'invalid-definition': {
    title: 'Definition cannot be used',
    detail: 'The definition breaks rules; each violation names the place and the rule.',
  },
  'resource-not-found': {
    title: 'No such resource',
    detail: 'The catalog has no resource with this id. GET /v1/resources lists what there is.',
  },
  'own-resource': {
    title: 'Own resource',
    detail: 'A department has its own resource already; agreements are with other departments.',
  },
  'sharing-refused': {
    title: 'Not shared',
    detail: 'The catalog marks this resource as not to be shared; its entry names the law that says so.',
  },
  'invalid-terms': {
    title: 'Terms cannot be used',
    detail:
      'The terms break rules or ask for what the resource does not have; each violation names the place and the rule.',
  },
  'not-a-party': { title: 'Not a party', detail: 'Only provider and consumer of this agreement may do this.' },
  'own-proposal': {
    title: 'Own proposal',
    detail: 'The party that proposed these terms cannot accept them; the other party does.',
  },
  'wrong-state': { title: 'Wrong state', detail: 'The state it is in does not permit this step.' },
  'terms-changed': {
    title: 'Terms changed',
    detail: 'The terms version that you name is not the one on the table. Read the agreement again.',
  },
  'digest-differs': {
    title: 'Digest differs',
    detail: 'The digest that you name is not that of the thing itself. Read it again and compare.',
  },
  'already-signed': {
    title: 'Already signed',
    detail: 'Your department has signed these terms; the other party’s signature is awaited.',
  },
  'own-agreement': {
    title: 'Own agreement',
    detail: 'The authority cannot file an agreement that it drafted or is a party to.',
  },
  'no-longer-valid': {
    title: 'Validity is over',
    detail: 'The last day of validity has passed, so filing would have no effect. Propose an agreement with new dates.',
  },
  'invalid-upload': {
    title: 'Upload cannot be announced',
    detail: 'The announcement breaks rules; each violation names the place and the rule.',
  },
  'not-multipart': {
    title: 'Neither parts nor segments',
    detail: 'This upload takes one PUT, whose URL the announcement gave.',
  },
  'parts-missing': {
    title: 'Parts missing',
    detail: 'Not all declared parts have arrived. GET the parts again for fresh URLs and send those that are missing.',
  },
  'not-the-consumer': { title: 'Not the consumer', detail: 'Only the consumer of this delivery may do this.' },
  'not-released': {
    title: 'Not released',
    detail: 'This delivery has not been released, so there is nothing to fetch yet.',
  },
  'agreement-not-active': {
    title: 'Agreement not active',
    detail: 'The agreement behind this delivery is not in force (any more), so its content cannot be fetched.',
  },
} as const satisfies Record<string, { readonly title: string; readonly detail: string }>;

export type RefusalCode = keyof typeof refusalTexts;
