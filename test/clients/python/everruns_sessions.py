"""Every session call of the SDK, once; prints what each gave as one JSON object."""

import asyncio
import json
import sys

from everruns_sdk import ApiError, Everruns


async def main() -> None:
    async with Everruns() as client:
        sessions = client.sessions
        bare = await sessions.create()
        created = await sessions.create(
            agent_name="coder",
            title="Tried from Python",
            tags=["team:platform", "python"],
            locale="uk-UA",
            parallel_tool_calls=True,
        )
        await sessions.pin(created.id)
        pinned = await sessions.get(created.id)
        await sessions.unpin(created.id)
        unpinned = await sessions.get(created.id)
        await sessions.cancel(created.id)
        listed = await sessions.list()
        of_agent = await sessions.list(created.agent_id)
        found = await sessions.list(search="PYTHON tried")
        messages = await client.messages.list(sys.argv[1])
        exported = await sessions.export(sys.argv[1])
        await sessions.delete(created.id)
        await sessions.delete(bare.id)
        try:
            await sessions.get(created.id)
            gone = "still there"
        except ApiError as error:
            gone = f"{error.status_code} {error.message}"
    one = {"bare": bare, "created": created, "pinned": pinned, "unpinned": unpinned}
    many = {"listed": listed, "of_agent": of_agent, "found": found, "messages": messages}
    answers = {name: value.model_dump() for name, value in one.items()}
    answers |= {name: [row.model_dump() for row in rows] for name, rows in many.items()}
    print(json.dumps({**answers, "exported": exported, "gone": gone}, default=str))


asyncio.run(main())
