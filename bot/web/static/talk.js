// A conversation, wherever it is shown: on the service's own page, or in the widget's shadow root.
// Whatever the service tells becomes text, never markup; styles and scripts come from files only.

const NETWORK = "Không kết nối được với hệ thống. Bạn kiểm tra mạng rồi gửi lại nhé.";
const FAILED = "Hệ thống gặp trục trặc. Bạn thử lại sau ít phút nhé.";
const SAID = { next: "tiếp", previous: "trước", context: "ngữ cảnh" };
const SIGNS = { next: "▶", previous: "◀", context: "¶", good: "✓", bad: "✗", copy: "", open: "↗", ask_alone: "↺" };
const BEFORE = new Set(["previous"]);

export class Talk {
  constructor(root, { base, token = "", placeholder = "Bạn muốn hỏi gì?" }) {
    this.root = root;
    this.base = base;
    this.token = token;
    this.conversation = null;
    this.log = element("div", { class: "log", role: "log", "aria-live": "polite", "aria-label": "Trò chuyện", tabindex: "0" });
    this.input = element("textarea", { rows: "1", maxlength: "2000", placeholder, "aria-label": "Câu hỏi", enterkeyhint: "send", autocomplete: "off" });
    const send = element("button", { type: "submit", class: "send", "aria-label": "Gửi câu hỏi" }, "➤");
    this.form = element("form", { class: "composer" }, this.input, send);
    this.form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.submit();
    });
    this.input.addEventListener("keydown", (event) => {
      // While an input method composes a syllable, Enter takes the syllable; 229 is what older browsers say then.
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.keyCode !== 229) {
        event.preventDefault();
        this.submit();
      }
    });
    this.input.addEventListener("input", () => this.grow());
    root.append(this.log, this.form);
  }

  async begin() {
    this.conversation = null;
    this.log.replaceChildren();
    const reply = await this.call("GET", "/v1/chat");
    if (reply) this.show(reply);
    this.input.focus({ preventScroll: true });
  }

  submit() {
    const message = this.input.value.trim();
    if (!message || this.busy) return;
    this.input.value = "";
    this.grow();
    this.ask(message);
  }

  async ask(message, { alone = false } = {}) {
    this.log.append(element("p", { class: "asked" }, element("span", { class: "hidden" }, "Bạn hỏi: "), message));
    const reply = await this.send({ message, conversation: this.conversation, alone });
    if (reply) this.show(reply);
  }

  // Asks; a conversation that is past its time is begun anew, and the question asked by itself.
  async send(body) {
    const reply = await this.call("POST", "/v1/chat", body, { mayFail: Boolean(body.conversation) });
    if (reply !== 409) return reply;
    this.conversation = null;
    return this.call("POST", "/v1/chat", { ...body, conversation: null });
  }

  show(reply) {
    this.conversation = reply.conversation;
    const turn = this.draw(reply);
    this.log.append(turn);
    const asked = turn.previousElementSibling;
    this.bring(asked?.classList.contains("asked") ? asked : turn);
  }

  draw(reply) {
    const turn = element("section", { class: `turn ${reply.kind}` });
    const [others, examples] = this.parted(reply);
    for (const block of [...others, ...examples]) turn.append(...this.block(block, reply));
    const bar = this.actions(reply, turn);
    if (bar) turn.append(bar);
    return turn;
  }

  // The examples are offered as buttons at the end; a list of them in words would say the same twice.
  parted(reply) {
    const examples = reply.blocks.filter((block) => listsExamples(block, reply));
    return [reply.blocks.filter((block) => !examples.includes(block)), examples];
  }

  block(block, reply) {
    if (block.type === "quote") return [this.quote(block, reply)];
    if (block.type === "surroundings") {
      const text = element("p", { class: "around" });
      text.append(...marked(block.text, [block.passage], "mark"));
      return [element("div", { class: "context", role: "group", "aria-label": "Ngữ cảnh" }, text)];
    }
    if (listsExamples(block, reply)) return [element("p", { class: "said soft" }, block.text.split("\n")[0])];
    const said = element("p", { class: "said" });
    said.append(...marked(block.text, block.emphasis, "strong"));
    return [said];
  }

  quote(block, reply) {
    const text = element("blockquote", {});
    text.append(...marked(block.text, block.emphasis, "mark"));
    const cited = block.citation;
    const where = element("footer", {});
    const title = cited.title || cited.document;
    if (title) {
      const head = cited.link
        ? element("a", { href: this.base + cited.link, target: "_blank", rel: "noopener", class: "title" }, title)
        : element("span", { class: "title" }, title);
      where.append(head);
    }
    where.append(element("span", { class: "place" }, cited.place));
    if (cited.also.length) where.append(element("span", { class: "place" }, `cũng có ở: ${cited.also.join(", ")}`));
    return element("article", { class: block.nearest ? "card near" : "card", "aria-label": label(reply, block) }, text, where);
  }

  actions(reply, turn) {
    const bar = element("div", { class: "actions", role: "group", "aria-label": "Thao tác" });
    const asks = reply.actions.filter((action) => action.kind === "ask");
    for (const action of reply.actions) {
      if (action.kind !== "ask") bar.append(...this.action(action, reply, turn));
    }
    if (reply.page && bar.childElementCount) {
      const at = element("span", { class: "at" }, `${reply.page[0]}/${reply.page[1]}`);
      at.prepend(element("span", { class: "hidden" }, "đoạn "));
      const first = bar.querySelector("[data-kind=previous]");
      first ? first.after(at) : bar.prepend(at);
    }
    if (!asks.length) return bar.childElementCount ? bar : null;
    const offered = element("div", { class: "offered", role: "group", "aria-label": "Câu hỏi gợi ý" });
    for (const action of asks) {
      const button = element("button", { type: "button" }, action.label);
      button.addEventListener("click", () => this.ask(action.value));
      offered.append(button);
    }
    return offered;
  }

  action(action, reply, turn) {
    if (action.kind === "open") {
      if (!/^https?:\/\//i.test(action.value)) return [];
      return [element("a", { href: action.value, target: "_blank", rel: "noopener noreferrer", "data-kind": "open" }, ...worded(action))];
    }
    const button = element("button", { type: "button", "data-kind": action.kind }, ...worded(action));
    button.addEventListener("click", () => this.press(action, reply, turn, button));
    return [button];
  }

  async press(action, reply, turn, button) {
    if (action.kind in SAID) return this.turnPage(action.kind, reply, turn);
    if (action.kind === "ask_alone") return this.ask(action.value, { alone: true });
    if (action.kind === "copy") {
      await copy(action.value, this.root);
      return said(button, "Đã chép");
    }
    const good = action.kind === "good";
    const quote = reply.blocks.find((block) => block.type === "quote");
    const body = { question: reply.question, good, document: quote?.citation.document || "" };
    const done = await this.call("POST", "/v1/feedback", body);
    if (done === null) return;
    for (const one of turn.querySelectorAll("[data-kind=good], [data-kind=bad]")) {
      one.setAttribute("aria-pressed", String(one === button));
    }
    said(button, "Cảm ơn bạn");
  }

  // The same card at another passage, or with its context: in its place, the key just pressed still under the finger.
  async turnPage(kind, reply, turn) {
    const latest = reply.conversation === this.conversation;
    const next = await this.send({ message: SAID[kind], conversation: reply.conversation });
    if (!next || next === 409) return;
    if (latest) this.conversation = next.conversation;
    if (next.kind === "talk") return;
    const drawn = this.draw(next);
    turn.replaceWith(drawn);
    const same = drawn.querySelector(`[data-kind=${kind}]`) || drawn.querySelector(".actions button");
    same?.focus({ preventScroll: true });
    this.bring(drawn, { only: true });
  }

  async call(method, path, body, { mayFail = false } = {}) {
    this.busy = true;
    const waiting = element("p", { class: "waiting" }, element("span", { class: "hidden" }, "Đang tìm…"), dots());
    const patience = setTimeout(() => this.log.append(waiting), 250);
    try {
      const headers = { Accept: "application/json" };
      if (body) headers["Content-Type"] = "application/json";
      if (this.token) headers.Authorization = `Bearer ${this.token}`;
      const answer = await fetch(this.base + path, { method, headers, body: body && JSON.stringify(body) });
      if (answer.status === 204) return true;
      if (answer.ok) return await answer.json();
      if (answer.status === 409 && mayFail) return 409;
      this.tell(answer.status, answer.headers.get("Retry-After"));
    } catch {
      this.tell(0);
    } finally {
      clearTimeout(patience);
      waiting.remove();
      this.busy = false;
    }
    return null;
  }

  tell(status, wait) {
    const told = element("p", { class: "trouble", role: "alert" });
    if (status === 401 || status === 403) {
      told.append("Bạn cần mã truy cập để hỏi. ", element("a", { href: `${this.base}/login` }, "Nhập mã"));
    } else if (status === 429) {
      told.append(`Bạn hỏi nhanh quá. Mời bạn đợi ${wait || "vài"} giây rồi hỏi tiếp.`);
    } else if (status === 413 || status === 422) {
      told.append("Câu hỏi này không gửi được. Bạn viết ngắn hơn nhé.");
    } else {
      told.append(status ? FAILED : NETWORK);
    }
    this.log.append(told);
    this.bring(told, { only: true });
  }

  // Scrolls the log alone, never the page around it. `only`: not where it is seen already.
  bring(target, { only = false } = {}) {
    const frame = this.log.getBoundingClientRect();
    const box = target.getBoundingClientRect();
    if (only && box.top >= frame.top && box.bottom <= frame.bottom) return;
    this.log.scrollTop += box.top - frame.top - 12;
  }

  grow() {
    this.input.rows = Math.min(5, this.input.value.split("\n").length + Math.floor(this.input.value.length / 60));
  }
}

