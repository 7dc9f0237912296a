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
  throttled: {
    title: 'Too many requests',
    detail:
      'Wait as many seconds as the header retry-after says and repeat the call; a POST with the same Idempotency-Key.',
  },
  'timed-out': {
    title: 'Not answered in time',
    detail:
      'The hub did not get to an answer in time; what was asked for may have been done all the same. Repeat the call; a POST with the same Idempotency-Key.',
  },
  'not-found': { title: 'Not found', detail: 'There is no such thing, or it is not yours to know of.' },
  'not-the-provider': {
    title: 'Not the provider',
    detail: 'Only the department that provides this resource may do this.',
  },
  'breaking-change': {
    title: 'Breaking change',
    detail:
      'The new definition breaks what others rely on; the violations list every change that concerns somebody, and every agreement that it breaks. Add "breaking": "accepted" to publish it all the same.',
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
  'not-a-source': {
    title: 'Not asked',
    detail: 'Only a department whose fields these terms grant, and which is asked for its consent, may do this.',
  },
  'already-consented': {
    title: 'Already consented',
    detail: 'Your department consents to these terms; whether others do is awaited.',
  },
  'already-objected': {
    title: 'Already objected',
    detail: 'Your department objects to these terms already. It can consent, or wait for others.',
  },
  'consent-missing': {
    title: 'Consent missing',
    detail:
      'Departments whose fields these terms grant have not consented to them. Wait for them, or propose terms without their fields.',
  },
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
    detail:
      'The authority neither files an agreement that it drafted or is a party to, nor decides a dispute of its own.',
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
  'not-the-consumer': {
    title: 'Not the consumer',
    detail: 'Only the consumer of this delivery or agreement may do this.',
  },
  'not-released': {
    title: 'Not released',
    detail: 'This delivery has not been released, so there is nothing to fetch yet.',
  },
  'agreement-not-active': {
    title: 'Agreement not active',
    detail: 'The agreement behind this delivery is not in force (any more), so its content cannot be fetched.',
  },
  'terms-outdated': {
    title: 'Terms outdated',
    detail:
      'A newer version of the resource breaks these terms, or what it is made of allows less by now, so that they could not be kept. A party proposes other terms: POST …/proposals.',
  },
  'officer-unknown': {
    title: 'Officer unknown',
    detail:
      'Your department signs with two officers, and the name of this session says of none who it is. Assume the department’s role with your own user name as the session’s name (role_session_name in ~/.aws/config), and sign again.',
  },
  'already-approved': {
    title: 'Already approved',
    detail: 'You have approved these terms. Your department signs with two officers: the other one has to call.',
  },
  'no-amendment': {
    title: 'No amendment',
    detail: 'No other terms are on the table. Propose them first: POST …/proposals.',
  },
  'negotiation-too-long': {
    title: 'Negotiation too long',
    detail:
      'Your department has put as many terms on the table of this agreement as it can hold. The other party can propose; or end it and propose a new one.',
  },
  'not-suspended-by-you': {
    title: 'Not your suspension',
    detail: 'Each holder lifts its own suspension only; the agreement says who holds it.',
  },
  'already-suspended': { title: 'Already suspended', detail: 'You hold this agreement suspended already.' },
  'dispute-open': { title: 'Dispute under way', detail: 'There is a dispute already; it has to be decided first.' },
  'own-dispute': {
    title: 'Own dispute',
    detail: 'The party that opened a dispute does not answer it; the other party does.',
  },
  'no-dispute': { title: 'No dispute', detail: 'There is no dispute in the state that this step takes.' },
  'already-stated': { title: 'Already stated', detail: 'This statement has been made and stays as it is.' },
  'nothing-owed': {
    title: 'Nothing owed',
    detail: 'Nothing was ever delivered under this agreement, or it is still in force.',
  },
  'invalid-statement': {
    title: 'Statement cannot be used',
    detail: 'The statement breaks rules; each violation names the place and the rule.',
  },
  'not-yours-to-preview': {
    title: 'Not to be previewed yet',
    detail:
      'A consumer sees what terms cover while they are on the table or in force, once their provider itself has proposed, accepted or signed them, and not while the agreement is suspended.',
  },
  'nothing-to-preview': { title: 'Nothing to preview', detail: 'The resource has no data yet.' },
  'no-such-terms': { title: 'No such terms', detail: 'The agreement has no terms version of this number.' },
  'resource-retired': {
    title: 'Resource retired',
    detail:
      'The resource takes no more uploads and no new agreements; its entry names what replaces it, if anything does.',
  },
  'derived-resource': {
    title: 'Derived resource',
    detail: 'The hub makes this resource of others by its derivation; nothing is uploaded to it.',
  },
  'invalid-theme': {
    title: 'Theme cannot be used',
    detail: 'The theme breaks rules; each violation names the place and the rule.',
  },
  'not-the-lead': {
    title: 'Not the lead department',
    detail: 'Only the department that leads this theme may do this.',
  },
  'theme-not-found': {
    title: 'No such theme',
    detail: 'There is no theme with this id. GET /v1/themes lists what there is.',
  },
  'not-a-member': { title: 'Not a member', detail: 'Only members of this theme state demands in it.' },
  'invalid-demand': {
    title: 'Demand cannot be used',
    detail: 'The demand breaks rules; each violation names the place and the rule.',
  },
  'not-the-demander': { title: 'Not the demander', detail: 'Only the department that stated this demand may do this.' },
  'not-asked': { title: 'Not asked', detail: 'Only a department that this demand asks may decline it.' },
  'invalid-correction': {
    title: 'Correction cannot be taken',
    detail: 'The report breaks rules; each violation names the place and the rule.',
  },
  'retention-over': {
    title: 'Retention is over',
    detail: 'The days for which this delivery may be kept have passed; the hub no longer holds it.',
  },
  'other-mode': {
    title: 'Another mode',
    detail: 'The agreement is of another mode: what it grants reaches its consumer in another way.',
  },
  'not-answerable': {
    title: 'Nothing to answer from',
    detail:
      'There is no dataset in force that can be asked under these terms: none came yet, or it is still being prepared. Try again later; if it persists, ask the provider.',
  },
  'invalid-lookup': {
    title: 'Lookup cannot be made',
    detail: 'The lookup breaks rules; each violation names the place and the rule.',
  },
  'invalid-comparison': {
    title: 'Comparison cannot be made',
    detail:
      'The announcement breaks rules, or asks for what is not agreed; each violation names the place and the rule.',
  },
  'invalid-watch': {
    title: 'Keys cannot be lodged',
    detail: 'The keys break rules, or the terms let none be watched; each violation names the place and the rule.',
  },
  'too-many-watches': {
    title: 'Too many watches',
    detail: 'The agreement has as many watches as it can have at once. End one, or lodge the keys together as a list.',
  },
  'invalid-reconciliation': {
    title: 'Comparison cannot be repeated',
    detail: 'The order breaks rules, or asks for what is not agreed; each violation names the place and the rule.',
  },
  'too-many-reconciliations': {
    title: 'Too many standing orders',
    detail: 'The agreement has as many standing orders to compare as it can have at once. End one.',
  },
  'quota-exceeded': {
    title: 'Quota used up',
    detail: 'The terms allow no more of this today; a new day begins at midnight in the hub’s time zone.',
  },
  'answer-not-kept': {
    title: 'Answer not kept',
    detail:
      'The data that answered this call are no longer kept, so it cannot be answered again. Look up anew, with a new Idempotency-Key.',
  },
  'invalid-period': { title: 'Period cannot be used', detail: 'The period ends before it begins, or is too long.' },
  'invalid-deprecation': {
    title: 'Deprecation cannot be used',
    detail: 'The deprecation breaks rules; each violation names the place and the rule.',
  },
  'invalid-offer': {
    title: 'Offer cannot be used',
    detail: 'The offer breaks rules; each violation names the place and the rule.',
  },
  'invalid-scheme': {
    title: 'Scheme cannot be used',
    detail: 'The scheme breaks rules; each violation names the place and the rule.',
  },
} as const satisfies Record<string, { readonly title: string; readonly detail: string }>;

export type RefusalCode = keyof typeof refusalTexts;
