import { createSocket } from 'node:dgram';
import { once } from 'node:events';
import { type AddressInfo, createServer } from 'node:net';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ConsoleWindow, isPackaged, openConsole } from '../support/console-window.ts';
import { settledFolder } from '../support/data-folder.ts';

/** A camera and a microphone, so that what is refused is refused by Earshot and not for want of one. */
const WITH_DEVICES = ['--use-fake-device-for-media-stream'];

let data: Awaited<ReturnType<typeof settledFolder>>;
let console: ConsoleWindow;
let page: Page;

beforeAll(async () => {
  data = await settledFolder();
  console = await openConsole(data.path, { EARSHOT_LINE: 'practice' }, WITH_DEVICES);
  ({ page } = console);
  await page.locator('[data-reach]').first().waitFor();
});

afterAll(async () => {
  await console?.kill();
  await data?.remove();
});

describe('the page', () => {
  it.skipIf(isPackaged)(
    'gets neither camera nor screen nor anything else beside sound',
    async () => {
      // Something to give away, were it given.
      await console.app.evaluate(({ session, desktopCapturer }) =>
        session.defaultSession.setDisplayMediaRequestHandler(async (_request, give) => {
          const [screen] = await desktopCapturer.getSources({ types: ['screen'] });
          give(screen === undefined ? {} : { video: screen });
        }),
      );
      const answers = await page.evaluate(async () => {
        const { mediaDevices } = navigator;
        const told = (asking: Promise<unknown>): Promise<string> =>
          asking.then(
            () => 'given',
            (error: Error) => error.name,
          );
        const source = (chromeMediaSource: string) =>
          ({ mandatory: { chromeMediaSource } }) as MediaTrackConstraints;
        return {
          microphone: await told(mediaDevices.getUserMedia({ audio: true })),
          devices: (await mediaDevices.enumerateDevices()).some(({ label }) => label !== ''),
          camera: await told(mediaDevices.getUserMedia({ video: true })),
          both: await told(mediaDevices.getUserMedia({ audio: true, video: true })),
          shared: await told(mediaDevices.getDisplayMedia()),
          screen: await told(mediaDevices.getUserMedia({ video: source('screen') })),
          desktop: await told(mediaDevices.getUserMedia({ video: source('desktop') })),
          all: await told(
            mediaDevices.getUserMedia({ audio: source('desktop'), video: source('desktop') }),
          ),
          place: await new Promise(resolve =>
            navigator.geolocation.getCurrentPosition(
              () => resolve('given'),
              ({ code }) => resolve(code === GeolocationPositionError.PERMISSION_DENIED),
            ),
          ),
          notifications: await Notification.requestPermission(),
          // Asked for, it would depend on the focus too, which a window has as the desktop pleases.
          clipboard: (
            await navigator.permissions.query({ name: 'clipboard-read' as PermissionName })
          ).state,
        };
      });
      const refused = 'NotAllowedError';
      expect(answers).toEqual({
        microphone: 'given',
        devices: true,
        camera: refused,
        both: refused,
        shared: refused,
        screen: refused,
        desktop: refused,
        all: refused,
        place: true,
        notifications: 'denied',
        clipboard: 'denied',
      });
    },
  );

  it('reaches nobody by WebRTC, neither by datagrams nor by connections', async () => {
    const socket = createSocket('udp4').bind(0, '127.0.0.1');
    await once(socket, 'listening');
    let datagrams = 0;
    socket.on('message', () => {
      datagrams += 1;
    });
    let connections = 0;
    const server = createServer(connection => {
      connections += 1;
      connection.destroy();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    const found = await page.evaluate(
      async ([byDatagram, byConnection]) => {
        const relay = { username: 'a', credential: 'b' };
        const connection = new RTCPeerConnection({
          iceServers: [
            { urls: `stun:${byDatagram}` },
            { urls: `turn:${byDatagram}?transport=udp`, ...relay },
            { urls: `turn:${byConnection}?transport=tcp`, ...relay },
          ],
        });
        const ways: string[] = [];
        connection.addEventListener('icecandidate', ({ candidate }) => {
          if (candidate) ways.push(candidate.candidate);
        });
        const over = new Promise<void>(resolve => {
          connection.addEventListener('icegatheringstatechange', () => {
            if (connection.iceGatheringState === 'complete') resolve();
          });
        });
        connection.createDataChannel('out');
        await connection.setLocalDescription();
        await over;
        connection.close();
        return ways.filter(way => way !== '');
      },
      [
        `127.0.0.1:${socket.address().port}`,
        `127.0.0.1:${(server.address() as AddressInfo).port}`,
      ] as const,
    );
    socket.close();
    server.close();
    expect({ found, datagrams, connections }).toEqual({ found: [], datagrams: 0, connections: 0 });
  });
});
