// Opens a conversation on any page whose origin the operator allows: <script src=".../widget.js" data-title="…">.
// It lives in a shadow root, so that the page's style and ours don't meet, and loads nothing but this service's files.
(() => {
  const script = document.currentScript;
  const base = new URL(".", script.src).href.replace(/\/$/, "");
  const told = script.dataset;
  const title = told.title || "Hỏi Đáp";

  const host = document.createElement("div");
  const shadow = host.attachShadow({ mode: "open" });
  const make = (name, attributes, ...children) => {
    const made = document.createElement(name);
    for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
    made.append(...children);
    return made;
  };

  const opener = make("button", { class: "opener", type: "button", "aria-expanded": "false", "aria-haspopup": "dialog" }, told.button || title);
  const close = make("button", { class: "close", type: "button", "aria-label": "Đóng" }, "✕");
  const head = make("header", {}, make("h2", { id: "title" }, title), close);
  const room = make("div", { class: "talk" });
  const panel = make("div", { class: "panel", role: "dialog", "aria-labelledby": "title" }, head, room);
  panel.hidden = true;
  let talk = null;

  const show = (open) => {
    panel.hidden = !open;
    opener.hidden = open;
    opener.setAttribute("aria-expanded", String(open));
    if (!open) return opener.focus();
    if (!talk) {
      talk = new host.Talk(room, { base, token: told.token || "", placeholder: told.placeholder });
      talk.begin();
    }
    talk.input.focus();
  };
  opener.addEventListener("click", () => show(true));
  close.addEventListener("click", () => show(false));
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !event.isComposing) show(false);
  });

  const style = (name) => make("link", { rel: "stylesheet", href: `${base}/static/${name}` });
  // A module of another origin arrives only where the service allows this page's origin.
  import(`${base}/static/talk.js`).then(
    ({ Talk }) => {
      host.Talk = Talk;
      host.dataset.side = told.side === "left" ? "left" : "right";
      shadow.append(style("talk.css"), style("widget.css"), opener, panel);
      (document.body || document.documentElement).append(host);
      if ("open" in told) show(true);
    },
    () => console.warn(`Hỏi Đáp: ${location.origin} is not among server.allowed_origins`),
  );
})();
