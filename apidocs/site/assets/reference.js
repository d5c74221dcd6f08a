// The search of a reference. The index is scripts, so that it works from a
// folder too: a list of entries, a list of words, and a file for each two
// letters that words begin with, which is loaded when it is needed.
(() => {
  const root = document.documentElement.dataset.root ?? "";
  const form = document.getElementById("find");
  if (!form) return;
  const input = form.querySelector("input");
  const list = form.querySelector("ul");
  form.hidden = false;

  let entries = null;
  let words = null;
  const shards = new Map(); // key to {word: postings}
  const asked = new Map(); // file to a promise
  const weights = [8, 5, 3, 1.5];

  window.plumbSearch = {
    entries: (all) => { entries = all; },
    words: (text) => { words = text.split(" "); },
    shard: (key, part) => { shards.set(key, part); },
  };
  const load = (file) => {
    if (!asked.has(file)) {
      asked.set(file, new Promise((done) => {
        const s = document.createElement("script");
        s.src = root + "search/" + file + ".js";
        s.onload = s.onerror = () => done();
        document.head.append(s);
      }));
    }
    return asked.get(file);
  };
  const start = () => Promise.all([load("entries"), load("words")]);

  const key = (word) => /^[a-z0-9]{1,2}/.test(word) && /^[a-z0-9]*$/.test(word.slice(0, 2)) ? word.slice(0, 2) : "_";
  const split = (text) => text
    .replace(/(\p{Ll}|\d)(\p{Lu})/gu, "$1 $2").replace(/(\p{Lu})(\p{Lu}\p{Ll})/gu, "$1 $2")
    .toLowerCase().split(/[^\p{L}\p{N}]+/u).filter((w) => w.length > 1 || /\d/.test(w));

  // near reports whether two words are one insertion, deletion, replacement or
  // swap of neighbours apart.
  const near = (a, b) => {
    if (Math.abs(a.length - b.length) > 1) return false;
    let i = 0;
    while (i < a.length && i < b.length && a[i] === b[i]) i++;
    const rest = (x, n) => x.slice(i + n);
    return rest(a, 1) === rest(b, 1) || rest(a, 1) === rest(b, 0) || rest(a, 0) === rest(b, 1) ||
      (a[i] === b[i + 1] && a[i + 1] === b[i] && rest(a, 2) === rest(b, 2));
  };

  // candidates are the words of the index that a word of the query may mean,
  // and how well they fit.
  const candidates = (asked, last) => {
    const out = new Map();
    const singular = asked.length > 3 && asked.endsWith("s") ? asked.slice(0, -1) : asked + "s";
    for (const word of words) {
      if (word === asked) out.set(word, 1);
      else if (word === singular) out.set(word, 0.85);
      else if (word.startsWith(asked) && (last || asked.length > 2)) out.set(word, 0.6 * asked.length / word.length + 0.2);
      else if (asked.length > 3 && near(asked, word)) out.set(word, 0.45);
    }
    if (!out.size && asked.length > 5) {
      for (const word of words) if (word.length > 5 && near(asked.slice(0, word.length), word)) out.set(word, 0.35);
    }
    return out;
  };

  const postings = (word) => shards.get(key(word))?.[word] ?? [];

  async function search(query) {
    await start();
    const asked = split(query);
    if (!asked.length || !entries || !words) return [];
    const fits = asked.map((w, i) => candidates(w, i === asked.length - 1));
    const name = asked.length > 1 && !/\s/.test(query.trim()) ? asked.join("").slice(0, 40) : "";
    const needed = new Set([...fits.flatMap((m) => [...m.keys()]), name].filter(Boolean).map(key));
    await Promise.all([...needed].map(load));
    const total = new Map(); // entry to {score, hits}
    for (const fit of fits) {
      const best = new Map();
      for (const [word, quality] of fit) {
        const levels = postings(word);
        let df = 0;
        for (const l of levels) if (l) df += l.split(" ").length;
        const rare = Math.log(1 + entries.length / (1 + df));
        levels.forEach((l, level) => {
          let at = 0;
          if (l) for (const n of l.split(" ")) {
            at += parseInt(n, 36);
            const score = weights[level] * quality * rare;
            if (score > (best.get(at) ?? 0)) best.set(at, score);
          }
        });
      }
      for (const [at, score] of best) {
        const t = total.get(at) ?? { score: 0, hits: 0 };
        t.score += score;
        t.hits++;
        total.set(at, t);
      }
    }
    // A name that was copied whole, and stands there whole.
    if (name) {
      let at = 0;
      const exact = postings(name)[3];
      if (exact) for (const n of exact.split(" ")) {
        at += parseInt(n, 36);
        const t = total.get(at) ?? { score: 0, hits: 0 };
        t.score += 60;
        t.hits = asked.length;
        total.set(at, t);
      }
    }
    const whole = asked.join(" ");
    const found = [];
    for (const [at, t] of total) {
      const [path, title, id, kind] = entries[at];
      let score = t.score * (t.hits / asked.length) ** 3;
      const names = [title, id, id.split(".").pop()].map((n) => split(n).join(" "));
      if (names.includes(whole)) score *= 1.8;
      else score *= 1 + 0.3 * Math.max(...names.map((n) => n ? Math.min(1, whole.length / n.length) : 0));
      if (kind === kind.toUpperCase()) score *= 1.1;
      found.push({ at, score, path, title, id, kind });
    }
    return found.sort((a, b) => b.score - a.score || a.at - b.at).slice(0, 12);
  }
  window.plumbSearch.find = search;

  let selected = -1;
  let turn = 0;
  const close = () => {
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
    input.removeAttribute("aria-activedescendant");
    selected = -1;
  };
  const select = (n) => {
    const all = [...list.children];
    if (!all.length) return;
    selected = (n + all.length) % all.length;
    all.forEach((li, i) => li.setAttribute("aria-selected", String(i === selected)));
    all[selected].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", all[selected].id);
  };
  const show = (found) => {
    list.replaceChildren(...found.map((f, i) => {
      const li = document.createElement("li");
      li.id = "found-" + i;
      li.setAttribute("role", "option");
      li.setAttribute("aria-selected", "false");
      li.dataset.href = root + f.path + ".html";
      const kind = document.createElement("span");
      kind.className = "method";
      kind.textContent = f.kind;
      const title = document.createElement("span");
      title.textContent = f.title;
      li.append(kind, " ", title);
      if (f.id) {
        const id = document.createElement("code");
        id.textContent = f.id.replace(/^[A-Z]+ /, "");
        li.append(" ", id);
      }
      return li;
    }));
    list.hidden = !found.length;
    input.setAttribute("aria-expanded", String(found.length > 0));
    if (found.length) select(0);
  };
  input.addEventListener("focus", start);
  input.addEventListener("input", async () => {
    const mine = ++turn;
    if (!input.value.trim()) { close(); return; }
    const found = await search(input.value);
    if (mine === turn) show(found);
  });
  input.addEventListener("keydown", (e) => {
    if (e.key === "ArrowDown") select(selected + 1);
    else if (e.key === "ArrowUp") select(selected - 1);
    else if (e.key === "Escape") { close(); input.blur(); return; }
    else return;
    e.preventDefault();
  });
  form.addEventListener("submit", (e) => {
    e.preventDefault();
    const li = list.children[selected] ?? list.children[0];
    if (li) location.href = li.dataset.href;
  });
  list.addEventListener("pointerdown", (e) => {
    const li = e.target.closest("li");
    if (li) { e.preventDefault(); location.href = li.dataset.href; }
  });
  input.addEventListener("blur", () => setTimeout(close, 100));
  document.addEventListener("keydown", (e) => {
    if (e.key === "/" && !e.ctrlKey && !e.metaKey && !/^(input|textarea|select)$/i.test(document.activeElement?.tagName ?? "")) {
      e.preventDefault();
      input.focus();
    }
  });
})();

// Copying code, the chosen language, and what an address points into.
(() => {
  for (const pre of document.querySelectorAll("pre.frame")) {
    if (!navigator.clipboard) break;
    const button = document.createElement("button");
    button.type = "button";
    button.className = "plain copy";
    button.textContent = "Copy";
    button.addEventListener("click", async () => {
      await navigator.clipboard.writeText(pre.textContent);
      button.textContent = "Copied";
      setTimeout(() => { button.textContent = "Copy"; }, 1500);
    });
    const box = document.createElement("div");
    box.className = "copied";
    pre.replaceWith(box);
    box.append(pre, button);
  }
  const samples = [...document.querySelectorAll("details[data-language]")];
  try {
    const chosen = localStorage.getItem("plumb-language");
    const mine = samples.find((d) => d.dataset.language === chosen);
    if (mine) mine.open = true;
  } catch { /* no storage */ }
  for (const d of samples) {
    d.addEventListener("toggle", () => {
      if (d.open) try { localStorage.setItem("plumb-language", d.dataset.language); } catch { /* no storage */ }
    });
  }
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let d = target; d; d = d.parentElement) if (d.tagName === "DETAILS") d.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  if (location.hash) unfold();
})();
