// The page of the service: one conversation, over the whole window.
import { Talk } from "./talk.js";

const talk = new Talk(document.getElementById("talk"), { base: "" });
document.getElementById("anew").addEventListener("click", () => talk.begin());
talk.begin();
