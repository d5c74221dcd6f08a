"use strict";
(() => {
  // The theme: what the system has, until the reader says otherwise.
  const root = document.documentElement;
  const toggle = document.getElementById("theme");
  const themes = ["system", "dark", "light"];
  const remembered = () => { try { return localStorage.getItem("plumb-theme"); } catch { return null; } };
  const setTheme = (name) => {
    if (name === "system") delete root.dataset.theme; else root.dataset.theme = name;
    if (toggle) toggle.textContent = "Theme: " + name;
    try { localStorage.setItem("plumb-theme", name); } catch { /* a page from a disk may have no storage */ }
  };
  let theme = themes.includes(remembered()) ? remembered() : "system";
  setTheme(theme);
  if (toggle) {
    toggle.hidden = false;
    toggle.addEventListener("click", () => {
      theme = themes[(themes.indexOf(theme) + 1) % themes.length];
      setTheme(theme);
    });
  }

  const number = (n) => n.toLocaleString("en-US");

  // A list: a form of search and filters, and a table whose rows carry what
  // is filtered and sorted by in data attributes. The state is the address's
  // fragment, so that a view can be shared.
  function list(section) {
    const form = section.querySelector("form");
    const status = section.querySelector(".status");
    const body = section.querySelector("tbody");
    const heads = [...section.querySelectorAll("th button[data-sort]")];
    const rows = [...body.rows].map((row, order) => ({ row, order, text: null }));
    const sort = { by: "", down: false };
    let shown = rows;

    // Text is read when it is first searched for, and only then.
    const textOf = (item) => item.text ??= 
      [...item.row.cells, item.row.dataset.words ?? ""].map((c) => c.textContent ?? c).join(" ").toLowerCase();
    const values = (name) => new FormData(form).getAll(name).filter((v) => v !== "");
    const facets = () => [...new Set([...form.elements].map((e) => e.name))].filter((n) => n && n !== "q");

    function apply() {
      const words = form.elements.q.value.toLowerCase().split(/\s+/).filter(Boolean);
      const wanted = facets().map((name) => [name, new Set(values(name))]).filter(([, set]) => set.size);
      shown = [];
      for (const item of rows) {
        const on = wanted.every(([name, set]) => set.has(item.row.dataset[name])) &&
          words.every((word) => textOf(item).includes(word));
        if (item.row.hidden === on) item.row.hidden = !on;
        if (on) shown.push(item);
      }
      status.textContent = shown.length === rows.length
        ? number(rows.length) + " shown" : number(shown.length) + " of " + number(rows.length) + " shown";
    }

    function order() {
      const key = (item) => item.row.dataset[sort.by];
      const compare = (a, b) => {
        const x = key(a), y = key(b);
        const c = x === undefined ? 0 : isNaN(x) || isNaN(y) ? (x < y ? -1 : x > y ? 1 : 0) : x - y;
        return (sort.down ? -c : c) || a.order - b.order;
      };
      rows.sort(sort.by ? compare : (a, b) => a.order - b.order);
      const all = document.createDocumentFragment();
      for (const item of rows) all.append(item.row);
      body.append(all);
      for (const b of heads) {
        const on = b.dataset.sort === sort.by;
        b.closest("th").setAttribute("aria-sort", on ? (sort.down ? "descending" : "ascending") : "none");
      }
    }

    function remember() {
      const state = new URLSearchParams();
      for (const [name, value] of new FormData(form)) if (value !== "") state.append(name, value);
      if (sort.by) state.set("sort", (sort.down ? "-" : "") + sort.by);
      history.replaceState(null, "", state.size ? "#" + state : location.pathname + location.search);
    }

    function recall() {
      const fragment = location.hash.slice(1);
      const target = fragment && document.getElementById(fragment);
      const state = new URLSearchParams(target ? "" : fragment);
      for (const e of form.elements) {
        if (!e.name) continue;
        if (e.type === "checkbox") e.checked = state.getAll(e.name).includes(e.value);
        else e.value = state.get(e.name) ?? "";
      }
      const by = state.get("sort") ?? "";
      const known = heads.some((b) => b.dataset.sort === by.replace(/^-/, ""));
      const before = sort.by + sort.down;
      sort.by = known ? by.replace(/^-/, "") : "";
      sort.down = known && by.startsWith("-");
      if (before !== sort.by + sort.down || known) order();
      apply();
      if (target && body.contains(target)) {
        const details = target.querySelector("details");
        if (details) details.open = true;
        target.scrollIntoView({ block: "center" });
      }
    }

    // Keys: / searches, Escape clears, j and k walk, o opens.
    function walk(step) {
      const at = shown.findIndex((item) => item.row === document.activeElement?.closest("tr"));
      const next = shown[at < 0 ? (step > 0 ? 0 : shown.length - 1) : at + step];
      if (next) { next.row.tabIndex = -1; next.row.focus(); next.row.scrollIntoView({ block: "nearest" }); }
    }
    document.addEventListener("keydown", (e) => {
      const search = form.elements.q;
      if (e.ctrlKey || e.metaKey || e.altKey) return;
      if (e.key === "Escape" && e.target === search) { search.value = ""; apply(); remember(); search.blur(); return; }
      if (e.target.matches?.("input:not([type=checkbox]), select, textarea")) return;
      if (e.key === "/") { e.preventDefault(); search.focus(); search.select(); }
      else if (e.key === "j") walk(1);
      else if (e.key === "k") walk(-1);
      else if (e.key === "o") {
        const details = document.activeElement?.closest("tr")?.querySelector("details");
        if (details) details.open = !details.open;
      }
    });

    let waiting = 0;
    form.addEventListener("submit", (e) => e.preventDefault());
    form.addEventListener("input", () => {
      cancelAnimationFrame(waiting);
      waiting = requestAnimationFrame(() => { apply(); remember(); });
    });
    for (const b of heads) {
      b.addEventListener("click", () => {
        const first = b.dataset.down !== undefined;
        if (sort.by !== b.dataset.sort) { sort.by = b.dataset.sort; sort.down = first; }
        else if (sort.down === first) sort.down = !first;
        else sort.by = "";
        order();
        remember();
      });
    }
    const open = form.querySelector("button[data-open]");
    open?.addEventListener("click", () => {
      const on = open.getAttribute("aria-pressed") !== "true";
      open.setAttribute("aria-pressed", String(on));
      open.textContent = on ? open.dataset.close : open.dataset.open;
      for (const item of rows) { const d = item.row.querySelector("details"); if (d) d.open = on; }
    });
    for (const a of document.querySelectorAll("a[data-filter]")) {
      a.addEventListener("click", () => setTimeout(() => section.scrollIntoView(), 0));
    }
    window.addEventListener("hashchange", recall);
    form.hidden = false;
    recall();
  }

  document.querySelectorAll("[data-list]").forEach(list);
  window.addEventListener("beforeprint", () => {
    document.querySelectorAll("details").forEach((d) => { d.open = true; });
  });
})();
