// Shows what is read from a survey's text while it is typed. The page works without it.
"use strict";

const box = document.querySelector("[data-preview]");
const token = document.querySelector("meta[name=page-token]").content;
const shown = box && document.getElementById(box.dataset.preview);
let waiting = 0;
let latest = 0;

async function read() {
  const mine = ++latest;
  const answer = await fetch("/preview", {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRF-Token": token },
    body: JSON.stringify({ text: box.value }),
  });
  if (answer.ok && mine === latest) {
    shown.innerHTML = await answer.text(); // our own page, escaped on the server
  }
}

if (shown) {
  box.addEventListener("input", () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => read().catch(() => {}), 350);
  });
  if (box.value) read().catch(() => {});
}
