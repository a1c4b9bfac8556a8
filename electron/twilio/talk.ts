import type { CallId } from '../core/call.ts';
import type { Cancel, Clock } from '../core/clock.ts';
import type { BookedCall } from './call-book.ts';
import { type CallProgress, wordsOf } from './call-progress.ts';
import { wrongState } from './line-problems.ts';
import type { Rest } from './rest.ts';
import type { Webhook } from './server.ts';
import { ask, type Listening, listenOn, type Spoken, speak } from './twiml.ts';
import { text } from './webhook-fields.ts';
import type { WebhookUrls } from './webhook-urls.ts';

/** How sure a recogniser is that does not say so. */
const USUAL_CONFIDENCE = 0.9;

/** How long one silent listening takes, in seconds; the next one follows at once. */
const LISTEN_S = 5;

/** How long Twilio may take to ask for what a call was redirected to. */
const REDIRECT_LIMIT_MS = 15_000;

/** What talking through Twilio needs of the rest. */
type TalkPorts = {
  readonly clock: Clock;
  readonly rest: Pick<Rest, 'redirect'>;
  readonly urls: WebhookUrls;
  readonly progress: () => CallProgress;
  readonly newTurn: () => string;
  /** Whether all that the party of a call says is written down apart from this. */
  readonly isTranscribed: (call: BookedCall) => boolean;
};

/** Speaks into calls and listens on them with Twilio's own voices and ears: one thing at a time, in the order asked. */
export type Talk = {
  /** Speaks a text; done when it is sure to be spoken, unless the call ends first. */
  readonly say: (call: BookedCall, spoken: Spoken) => Promise<void>;
  /** Asks for words or keys. @returns the turn that names the answer */
  readonly gather: (call: BookedCall, listening: Listening) => Promise<string>;
  /** Lets a live call ask for a new document. */
  readonly renew: (call: BookedCall) => Promise<void>;
  /** What a live call has to say or to ask now that its last document is over; null when nothing. */
  readonly next: (call: BookedCall, webhook: Webhook) => string | null;
  /** Listens until something comes, for a call that has no stream. */
  readonly listen: (call: BookedCall, webhook: Webhook) => string;
  /** Takes what a gather got; an answer to a question that is not asked any more is left out. */
  readonly result: (call: BookedCall, webhook: Webhook) => void;
  readonly forget: (call: BookedCall) => void;
};

type Question = { readonly turn: string; readonly listening: Listening };

type Conversation = {
  readonly texts: Spoken[];
  /** Asked for here and not answered yet. */
  question: Question | null;
  /** What Twilio listens for now. */
  heardBy: { readonly turn: string } | null;
  speaking: boolean;
  /** The way to what is to be said, until Twilio has asked for it. */
  redirect: { readonly url: string; readonly done: Promise<void> } | null;
  cancelLimit: Cancel;
};

