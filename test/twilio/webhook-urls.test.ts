import { describe, expect, it } from 'vitest';
import { createWebhookUrls } from '../../electron/twilio/webhook-urls.ts';

/** How Twilio is to ask again when nothing comes back. */
const AGAIN = '#rc=5&rp=all&ct=2000&rt=10000';

describe('the addresses Twilio is sent to', () => {
  it('are never the same when a call asks again', () => {
    const urls = createWebhookUrls(() => 'https://desk.example');
    const asked = [urls.voice('a', 'turn'), urls.voice('a', 'turn'), urls.voice('b', 'turn')];
    expect(asked[0]).toBe(`https://desk.example/voice/webhook?callId=a&turn=1${AGAIN}`);
    expect(new Set(asked).size).toBe(3);
  });

  it('stay those of the last public address while there is none', () => {
    let origin: string | null = 'https://desk.example';
    const urls = createWebhookUrls(() => origin);
    expect(urls.stream()).toBe('wss://desk.example/voice/stream');
    origin = null;
    expect(urls.holdMusic()).toBe(`https://desk.example/voice/hold-music${AGAIN}`);
    origin = 'http://other.example';
    expect(urls.stream()).toBe('ws://other.example/voice/stream');
  });

  it('carry what they are about', () => {
    const urls = createWebhookUrls(() => 'https://desk.example');
    expect(urls.gather('a', 'turn-1', { got: 'nothing' })).toBe(
      `https://desk.example/voice/gather?callId=a&turn=turn-1&got=nothing${AGAIN}`,
    );
    expect(urls.answered('a')).toBe(`https://desk.example/voice/webhook?callId=a${AGAIN}`);
    expect(urls.answeredBy('a')).toBe(`https://desk.example/voice/answered-by?callId=a${AGAIN}`);
    expect(urls.recording()).toBe(`https://desk.example/voice/recording${AGAIN}`);
    expect(urls.seat()).toBe(`https://desk.example/voice/seat${AGAIN}`);
    expect(urls.monitor('s1')).toBe(`https://desk.example/voice/monitor?name=s1${AGAIN}`);
    const place = { name: 'room-CA1', label: 'customer' };
    expect(urls.room(place)).toBe(
      `https://desk.example/voice/room?name=room-CA1&label=customer&use=1${AGAIN}`,
    );
    expect(urls.transfer('a', '+1415')).toBe(
      `https://desk.example/voice/transfer?callId=a&to=%2B1415&use=2${AGAIN}`,
    );
    expect(urls.status('a')).toBe(`https://desk.example/voice/status?callId=a${AGAIN}`);
  });
});
