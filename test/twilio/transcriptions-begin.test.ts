import { describe, expect, it } from 'vitest';
import type { UnfinishedCall } from '../../electron/core/call.ts';
import { DANA, inbound, OURS, openScriptedLine, outbound, settle } from './scripted-line.ts';

const WISH = {
  tracks: ['inbound', 'outbound'],
  language: 'en-US',
  hints: [],
  labels: { inbound: 'Customer', outbound: 'Agent' },
} as const;

/** A line on which every transcript is wanted, and the calls it was asked about. */
function wanting(settings = {}, ports: Parameters<typeof openScriptedLine>[1] = {}) {
  const wished: string[] = [];
  const scripted = openScriptedLine(settings, {
    transcriptionWish: callId => {
      wished.push(callId);
      return WISH;
    },
    ...ports,
  });
  return { ...scripted, wished };
}

/** The first two verbs of a document. */
const verbsOf = (twiml: string | null): string[] =>
  [...(twiml ?? '').matchAll(/<(Start|Connect|Gather|Say|Enqueue)\b/g)]
    .map(([, verb]) => verb ?? '')
    .slice(0, 2);

describe('a call whose transcript is wanted', () => {
  it('begins with it before its sound, and only once', async () => {
    const { line, ask, wished, facts } = wanting();
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    expect(line.transcriptions.actions.isBegun(callId)).toBe(false);
    const first = await ask('voice', outbound('CA1'), { callId });
    expect(verbsOf(first)).toEqual(['Start', 'Connect']);
    expect(first).toContain('statusCallbackUrl="https://desk.example/voice/transcription?name=');
    expect(line.transcriptions.actions.isBegun(callId)).toBe(true);
    await line.say(callId, 'Hello.', 'nova');
    for (const query of [{ say: '9' }, { resume: '10' }]) {
      expect(verbsOf(await ask('voice', outbound('CA1'), { callId, ...query }))).not.toContain(
        'Start',
      );
    }
    expect(wished).toEqual([callId]);
    await line.hangUp(callId);
    expect(facts.at(-1)).toMatchObject({ event: 'call-ended' });
    expect(line.transcriptions.actions.isBegun(callId)).toBe(false);
  });

  it('tells that it begins by itself when it is told as answered', async () => {
    const begun: boolean[] = [];
    const { line, ask } = wanting(
      {},
      {
        emit: fact => {
          if (fact.event !== 'call-answered') return;
          begun.push(line.transcriptions.actions.isBegun(fact.callId));
        },
      },
    );
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    await ask('voice', outbound('CA1'), { callId });
    expect(begun).toEqual([true]);
  });

  it('begins with it when it comes in, and not while it rings or waits', async () => {
    const { line, ask, wished } = wanting();
    const ringing = ask('voice', inbound('CA5'));
    await settle();
    expect(wished).toEqual([]);
    void line.answer('call-1');
    expect(verbsOf(await ringing)).toEqual(['Start', 'Connect']);
    expect(wished).toEqual(['call-1']);
  });

  it('begins with it once it is picked up from the queue', async () => {
    const { line, ask, wished } = wanting({ whenBusy: 'queue' }, { isBusy: () => true });
    expect(verbsOf(await ask('voice', inbound('CA5')))).toEqual(['Enqueue']);
    expect(wished).toEqual([]);
    await line.answer('call-1');
    const picked = await ask('voice', inbound('CA5'), { callId: 'call-1', pick: '3' });
    expect(verbsOf(picked)).toEqual(['Start', 'Connect']);
  });

  it('begins with it before it is listened to where there is no sound', async () => {
    const { line, ask } = wanting({}, { isTrial: () => true });
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    expect(verbsOf(await ask('voice', outbound('CA1'), { callId }))).toEqual(['Start', 'Gather']);
  });

  it('begins with it also when something is said first', async () => {
    const { line, ask, requestsOf } = wanting();
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    await ask('status', outbound('CA1'), { callId });
    await line.say(callId, 'Hello.', 'nova');
    const [, document] = requestsOf('redirect').at(-1) ?? [];
    const { url } = document as { readonly url: string };
    const query = Object.fromEntries(new URL(url).searchParams);
    expect(verbsOf(await ask('voice', outbound('CA1'), query))).toEqual(['Start', 'Say']);
  });

  it('does not begin with it again when an earlier run left it live', async () => {
    const { line, ask, wished, twilio } = wanting();
    twilio.calls.set('CA8', 'in-progress');
    const kept: UnfinishedCall = {
      ...{ id: 'old-1', sid: 'CA8', direction: 'outbound', kind: 'direct', them: DANA, ours: OURS },
      ...{ startedAt: 1000, answeredAt: 2000, lastSeenAt: 3000 },
    };
    await line.restore([kept]);
    const back = await ask('voice', outbound('CA8'), { callId: 'old-1', resume: '1' });
    expect(verbsOf(back)).toEqual(['Connect', 'Connect']);
    expect(wished).toEqual([]);
    expect(line.transcriptions.actions.isBegun('old-1')).toBe(false);
  });

  it('goes live without it when nobody can say so', async () => {
    const transcriptionWish = (): never => {
      throw new Error('out of order');
    };
    const { line, ask } = wanting({}, { transcriptionWish });
    const callId = await line.dial(DANA, OURS, { detectMachine: false });
    const document = await ask('voice', outbound('CA1'), { callId });
    expect(verbsOf(document)).toEqual(['Connect', 'Connect']);
    expect(line.transcriptions.actions.isBegun(callId)).toBe(false);
  });

  it('that only speaks a message has none, and one that is not wanted neither', async () => {
    const { line, ask, wished } = wanting();
    const notice = {
      text: 'Hello.',
      voice: 'nova',
      hangUpAfterS: 1,
      detectMachine: false,
    } as const;
    const callId = await line.notify(DANA, OURS, notice);
    await ask('voice', outbound('CA1'), { callId });
    expect(wished).toEqual([]);
    const other = wanting({}, { transcriptionWish: () => null });
    const unwanted = await other.line.dial(DANA, OURS, { detectMachine: false });
    expect(verbsOf(await other.ask('voice', outbound('CA1'), { callId: unwanted }))).toEqual([
      'Connect',
      'Connect',
    ]);
    expect(other.line.transcriptions.actions.isBegun(unwanted)).toBe(false);
  });
});
