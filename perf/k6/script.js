// What follows is the same in every script that plumb writes; all that comes
// from the plan stands above, as data.

const causes = ['status', 'graphql', 'contract', 'transport', 'timeout'];
const operations = plan.operations;
const requests = new SharedArray('requests', () => JSON.parse(requestsText));
const chains = new SharedArray('chains', () => JSON.parse(chainsText));
const order = orderText === '' ? null : new SharedArray('order', () => JSON.parse(orderText));

// The counters. Virtual users share nothing but these, so all that is measured
// is a counter (or a gauge, which knows the least and the greatest value).
const meters = operations.map((op, i) => {
  if (op === null) return null;
  const name = (what) => `plumb_${i}_${what}`;
  const many = (what, n) => Array.from({ length: n }, (_, k) => new Counter(name(`${what}${k}`)));
  return {
    good: new Counter(name('good')),
    bad: new Counter(name('bad')),
    empty: new Counter(name('empty')),
    broken: new Counter(name('broken')),
    within: op.within.map((_, k) => new Counter(name(`within${k}`))),
    status: new Counter(name('status')),
    octave: many('octave', plan.highest - plan.lowest),
    ns: new Counter(name('ns')),
    range: new Gauge(name('range')),
    slices: plan.slices === 0 ? [] : many('slice', plan.levels),
  };
});

const lag = {
  octave: Array.from({ length: plan.highest - plan.lowest }, (_, k) => new Counter(`plumb_lag_octave${k}`)),
  ns: new Counter('plumb_lag_ns'),
  range: new Gauge('plumb_lag_range'),
};

const begun = new Counter('plumb_begun');

// Sub-metrics are only kept where a threshold names them; one without an
// expression demands nothing. Options are read where __VU is 0, once.
function thresholds() {
  const all = {};
  const each = (metric, tag, values) => values.forEach((v) => { all[`${metric}{${tag}:${v}}`] = []; });
  const slices = Array.from({ length: plan.slices }, (_, k) => k);
  const slots = Array.from({ length: 64 }, (_, k) => k);
  operations.forEach((op, i) => {
    if (op === null) return;
    const name = (what) => `plumb_${i}_${what}`;
    all[name('good')] = [`count>=${op.least}`];
    each(name('good'), 's', slices);
    each(name('bad'), 'c', causes);
    each(name('bad'), 's', slices);
    each(name('bad'), 'e', plan.errors);
    each(name('status'), 'k', plan.statuses.concat(0));
    each(name('range'), 's', slices);
    op.within.forEach((w, k) => {
      all[name(`within${k}`)] = [`count>=${w.least}`];
      each(name(`within${k}`), 's', slices);
    });
    for (let k = 0; k < plan.highest - plan.lowest; k++) each(name(`octave${k}`), 'b', slots);
    for (let k = 0; plan.slices > 0 && k < plan.levels; k++) each(name(`slice${k}`), 's', slices);
  });
  for (let k = 0; k < plan.highest - plan.lowest; k++) each(`plumb_lag_octave${k}`, 'b', slots);
  ['warmup', 'measure'].forEach((p) => { all[`dropped_iterations{phase:${p}}`] = []; });
  return all;
}

export const options = __VU === 0
  ? Object.assign({}, plan.options, { thresholds: thresholds() })
  : plan.options;

// spread returns where a request's number lies between 0 and 1: the upper 53
// bits of its product with 2^64 over the golden ratio, in limbs of 16 bits,
// since numbers are only exact up to 2^53.
function spread(seq) {
  const a = [seq % 65536, Math.floor(seq / 65536) % 65536, Math.floor(seq / 4294967296) % 65536];
  const g = [0x7c15, 0x7f4a, 0x79b9, 0x9e37];
  const r = [0, 0, 0, 0];
  let carry = 0;
  for (let k = 0; k < 4; k++) {
    for (let j = 0; j <= Math.min(k, 2); j++) carry += a[j] * g[k - j];
    r[k] = carry % 65536;
    carry = Math.floor(carry / 65536);
  }
  const upper = r[3] * 137438953472 + r[2] * 2097152 + r[1] * 32 + Math.floor(r[0] / 2048);
  const x = upper / 9007199254740992 + plan.mix.offset;
  return x >= 1 ? x - 1 : x;
}

// operationOf says which operation a request is for; what lies beyond the
// operations is a session.
function operationOf(seq) {
  const x = spread(seq);
  const ends = plan.mix.ends;
  let low = 0;
  let high = ends.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (ends[middle] > x) high = middle;
    else low = middle + 1;
  }
  if (low === ends.length) low = ends.indexOf(ends[ends.length - 1]);
  return low;
}

