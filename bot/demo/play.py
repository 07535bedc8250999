"""Playing lines: each becomes what a person would do in a Discord client."""

import re
from collections.abc import Callable

from simcord import (
    BackendError,
    ChannelHandle,
    InteractionResult,
    MemberActor,
    ResponseMessage,
    SetupError,
    UserHandle,
)
from simcord.backend.models import Message

from bot.demo.aim import (
    AimError,
    fields_of,
    fill,
    find_component,
    find_options,
    find_poll_answer,
    nothing_called,
    read_upload,
)
from bot.demo.commands import find_command, is_user_menu, typed_options
from bot.demo.event import Component, blocks_of
from bot.demo.script import (
    Advance,
    Attach,
    Autocomplete,
    Click,
    DirectMessage,
    Interested,
    Line,
    Menu,
    Restart,
    Say,
    ScriptError,
    Select,
    Slash,
    Speak,
    Submit,
    Voice,
    Vote,
    Wait,
)
from bot.demo.world import BOT_NAME, CHANNEL_NAME, VOICE_NAME, World

LAST = "last"
"""The target of a menu that means the newest message."""

Actor = MemberActor | UserHandle
"""A person in the guild, or in their direct messages."""

_MENTION = re.compile(r"(?<![\w@<])@([A-Za-z0-9_.-]{0,31}[A-Za-z0-9_])")
_NOT_PEOPLE = {"everyone", "here"}


