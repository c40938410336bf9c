"""sitekit turns docs/ and snippets/ into the site, and refuses to do so quietly when something is wrong.

The way through the code, in the order in which a page passes it:

``lint``        reads the sources and names every mistake with its place
``figures``     draws the pictures, light and dark, before the build
``check_pages`` writes the pages that show the checks and figures as code
``editor``      makes the code editor one file for the browser
``fences``      renders code with output, questions and exercises
``markdown_extension``  resolves check links and figures inside a page
``typeset``     turns TeX into HTML with KaTeX
``labs``        gives notebooks the same look as pages
``runtime``     packs Python, numpy, matplotlib and mlmath for the reader's browser
``session``     is what runs there: the code of a page, the checks of an exercise
``editor``      bundles the editor, ``progress`` counts what a page has to do
``mkdocs_plugin``       the only module that knows MkDocs
``codeblocks``  the pytest plugin that runs every block of every page
``versions``    names the commit and the versions at the foot of each page
``drift``, ``zensical``  try other versions and MkDocs' successor, once a week
``rendered``    reads the built site back, to prove that nothing unrun is shown
"""
