import type { Endpoint } from '../kernel/http.ts';
import { acceptHandler } from './accept.handler.ts';
import { answerHandler } from './answer.handler.ts';
import { commentHandler } from './comment.handler.ts';
import { counterHandler } from './counter.handler.ts';
import { decideHandler } from './decide.handler.ts';
import { disposeHandler } from './dispose.handler.ts';
import { disputeHandler } from './dispute.handler.ts';
import { fileHandler } from './file.handler.ts';
import { listHandler } from './list.handler.ts';
import type { Ports } from './ports.ts';
import { proposeHandler } from './propose.handler.ts';
import { readHandler } from './read.handler.ts';
import { readHistoryHandler } from './read-history.handler.ts';
import { resumeHandler } from './resume.handler.ts';
import { signHandler } from './sign.handler.ts';
import { suspendHandler } from './suspend.handler.ts';
import { terminateHandler } from './terminate.handler.ts';
import { withdrawHandler } from './withdraw.handler.ts';

/** The life of an agreement: every route that begins, moves or shows one. */
export const agreementEndpoints = (ports: Ports): readonly Endpoint[] =>
  [
    proposeHandler,
    counterHandler,
    commentHandler,
    acceptHandler,
    signHandler,
    fileHandler,
    withdrawHandler,
    suspendHandler,
    resumeHandler,
    terminateHandler,
    disputeHandler,
    answerHandler,
    decideHandler,
    disposeHandler,
    readHandler,
    readHistoryHandler,
    listHandler,
  ].map((handler) => handler(ports));
