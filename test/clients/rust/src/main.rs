//! Every session call of the SDK, once; prints what each gave as one JSON object.

use everruns_sdk::{CreateSessionRequest, Error, Everruns};
use serde_json::{json, to_value};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let client = Everruns::from_env()?;
    let sessions = client.sessions();

    let bare = sessions.create().await?;
    let mut request = CreateSessionRequest::new();
    request.agent_name = Some("coder".into());
    request.title = Some("Tried from Rust".into());
    request.tags = vec!["team:platform".into(), "rust".into()];
    request.locale = Some("uk-UA".into());
    request.system_prompt = Some("You are a coding agent.".into());
    let created = sessions.create_with_options(request).await?;
    sessions.pin(&created.id).await?;
    let pinned = sessions.get(&created.id).await?;
    sessions.unpin(&created.id).await?;
    let unpinned = sessions.get(&created.id).await?;
    sessions.cancel(&created.id).await?;
    let listed = sessions.list().await?;
    let found = sessions.search("RUST tried").await?;
    let told = std::env::args().nth(1).ok_or("the id of a session with messages")?;
    let messages = client.messages().list(&told).await?;
    let exported = sessions.export(&told).await?;
    sessions.delete(&created.id).await?;
    sessions.delete(&bare.id).await?;
    let gone = match sessions.get(&created.id).await {
        Err(Error::Api { status, message, .. }) => format!("{status} {message}"),
        other => format!("{other:?}"),
    };

    let answers = json!({
        "bare": to_value(bare)?, "created": to_value(created)?, "pinned": to_value(pinned)?,
        "unpinned": to_value(unpinned)?, "listed": to_value(listed.data)?, "total": listed.total,
        "found": to_value(found.data)?, "messages": to_value(messages.data)?, "exported": exported, "gone": gone,
    });
    println!("{answers}");
    Ok(())
}
