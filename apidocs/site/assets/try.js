"use strict";
// Sends the requests that a page's forms describe, to the one server that the
// page's policy allows. A credential is in the page's form and nowhere else: it
// is taken out when the page is left.
(() => {
  const forms = [...document.querySelectorAll(".try form")];

  // address is where a form's request goes: always below its server.
  const address = (form, fields) => {
    if (form.dataset.graphql) return new URL(form.dataset.graphql);
    let path = form.dataset.path;
    const query = new URLSearchParams();
    for (const f of fields) {
      if (f.dataset.in === "path") {
        if (/^\.{1,2}$/.test(f.value)) throw new Error(f.name + " would lead to another path");
        path = path.split("{" + f.name + "}").join(encodeURIComponent(f.value));
      }
      if (f.dataset.in === "query" && f.value !== "") query.append(f.name, f.value);
    }
    const to = new URL(form.dataset.server + path);
    if (to.origin !== new URL(form.dataset.server).origin) throw new Error("the address leads to another server");
    for (const [k, v] of query) to.searchParams.append(k, v);
    return to;
  };

  const line = (text, kind) => {
    const el = document.createElement(kind);
    el.textContent = text;
    return el;
  };

  const pretty = (text, type) => {
    if (!/json/i.test(type ?? "")) return text;
    try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
  };
  const most = 200_000; // of an answer that is shown, in characters

  async function send(form) {
    const answer = form.querySelector(".answer");
    const fields = [...form.querySelectorAll("input[data-in]")];
    const headers = {};
    for (const f of fields) if (f.dataset.in === "header" && f.value !== "") headers[f.name] = f.value;
    const secret = form.elements.credential;
    if (secret && secret.value) headers[secret.dataset.header] = secret.dataset.before + secret.value;
    const init = { method: form.dataset.method, headers, credentials: "omit", cache: "no-store", redirect: "error", referrerPolicy: "no-referrer" };
    answer.replaceChildren(line("Sending …", "p"));
    const started = performance.now();
    try {
      if (form.dataset.graphql) {
        headers["Content-Type"] = "application/json";
        const text = form.elements.variables.value.trim();
        let variables;
        try { variables = text ? JSON.parse(text) : undefined; } catch (e) { throw new Error("the variables are no JSON: " + e.message); }
        init.body = JSON.stringify({ query: form.elements.query.value, variables });
      } else if (form.elements.body && form.elements.body.value && !/^(GET|HEAD)$/.test(init.method)) {
        headers["Content-Type"] = form.elements.body.dataset.type;
        init.body = form.elements.body.value;
      }
      const got = await fetch(address(form, fields), init);
      const text = await got.text();
      const took = Math.round(performance.now() - started);
      const head = line(got.status + " " + got.statusText + " · " + took + " ms", "p");
      head.className = got.ok ? "good" : "error";
      const pre = line(pretty(text, got.headers.get("Content-Type")).slice(0, most), "pre");
      pre.className = "frame";
      pre.tabIndex = 0;
      const shown = [head];
      const names = [...got.headers].map(([k, v]) => k + ": " + v).join("\n");
      if (names) {
        const more = document.createElement("details");
        const list = line(names, "pre");
        list.className = "frame";
        list.tabIndex = 0;
        more.append(line("Headers", "summary"), list);
        shown.push(more);
      }
      if (text) shown.push(pre);
      answer.replaceChildren(...shown);
    } catch (e) {
      const said = e instanceof TypeError ? "No answer: the server cannot be reached, or does not allow this page to ask (CORS)." : "Not sent: " + e.message;
      const p = line(said, "p");
      p.className = "error";
      answer.replaceChildren(p);
    }
  }

  for (const form of forms) {
    form.closest("details").hidden = false;
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      send(form);
    });
  }
  addEventListener("pagehide", () => { // nothing of it comes back with the page
    for (const form of forms) if (form.elements.credential) form.elements.credential.value = "";
  });
})();
