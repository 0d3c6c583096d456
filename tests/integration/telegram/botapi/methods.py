"""What does each Bot API method do? Those that the bot uses; each refuses what Telegram refuses."""

from __future__ import annotations

import json
import re
import time
from collections.abc import Callable
from typing import Any

from tests.integration.telegram.botapi import markup
from tests.integration.telegram.botapi.refusals import Refusal, bad_request
from tests.integration.telegram.botapi.world import Chat, Json, World

Parameters = dict[str, Any]
_REACTIONS = {"👍", "👎", "❤", "🔥", "👏", "🤔", "👀", "🙏", "🤝", "💯"}
_ACTIONS = {"typing", "upload_document", "find_location"}
_COMMAND = re.compile(r"[a-z0-9_]{1,32}\Z")


class Methods:
    """`call(name, parameters)`: the result, or Refusal."""

    def __init__(self, world: World) -> None:
        self._world = world
        self._methods: dict[str, Callable[[Parameters], Any]] = {
            name.lower(): getattr(self, "_" + re.sub(r"([A-Z])", r"_\1", name).lower())
            for name in (
                "getMe", "getFile", "sendMessage", "sendDocument", "sendChatAction", "setMessageReaction",
                "editMessageText", "editMessageReplyMarkup", "deleteMessage", "answerCallbackQuery",
                "answerInlineQuery", "setMyCommands",
            )
        }  # fmt: skip

    def call(self, name: str, parameters: Parameters) -> Any:
        method = self._methods.get(name.lower())
        if method is None:
            raise Refusal(404, "Not Found: method not found")
        return method(parameters)

    def _get_me(self, _: Parameters) -> Json:
        return self._world.bot

    def _send_message(self, p: Parameters) -> Json:
        chat = self._writable(p)
        text, entities = markup.check_text(p.get("text", ""), p.get("parse_mode"))
        return self._post(chat, p, text=text, entities=entities)

    def _send_document(self, p: Parameters) -> Json:
        chat = self._writable(p)
        attached = p.get("document")
        if not isinstance(attached, tuple):
            raise bad_request("there is no document in the request")
        name, body = attached
        identifier = self._world.fresh("file")
        self._world.files[identifier] = (name, body)
        document = {
            "file_id": identifier,
            "file_unique_id": identifier,
            "file_name": name,
            "file_size": len(body),
        }
        extra: Json = {"document": document}
        if p.get("caption"):
            caption, entities = markup.check_text(p["caption"], p.get("parse_mode"))
            extra |= {"caption": caption, "caption_entities": entities}
        return self._post(chat, p, **extra)

    def _post(self, chat: Chat, p: Parameters, **content: Any) -> Json:
        keyboard = markup.check_keyboard(p.get("reply_markup"))
        reply = p.get("reply_parameters") or {}
        thread = p.get("message_thread_id")
        if thread is not None:
            if int(thread) not in chat.threads:
                raise bad_request("message thread not found")
            content |= {"message_thread_id": int(thread), "is_topic_message": True}
        if reply:
            original = chat.messages.get(int(reply["message_id"]))
            if original is None and not reply.get("allow_sending_without_reply"):
                raise bad_request("message to be replied not found")
            if original is not None:
                content["reply_to_message"] = {k: v for k, v in original.items() if k != "reply_to_message"}
                if thread is None and original.get("message_thread_id"):
                    content |= {"message_thread_id": original["message_thread_id"], "is_topic_message": True}
        if keyboard is not None:
            content["reply_markup"] = keyboard
        if p.get("link_preview_options"):
            content["link_preview_options"] = p["link_preview_options"]
        return self._world.add_message(chat, self._world.bot, **content)

    def _own(self, p: Parameters) -> tuple[Chat, Json]:
        chat = self._writable(p)
        message = chat.messages.get(int(p.get("message_id", 0)))
        if message is None:
            raise bad_request("message to edit not found")
        if message.get("from") != self._world.bot:
            raise bad_request("message can't be edited")
        return chat, message

    def _edit_message_text(self, p: Parameters) -> Json:
        chat, message = self._own(p)
        text, entities = markup.check_text(p.get("text", ""), p.get("parse_mode"))
        keyboard = markup.check_keyboard(p.get("reply_markup"))
        if (text, entities, keyboard) == (
            message.get("text"),
            message.get("entities"),
            message.get("reply_markup"),
        ):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are exactly the same "
                "as a current content and reply markup of the message"
            )
        message |= {"text": text, "entities": entities, "edit_date": int(time.time())}
        self._set_keyboard(chat, message, keyboard)
        return message

    def _edit_message_reply_markup(self, p: Parameters) -> Json:
        chat, message = self._own(p)
        keyboard = markup.check_keyboard(p.get("reply_markup"))
        if keyboard == message.get("reply_markup"):
            raise bad_request(
                "message is not modified: specified new message content and reply markup are the same"
            )
        message["edit_date"] = int(time.time())
        self._set_keyboard(chat, message, keyboard)
        return message

    def _set_keyboard(self, chat: Chat, message: Json, keyboard: Json | None) -> None:
        message.pop("reply_markup", None)
        if keyboard is not None:
            message["reply_markup"] = keyboard
        self._world.notice(chat)

    def _delete_message(self, p: Parameters) -> bool:
        chat = self._writable(p)
        if chat.messages.pop(int(p["message_id"]), None) is None:
            raise bad_request("message to delete not found")
        chat.deleted.append(int(p["message_id"]))
        self._world.notice(chat)
        return True

    def _answer_callback_query(self, p: Parameters) -> bool:
        query = self._world.callbacks.get(str(p.get("callback_query_id")))
        if query is None or "answer" in query:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        if len(p.get("text") or "") > 200:
            raise bad_request("MESSAGE_TOO_LONG")
        query["answer"] = {"text": p.get("text") or "", "show_alert": bool(p.get("show_alert"))}
        self._world.changed.set()
        self._world.changed.clear()
        return True

    def _answer_inline_query(self, p: Parameters) -> bool:
        query = self._world.inline.get(str(p.get("inline_query_id")))
        if query is None or "answer" in query:
            raise bad_request("query is too old and response timeout expired or query ID is invalid")
        button = p.get("button")
        if button and not markup.START_PARAMETER.match(button.get("start_parameter", "")):
            raise bad_request("START_PARAM_INVALID")
        results = markup.check_results(p.get("results", []))
        query["answer"] = {**p, "results": results}
        self._world.changed.set()
        self._world.changed.clear()
        return True

    def _send_chat_action(self, p: Parameters) -> bool:
        if p.get("action") not in _ACTIONS:
            raise bad_request("wrong parameter action in request")
        chat = self._writable(p)
        chat.actions.append({"action": p["action"], "message_thread_id": p.get("message_thread_id")})
        self._world.notice(chat)
        return True

    def _set_message_reaction(self, p: Parameters) -> bool:
        chat = self._writable(p)
        if int(p["message_id"]) not in chat.messages:
            raise bad_request("message to react not found")
        reaction = p.get("reaction") or []
        if any(r.get("emoji") not in _REACTIONS for r in reaction):
            raise bad_request("REACTION_INVALID")
        chat.reactions.setdefault(int(p["message_id"]), []).append(reaction)
        self._world.notice(chat)
        return True

    def _set_my_commands(self, p: Parameters) -> bool:
        commands = p.get("commands") or []
        if len(commands) > 100:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            if not _COMMAND.match(command["command"]):
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command["description"]) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        scope = p.get("scope") or {"type": "default"}
        if scope["type"] == "chat":
            self._writable(scope)
        self._world.commands[json.dumps(scope, sort_keys=True)] = commands
        return True

    def _get_file(self, p: Parameters) -> Json:
        known = self._world.files.get(str(p.get("file_id")))
        if known is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        if len(known[1]) > 20_000_000:
            raise bad_request("file is too big")
        identifier = str(p["file_id"])
        return {
            "file_id": identifier,
            "file_unique_id": identifier,
            "file_size": len(known[1]),
            "file_path": f"documents/{identifier}",
        }

    def _writable(self, p: Parameters) -> Chat:
        chat = self._world.chat(p.get("chat_id", 0))
        if chat.blocked:
            raise Refusal(403, "Forbidden: bot was blocked by the user")
        return chat