// requestOf returns the index of a request as it is sent, -1 where there is
// nothing to send.
function requestOf(seq, op) {
  if (order !== null) return order[seq];
  const list = operations[op].requests;
  return list[seq % list.length];
}

// chainOf returns the requests of a session, step by step.
function chainOf(seq, session) {
  if (order !== null) return chains[order[seq]];
  const list = plan.sessions[session].chains;
  return chains[list[seq % list.length]];
}

// sliceOf returns the stretch of the run in which a request is due.
function sliceOf(seq) {
  const bounds = plan.bounds;
  let low = 0;
  let high = bounds.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (bounds[middle] > seq) high = middle;
    else low = middle + 1;
  }
  return low;
}

// momentOf returns when a request of the scenario is due, in ms since its
// start: the inverse of the integral of the rate.
function momentOf(n) {
  let k = plan.stages.length - 1;
  while (k > 0 && plan.stages[k].before > n) k--;
  const s = plan.stages[k];
  const left = Math.max(n - s.before, 0);
  const slope = (s.to - s.from) / s.lasts;
  const root = s.from + Math.sqrt(Math.max(s.from * s.from + 2 * slope * left, 0));
  return plan.lead + 1000 * (s.start + (left === 0 ? 0 : (2 * left) / root));
}

// bucketOf returns the octave and the slot in it of a duration in seconds:
// the slot is that of the last edge below it.
function bucketOf(seconds) {
  let octave = Math.ceil(Math.log2(seconds)) - 1;
  while (2 ** octave >= seconds) octave--;
  while (2 ** (octave + 1) < seconds) octave++;
  const m = seconds / 2 ** octave;
  let low = 0;
  let high = 64;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (plan.edges[middle] < m) low = middle;
    else high = middle;
  }
  return [octave, low];
}

// levelOf returns which power of two of microseconds a duration is below.
function levelOf(ns) {
  const us = Math.floor(ns / 1000);
  let level = 0;
  while (level < plan.levels - 1 && us >= 2 ** level) level++;
  return level;
}

