"""Configures the SDK from the environment and runs a task under it; prints where it is and what the task gave."""

import asyncio
import json

import dreadnode

dn = dreadnode.configure(project="fresh")


@dreadnode.task
async def answer() -> int:
    return 42


with dreadnode.run("tried"):
    result = asyncio.run(answer())
dn.shutdown()
place = dn.profile
print(
    json.dumps(
        {
            "organization": place.org_key,
            "workspace": place.workspace_key,
            "project": place.project_key,
            "result": result,
        }
    )
)
