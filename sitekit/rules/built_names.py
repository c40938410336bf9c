"""The name of every kind of mistake that a built site can have; a mistake that sources can have has the same name."""

BUILT_RULES = {
    # Text
    "formula": "A formula can be typeset.",
    "front-matter-late": "Front matter starts at the first line.",
    "leftover-markdown": "No mark of Markdown is left in what readers see or hear.",
    # The head of a page
    "canonical": "A page names its own address.",
    "description": "A page has a description of its own.",
    "language": "A page says its language.",
    "page-title": "A page has a title.",
    "shared-description": "No two pages have one description.",
    "shared-title": "No two pages have one title.",
    # Elements
    "alt-text": "A picture has a text for those who can't see it.",
    "empty-button": "A button says what it does.",
    "empty-link": "A link says where it leads.",
    "heading-level": "No level of headings is left out.",
    "id-twice": "An id is used once.",
    "image-size": "A picture has a width and a height.",
    "reference-missing": "What a label or a description is for exists.",
    "table-header": "A table says what its columns hold.",
    "title-missing": "A page has a title in its text.",
    "title-second": "A page has one title in its text.",
    # Addresses
    "link-absolute": "A link is relative.",
    "link-anchor": "A link with # leads to an id.",
    "link-broken": "A link leads to a file.",
    "link-http": "A link to another site is encrypted.",
    "link-outside": "A link does not lead out of the site.",
    "link-relative": "A link of an error page is not relative.",
    "link-target": "A link opens no window that can change its own.",
    "loaded-from-elsewhere": "Nothing is loaded from another site.",
    # What no page may contain
    "forbidden-address": "No address runs something.",
    "forbidden-attribute": "No attribute runs something.",
    "forbidden-refresh": "Only a page that moved sends its readers on.",
    "forbidden-script": "Every script is the theme's or ours.",
    "forbidden-tag": "No page has frames, forms or styles of its own.",
    "style-attribute": "Style stands in style sheets.",
    # All the rest
    "nu-html-checker": "The Nu HTML checker finds no mistake: https://validator.w3.org/nu/about.html",
}
