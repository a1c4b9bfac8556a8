import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { SAMPLE_RATE_HZ } from '../core/audio/frame.ts';
import type { PracticeCall } from './call.ts';
import type { PracticeLine } from './practice-line.ts';
import { writeWav } from './recording-wav.ts';
import type { Traffic, WebhookTraffic } from './traffic.ts';

/** A line of output without its time. */
type Told = Readonly<Record<string, unknown>>;

/** What is told about something that happened on the line. */
export function toldOf(traffic: Traffic): readonly Told[] {
  switch (traffic.event) {
    case 'webhook-sent':
      return webhookTold(traffic);
    case 'call-ringing':
    case 'call-answered':
    case 'call-ended':
      return [{ event: traffic.event, ...callTold(traffic.call) }];
    case 'stream-started':
    case 'stream-stopped': {
      const { call, streamSid } = traffic;
      return [{ event: traffic.event, callSid: call.sid, streamSid }];
    }
    case 'message-sent':
    case 'message-received': {
      const { sid, from, to, body, mediaUrls } = traffic.message;
      return [{ event: traffic.event, messageSid: sid, from, to, body, mediaUrls }];
    }
    case 'alert': {
      const { code, text, callSid } = traffic.alert;
      return [{ event: 'alert', code, text, callSid }];
    }
  }
}

/** Writes what a person heard as a WAV file. @returns what is told about it; null when they heard nothing */
export function writeHeard(line: PracticeLine, callSid: string, path: string): Told | null {
  const samples = line.heardBy(callSid);
  if (samples === null || samples.length === 0) return null;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, writeWav(samples));
  return { callSid, path, seconds: samples.length / SAMPLE_RATE_HZ };
}

function webhookTold({ kind, url, params, status, twiml }: WebhookTraffic): Told[] {
  const told: Told[] = [{ event: 'webhook-sent', kind, url, params, status }];
  const answers = kind === 'voice' || kind === 'message';
  if (answers && twiml !== null) {
    const callSid = params['CallSid'] ?? null;
    told.push({ event: 'twiml-received', callSid, url, status, twiml });
  }
  return told;
}

function callTold({ sid, direction, from, to, status }: PracticeCall): Told {
  return { callSid: sid, direction, from, to, status };
}
