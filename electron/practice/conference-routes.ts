import type { FastifyInstance } from 'fastify';
import { z } from 'zod';
import { ApiError, notFound } from './api-error.ts';
import type { PracticeConference } from './conference.ts';
import { conferenceResource } from './conference-resource.ts';
import { parseForm, textIn } from './form.ts';
import type { Line } from './line.ts';
import { pageOf } from './paging.ts';
import { parseAnnouncement } from './participant-request.ts';

const pathOfConference = z.object({ file: z.string() });

/** Conferences: list, show, announce into, end. `server` is rooted at the account. */
export function addConferenceRoutes(server: FastifyInstance, line: Line): void {
  server.get('/Conferences.json', async request => {
    const query = parseForm(request.query);
    const status = textIn(query, 'Status');
    const name = textIn(query, 'FriendlyName');
    const found = line.conferences
      .list()
      .toReversed()
      .filter(one => status === undefined || status === one.status)
      .filter(one => name === undefined || name === one.name);
    const path = request.url.split('?')[0] ?? '';
    return pageOf(path, query, 'conferences', found, one => conferenceResource(line, one));
  });

  server.get('/Conferences/:file', async request =>
    conferenceResource(line, conferenceAt(line, request.params, request.url)),
  );

  server.post('/Conferences/:file', async request => {
    const conference = conferenceAt(line, request.params, request.url);
    if (conference.isOver) throw notFound(request.url);
    const form = parseForm(request.body);
    const status = textIn(form, 'Status');
    if (status !== undefined && status !== 'completed') {
      throw new ApiError(400, 20001, 'The Status is not completed');
    }
    const announcement = parseAnnouncement(form);
    if (announcement !== undefined) conference.announce(announcement);
    if (status === 'completed') conference.end();
    return conferenceResource(line, conference);
  });
}

function conferenceAt(line: Line, params: unknown, url: string): PracticeConference {
  const { file } = pathOfConference.parse(params);
  const conference = line.conferences.get(file.replace(/\.json$/, ''));
  if (conference === undefined) throw notFound(url);
  return conference;
}
