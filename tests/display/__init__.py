"""The thin display layer, compared cell by cell with Textual's own output."""