/** Builds what talks. */
export function createTalk(ports: TalkPorts): Talk {
  const { clock, rest, urls, progress, newTurn } = ports;
  const conversations = new Map<CallId, Conversation>();

  const of = (call: BookedCall): Conversation => {
    const known = conversations.get(call.id);
    if (known !== undefined) return known;
    const conversation: Conversation = {
      texts: [],
      question: null,
      heardBy: null,
      speaking: false,
      redirect: null,
      cancelLimit: () => {},
    };
    conversations.set(call.id, conversation);
    return conversation;
  };

  /** Sends the call to its next document, unless it comes to it by itself. */
  const hurry = (call: BookedCall): Promise<void> => {
    const conversation = of(call);
    const { sid } = call;
    if (conversation.redirect !== null) return conversation.redirect.done;
    if (sid === null) throw wrongState('Twilio has not named this call yet.');
    const asksSoon = conversation.heardBy !== null && isAsked(conversation);
    if (conversation.speaking || asksSoon) return Promise.resolve();
    const url = urls.voice(call.id, 'say');
    const redirect = { url, done: rest.redirect(sid, { url }) };
    conversation.redirect = redirect;
    const giveUp = (): void => {
      if (conversation.redirect === redirect) conversation.redirect = null;
    };
    redirect.done.then(() => {
      if (conversation.redirect !== redirect || call.progress === 'ended') return;
      conversation.cancelLimit = clock.after(REDIRECT_LIMIT_MS, () => {
        giveUp();
        const waits = conversation.texts.length > 0 || conversation.question !== null;
        if (waits) hurry(call).catch(() => {});
      });
    }, giveUp);
    return redirect.done;
  };

  const stopListening = (
    call: BookedCall,
    got: 'speech' | 'digits' | 'nothing',
    key?: string,
  ): void => {
    const conversation = of(call);
    const { heardBy } = conversation;
    if (heardBy === null) return;
    if (conversation.question?.turn === heardBy.turn) conversation.question = null;
    conversation.heardBy = null;
    progress().tell({ event: 'gather-ended', callId: call.id, turn: heardBy.turn, got }, key);
  };

  const startListening = (call: BookedCall, turn: string, key: string): void => {
    of(call).heardBy = { turn };
    progress().tell({ event: 'gather-started', callId: call.id, turn }, key);
  };

  return {
    say: async (call, spoken) => {
      const { texts } = of(call);
      texts.push(spoken);
      try {
        await hurry(call);
      } catch (error) {
        if (texts.includes(spoken)) texts.splice(texts.indexOf(spoken), 1);
        throw error;
      }
    },
    gather: async (call, listening) => {
      const conversation = of(call);
      if (conversation.question !== null) {
        throw wrongState('Already waiting for an answer on this call.');
      }
      const question = { turn: newTurn(), listening };
      conversation.question = question;
      try {
        await hurry(call);
      } catch (error) {
        if (conversation.question === question) conversation.question = null;
        throw error;
      }
      return question.turn;
    },
    renew: async call => hurry(call),
    next: (call, { query, key }) => {
      const conversation = of(call);
      const { texts, question, redirect } = conversation;
      conversation.speaking = false;
      stopListening(call, 'nothing', key);
      // What began now would be cut off by the redirect that is still on its way.
      if (redirect !== null && sayOf(redirect.url) !== query['say']) return null;
      conversation.redirect = null;
      conversation.cancelLimit();
      if (texts.length > 0) {
        conversation.speaking = true;
        const all = texts.splice(0);
        // One request brings them all: without a name of its own each would pass for the first.
        for (const [at, spoken] of all.entries()) progress().said(call, spoken, `${key}.${at}`);
        return speak(all, urls.voice(call.id, 'resume'));
      }
      if (question === null || conversation.question === null) return null;
      const { turn, listening } = question;
      startListening(call, turn, key);
      // What the same request told of the answer before has its name.
      const { prompt } = listening;
      if (prompt !== undefined) progress().said(call, prompt, `${key}.prompt`);
      const nothing = urls.gather(call.id, turn, { got: 'nothing' });
      return ask(listening, urls.gather(call.id, turn), nothing);
    },
    listen: (call, { key }) => {
      const turn = newTurn();
      startListening(call, turn, key);
      const next = urls.voice(call.id, 'resume');
      return listenOn({ input: 'both', timeoutS: LISTEN_S }, urls.gather(call.id, turn), next);
    },
    result: (call, { params, query, key }) => {
      const conversation = of(call);
      const turn = conversation.heardBy?.turn;
      if (turn === undefined || turn !== query['turn']) return;
      const words = text(params['SpeechResult']).trim();
      const digits = text(params['Digits']).trim();
      const callId = call.id;
      const isTold = isAsked(conversation) || !ports.isTranscribed(call);
      if (words !== '' && isTold) {
        const confidence = confidenceOf(text(params['Confidence']));
        const piece = wordsOf(callId, turn, 'gather');
        const heard = { ...piece, speaker: 'them', text: words, confidence, turn } as const;
        progress().tell({ event: 'segment', ...heard }, key);
      } else if (words === '' && digits !== '') {
        progress().tell({ event: 'digits-received', callId, digits, turn }, key);
      }
      stopListening(call, words !== '' ? 'speech' : digits !== '' ? 'digits' : 'nothing', key);
    },
    forget: call => {
      const conversation = conversations.get(call.id);
      if (conversation === undefined) return;
      conversation.cancelLimit();
      stopListening(call, 'nothing');
      conversations.delete(call.id);
    },
  };
}

/** What tells the request for what is to be said from any other. */
function sayOf(url: string): string | null {
  return new URL(url).searchParams.get('say');
}

/** Whether Twilio now listens for the answer to a question, which nothing should cut off. */
function isAsked({ heardBy, question }: Conversation): boolean {
  return heardBy !== null && heardBy.turn === question?.turn;
}

/** What the recogniser says of itself, 0 to 1; the usual when it says nothing of use. */
function confidenceOf(word: string): number {
  const value = Number(word);
  return word.trim() === '' || !(value >= 0 && value <= 1) ? USUAL_CONFIDENCE : value;
}
