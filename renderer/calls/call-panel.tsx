import type { Call } from '../../electron/core/call.ts';
import { LoneNotice } from '../supervision/mode-notice.tsx';
import { ModeRow } from '../supervision/mode-row.tsx';
import { hasModes } from '../supervision/mode-view.ts';
import { CallHeader } from './call-header.tsx';
import { isToAnswer } from './call-sections.ts';
import { CallSide } from './call-side.tsx';
import { ControlRow } from './control-row.tsx';
import { EndedCallBody } from './ended-call-body.tsx';
import { LiveCallBody } from './live-call-body.tsx';
import { MessageCallBody } from './message-call-body.tsx';
import { OutgoingCallBody } from './outgoing-call-body.tsx';
import { RingingCallBody } from './ringing-call-body.tsx';
import { TodayPane } from './today-pane.tsx';
import { WordsCallBody } from './words-call-body.tsx';

type CallPanelProps = { readonly call: Call };

/** The call on screen. Its header, body and control row keep their places from ringing to the end. */
export function CallPanel({ call }: CallPanelProps) {
  return (
    <main className="panel" data-call={call.id} data-status={call.status}>
      <article className="call" aria-label="Call" data-pane="call">
        <CallHeader call={call} />
        <CallBody call={call} />
      </article>
      <CallSide call={call} />
      <TodayPane />
      {call.status === 'live' && hasModes(call) ? (
        <ModeRow call={call} />
      ) : (
        <LoneNotice callId={call.id} />
      )}
      {call.status === 'live' && call.kind === 'supervised' ? null : <ControlRow call={call} />}
    </main>
  );
}

function CallBody({ call }: CallPanelProps) {
  if (call.status === 'ended') return <EndedCallBody call={call} />;
  if (call.status === 'live') {
    if (call.carrier === 'gather') return <WordsCallBody call={call} />;
    return call.kind === 'notify' ? <MessageCallBody call={call} /> : <LiveCallBody call={call} />;
  }
  return isToAnswer(call) ? <RingingCallBody call={call} /> : <OutgoingCallBody call={call} />;
}
