import type { RoomNews } from '../core/conference.ts';
import { progressOf, statusWord } from './call-status.ts';
import { LatestSids } from './latest-sids.ts';
import type { WebhookHandler } from './server.ts';
import { text } from './webhook-fields.ts';

/** How legs go on that were asked for here: each step once, and never back. */
export type LegNews = { readonly hear: WebhookHandler };

const STEPS = ['requested', 'ringing', 'answered', 'ended'] as const;

/** @param onLeg told of each step before it becomes news */
export function createLegNews(
  onNews: (news: RoomNews) => void,
  onLeg: (callSid: string, isOver: boolean) => void,
): LegNews {
  const reached = {
    requested: new LatestSids(),
    ringing: new LatestSids(),
    answered: new LatestSids(),
    ended: new LatestSids(),
  };

  return {
    hear: async ({ params }) => {
      const callSid = text(params['CallSid']);
      const status = statusWord(text(params['CallStatus']));
      const step = progressOf(status);
      if (callSid === '' || step === null) return null;
      const at = STEPS.indexOf(step);
      if (STEPS.slice(at).some(each => reached[each].has(callSid))) return null;
      reached[step].add(callSid);
      onLeg(callSid, step === 'ended');
      onNews({ kind: 'leg', callSid, status });
      return null;
    },
  };
}
