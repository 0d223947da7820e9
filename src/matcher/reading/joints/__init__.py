"""Members, segments and sentences joined as the words between them say, each unread part in its place."""
