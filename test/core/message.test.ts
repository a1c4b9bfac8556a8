import { describe, expect, it } from 'vitest';
import {
  hasFailed,
  isMediaUrl,
  type MessageStatus,
  mayBecome,
  messageStatus,
} from '../../electron/core/message.ts';

const WAY: readonly MessageStatus[] = [
  'requested',
  'accepted',
  'scheduled',
  'queued',
  'sending',
  'sent',
];
const LAST: readonly MessageStatus[] = ['delivered', 'undelivered', 'failed', 'canceled'];

describe('how far a message has come', () => {
  it('only goes forward', () => {
    for (const [index, from] of WAY.entries()) {
      for (const [other, to] of WAY.entries()) {
        expect(mayBecome(from, to), `${from} to ${to}`).toBe(other > index);
      }
      for (const to of LAST) {
        expect(mayBecome(from, to), `${from} to ${to}`).toBe(true);
        expect(mayBecome(to, from), `${to} to ${from}`).toBe(false);
      }
    }
  });

  it('is settled once it is delivered, failed or read, except that what is delivered may be read', () => {
    for (const from of [...LAST, 'read', 'received'] as const) {
      for (const to of [...LAST, 'read', 'received', 'receiving'] as const) {
        const expected = from === 'delivered' && to === 'read';
        expect(mayBecome(from, to), `${from} to ${to}`).toBe(expected);
      }
    }
    expect(mayBecome('sent', 'read')).toBe(true);
  });

  it('is never mixed up between a message from here and one from outside', () => {
    expect(mayBecome('queued', 'received')).toBe(false);
    expect(mayBecome('receiving', 'sent')).toBe(false);
    expect(mayBecome('receiving', 'received')).toBe(true);
  });

  it('is told in Twilio’s words and no others', () => {
    for (const word of [...WAY.slice(1), ...LAST, 'read', 'receiving', 'received']) {
      expect(messageStatus(word)).toBe(word);
    }
    for (const word of ['', 'requested', 'lost', 'toString', '__proto__']) {
      expect(messageStatus(word), word).toBeNull();
    }
  });

  it('is a failure when it will not arrive', () => {
    expect(LAST.filter(hasFailed)).toEqual(['undelivered', 'failed']);
    expect(WAY.some(hasFailed)).toBe(false);
  });
});

describe('the address of a file', () => {
  it('is https, or http on this computer', () => {
    for (const url of [
      'https://files.example.com/a.jpg?size=2',
      'HTTPS://files.example.com:8443',
      'http://127.0.0.1:3334/a.png',
      'http://localhost/a.png',
      'http://[::1]:80/a.png',
    ]) {
      expect(isMediaUrl(url), url).toBe(true);
    }
  });

  it('is refused when Twilio could not fetch it safely', () => {
    for (const url of [
      '',
      'a.jpg',
      '/tmp/a.jpg',
      'file:///tmp/a.jpg',
      'http://files.example.com/a.jpg',
      'http://127.0.0.1.example.com/a.jpg',
      'http://localhost@example.com/a.jpg',
      'https://',
      'https://files.example.com/a b.jpg',
      'data:image/png;base64,AAAA',
    ]) {
      expect(isMediaUrl(url), url).toBe(false);
    }
  });
});
