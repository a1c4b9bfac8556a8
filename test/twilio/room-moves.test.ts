import { describe, expect, it } from 'vitest';
import type { RoomNews } from '../../electron/core/conference.ts';
import { createRoomRest } from '../../electron/twilio/room-rest.ts';
import { DANA, failure, inbound, OURS, openScriptedLine, outbound } from './scripted-line.ts';
import { refusal, scriptedRest } from './scripted-rest.ts';

const plain = { detectMachine: false };
const ROOM = 'room-CA1';

/** A live call of this desk, whose requests and webhooks are in the test's hand. */
async function live() {
  const news: RoomNews[] = [];
  const scripted = openScriptedLine({}, { onRoomNews: told => news.push(told) });
  const callId = await scripted.line.dial(DANA, OURS, plain);
  await scripted.ask('voice', outbound('CA1'), { callId });
  const webhook = async (url: unknown, params: Record<string, string>) => {
    const { pathname, searchParams } = new URL(String(url));
    const handler = scripted.line.rooms.webhooks.get(pathname);
    const query = Object.fromEntries(searchParams);
    return handler?.({ params, query, key: String(url), path: pathname }) ?? null;
  };
  const redirects = (): string[] =>
    scripted.requestsOf('redirect').map(([, document]) => (document as { url: string }).url);
  return { ...scripted, news, callId, webhook, redirects, rooms: scripted.line.rooms.actions };
}

describe('legs that are sent into a conference', () => {
  it('are all sent before Twilio has answered for the first, in the order asked', async () => {
    const { rooms, requestsOf, redirects, webhook } = await live();
    const moved = rooms.moveIntoRoom(ROOM, ['CA9', 'CA1']);
    expect(requestsOf('redirect').map(([sid]) => sid)).toEqual(['CA9', 'CA1']);
    await moved;
    const document = await webhook(redirects()[0], { CallSid: 'CA9' });
    expect(document).toContain('participantLabel="agent-CA9"');
    expect(document).toContain('beep="false"');
    expect(document).toContain('endConferenceOnExit="false"');
    expect(document).toContain('jitterBufferSize="small"');
    expect(document).toContain('statusCallbackEvent="start end join leave mute hold modify"');
    expect(document).toContain(`>${ROOM}</Conference>`);
  });

  it('take a call of this desk along: whatever asks for it gets its place there', async () => {
    const { rooms, callId, ask, told, twilio, pass } = await live();
    await rooms.moveIntoRoom(ROOM, ['CA1']);
    const document = await ask('voice', outbound('CA1'), { callId, resume: '7' });
    expect(document).toContain('<Conference');
    expect(document).not.toContain('<Stream');
    twilio.calls.set('CA1', 'in-progress');
    await pass(60_000);
    expect(told().at(-1)).toBe('call-answered');
    await ask('status', outbound('CA1', { CallStatus: 'completed' }));
    expect(told().at(-1)).toBe('ended hung-up-there');
  });

  it('leave it where it was when Twilio does not move it', async () => {
    const { rooms, callId, ask, twilio } = await live();
    twilio.failing.set('redirect', failure('call-over'));
    const moved = rooms.moveIntoRoom(ROOM, ['CA1']);
    await expect(moved).rejects.toMatchObject({ problem: { kind: 'call-over' } });
    await expect(moved).rejects.toThrow('CA1');
    expect(await ask('voice', outbound('CA1'), { callId, resume: '7' })).toContain('<Stream');
  });
});

describe('a leg that rings somebody instead', () => {
  it.each([
    ['+14155550199', /<Number statusCallback="[^"]+"[^>]*>\+14155550199<\/Number>/],
    ['client:maria', /<Client statusCallback="[^"]+"[^>]*>maria<\/Client>/],
    ['sip:maria@desk.example', /<Sip statusCallback="[^"]+"[^>]*>sip:maria@desk.example<\/Sip>/],
  ])('calls %s with this desk’s number', async (to, noun) => {
    const { rooms, callId, redirects, webhook } = await live();
    await rooms.dialInstead(callId, 'CA1', to);
    const document = await webhook(redirects()[0], { CallSid: 'CA1' });
    expect(document).toMatch(noun);
    expect(document).toContain(`callerId="${OURS}"`);
    expect(document).toContain('answerOnBridge="true"');
  });

  it('is theirs when they answer, and comes back when nobody does', async () => {
    for (const [status, last] of [
      ['completed', 'ended transferred'],
      ['no-answer', 'call-answered'],
    ] as const) {
      const { rooms, callId, redirects, webhook, told, news } = await live();
      await rooms.dialInstead(callId, 'CA1', '+14155550199');
      const document = await webhook(redirects()[0], { CallSid: 'CA1' });
      const [, action] = /action="([^"]+)"/.exec(document ?? '') ?? [];
      const over = { ...outbound('CA1'), DialCallStatus: status };
      const next = await webhook(action?.replaceAll('&amp;', '&'), over);
      expect(told().at(-1)).toBe(last);
      expect(next).toContain(status === 'completed' ? '<Hangup/>' : '<Stream');
      const word = status === 'completed' ? 'transferred' : 'returned';
      expect(news).toEqual([{ kind: 'leg', callSid: 'CA1', status: word }]);
    }
  });

  it('that was nobody’s here rings at this desk when it comes back', async () => {
    const { rooms, redirects, webhook, facts } = await live();
    await rooms.dialInstead('call-followed', 'CA7', '+14155550199');
    expect(redirects()).toHaveLength(1);
    const back = { ...inbound('CA7', { CallStatus: 'in-progress' }), DialCallStatus: 'busy' };
    void webhook('https://desk.example/voice/transfer-over?callId=call-followed', back);
    await new Promise(resolve => setImmediate(resolve));
    expect(facts.at(-1)).toMatchObject({ event: 'call-ringing', callSid: 'CA7' });
  });
});

describe('a call that is taken out of a queue', () => {
  it('is forgotten when somebody else took it, and may come again', async () => {
    const { client } = await scriptedRest(() => refusal(404, 20404));
    const scripted = openScriptedLine({}, { roomRest: createRoomRest(client) });
    scripted.twilio.calls.set('CA5', 'in-progress');
    const { pickUp } = scripted.line.rooms.actions;
    await expect(pickUp('QU1', 'CA5', DANA)).rejects.toMatchObject({
      problem: { kind: 'call-over' },
    });
    expect(scripted.told()).toEqual([]);
    void scripted.ask('voice', inbound('CA5'));
    await new Promise(resolve => setImmediate(resolve));
    expect(scripted.told()).toEqual(['call-ringing']);
  });
});
