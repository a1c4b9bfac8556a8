import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { openRecordingProxy, type RecordingProxy } from './recording-proxy.ts';

const origin = createServer(async (request, response) => {
  const said = `${request.method} ${request.url} ${await text(request)}`;
  response.writeHead(request.headers.authorization === 'Basic x' ? 201 : 401);
  response.end(said);
});

let proxy: RecordingProxy;

beforeEach(async () => {
  await new Promise<void>(resolve => origin.listen(0, '127.0.0.1', resolve));
  proxy = await openRecordingProxy(`http://127.0.0.1:${(origin.address() as AddressInfo).port}`);
});

afterEach(async () => {
  await proxy.close();
  origin.closeAllConnections();
  await new Promise(resolve => origin.close(resolve));
});

it('hands requests on and keeps them with their answers', async () => {
  const answer = await fetch(`${proxy.url}/a?b=c`, {
    method: 'POST',
    body: new URLSearchParams({ d: 'e' }),
    headers: { authorization: 'Basic x' },
  });
  expect([answer.status, await answer.text()]).toEqual([201, 'POST /a?b=c d=e']);
  expect((await fetch(`${proxy.url}/f`)).status).toBe(401);
  expect(proxy.exchanges).toEqual([
    {
      method: 'POST',
      url: '/a?b=c',
      contentType: 'application/x-www-form-urlencoded;charset=UTF-8',
      body: 'd=e',
      status: 201,
      answer: 'POST /a?b=c d=e',
    },
    {
      method: 'GET',
      url: '/f',
      contentType: undefined,
      body: '',
      status: 401,
      answer: 'GET /f ',
    },
  ]);
});

it('drops the request when the origin is away', async () => {
  origin.closeAllConnections();
  await new Promise(resolve => origin.close(resolve));
  await expect(fetch(`${proxy.url}/a`)).rejects.toThrow();
  expect(proxy.exchanges).toEqual([]);
});
