"""Documents for people: Markdown, plain text, chats, status pages, HTML. Lines in, entries out."""