class Player:
    """Plays lines in a world. `note` is told what is no message of the bot."""

    def __init__(self, world: World, note: Callable[[str], None]) -> None:
        self._world = world
        self._note = note
        self._forms: dict[str, tuple[Actor, InteractionResult]] = {}

    async def play(self, line: Line) -> None:
        """Do one line and return when the bot has done all it will; raises ScriptError if nobody could."""
        try:
            match line:
                case Wait():
                    await self._world.finish_training()
                case Advance():
                    await self._world.advance(line.duration.total_seconds())
                case Restart():
                    await self._world.restart()
                case _:
                    person = self._world.person(line.speaker)
                    with self._world.recorder.caused_by(line.speaker):
                        await self._act(line, person)
        except (AimError, SetupError, BackendError) as error:
            raise ScriptError(line.number, line.source, str(error)) from error

    async def _act(self, line: Line, person: MemberActor) -> None:
        match line:
            case Say():
                await person.send(self._world.channel, self._with_mentions(line.text))
            case DirectMessage():
                await person.send_dm(self._with_mentions(line.text))
            case Attach():
                upload = read_upload(line.file)
                await person.send(self._world.channel, self._with_mentions(line.text), attachments=[upload])
            case Click():
                message, button = find_component(self._world.messages_seen_by(person), "button", line.label)
                actor, pressed = self._at(person, message)
                self._answered(line, actor, await actor.click(pressed, custom_id=button.custom_id))
            case Select():
                message, menu = find_component(self._world.messages_seen_by(person), "select", line.label)
                values = find_options(menu, line.options, self._entity)
                actor, pressed = self._at(person, message)
                self._answered(line, actor, await actor.select(pressed, values, custom_id=menu.custom_id))
            case Submit():
                await self._submit(line)
            case Slash():
                command = find_command(self._world, person, line.command.split())
                options = typed_options(command, line.options, self._entity)
                self._answered(line, person, await person.slash(self._world.channel, command.name, **options))
            case Autocomplete():
                await self._autocomplete(line, person)
            case Menu():
                await self._menu(line, person)
            case Vote():
                await self._vote(line, person)
            case Interested():
                await self._mark_interest(person)
            case Speak():
                self._world.locales[person.id] = line.locale
            case Voice(joins=True):
                await person.join_voice(self._world.voice)
            case Voice():
                await person.leave_voice()

    async def _vote(self, line: Vote, person: MemberActor) -> None:
        polls = [one for one in self._world.messages_seen_by(person) if one.poll is not None]
        if not polls or polls[0].poll is None:
            raise AimError("there is no poll here")
        answers = polls[0].poll.answers
        found = find_poll_answer([one.text or "" for one in answers], line.option)
        await person.vote(ResponseMessage(self._world.env, polls[0]), answer=answers[found].answer_id)

    async def _mark_interest(self, person: MemberActor) -> None:
        event = self._world.newest_event()
        if event is None:
            raise AimError("there is no event to come here")
        await person.subscribe_event(event.id)

    async def _submit(self, line: Submit) -> None:
        """The form stays open if a field is missing, as it does in a client."""
        if line.speaker not in self._forms:
            raise AimError("no form is open; a press such as /click LABEL opens one")
        actor, shown = self._forms[line.speaker]
        values = fill(shown.modal or {}, line.fields, self._entity)
        result = await actor.submit_modal(shown, values)
        del self._forms[line.speaker]
        self._answered(line, actor, result)

    async def _autocomplete(self, line: Autocomplete, person: MemberActor) -> None:
        command = find_command(self._world, person, line.words)
        if not command.rest:
            raise nothing_called("option", "", (option["name"] for option in command.options))
        name = command.option(command.rest[0])["name"]
        typed = " ".join(command.rest[1:])
        offered = await person.autocomplete(self._world.channel, command.name, name, typed)
        choices = tuple(str(choice["name"]) for choice in offered)
        self._world.recorder.shown("\n".join(choices), (Component("select", name, False, choices),))

    async def _menu(self, line: Menu, person: MemberActor) -> None:
        target: MemberActor | ResponseMessage
        if is_user_menu(self._world, line.name):
            target = self._world.person(line.target.removeprefix("@"))
        else:
            target = ResponseMessage(self._world.env, self._message(line.target, person))
        self._answered(line, person, await person.context_menu(self._world.channel, line.name, target))

    def _message(self, target: str, person: MemberActor) -> Message:
        """`last`, the newest of `@somebody`, or the newest that says the words; in the channel, for all to see."""
        seen = self._world.messages_seen_by(person)
        here = [one for one in seen if one.channel_id == self._world.channel.id and not one.is_ephemeral]
        if target.startswith("@"):
            author_id = self._mentioned(target[1:])
            here = [one for one in here if one.author_id == author_id]
        elif target != LAST:
            here = [one for one in here if target.casefold() in _text_of(one).casefold()]
        if not here:
            raise AimError(f"no message fits “{target}”; a target is @name, {LAST}, or words that it says")
        return here[0]

    def _at(self, person: MemberActor, message: Message) -> tuple[Actor, ResponseMessage]:
        """Who presses: in the guild a member, in direct messages the account."""
        is_private = message.channel_id != self._world.channel.id
        return (person.user if is_private else person), ResponseMessage(self._world.env, message)

    def _answered(self, line: Line, actor: Actor, result: InteractionResult) -> None:
        """Show a form that was opened; an interaction that nobody answers fails before its user's eyes."""
        form = result.modal
        if form is not None:
            self._forms[line.speaker] = actor, result
            fields = fields_of(form)
            texts = [block.text for block in blocks_of("", [], form["components"])]
            choices = tuple(
                Component("select", field.label, False, tuple(label for label, _ in field.options))
                for field in fields
                if field.options
            )
            self._world.recorder.shown("\n".join([form["title"], *texts, *(field.label for field in fields)]), choices)
        elif not result.acknowledged:
            self._note(f"line {line.number}: the bot did not respond: {line.source}")

    def _with_mentions(self, text: str) -> str:
        return _MENTION.sub(
            lambda match: match[0] if match[1] in _NOT_PEOPLE else f"<@{self._mentioned(match[1])}>", text
        )

    def _mentioned(self, name: str) -> int:
        """The id of a person or of the bot."""
        is_bot = name.casefold() == BOT_NAME.casefold()
        return self._world.env.backend.bot_user.id if is_bot else self._world.person(name).id

    def _entity(self, word: str) -> MemberActor | ChannelHandle:
        """What a member or channel option takes: `@bob`, `bob` or `#movies`."""
        if word.startswith("#"):
            channels = {CHANNEL_NAME: self._world.channel, VOICE_NAME: self._world.voice}
            if word[1:] not in channels:
                raise nothing_called("channel", word[1:], channels)
            return channels[word[1:]]
        return self._world.person(word.removeprefix("@"))


def _text_of(message: Message) -> str:
    return "\n".join(block.text for block in blocks_of(message.content, message.embeds, message.components))
