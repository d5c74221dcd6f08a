// All pages as one: the contents are filtered as one types, code is copied, and
// what an address points into is unfolded.
(() => {
  const nav = document.getElementById("contents");
  const form = document.getElementById("find");
  if (nav && form) {
    const input = form.querySelector("input");
    const groups = [...nav.querySelectorAll("details")].map((box) => ({ box, items: [...box.querySelectorAll("li")].map((li) => ({ li, text: null })) }));
    form.hidden = false;
    const filter = () => {
      const words = input.value.toLowerCase().split(/\s+/).filter(Boolean);
      for (const { box, items } of groups) {
        let any = 0;
        for (const item of items) {
          item.text ??= (item.li.textContent + " " + item.li.firstElementChild.getAttribute("href")).toLowerCase();
          const on = words.every((w) => item.text.includes(w));
          item.li.hidden = !on;
          if (on) any++;
        }
        box.hidden = !any;
        box.open = words.length > 0 && any > 0;
      }
    };
    input.addEventListener("input", filter);
    form.addEventListener("submit", (e) => {
      e.preventDefault();
      const first = nav.querySelector("details:not([hidden]) li:not([hidden]) a");
      if (input.value.trim() && first) location.hash = first.getAttribute("href");
    });
    document.addEventListener("keydown", (e) => {
      if (e.key === "/" && !e.ctrlKey && !e.metaKey && !/^(input|textarea|select)$/i.test(document.activeElement?.tagName ?? "")) {
        e.preventDefault();
        input.focus();
      }
      if (e.key === "Escape" && document.activeElement === input) {
        input.value = "";
        filter();
      }
    });
  }
  // A sample gets its button when somebody is at it: there are thousands.
  const dress = (e) => {
    const pre = e.target.closest?.("pre.frame");
    if (!pre || !navigator.clipboard || pre.parentElement.className === "copied") return;
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
  };
  document.addEventListener("pointerover", dress);
  const unfold = () => {
    const target = location.hash.length > 1 && document.getElementById(decodeURIComponent(location.hash.slice(1)));
    for (let d = target; d; d = d.parentElement) if (d.tagName === "DETAILS") d.open = true;
    if (target) target.scrollIntoView();
  };
  addEventListener("hashchange", unfold);
  if (location.hash) unfold();
})();
