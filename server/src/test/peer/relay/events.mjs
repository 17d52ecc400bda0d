// What the server says when a document changed, in the two forms in which it travels.
import { randomUUID } from 'node:crypto';


/** One event for each transaction. The channel decides who hears of it. */
export function eventOf(document, update) {
  return {
    id: `evt_${randomUUID().replaceAll('-', '').slice(0, 21)}`,
    at: Date.now(),
    document: document.id,
    channel: document.channel ?? document.id,
    metadata: document.channel ? { channel: document.channel } : {},
    user: document.user,
    update,
  };
}

export function asWebhook({ id, at, document, metadata, user }) {
  const timestamp = new Date(at).toISOString().replace('Z', '456789+00:00');
  return JSON.stringify({
    eventType: 'document.updated',
    eventId: id,
    payload: { doc_id: document, metadata, timestamp, user },
  });
}

/** The fields of the CBOR form; the server writes the bytes of an update as a list of numbers. */
export function asSocketEvent({ id, at, document, metadata, user, update }) {
  return {
    event_id: id,
    event_type: 'document.updated',
    doc_id: document,
    timestamp: at,
    ...(user === null ? {} : { user }),
    ...(Object.keys(metadata).length === 0 ? {} : { metadata }),
    update: Array.from(update),
  };
}