export function element(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

// The text in pieces, those in `spans` inside an element of their own. Offsets count characters, not UTF-16 units.
function marked(text, spans, name) {
  const letters = Array.from(text);
  const pieces = [];
  let at = 0;
  for (const [start, end] of [...spans].sort((a, b) => a[0] - b[0])) {
    pieces.push(letters.slice(at, start).join(""), element(name, {}, letters.slice(start, end).join("")));
    at = end;
  }
  return [...pieces, letters.slice(at).join("")];
}

function listsExamples(block, reply) {
  if (block.type !== "text") return false;
  return reply.actions.some((action) => action.kind === "ask" && block.text.includes(`• ${action.value}`));
}

function label(reply, block) {
  if (block.nearest) return "Đoạn gần nhất";
  return reply.page ? `Đoạn ${reply.page[0]} trên ${reply.page[1]}` : "Đoạn trả lời";
}

function worded(action) {
  const word = element("span", { class: "word" }, action.label);
  if (!SIGNS[action.kind]) return [word];
  const sign = element("span", { class: "sign", "aria-hidden": "true" }, SIGNS[action.kind]);
  return BEFORE.has(action.kind) || action.kind !== "next" ? [sign, word] : [word, sign];
}

function said(button, words) {
  button.querySelector(".word").textContent = words;
}

async function copy(text, root) {
  try {
    await navigator.clipboard.writeText(text);
  } catch {
    // Without https the clipboard is out of reach; a selected field still copies.
    const field = element("textarea", { class: "hidden" });
    field.value = text;
    root.append(field);
    field.select();
    document.execCommand("copy");
    field.remove();
  }
}

function dots() {
  const made = element("span", { class: "dots", "aria-hidden": "true" });
  made.append(element("i", {}), element("i", {}), element("i", {}));
  return made;
}
