// What a script may make with one builtin is bounded here, and what could make
// code from a text, or memory that nothing bounds, is taken away. The engine can
// be interrupted between steps of a script, but not within a builtin.
(function (limits, stopped, measured) {
  "use strict";
  const {maxString, maxList, maxDepth} = limits;
  const {apply, construct, ownKeys, getOwnPropertyDescriptor, defineProperty, getPrototypeOf} = Reflect;
  const $RangeError = RangeError, $TypeError = TypeError, $Array = Array, $String = String, $isArray = Array.isArray;
  const floor = Math.floor, min = Math.min;
  const call = Function.prototype.call.bind(Function.prototype.call);
  const iterate = Array.prototype[Symbol.iterator], push = Array.prototype.push;
  const arrayNext = getPrototypeOf([][Symbol.iterator]()).next;

  const over = what => { throw new $RangeError(what + " is larger than a script may make it") };
  const list = n => { n = +n; if (n > maxList) over("a list"); return n };
  const string = n => { if (n > maxString) over("a text"); return n };
  const looked = o => { stopped(); if (o !== null && o !== undefined) list(o.length); return o };

  // put replaces a method; its name and its place stay.
  const put = (on, key, make) => {
    const d = getOwnPropertyDescriptor(on, key);
    if (!d || typeof d.value !== "function") return;
    const f = make(d.value);
    defineProperty(f, "name", {value: d.value.name, configurable: true});
    defineProperty(f, "length", {value: d.value.length, configurable: true});
    d.value = f;
    defineProperty(on, key, d);
  };
  // constructor replaces a constructor by one that looks at its arguments first.
  const constructor = (name, look) => {
    const C = globalThis[name];
    const P = function (...args) {
      stopped();
      look(args);
      return new.target ? construct(C, args, new.target === P ? C : new.target) : apply(C, this, args);
    };
    for (const key of ownKeys(C)) if (key !== "prototype") defineProperty(P, key, getOwnPropertyDescriptor(C, key));
    defineProperty(P, "prototype", {value: C.prototype, writable: false});
    defineProperty(C.prototype, "constructor", {value: P, writable: true, configurable: true});
    defineProperty(globalThis, name, {value: P, writable: true, configurable: true});
  };

  // Lists: whatever goes over a list natively, goes over one of bounded length.
  let depth = 0;
  for (const key of ownKeys(Array.prototype)) {
    if (key === "constructor" || key === "flat" || key === "concat") continue;
    if (key === "join" || key === "toString" || key === "toLocaleString") {
      put(Array.prototype, key, f => function (separator) {
        looked(this);
        if (depth > 200) over("a list of lists");
        depth++;
        try {
          const n = this.length;
          let size = 0;
          if (key === "join" && separator !== undefined) size = $String(separator).length * n;
          for (let i = 0; i < n && i < 1e5; i++) { const v = this[i]; if (typeof v === "string") string(size += v.length) }
          string(size);
          return string2(apply(f, this, key === "join" ? [separator] : []));
        } finally { depth-- }
      });
      continue;
    }
    put(Array.prototype, key, f => function (...args) { looked(this); return apply(f, this, args) });
  }
  const string2 = s => { string(s.length); return s };
  put(Array.prototype, "concat", f => function (...args) {
    looked(this);
    let n = +this.length || 0;
    for (let i = 0; i < args.length; i++) if ($isArray(args[i])) n += args[i].length;
    list(n);
    return apply(f, this, args);
  });
  put(Array.prototype, "flat", () => function (deep) {
    const out = [];
    const go = (from, left) => {
      looked(from);
      for (let i = 0; i < from.length; i++) {
        if (!(i in from)) continue;
        if (left > 0 && $isArray(from[i])) go(from[i], left - 1);
        else { list(out.length); out[out.length] = from[i] }
      }
    };
    go(this, deep === undefined ? 1 : min(+deep || 0, maxDepth));
    return out;
  });
  constructor("Array", args => { if (args.length === 1 && typeof args[0] === "number") list(args[0]) });
  // An iterator of the script's own may never end, and natively so.
  const drained = from => {
    stopped();
    if (from === null || from === undefined || typeof from === "string") return from;
    if ($isArray(from) && from[Symbol.iterator] === iterate) { list(from.length); return from }
    if (typeof from[Symbol.iterator] !== "function") { if (from.length !== undefined) list(from.length); return from }
    const out = [];
    for (const v of from) { list(out.length); out[out.length] = v }
    return out;
  };
  put(Array, "from", f => function (from, ...more) { return apply(f, this, [drained(from), ...more]) });
  put(Object, "fromEntries", f => from => f(drained(from)));
  if (Object.groupBy) put(Object, "groupBy", f => (from, by) => f(drained(from), by));
  if (Map.groupBy) put(Map, "groupBy", f => function (from, by) { return apply(f, this, [drained(from), by]) });
  for (const name of ["Map", "Set", "WeakMap", "WeakSet"]) constructor(name, args => { if (args.length > 0) args[0] = drained(args[0]) });
  for (const name of ["all", "allSettled", "race", "any"]) put(Promise, name, f => function (from) { return apply(f, this, [drained(from)]) });

  // Texts.
  const S = String.prototype;
  for (const key of ownKeys(S)) {
    if (key === "constructor" || key === "toString" || key === "valueOf") continue;
    put(S, key, f => function (...args) {
      stopped();
      if (typeof this === "string") string(this.length);
      return apply(f, this, args);
    });
  }
  put(S, "repeat", f => function (n) { string($String(this).length * (+n || 0)); return apply(f, this, [n]) });
  for (const key of ["padStart", "padEnd"]) put(S, key, f => function (n, ...fill) { string(+n || 0); return apply(f, this, [n, ...fill]) });
  put(S, "concat", f => function (...args) {
    let n = $String(this).length;
    for (let i = 0; i < args.length; i++) string(n += (args[i] = $String(args[i])).length);
    return apply(f, this, args);
  });
  put(S, "split", f => function (by, n) { list($String(this).length); return apply(f, this, [by, n]) });
  // What replaces is counted while it is made.
  const counted = (text, by) => {
    let made = 0;
    if (typeof by === "function") return function (...args) { stopped(); const s = $String(apply(by, undefined, args)); string(made += s.length); return s };
    return by;
  };
  const dollars = by => { let n = 0; for (let i = 0; i < by.length; i++) if (by[i] === "$") n++; return n };
  const replacing = f => function (what, by) {
    const text = $String(this);
    if (typeof by !== "function") {
      by = $String(by);
      const once = typeof what === "string" && f === S0.replace;
      const most = (once ? 1 : text.length + 1) * by.length;
      if (text.length * dollars(by) * (once ? 1 : min(text.length, 1000)) > maxString * 16 || most > maxString * 16) over("a text");
    }
    return string2(apply(f, text, [what, counted(text, by)]));
  };
  const S0 = {replace: S.replace, replaceAll: S.replaceAll};
  put(S, "replace", replacing);
  put(S, "replaceAll", replacing);
  constructor("RegExp", args => { if (typeof args[0] === "string" && args[0].length > 20000) over("a regular expression") });

  put(S, Symbol.iterator, f => function () { const s = $String(this); list(s.length); return apply(f, s, []) });
  put(String, "raw", f => (parts, ...values) => {
    let n = 0;
    const raw = parts.raw, k = list(raw.length), texts = [];
    for (let i = 0; i < k; i++) {
      string(n += (texts[i] = $String(raw[i])).length);
      if (i < values.length) string(n += (values[i] = $String(values[i])).length);
    }
    return f({raw: texts}, ...values);
  });

  // What operators make: see counted.go.
  const hidden = (name, value) => defineProperty(globalThis, name, {value, writable: false, configurable: false, enumerable: false});
  const joined = Array.prototype.join;
  hidden("plumb:sum", s => { if (typeof s === "string") string(s.length); return s });
  hidden("plumb:text", (...parts) => {
    let n = 0;
    for (let i = 0; i < parts.length; i++) string(n += (parts[i] = `${parts[i]}`).length);
    return apply(joined, parts, [""]);
  });
  // A text has a member for each of its characters.
  const members = o => { if (typeof o === "string") list(o.length); return o };
  hidden("plumb:spread", members);
  for (const key of ["keys", "values", "entries", "getOwnPropertyNames", "getOwnPropertyDescriptors"]) put(Object, key, f => o => f(members(o)));
  put(Object, "assign", f => (to, ...from) => { for (let i = 0; i < from.length; i++) members(from[i]); return f(to, ...from) });

  // Calls with lists of arguments.
  put(Function.prototype, "apply", f => function (self, args) {
    if (args !== null && args !== undefined && args.length > 100000) over("a list of arguments");
    return apply(this, self, args === null || args === undefined ? [] : args);
  });
  put(Reflect, "apply", () => (f, self, args) => { if (args.length > 100000) over("a list of arguments"); return apply(f, self, args) });
  put(Reflect, "construct", () => (f, args, ...to) => { if (args.length > 100000) over("a list of arguments"); return construct(f, args, ...to) });
  const bound = new WeakMap();
  put(Function.prototype, "bind", f => function (...args) {
    const d = (bound.get(this) || 0) + 1;
    if (d > 100) over("a chain of bound functions");
    const made = apply(f, this, args);
    bound.set(made, d);
    return made;
  });
  const $Proxy = Proxy, proxies = new WeakMap();
  globalThis.Proxy = function Proxy(target, handler) {
    if (!new.target) throw new $TypeError("Proxy is a constructor");
    const d = Math.max(proxies.get(target) || 0, proxies.get(handler) || 0) + 1;
    if (d > 100) over("a chain of proxies");
    const made = new $Proxy(target, handler);
    proxies.set(made, d);
    return made;
  };
  const chains = new WeakMap();
  const chained = (o, proto) => {
    if (proto === null || typeof proto !== "object" && typeof proto !== "function") return o;
    const d = (chains.get(proto) || 0) + 1;
    if (d > 1000) over("a chain of prototypes");
    if (d > 1) chains.set(o, d); else chains.set(o, 1);
    return o;
  };
  put(Object, "create", f => (proto, ...more) => chained(f(proto, ...more), proto));
  put(Object, "setPrototypeOf", f => (o, proto) => { if (o !== null && typeof o === "object") chained(o, proto); return f(o, proto) });
  put(Reflect, "setPrototypeOf", f => (o, proto) => { chained(o, proto); return f(o, proto) });

  // JSON: a value that holds another many times is written many times.
  put(JSON, "stringify", f => (value, by, space) => {
    let nodes = 0, size = 0;
    const holders = [];
    const names = $isArray(by) ? new Set(by.map($String)) : null;
    const count = function (key, v) {
      stopped();
      if (names && key !== "" && !$isArray(this) && !names.has(key)) return undefined;
      if (typeof by === "function") v = apply(by, this, [key, v]);
      while (holders.length > 0 && holders[holders.length - 1] !== this) holders.length--;
      if (holders.length > maxDepth) over("the depth of a value");
      if (v !== null && typeof v === "object") holders[holders.length] = v;
      if (++nodes > maxList) over("a value");
      string(size += key.length + (typeof v === "string" ? v.length : 4) + holders.length * (space ? 10 : 0));
      return v;
    };
    return f(value, count, space);
  });
  put(JSON, "parse", f => (text, by) => {
    text = $String(text);
    string(text.length);
    const [deep, values] = measured(text);
    if (deep > maxDepth) over("the depth of a value");
    if (values > maxList) over("a value");
    return f(text, by);
  });

  // No code from a text, no memory that has no bound, no numbers without one.
  const none = function () { throw new $TypeError("a ruleset makes no code from a text") };
  for (const f of [function () {}, function* () {}, async function () {}]) {
    defineProperty(getPrototypeOf(f), "constructor", {value: none, configurable: false, writable: false});
  }
  none.prototype = Function.prototype;
  globalThis.Function = none;
  for (const name of ["eval", "ArrayBuffer", "SharedArrayBuffer", "DataView", "Int8Array", "Uint8Array", "Uint8ClampedArray", "Int16Array", "Uint16Array",
    "Int32Array", "Uint32Array", "Float32Array", "Float64Array", "BigInt64Array", "BigUint64Array", "BigInt", "Atomics"]) delete globalThis[name];
})
