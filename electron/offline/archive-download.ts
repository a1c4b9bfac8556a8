import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import type { Cancel, Clock } from '../core/clock.ts';
import { refusedError, wrongContentError } from './pack-problem.ts';
import type { Archive } from './pack-recipe.ts';

/** A server that sends nothing for so long has gone. */
const SILENCE_LIMIT_MS = 30_000;

const OK = 200;
const PARTIAL_CONTENT = 206;
const RANGE_NOT_SATISFIABLE = 416;

/** How a download is told of and ended. */
type DownloadPorts = {
  readonly clock: Clock;
  /** Aborting it keeps what is here. */
  readonly signal: AbortSignal;
  /** @param bytes of the archive that are here */
  readonly onProgress: (bytes: number) => void;
};

/** How many bytes of an archive are here, from this run or an earlier one. */
export async function bytesHere(partPath: string): Promise<number> {
  return stat(partPath).then(
    ({ size }) => size,
    () => 0,
  );
}

/**
 * Fetches an archive into a file, from where an earlier attempt stopped if the server can, and
 * checks it. @throws ProblemError, or what network and disk throw
 */
export async function downloadArchive(
  archive: Archive,
  partPath: string,
  ports: DownloadPorts,
): Promise<void> {
  const before = await bytesHere(partPath);
  if (before > archive.sizeBytes) await forgetArchive(partPath);
  if (before !== archive.sizeBytes) await fetchRest(archive, partPath, ports);
  if ((await sha256Of(partPath, ports.signal)) === archive.sha256) return;
  await forgetArchive(partPath);
  throw wrongContentError();
}

/** Forgets what is here of an archive. */
export async function forgetArchive(partPath: string): Promise<void> {
  await rm(partPath, { force: true });
  await rm(validatorPath(partPath), { force: true });
}

async function fetchRest(archive: Archive, partPath: string, ports: DownloadPorts): Promise<void> {
  const silence = new AbortController();
  let cancel: Cancel = () => {};
  const heard = (): void => {
    cancel();
    cancel = ports.clock.after(SILENCE_LIMIT_MS, () => silence.abort());
  };
  const signal = AbortSignal.any([ports.signal, silence.signal]);
  heard();
  try {
    const response = await requestRest(archive, partPath, signal);
    const start = response.status === PARTIAL_CONTENT ? await bytesHere(partPath) : 0;
    if (start === 0) await keepValidator(archive, partPath, response);
    await store(archive, partPath, response, start, bytes => {
      heard();
      ports.onProgress(bytes);
    });
  } finally {
    cancel();
  }
}

/** Asks for what is missing; for everything, when the server has another file now or knows no ranges. */
async function requestRest(
  archive: Archive,
  partPath: string,
  signal: AbortSignal,
): Promise<Response> {
  const start = await bytesHere(partPath);
  const response = await fetch(archive.url, {
    headers: await rangeFrom(start, archive, partPath),
    signal,
  });
  if (response.status === OK && response.body !== null) return response;
  if (response.status === PARTIAL_CONTENT && startsAt(response, start)) return response;
  await response.body?.cancel();
  if (response.status !== RANGE_NOT_SATISFIABLE && response.status !== PARTIAL_CONTENT) {
    throw refusedError(response.status);
  }
  if (start === 0) throw refusedError(response.status);
  await forgetArchive(partPath);
  return requestRest(archive, partPath, signal);
}

function startsAt(response: Response, start: number): boolean {
  return start > 0 && response.headers.get('content-range')?.startsWith(`bytes ${start}-`) === true;
}

/** Without a validator of the same address the hash alone tells whether both halves belong together. */
async function rangeFrom(
  start: number,
  { url }: Archive,
  partPath: string,
): Promise<Record<string, string>> {
  // Compressed on the way, a range would not be one of the file.
  const plain = { 'accept-encoding': 'identity' };
  if (start === 0) return plain;
  const kept = await readFile(validatorPath(partPath), 'utf8').catch(() => '');
  const [keptUrl, validator] = kept.split('\n');
  const condition =
    keptUrl === url && validator !== undefined && validator !== '' ? { 'if-range': validator } : {};
  return { ...plain, range: `bytes=${start}-`, ...condition };
}

/** A weak validator says nothing about bytes. Source: RFC 9110 §13.1.5. */
async function keepValidator(
  { url }: Archive,
  partPath: string,
  { headers }: Response,
): Promise<void> {
  const etag = headers.get('etag');
  const strong = etag === null || etag.startsWith('W/') ? headers.get('last-modified') : etag;
  await writeFile(validatorPath(partPath), `${url}\n${strong ?? ''}`, { mode: 0o600 });
}

async function store(
  { sizeBytes }: Archive,
  partPath: string,
  { body }: Response,
  start: number,
  onBytes: (bytes: number) => void,
): Promise<void> {
  const file = await open(partPath, start === 0 ? 'w' : 'a', 0o600);
  let bytes = start;
  try {
    onBytes(bytes);
    for await (const piece of body ?? []) {
      bytes += piece.length;
      if (bytes > sizeBytes) break;
      await file.writeFile(piece);
      onBytes(bytes);
    }
  } finally {
    await file.close();
  }
  if (bytes === sizeBytes) return;
  // Too much is a wrong file; too little is a connection that ended early, and what is here stays.
  if (bytes < sizeBytes) throw new Error('the connection ended early');
  await forgetArchive(partPath);
  throw wrongContentError();
}

async function sha256Of(path: string, signal: AbortSignal): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(path, { signal })) hash.update(piece);
  return hash.digest('hex');
}

function validatorPath(partPath: string): string {
  return `${partPath}.source`;
}
