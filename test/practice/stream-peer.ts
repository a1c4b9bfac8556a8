import type { IncomingHttpHeaders } from 'node:http';
import type { WebSocket } from 'ws';
import { decodeMulaw, encodeMulaw } from '../../electron/core/audio/mulaw.ts';

/** A message of the line as the app receives it; fields by event. */
export type LineMessage = {
  readonly event: string;
  readonly sequenceNumber?: string;
  readonly streamSid?: string;
  readonly protocol?: string;
  readonly version?: string;
  readonly start?: Record<string, unknown>;
  readonly media?: { track: string; chunk: string; timestamp: string; payload: string };
  readonly mark?: { name: string };
  readonly dtmf?: { track: string; digit: string };
  readonly stop?: Record<string, unknown>;
};

/** The app's end of one media stream: keeps what comes and sends what it is told to. */
export class StreamPeer {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly messages: LineMessage[] = [];
  readonly socket: WebSocket;
  closeCode: number | undefined;

  constructor(socket: WebSocket, path: string, headers: IncomingHttpHeaders) {
    this.socket = socket;
    this.path = path;
    this.headers = headers;
    socket.on('message', data => this.messages.push(JSON.parse(String(data))));
    socket.on('close', code => {
      this.closeCode = code;
    });
  }

  get streamSid(): string {
    return this.messages.find(message => message.event === 'start')?.streamSid ?? '';
  }

  ofEvent(event: string): LineMessage[] {
    return this.messages.filter(message => message.event === event);
  }

  marks(): string[] {
    return this.ofEvent('mark').map(message => message.mark?.name ?? '');
  }

  /** What came so far, decoded. */
  heard(): Int16Array {
    const parts = this.ofEvent('media').map(message =>
      decodeMulaw(Buffer.from(message.media?.payload ?? '', 'base64')),
    );
    return Int16Array.from(parts.flatMap(part => [...part]));
  }

  play(samples: Int16Array): void {
    const payload = Buffer.from(encodeMulaw(samples)).toString('base64');
    this.send({ event: 'media', streamSid: this.streamSid, media: { payload } });
  }

  mark(name: string): void {
    this.send({ event: 'mark', streamSid: this.streamSid, mark: { name } });
  }

  clear(): void {
    this.send({ event: 'clear', streamSid: this.streamSid });
  }

  send(message: unknown): void {
    this.socket.send(typeof message === 'string' ? message : JSON.stringify(message));
  }
}
