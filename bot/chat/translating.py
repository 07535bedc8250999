"""What Discord itself shows of the commands, in German: descriptions, choices and the entries of menus.

Names stay: `/rate` is what people tell each other, and what stands in every sentence.
"""

from discord import Locale, app_commands

from bot.chat.language import Language, gettext, speaking

_TRANSLATED = (
    app_commands.TranslationContextLocation.command_description,
    app_commands.TranslationContextLocation.group_description,
    app_commands.TranslationContextLocation.parameter_description,
    app_commands.TranslationContextLocation.choice_name,
)


def spoken_in(locale: Locale | None) -> Language | None:
    """The language of a client, or of a server; None for one that is not spoken."""
    match locale:
        case Locale.german:
            return "de"
        case Locale.american_english | Locale.british_english:
            return "en"
        case _:
            return None


class CommandTranslator(app_commands.Translator):
    async def translate(
        self, string: app_commands.locale_str, locale: Locale, context: app_commands.TranslationContextTypes
    ) -> str | None:
        language = spoken_in(locale)
        is_menu = isinstance(context.data, app_commands.ContextMenu)
        if language in (None, "en") or not (is_menu or context.location in _TRANSLATED):
            return None
        with speaking(language):
            said = gettext(string.message)
        return said if said != string.message else None
