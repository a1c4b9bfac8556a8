import { describe, expect, it } from 'vitest';
import { type BookedMessage, MessageBook } from '../../electron/twilio/message-book.ts';

function message(messageId: string, messageSid: string | null): BookedMessage {
  return {
    messageId,
    messageSid,
    direction: 'outbound',
    from: '+14155550100',
    to: '+14155550111',
    body: 'Hello.',
    media: [],
    status: 'queued',
  };
}

const empty = () => new MessageBook(() => null);

describe('the messages of a desk', () => {
  it('are found by either name, as they were entered last', () => {
    const book = empty();
    book.enter(message('a', null));
    expect(book.find({ id: 'a', sid: 'SMa' })).toMatchObject({ messageSid: null });
    book.enter(message('a', 'SMa'));
    expect(book.find({ id: '', sid: 'SMa' })).toEqual(message('a', 'SMa'));
    expect(book.find({ id: '', sid: '' })).toBeNull();
    expect(book.find({ id: 'b', sid: 'SMb' })).toBeNull();
  });

  it('of earlier runs are asked of who keeps them', () => {
    const kept = {
      id: 'a',
      sid: 'SMa',
      direction: 'inbound',
      them: '+14155550111',
      ours: '+14155550100',
      body: 'Hello.',
      media: [],
      status: 'received',
      at: 1,
      code: null,
    } as const;
    const book = new MessageBook(({ sid }) => (sid === 'SMa' ? kept : null));
    expect(book.find({ id: '', sid: 'SMa' })).toEqual({
      ...message('a', 'SMa'),
      direction: 'inbound',
      from: '+14155550111',
      to: '+14155550100',
      status: 'received',
    });
    expect(book.find({ id: '', sid: 'SMb' })).toBeNull();
  });

  it('are forgotten when there were many newer ones', () => {
    const book = empty();
    for (let i = 0; i <= 1000; i += 1) book.enter(message(`m${i}`, `SM${i}`));
    expect(book.find({ id: 'm0', sid: '' })).toBeNull();
    expect(book.find({ id: 'm1', sid: '' })).not.toBeNull();
  });
});
