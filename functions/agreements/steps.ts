import type { Agreement } from '../../schemas/contracts/agreements.ts';
import type { AgreementId } from '../../schemas/contracts/ids.ts';
import { routes, type Route } from '../../schemas/contracts/routes.ts';
import { endpoint, type Call, type Endpoint, type Reply } from '../kernel/endpoint.ts';
import { refuse, type Outcome } from '../kernel/outcome.ts';
import { acceptNow } from './accept-now.ts';
import { change, momentOf, shownAgain } from './act.ts';
import { comment } from './domain/steps/comment.ts';
import { counter } from './domain/steps/counter.ts';
import { dispose } from './domain/steps/dispose.ts';
import { answer, decide, dispute } from './domain/steps/dispute.ts';
import { terminate } from './domain/steps/end.ts';
import { file } from './domain/steps/file.ts';
import { unaskedProblems } from './domain/consents.ts';
import type { Moment } from './domain/moment.ts';
import { sign } from './domain/steps/sign.ts';
import { resume, suspend } from './domain/steps/suspend.ts';
import { withdraw } from './domain/steps/withdraw.ts';
import { inheritedProblems } from '../reading/derivation/inheritance/problems.ts';
import { termsOf } from '../reading/terms.ts';
import { fittingVersion, newest } from './fitting.ts';
import type { Ports } from './ports.ts';
import { signatoryOf } from './signatory.ts';

/** A route that moves an agreement which is there, and answers it. */
type StepRoute = Route & {
  readonly params: (typeof routes.readAgreement)['params'];
  readonly response: (typeof routes.readAgreement)['response'];
  readonly errors: Readonly<Record<'not-found' | 'changed-meanwhile', number>>;
};

/** What a call makes of an agreement, as it is read in each of the tries. */
type Move<R extends StepRoute> = (
  agreement: Agreement,
  call: Pick<Call<R>, 'caller' | 'body'>,
  moment: Moment,
  ports: Ports,
) => Outcome<Agreement, Codes<R>> | Promise<Outcome<Agreement, Codes<R>>>;
type Codes<R extends StepRoute> = keyof R['errors'] & string;

// The casts: of a route that is a parameter TypeScript does not work out what its schemas give.
const step =
  <R extends StepRoute>(route: R, move: Move<R>) =>
  (ports: Ports): Endpoint =>
    endpoint<R>(
      route,
      (call) =>
        change<Codes<R>>(ports, (call.params as { agreementId: AgreementId }).agreementId, call, (agreement) =>
          move(agreement, call, momentOf(ports), ports),
        ) as Promise<Reply<R>>,
      shownAgain(ports) as never,
    );

/** Every step of an agreement that a department or the authority takes: its route, and what moves the agreement. */
export const steps: readonly ((ports: Ports) => Endpoint)[] = [
  step(routes.counterAgreement, async (agreement, { caller, body: { terms } }, moment, { catalog }) => {
    const resource = await newest(catalog, agreement);
    const inherited = await catalog.inherited(resource, moment.today);
    return counter(agreement, caller, { terms, resource, inherited }, moment);
  }),
  step(routes.commentOnAgreement, (agreement, { caller, body }, { at }) => comment(agreement, caller, body.text, at)),
  step(routes.acceptAgreement, (agreement, { caller, body }, _moment, ports) =>
    acceptNow(ports, agreement, caller, body),
  ),
  step(routes.signAgreement, (agreement, { caller, body }, { at }) => sign(agreement, signatoryOf(caller), body, at)),
  step(routes.fileAgreement, async (agreement, { caller, body }, moment, { catalog }) => {
    const outcome = file(agreement, caller, body.filingNumber, moment);
    // Terms that the newest version breaks, or that its sources do not allow any more, would be in force for nothing: they are
    // negotiated anew instead.
    if (!outcome.ok) return outcome;
    const fitting = await fittingVersion(catalog, outcome.value);
    if (!fitting) return refuse('terms-outdated');
    const inherited = await catalog.inherited(fitting, moment.today);
    const violations = [
      ...inheritedProblems(termsOf(outcome.value), inherited),
      ...unaskedProblems(outcome.value, inherited),
    ];
    return violations.length > 0 ? refuse('terms-outdated', { violations }) : outcome;
  }),
  step(routes.withdrawAmendment, (agreement, { caller, body }, { at }) => withdraw(agreement, caller, body.reason, at)),
  step(routes.suspendAgreement, (agreement, { caller, body }, { at }) => suspend(agreement, caller, body.reason, at)),
  step(routes.resumeAgreement, (agreement, { caller, body }, { at }) => resume(agreement, caller, body.reason, at)),
  step(routes.terminateAgreement, (agreement, { caller, body }, moment) =>
    terminate(agreement, caller, body.reason, moment),
  ),
  step(routes.openDispute, (agreement, { caller, body }, { at }) => dispute(agreement, caller, body.reason, at)),
  step(routes.answerDispute, (agreement, { caller, body }, { at }) => answer(agreement, caller, body.reason, at)),
  step(routes.decideDispute, (agreement, { caller, body }, { at }) => decide(agreement, caller, body.reason, at)),
  step(routes.stateDisposal, (agreement, { caller, body }, moment) => dispose(agreement, caller, body, moment)),
];