// Of a value that a session keeps, what may end its place is taken away.
const escapes = {
  u: (text) => encodeURIComponent(text).replace(/[!'()*]/g, (c) => `%${c.charCodeAt(0).toString(16).toUpperCase()}`),
  h: (text) => text.replace(/[\u0000-\u0008\u000a-\u001f\u007f]/g, ' '),
  s: (text) => JSON.stringify(text).slice(1, -1),
  r: (text) => (/^(-?(0|[1-9][0-9]*)(\.[0-9]+)?([eE][-+]?[0-9]+)?|true|false|null)$/.test(text) ? text : JSON.stringify(text)),
  t: (text) => text,
};

// filled puts kept values where their marks are.
function filled(text, kept) {
  if (kept === null || text.indexOf('\u0000') < 0) return text;
  return text.replace(/\u0000([uhsrt])([0-9]{3})/g, (_, how, index) => escapes[how](kept[Number(index)]));
}

// found returns the value at a path as text; * is every item of a list, of
// which the first that leads on is taken. Null is none, as is a whole number
// beyond those that are exact here.
function found(value, path, at) {
  if (at === path.length) {
    if (typeof value === 'string') return value;
    if (typeof value === 'number' && Math.abs(value) > Number.MAX_SAFE_INTEGER) return null;
    return JSON.stringify(value);
  }
  if (Array.isArray(value)) {
    if (path[at] !== '*') return /^(0|[1-9][0-9]*)$/.test(path[at]) && Number(path[at]) < value.length ? found(value[Number(path[at])], path, at + 1) : null;
    for (const item of value) {
      const text = found(item, path, at + 1);
      if (text !== null) return text;
    }
    return null;
  }
  if (value === null || typeof value !== 'object' || !Object.prototype.hasOwnProperty.call(value, path[at])) return null;
  return found(value[path[at]], path, at + 1);
}

// keep takes what a step keeps of an answer; false where it is not there.
function keep(step, res, kept) {
  let body;
  for (const k of step.keeps) {
    let text = null;
    if (k.header !== undefined) {
      const name = Object.keys(res.headers).find((n) => n.toLowerCase() === k.header.toLowerCase());
      text = name === undefined || res.headers[name] === '' ? null : res.headers[name];
    } else {
      try {
        if (body === undefined) body = JSON.parse(res.body);
        text = found(body, k.path, 0);
      } catch (e) {
        text = null;
      }
    }
    if (text === null) return false;
    kept[k.index] = text;
  }
  return true;
}

// send sends a request and returns the answer.
function send(op, index, kept, looked) {
  const r = requests[index];
  const headers = {};
  for (const name of Object.keys(r.headers)) headers[name] = filled(r.headers[name], kept);
  for (const h of plan.headers[op.target]) headers[h.name] = h.prefix + __ENV[h.env];
  const body = r.binary ? encoding.b64decode(r.body) : filled(r.body, kept);
  return http.request(r.method, filled(r.url, kept), body === '' ? null : body, {
    headers,
    timeout: plan.timeout,
    redirects: 0, // a redirect is an answer like others
    responseType: op.graphql || looked ? 'text' : 'none',
    tags: { name: op.name, op: op.name },
  });
}

// causeOf says what an answer is bad for, '' for a good one.
function causeOf(op, res) {
  if (res.status === 0) return res.error_code === 1050 ? 'timeout' : 'transport';
  if (op.expect.length > 0 ? !op.expect.includes(res.status) : res.status < 200 || res.status > 399) return 'status';
  if (res.error_code !== 0 && (res.error_code < 1400 || res.error_code > 1599)) return res.error_code === 1050 ? 'timeout' : 'transport';
  if (!op.graphql) return '';
  let body = null;
  try {
    body = JSON.parse(res.body);
  } catch (e) {
    return 'contract';
  }
  if (body === null || typeof body !== 'object' || Array.isArray(body)) return 'contract';
  const errors = body.errors;
  if (errors !== undefined && errors !== null && !(Array.isArray(errors) && errors.length === 0)) return 'graphql';
  return body.data === undefined || body.data === null ? 'contract' : '';
}

const limit = (ns) => Math.min(Math.max(Math.round(ns), plan.shortest), plan.longest);

// countLag counts how late a request is sent, in ms. Clocks here tell whole
// milliseconds.
function countLag(ms) {
  const ns = limit(ms * 1e6);
  const [octave, slot] = bucketOf(ns / 1e9);
  lag.octave[octave - plan.lowest].add(1, { b: slot });
  lag.ns.add(ns);
  lag.range.add(ns);
}

// count counts one answer. Its latency is from when k6 asks for a connection
// to the last byte; of what failed without an answer, until it was given up. It
// returns what the answer is bad for.
function count(i, op, seq, res, waited) {
  const m = meters[i];
  const cause = causeOf(op, res);
  let ns = Math.round((res.timings.blocked + res.timings.duration) * 1e6);
  if (res.status === 0) ns = Math.max(ns, waited * 1e6);
  ns = limit(ns);
  const tags = plan.slices === 0 ? {} : { s: sliceOf(seq) };
  if (cause === '') {
    m.good.add(1, tags);
    op.within.forEach((w, k) => { if (ns <= w.ns) m.within[k].add(1, tags); });
  } else {
    const known = plan.errors.includes(res.error_code) ? res.error_code : 1000;
    m.bad.add(1, Object.assign({ c: cause, e: cause === 'transport' ? known : 0 }, tags));
  }
  if (res.status !== 0) m.status.add(1, { k: plan.statuses.includes(res.status) ? res.status : 0 });
  const [octave, slot] = bucketOf(ns / 1e9);
  m.octave[octave - plan.lowest].add(1, { b: slot });
  m.ns.add(ns);
  m.range.add(ns, tags);
  if (plan.slices > 0) m.slices[levelOf(ns)].add(1, tags);
  return cause;
}

// session sends the steps of one user, and counts them where that is wanted. It
// ends when an answer is bad, or has not got what is kept.
function session(seq, at, late) {
  const steps = plan.sessions[at].steps;
  const chain = chainOf(seq, at);
  const kept = [];
  let good = true;
  steps.forEach((step, k) => {
    const i = step.operation;
    if (!good || chain[k] < 0) {
      if (late !== null) meters[i][good ? 'empty' : 'broken'].add(1);
      good = false;
      return;
    }
    if (k === 0 && late !== null) countLag(late);
    const began = Date.now();
    const res = send(operations[i], chain[k], kept, step.keeps.some((one) => one.header === undefined));
    const cause = late === null ? causeOf(operations[i], res) : count(i, operations[i], seq, res, Date.now() - began);
    good = cause === '' && keep(step, res, kept);
  });
}

export function setup() {
  const missing = plan.env.filter((name) => __ENV[name] === undefined || __ENV[name] === '');
  if (missing.length > 0) exec.test.abort(`set ${missing.join(', ')} (k6 run -e NAME=VALUE)`);
}

export function warmup() {
  const seq = exec.scenario.iterationInTest;
  if (seq >= plan.first) return;
  const i = operationOf(seq);
  if (i >= operations.length) {
    session(seq, i - operations.length, null);
    return;
  }
  const index = requestOf(seq, i);
  if (index >= 0) send(operations[i], index, null, false);
}

export function measure() {
  const n = exec.scenario.iterationInTest;
  const seq = plan.first + n;
  if (seq >= plan.total) return;
  const began = Date.now();
  const late = began - exec.scenario.startTime - momentOf(n);
  begun.add(1);
  const i = operationOf(seq);
  if (i >= operations.length) {
    session(seq, i - operations.length, late);
    return;
  }
  const op = operations[i];
  const index = requestOf(seq, i);
  if (index < 0) {
    meters[i].empty.add(1);
    return;
  }
  countLag(late);
  const res = send(op, index, null, false);
  count(i, op, seq, res, Date.now() - began);
}

// handleSummary writes what was counted; plumb makes verdicts of it.
export function handleSummary(data) {
  const value = (name, key) => {
    const m = data.metrics[name];
    return m === undefined || m.values[key] === undefined ? 0 : m.values[key];
  };
  const number = (name) => value(name, 'count');
  const pick = (name, tag, keys) => {
    const found = {};
    keys.forEach((k) => {
      const n = number(`${name}{${tag}:${k}}`);
      if (n > 0) found[k] = n;
    });
    return found;
  };
  const histogram = (prefix) => {
    const buckets = [];
    for (let k = 0; k < plan.highest - plan.lowest; k++) {
      for (let b = 0; b < 64; b++) {
        const n = number(`${prefix}_octave${k}{b:${b}}`);
        if (n > 0) buckets.push([(k + plan.lowest) * 64 + b, n]);
      }
    }
    return { buckets, sum_ns: number(`${prefix}_ns`), min_ns: value(`${prefix}_range`, 'min'), max_ns: value(`${prefix}_range`, 'max') };
  };
  const segment = exec.test.options.executionSegment;
  const result = {
    plumb_k6: 1,
    plan: plan.digest,
    segment: segment === null || segment === undefined ? '' : String(segment),
    end_ms: Date.now(),
    ran_ms: data.state.testRunDurationMs,
    dropped: number('dropped_iterations{phase:measure}'),
    begun: number('plumb_begun'),
    slices: plan.slices,
    lag: histogram('plumb_lag'),
    operations: [],
  };
  const lines = [];
  operations.forEach((op, i) => {
    if (op === null) return;
    const name = (what) => `plumb_${i}_${what}`;
    const slices = [];
    for (let s = 0; s < plan.slices; s++) {
      const of = (what) => number(`${name(what)}{s:${s}}`);
      slices.push({
        good: of('good'),
        bad: of('bad'),
        within: op.within.map((_, k) => of(`within${k}`)),
        octaves: Array.from({ length: plan.levels }, (_, k) => of(`slice${k}`)),
        max_ns: value(`${name('range')}{s:${s}}`, 'max'),
      });
    }
    const o = {
      name: op.name,
      good: number(name('good')),
      empty: number(name('empty')),
      broken: number(name('broken')),
      objectives_ns: op.within.map((w) => w.ns),
      within: op.within.map((_, k) => number(name(`within${k}`))),
      bad: pick(name('bad'), 'c', causes),
      errors: pick(name('bad'), 'e', plan.errors),
      statuses: pick(name('status'), 'k', plan.statuses.concat(0)),
      latency: histogram(`plumb_${i}`),
      slices,
    };
    result.operations.push(o);
    const bad = Object.values(o.bad).reduce((sum, n) => sum + n, 0);
    lines.push(`  ${op.name}: ${op.planned} planned, ${o.good} good, ${bad} bad`);
  });
  const text = JSON.stringify(result);
  const file = __ENV.PLUMB_RESULT === undefined ? plan.file : __ENV.PLUMB_RESULT;
  const part = result.segment === '' ? '' : `.${result.segment.replace(/[/:]/g, '_')}`;
  const out = {};
  if (file === '-') {
    out.stdout = `${text}\n`;
    return out;
  }
  const path = file.replace(/(\.[^./]*)?$/, (end) => `${part}${end}`);
  out[path] = text;
  out.stdout = `${lines.join('\n')}\n  ${result.dropped} not sent since all virtual users were busy\n  plumb perf judge ${path}\n`;
  return out;
}
