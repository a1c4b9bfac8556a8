import { describe, expect, it } from 'vitest';
import { createLegNews } from '../../electron/twilio/leg-news.ts';

/** Legs of which a test tells what it wants, and what becomes news. */
function open() {
  const told: string[] = [];
  const over: string[] = [];
  const { hear } = createLegNews(
    news => told.push(news.kind === 'leg' ? `${news.callSid} ${news.status}` : news.kind),
    (callSid, isOver) => {
      if (isOver) over.push(callSid);
    },
  );
  const tell = (CallSid: string, CallStatus: string) =>
    hear({ params: { CallSid, CallStatus }, query: {}, key: CallStatus, path: '/voice/leg' });
  return { told, over, tell };
}

describe('a leg that was asked for here', () => {
  it('is told step by step, each once', async () => {
    const { told, over, tell } = open();
    for (const status of ['initiated', 'ringing', 'ringing', 'in-progress', 'completed']) {
      await tell('CA1', status);
    }
    await tell('CA2', 'no-answer');
    expect(told).toEqual([
      'CA1 initiated',
      'CA1 ringing',
      'CA1 in-progress',
      'CA1 completed',
      'CA2 no-answer',
    ]);
    expect(over).toEqual(['CA1', 'CA2']);
  });

  it('never goes back', async () => {
    const { told, tell } = open();
    await tell('CA1', 'in-progress');
    await tell('CA1', 'ringing');
    await tell('CA1', 'failed');
    await tell('CA1', 'completed');
    expect(told).toEqual(['CA1 in-progress', 'CA1 failed']);
  });

  it('is not told by words that Twilio does not use', async () => {
    const { told, tell } = open();
    await tell('CA1', 'constructor');
    await tell('', 'ringing');
    expect(told).toEqual([]);
  });
});
