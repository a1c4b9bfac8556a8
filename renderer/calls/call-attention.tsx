import { X } from 'lucide-react';
import type { LiveCall } from '../../electron/core/call.ts';
import { act } from '../state/refusals.ts';
import { attentionWords } from './attention-sentence.ts';

type CallAttentionProps = { readonly call: LiveCall; readonly now: number };

/** Why the call on screen wants to be looked at, each with the way to say that somebody did. */
export function CallAttention({ call, now }: CallAttentionProps) {
  return (
    <ul className="call-attention" aria-label="Look at this call">
      {call.attention.map(attention => {
        const words = attentionWords(attention, now);
        return (
          <li key={attention.kind} data-attention={attention.kind}>
            <span className="glyph" aria-hidden="true">
              !
            </span>
            <span className="cut" title={words}>
              {words}
            </span>
            <button
              type="button"
              className="button quiet small"
              aria-label={`Dismiss: ${words}`}
              title="Dismiss"
              onClick={() =>
                act({ command: 'dismiss-attention', callId: call.id, kind: attention.kind })
              }
            >
              <span className="wide-word">Dismiss</span>
              <X className="narrow-sign" size={14} aria-hidden="true" />
            </button>
          </li>
        );
      })}
    </ul>
  );
}
