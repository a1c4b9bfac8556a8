import { describe, expect, it } from 'vitest';
import type { RoomNews } from '../../electron/core/conference.ts';
import { createConferenceNews } from '../../electron/twilio/conference-news.ts';
import { fakeClock } from '../support/fake-clock.ts';
import { quietLog } from '../support/quiet-log.ts';

const SID = `CF${'1'.repeat(32)}`;

/** Conferences of which a test tells what it wants. */
function open() {
  const clock = fakeClock();
  const news: RoomNews[] = [];
  const { hear, close } = createConferenceNews({
    clock,
    log: quietLog,
    onNews: told => news.push(told),
  });
  let keys = 0;
  const tell = (params: Record<string, string>) =>
    hear({ params, query: {}, key: `key-${++keys}`, path: '/voice/conference' });
  const happens = (sequence: number, event: string, callSid = 'CA1') =>
    tell({
      ConferenceSid: SID,
      FriendlyName: 'room-CA1',
      StatusCallbackEvent: event,
      SequenceNumber: String(sequence),
      ...(callSid === '' ? {} : { CallSid: callSid, ParticipantLabel: 'customer' }),
    });
  const words = () =>
    news.map(told =>
      told.kind === 'participant' ? `${told.sequence} ${told.callSid} ${told.change}` : told.kind,
    );
  return { clock, news, words, tell, happens, close };
}

describe('what Twilio tells of a conference', () => {
  it('is told in words of its own', async () => {
    const { news, words, happens } = open();
    await happens(1, 'conference-start', '');
    await happens(2, 'participant-join');
    await happens(3, 'participant-mute');
    await happens(4, 'participant-unmute');
    await happens(5, 'participant-hold');
    await happens(6, 'participant-unhold');
    await happens(7, 'participant-modify');
    await happens(8, 'participant-leave');
    await happens(9, 'conference-end', '');
    expect(words()).toEqual([
      '2 CA1 joined',
      '3 CA1 muted',
      '4 CA1 unmuted',
      '5 CA1 held',
      '6 CA1 unheld',
      '7 CA1 modified',
      '8 CA1 left',
      'conference-ended',
    ]);
    expect(news[0]).toEqual({
      kind: 'participant',
      conferenceSid: SID,
      conferenceName: 'room-CA1',
      callSid: 'CA1',
      label: 'customer',
      change: 'joined',
      sequence: 2,
    });
  });

  it('is put into its order, and told once', async () => {
    const { words, happens, clock } = open();
    await happens(1, 'conference-start', '');
    await happens(4, 'participant-mute');
    await happens(3, 'participant-join', 'CA2');
    expect(words()).toEqual([]);
    await happens(2, 'participant-join');
    await happens(3, 'participant-join', 'CA2');
    expect(words()).toEqual(['2 CA1 joined', '3 CA2 joined', '4 CA1 muted']);
    expect(clock.timers()).toBe(0);
  });

  it('does not wait long for what is missing', async () => {
    const { words, happens, clock } = open();
    await happens(5, 'participant-mute');
    await happens(7, 'participant-unmute');
    expect(words()).toEqual([]);
    clock.advance(300);
    expect(words()).toEqual(['5 CA1 muted', '7 CA1 unmuted']);
    await happens(6, 'participant-hold');
    expect(words()).toHaveLength(2);
  });

  it('waits for nothing when somebody left, and loses nobody who did', async () => {
    const { words, happens } = open();
    await happens(1, 'conference-start', '');
    await happens(3, 'participant-mute');
    await happens(6, 'participant-leave', 'CA2');
    expect(words()).toEqual(['3 CA1 muted', '6 CA2 left']);
    await happens(5, 'participant-leave', 'CA3');
    await happens(4, 'participant-unmute');
    expect(words().slice(2)).toEqual(['5 CA3 left']);
  });

  it('is nothing any more once the conference is over', async () => {
    const { words, happens, clock } = open();
    await happens(9, 'conference-end', '');
    await happens(8, 'participant-leave');
    await happens(10, 'participant-join');
    clock.advance(1000);
    expect(words()).toEqual(['conference-ended']);
    expect(clock.timers()).toBe(0);
  });

  it('that is broken is left out', async () => {
    const { words, tell, happens, close, clock } = open();
    const good = { ConferenceSid: SID, StatusCallbackEvent: 'participant-join', CallSid: 'CA1' };
    for (const params of [
      {},
      good,
      { ...good, SequenceNumber: '-1' },
      { ...good, SequenceNumber: '1e400' },
      { ...good, SequenceNumber: '1.5' },
      { ...good, SequenceNumber: '1', ConferenceSid: '../CF1' },
    ]) {
      await tell(params);
    }
    await happens(1, '__proto__');
    await happens(2, 'participant-join', '');
    await happens(4, 'participant-join');
    close();
    clock.advance(1000);
    expect(words()).toEqual([]);
    expect(clock.timers()).toBe(0);
  });
});
