import { type FastifyInstance, fastify } from 'fastify';
import type { Scene } from '../core/room.ts';
import { addParticipant } from './add-participant.ts';
import type { PracticeCall } from './call.ts';
import { PLAIN_JOIN } from './conference-options.ts';
import type { Line } from './line.ts';
import { agents } from './people/agents.ts';
import { customers } from './people/customers.ts';
import type { Person } from './person.ts';
import { answerCall } from './ring-in.ts';

/** The number of the other application. It is not in the list of ours: nobody here may change it. */
const NUMBER = '+14155550120';

/** The queue its callers wait in. */
const QUEUE = 'support';

const [MARIA, TOM, EVA] = agents;

/** Another application of the account: it answers its calls by itself, and knows nothing of Earshot. */
export type ForeignApp = {
  /** Somebody calls it: the customer with this number, or each in turn. @returns their call; throws for any other number */
  readonly play: (scene: Scene, from?: string) => PracticeCall;
  readonly close: () => Promise<void>;
};

/** Starts the other application on a loopback port of its own. @param agentUrl where its voice agent listens */
export async function startForeignApp(line: Line, agentUrl: string): Promise<ForeignApp> {
  const server = fastify({ forceCloseConnections: true });
  const plays = new Map<string, Play>();
  answerWebhooks(server, plays, agentUrl);
  const url = await server.listen({ host: '127.0.0.1', port: 0 });
  let played = 0;
  return {
    play(scene, from) {
      const customer = customerAt(played, from);
      played += 1;
      const path = `/${scene}-${played}`;
      const play = {
        scene,
        invite: onlyOnce(inviteAgent(line, played)),
        conference: conferenceName(played),
      };
      plays.set(path, play);
      return answerCall(line, customer, NUMBER, {
        voiceUrl: `${url}${path}`,
        voiceMethod: 'POST',
        voiceFallbackUrl: '',
        voiceFallbackMethod: 'POST',
        statusCallback: '',
        statusCallbackMethod: 'POST',
      });
    },
    close: async () => {
      await server.close();
    },
  };
}

/** The customer with this number; without one, whose turn it is. */
function customerAt(turn: number, from: string | undefined): Person {
  if (from === undefined) return customers[turn % customers.length] ?? customers[0];
  const customer = customers.find(({ number }) => number === from);
  if (customer === undefined) throw new Error('No customer has this number');
  return customer;
}

/** One call of a customer. */
type Play = {
  readonly scene: Scene;
  readonly conference: string;
  /** Calls an agent for its conference. */
  readonly invite: () => void;
};

function answerWebhooks(
  server: FastifyInstance,
  plays: ReadonlyMap<string, Play>,
  agentUrl: string,
): void {
  // The line's own requests: their parameters are of no use here.
  server.addContentTypeParser('application/x-www-form-urlencoded', (_request, payload, done) => {
    payload.resume().on('end', () => done(null));
  });
  server.post('/*', async (request, reply) => {
    const play = plays.get(request.url);
    if (play === undefined) return reply.code(404).send();
    if (play.scene === 'conference') play.invite();
    return reply.type('text/xml').send(`<Response>${verbsOf(play, agentUrl)}</Response>`);
  });
}

function verbsOf({ scene, conference }: Play, agentUrl: string): string {
  switch (scene) {
    case 'conference':
      return `<Dial><Conference participantLabel="customer" beep="false" endConferenceOnExit="true">${conference}</Conference></Dial>`;
    case 'dialled':
      return `<Dial callerId="${NUMBER}"><Number>${TOM.number}</Number></Dial>`;
    case 'program':
      return `<Connect><Stream url="${agentUrl}"/></Connect>`;
    case 'queue':
      return `<Enqueue>${QUEUE}</Enqueue>`;
  }
}

function conferenceName(number: number): string {
  return `${QUEUE}-${number}`;
}

/** Calls an agent into the conference of a play: Maria, and Eva every other time. */
function inviteAgent(line: Line, number: number): () => void {
  return () => {
    const conference = line.conferences.named(line, conferenceName(number));
    const agent = number % 2 === 1 ? MARIA : EVA;
    addParticipant(line, conference, {
      from: NUMBER,
      to: agent.number,
      join: { ...PLAIN_JOIN, label: 'agent', beep: 'false' },
      statusCallback: { url: '', method: 'POST', events: [] },
      timeoutMs: 60_000,
      timeLimitMs: 14_400_000,
    });
  };
}

/** A webhook may be repeated. */
function onlyOnce(run: () => void): () => void {
  let done = false;
  return () => {
    if (!done) run();
    done = true;
  };
}
