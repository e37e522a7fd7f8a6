"""Documents of an incident, rendered from its log. Plain values in, texts out; Jinja2 only on use.

What the log means is the domain's; committing what is written is history's.
"""

from incident_tui.documents.document_files import differences, write_folder
from incident_tui.documents.folder_pages import next_time_text, render_folder, render_page
from incident_tui.documents.pages.overview_page import position_of

__all__ = [
    "differences",
    "next_time_text",
    "position_of",
    "render_folder",
    "render_page",
    "write_folder",
]
