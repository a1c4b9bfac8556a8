import type { TranscriptionNews } from '../core/transcription.ts';

/** What Twilio tells of legs that are not known to be live yet: its own order is not the order of the calls' events. */
type EarlyNews = {
  readonly add: (news: TranscriptionNews) => void;
  /** Hands over what was told of a leg, in order, and forgets it. */
  readonly take: (callSid: string) => readonly TranscriptionNews[];
};

/** The most that is kept of a leg, and of so many legs. */
const MOST_NEWS = 100;
const MOST_LEGS = 50;

/** Nothing was told yet. */
export function createEarlyNews(): EarlyNews {
  const kept = new Map<string, readonly TranscriptionNews[]>();

  return {
    add: news => {
      const before = kept.get(news.callSid) ?? [];
      if (before.length < MOST_NEWS) kept.set(news.callSid, [...before, news]);
      const oldest = kept.size > MOST_LEGS ? kept.keys().next().value : undefined;
      if (oldest !== undefined) kept.delete(oldest);
    },
    take: callSid => {
      const found = kept.get(callSid) ?? [];
      kept.delete(callSid);
      return found;
    },
  };
}
