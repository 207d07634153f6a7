"""Every call about sessions of the SDK's client, once; prints what each gave as one JSON object."""

import json
import os
import uuid

from dreadnode.app.api.client import ApiClient
from dreadnode.generators.message import Message

api = ApiClient(os.environ["DREADNODE_SERVER"], api_key=os.environ["DREADNODE_API_KEY"])
place = ("acme", "main")
session = str(uuid.uuid4())
gave: dict = {}


def refusal(call, *args) -> str:
    try:
        call(*args)
    except RuntimeError as error:
        return type(error).__name__
    return "none"


gave["saved"] = api.save_session(*place, session, "gpt-5")
gave["again"] = api.save_session(*place, session, "gpt-5")
spoken = [Message("user", "Why?"), Message("assistant", "Because.")]
usage = {str(spoken[1].uuid): {"input_tokens": 9, "output_tokens": 3, "cost_usd": 0.01}}
context = {"model": "gpt-5", "system_prompt": "Be short."}
gave["appended"] = api.append_transcript(*place, session, spoken, context=context, usage_by_uuid=usage)
gave["repeated"] = api.append_transcript(*place, session, spoken)
gave["updated"] = api.update_session(
    *place, session, agent="coder", title="From the SDK", message_count=0, labels={"team": ["core"]}
)
gave["unnamed"] = api.update_session(*place, session, model="")
gave["transcript"] = api.get_transcript(*place, session, include_compacted=True, limit=5000)
found = api.list_sessions(*place, search="from the sdk", label=["team:core"], sort_by="message_count")
gave["listed"] = [row["id"] for row in found["sessions"]]
gave["facets"] = api.get_session_facets(*place, search="from the sdk", include_workload_sessions=True)
gave["scope"] = api.resolve_session_scope("acme", session)
gave["scope"] = {"session": gave["scope"].get("session", gave["scope"])}
gave["compacted"] = api.compact_transcript(
    *place, session, up_to_seq=1, summary_message=Message("user", "Shorter.")
)
api.append_transcript(*place, session, [Message("user", "And then?")])
gave["rewound"] = api.rewind_transcript(*place, session, from_seq=3)
gave["after"] = [message["content"] for message in api.get_transcript(*place, session)["messages"]]
project = api.get_project(*place, api.get_default_project_key(*place))
group = api.create_session_group(*place, project_id=str(project.id), title="A workflow")
gave["group"] = api.update_session_group(*place, group["id"], status="completed")
child = str(uuid.uuid4())
api.save_session(*place, child, "gpt-5", group_id=group["id"], project_id=str(project.id), origin="worker")
gave["trajectory"] = api.get_session_trajectory(*place, session, include_compacted=True)
gave["archived"] = api.archive_session(*place, session)
gave["unarchived"] = api.unarchive_session(*place, session)
gave["frozen"] = api.freeze_session(*place, session)
stranger = ApiClient(os.environ["DREADNODE_SERVER"], api_key="sgw_unknown")
gave["refused"] = [
    refusal(api.append_transcript, *place, session, spoken),
    refusal(api.get_session, *place, str(uuid.uuid4())),
    refusal(stranger.get_session, *place, session),
]
api.delete_session(*place, session)
api.delete_session(*place, child)
print(json.dumps(gave))
