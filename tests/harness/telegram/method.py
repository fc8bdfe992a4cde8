"""Method: every method of the Bot API that the fake answers, by its name."""

from collections.abc import Callable

from tests.harness.telegram import delivery, profile, query, webhook
from tests.harness.telegram.world import Act

# getUpdates is not here: it waits, and the server has to see whether its client still does.
HANDLERS: dict[str, Callable[[Act], object]] = {
    "getMe": profile.get_me,
    "logOut": profile.log_out,
    "close": profile.log_out,
    "setWebhook": webhook.set_webhook,
    "deleteWebhook": webhook.delete_webhook,
    "getWebhookInfo": webhook.get_webhook_info,
    "sendMessage": delivery.send_message,
    "sendContact": delivery.send_contact,
    "sendPhoto": delivery.send_photo,
    "sendDocument": delivery.send_document,
    "sendChatAction": delivery.send_chat_action,
    "editMessageText": delivery.edit_message_text,
    "editMessageReplyMarkup": delivery.edit_message_reply_markup,
    "deleteMessage": delivery.delete_message,
    "answerCallbackQuery": query.answer_callback_query,
    "setMyCommands": profile.set_my_commands,
    "getMyCommands": profile.get_my_commands,
    "deleteMyCommands": profile.delete_my_commands,
    "setMyDescription": profile.set_my_description,
    "getMyDescription": profile.get_my_description,
    "setMyShortDescription": profile.set_my_short_description,
    "getMyShortDescription": profile.get_my_short_description,
    "getChat": profile.get_chat,
    "getChatMember": profile.get_chat_member,
    "leaveChat": profile.leave_chat,
}
