import { platform } from '../earshot.ts';
import { keysOf } from '../keys/key-table.ts';
import { useConsole } from '../state/use-console.ts';
import { fullName } from '../words/names.ts';
import { isRingingHere } from './call-sections.ts';

/** Tells screen readers of a ring, once. */
export function RingAlert() {
  const words = useConsole(state => {
    const call = state.calls.filter(isRingingHere).at(-1);
    if (call === undefined) return '';
    const line = state.line.kind === 'practice' ? 'the practice line' : 'your line';
    const keys = keysOf('answer', platform).replace('⌘', 'Command ').replace('↵', 'Return');
    return `Incoming call, ${fullName(call.them)}, to ${line}. ${keys} answers.`;
  });
  return (
    <div className="unseen" role="alert">
      {words}
    </div>
  );
}
