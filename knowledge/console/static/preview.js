// Shows the preview while somebody writes. Everything works without it: the
// button Preview does the same.
"use strict";
(() => {
  const form = document.getElementById("editor");
  let timer = 0, asking = null;
  async function look() {
    asking?.abort();
    asking = new AbortController();
    const sent = new URLSearchParams(new FormData(form));
    sent.set("do", "check");
    try {
      const answer = await fetch(form.action, {method: "POST", body: sent, signal: asking.signal});
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      for (const place of document.querySelectorAll("#findings, .beside")) {
        const fresh = page.getElementById(place.id);
        if (fresh && fresh.innerHTML !== place.innerHTML) place.replaceChildren(...fresh.childNodes);
      }
    } catch {
      // The next change, or the button, tries again.
    }
  }
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(look, 700);
  });
})();
