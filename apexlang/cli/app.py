"""What `apexc` takes: commands, arguments, options, and the exit status: 0 done, 1 the film or a job failed, 2 usage, 130 stopped.

A command's own module is imported inside its function here and nowhere else: `check` answers before numpy would be loaded.
"""

from __future__ import annotations

import signal
import sys
from dataclasses import replace
from pathlib import Path
from typing import Annotated

import typer

from apexlang.cli import say
from apexlang.options import Options
from apexlang.version import __version__

app = typer.Typer(
    name="apexc",
    help="Apex makes films from text: a .apex file goes in, a finished film comes out. "
    "Start with: apexc new my_film, then: apexc render my_film/my_film.apex",
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 80},
)

FilmFile = Annotated[Path, typer.Argument(metavar="FILE", help="The film's text, a .apex file.")]
Force = Annotated[bool, typer.Option("--force", help="Write over a file that is there.")]
Json = Annotated[bool, typer.Option("--json", help="Answer in JSON, for programs.")]
Variant = Annotated[
    str | None, typer.Option("--variant", metavar="NAME", help="Take what this VARIANT of the film says over its FILM.")
]
StoreAt = Annotated[
    Path | None,
    typer.Option("--store", metavar="FOLDER", help="Where what was made is kept; default APEX_STORE or .apex."),
]


def _version(wanted: bool) -> None:
    if wanted:
        say.out(f"apexc {__version__}")
        raise typer.Exit


def chosen(context: typer.Context, store: Path | None = None) -> Options:
    """What was chosen for the program as a whole, before the command, and the store that was named after it."""
    options = context.find_object(Options) or Options()
    return options if store is None else replace(options, store=store)


@app.callback()
def _root(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
    allow: Annotated[
        list[Path] | None,
        typer.Option("--allow", metavar="FOLDER", help="A folder that films may read besides their own."),
    ] = None,
    store: StoreAt = None,
) -> None:
    del version
    context.obj = Options(allow=tuple(allow or ()), store=store)


@app.command(short_help="Begin a small project that renders at once.")
def new(folder: Annotated[Path, typer.Argument(metavar="DIR", help="The project's folder, new or empty.")]) -> None:
    """Begin a small project that renders at once. Nothing that is there is ever overwritten."""
    from apexlang.cli.commands.new import run

    raise typer.Exit(run(folder))


@app.command(short_help="Say everything that is wrong with films.")
def check(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Films to check.")],
    json: Json = False,
    fix: Annotated[bool, typer.Option("--fix", help="Put right what can safely be put right.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="With --fix: show the changes, write nothing.")] = False,
    verbose: Annotated[
        bool, typer.Option("--verbose", help="Say as well what the embedded stage does not understand.")
    ] = False,
    variant: Variant = None,
) -> None:
    """Say everything that is wrong with films, all of it in one run, each with its place and what would help."""
    from apexlang.cli.commands.check import Wish, run

    if dry_run and not fix:
        raise typer.BadParameter("--dry-run shows what --fix would change: give both")
    raise typer.Exit(run(files, replace(chosen(context), variant=variant), Wish(json, fix, dry_run, verbose)))


@app.command(short_help="Lay films out: one true layout.")
def fmt(
    context: typer.Context,
    files: Annotated[list[Path], typer.Argument(metavar="FILE...", help="Films to lay out; - reads stdin.")],
    check: Annotated[bool, typer.Option("--check", help="Write nothing; exit 1 if a film would change.")] = False,
    diff: Annotated[bool, typer.Option("--diff", help="Write nothing; show what would change.")] = False,
    label: Annotated[bool, typer.Option("--label", help="Give a label to every shot that has none.")] = False,
) -> None:
    """Lay films out in the one true layout. Spaces move; words, comments and the film itself stay as they are."""
    from apexlang.cli.commands.fmt import run

    raise typer.Exit(run(files, chosen(context), check, diff, label))


@app.command("import", short_help="Make a film's text of a screenplay.")
def import_(
    context: typer.Context,
    script: Annotated[Path, typer.Argument(metavar="SCRIPT", help="A Fountain file, or .fdx of Final Draft.")],
    out: Annotated[
        Path | None,
        typer.Option(
            "-o", "--out", metavar="APEX", help="The film to write; default STEM.apex beside it; - prints it."
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Make a film's text of a screenplay: a scene for each heading, a shot for each paragraph of action.

    Every word of the screenplay is in it, and apexc export gives the screenplay back."""
    from apexlang.cli.commands.import_ import run

    raise typer.Exit(run(script, chosen(context), out, force))


@app.command(short_help="Write the screenplay that a film tells.")
def export(
    context: typer.Context,
    file: FilmFile,
    fountain: Annotated[bool, typer.Option("--fountain", help="As Fountain.")] = False,
    fdx: Annotated[bool, typer.Option("--fdx", help="As .fdx, for Final Draft.")] = False,
    out: Annotated[
        Path | None,
        typer.Option(
            "-o",
            "--out",
            metavar="SCRIPT",
            help="The file to write; default STEM.fountain beside FILE; - prints it.",
        ),
    ] = None,
    force: Force = False,
) -> None:
    """Write the screenplay that a film tells, without camera, light, sound and time."""
    from apexlang.cli.commands.export import run

    if fountain == fdx:
        raise typer.BadParameter("say what to write: --fountain or --fdx")
    raise typer.Exit(run(file, chosen(context), "fdx" if fdx else "fountain", out, force))


@app.command(short_help="Show the timeline, and what there is to make.")
def plan(
    context: typer.Context,
    file: FilmFile,
    json: Json = False,
    graph: Annotated[bool, typer.Option("--graph", help="Print the one FFmpeg filtergraph of the whole film.")] = False,
    variant: Variant = None,
) -> None:
    """Show the timeline in frames, and every job: what has to be made and what is there already."""
    from apexlang.cli.commands.plan import run

    if json and graph:
        raise typer.BadParameter("--json and --graph are two different answers: give one of them")
    raise typer.Exit(run(file, replace(chosen(context), variant=variant), json, graph))


@app.command(short_help="Make the film.")
def render(
    context: typer.Context,
    file: FilmFile,
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="OUT", help="The film to write; default out/STEM.mp4 beside FILE."),
    ] = None,
    whole: Annotated[
        bool, typer.Option("--whole", help="Render by the single filtergraph, not piece by piece.")
    ] = False,
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="LABEL", help="Only this shot; may be given several times.")
    ] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Half the size, and fast.")] = False,
    jobs: Annotated[
        int | None, typer.Option("--jobs", metavar="N", min=1, help="Jobs side by side; by default one for each core.")
    ] = None,
    json: Json = False,
    variant: Variant = None,
    store: StoreAt = None,
) -> None:
    """Make the film. What was made before and has not changed is not made again; what was is told with the reason."""
    from apexlang.cli.commands.render import run

    options = replace(chosen(context, store), draft=draft, variant=variant)
    raise typer.Exit(run(file, options, out, whole, tuple(only or ()), jobs, json))


@app.command(short_help="Say what has to be made again, and why.")
def why(
    context: typer.Context,
    file: FilmFile,
    label: Annotated[str | None, typer.Argument(metavar="[LABEL]", help="Of this shot only.")] = None,
    draft: Annotated[bool, typer.Option("--draft", help="Of the draft.")] = False,
    json: Json = False,
    variant: Variant = None,
    store: StoreAt = None,
) -> None:
    """Say for each shot what is there and what the next render makes, and what changed since the last: lens 85mm -> 50mm at
    film.apex:41. Nothing is made."""
    from apexlang.cli.commands.why import run

    raise typer.Exit(run(file, replace(chosen(context, store), draft=draft, variant=variant), label, json))


@app.command(short_help="Show the film while you edit it.")
def watch(
    context: typer.Context,
    file: FilmFile,
    open: Annotated[bool, typer.Option("--open", help="Open the page in the browser.")] = False,
    port: Annotated[
        int | None,
        typer.Option("--port", metavar="N", min=1, max=65535, help="Default: the first free one from 8310 on."),
    ] = None,
    no_page: Annotated[bool, typer.Option("--no-page", help="No page: errors here, and drafts are made.")] = False,
    variant: Variant = None,
) -> None:
    """Show the film on a page of this machine while you edit it: each save is on the screen a moment later.

    Errors are said here too, as you type. Ctrl-C ends it."""
    from apexlang.cli.commands.watch import run

    if no_page and (open or port is not None):
        raise typer.BadParameter("--no-page has no page to open and no port")
    raise typer.Exit(run(file, replace(chosen(context), variant=variant), port, open, not no_page))


@app.command(short_help="Make one finished frame of a shot.")
def still(
    context: typer.Context,
    file: FilmFile,
    label: Annotated[str, typer.Argument(metavar="LABEL", help="The shot, as in SHOT wide #LABEL.")],
    out: Annotated[
        Path | None,
        typer.Option("-o", "--out", metavar="PNG", help="The picture to write; default out/STEM-LABEL.png."),
    ] = None,
    at: Annotated[
        str | None,
        typer.Option("--at", metavar="TIME", help="Counted from the shot's cut: 12f, 1.5s; default its middle."),
    ] = None,
    variant: Variant = None,
) -> None:
    """Make one finished frame of a shot: graded and framed as in the film."""
    from apexlang.cli.commands.still import run

    raise typer.Exit(run(file, replace(chosen(context), variant=variant), label, out, at))


@app.command(short_help="Make a contact sheet: every shot on one page.")
def sheet(
    context: typer.Context,
    file: FilmFile,
    out: Annotated[
        Path | None, typer.Option("-o", "--out", metavar="FILE", help="The sheet to write; default out/STEM-sheet.png.")
    ] = None,
    pdf: Annotated[bool, typer.Option("--pdf", help="A storyboard to print: six panels to a page.")] = False,
    html: Annotated[bool, typer.Option("--html", help="One page for a browser, with everything in it.")] = False,
    paper: Annotated[str, typer.Option("--paper", metavar="NAME", help="Of the storyboard: a4 or letter.")] = "a4",
    variant: Variant = None,
) -> None:
    """Make a contact sheet: every shot's picture, label, size, lens, length, action and words, with scene headings.

    What the embedded stage did not understand of a shot stands under it."""
    from apexlang.cli.commands.sheet import Wish, run

    wish = Wish(pdf=pdf or (out is not None and out.suffix.lower() == ".pdf"),
                html=html or (out is not None and out.suffix.lower() in (".html", ".htm")), paper=paper.lower())  # fmt: skip
    raise typer.Exit(run(file, replace(chosen(context), variant=variant), out, wish))


@app.command(short_help="Show everything that the embedded stage understands.")
def gallery(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="[DIR]", help="Where the page goes; default gallery.")] = Path(
        "gallery"
    ),
    only: Annotated[
        list[str] | None, typer.Option("--only", metavar="SECTION", help="Just this section; may be said again.")
    ] = None,
    size: Annotated[str, typer.Option("--size", metavar="WxH", help="Of each picture.")] = "480x270",
) -> None:
    """Make a page of pictures to leaf through: sizes, angles, lenses, light, places, people, each with the lines that made it.

    Pictures that were made before are kept: a second run is done at once, and one that was stopped goes on."""
    from apexlang.cli.commands.gallery import run

    raise typer.Exit(run(folder, chosen(context), tuple(only or ()), size))


@app.command(short_help="Explain an error code, or where a shot's values come from.")
def explain(
    context: typer.Context,
    subject: Annotated[
        str, typer.Argument(metavar="CODE|FILE:LABEL", help="An error's code (E0312), or a shot (film.apex:stop).")
    ],
    json: Json = False,
    variant: Variant = None,
) -> None:
    """Explain an error code; or show every value that holds for a shot, the line that it comes from and what it overrode.

    A shot without a label is called by scene and number: film.apex:2.3"""
    from apexlang.cli.commands.explain import run

    raise typer.Exit(run(subject, replace(chosen(context), variant=variant), json))


@app.command(short_help="Show scenes, shots, timecodes and people.")
def outline(context: typer.Context, file: FilmFile, json: Json = False, variant: Variant = None) -> None:
    """Show the film in outline: scenes and shots with lengths and timecodes, synopses, who is in them, words of dialogue."""
    from apexlang.cli.commands.outline import run

    raise typer.Exit(run(file, replace(chosen(context), variant=variant), json))


@app.command(short_help="Say what differs between two versions of a film.")
def diff(
    context: typer.Context,
    versions: Annotated[
        list[str],
        typer.Argument(metavar="OLD NEW", help="Two films; or a git revision (HEAD~1, or A..B) and a film."),
    ],
    json: Json = False,
) -> None:
    """Say what differs between two versions of a film, shot by shot, and what has to be made again.

    apexc diff old.apex new.apex | apexc diff HEAD~1 film.apex | apexc diff HEAD~3..HEAD film.apex

    Exit status 1 where they differ, 0 where not."""
    from apexlang.cli.commands.diff import run

    raise typer.Exit(run(versions, chosen(context), json))


store = typer.Typer(
    help="Look after the store, where what was made is kept: .apex beside the film, APEX_STORE, or --store.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(store, name="store", short_help="Look after what was made: size, gc, verify, why.")

Films = Annotated[
    list[Path] | None,
    typer.Argument(metavar="[FILE...]", help="Films: the store is the one beside the first; gc keeps what they need."),
]


@store.command("size", short_help="Say how large the store is, and of what.")
def store_size(context: typer.Context, files: Films = None, json: Json = False, store: StoreAt = None) -> None:
    """Say how large the store is, and of what."""
    from apexlang.cli.commands.store import size

    raise typer.Exit(size(files or (), chosen(context, store), json))


@store.command("gc", short_help="Remove what was used longest ago.")
def store_gc(
    context: typer.Context,
    files: Films = None,
    keep: Annotated[str, typer.Option("--keep", metavar="SIZE", help="What may stay: 10GB, 500MB, 0.")] = ...,  # type: ignore[assignment]
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would go; remove nothing.")] = False,
    json: Json = False,
    store: StoreAt = None,
) -> None:
    """Remove what was used longest ago until no more than SIZE is left. What the films need stays, and what a running render
    relies on. Without FILE, those are the films that .apex lies beside; of a shared store, name them."""
    from apexlang.cli.commands.store import gc

    raise typer.Exit(gc(files or (), chosen(context, store), keep, dry_run, json))


@store.command("verify", short_help="Read all of it, and remove what is damaged.")
def store_verify(
    context: typer.Context,
    files: Films = None,
    keep: Annotated[bool, typer.Option("--keep-bad", help="Remove nothing.")] = False,
    json: Json = False,
    store: StoreAt = None,
) -> None:
    """Read all of it, and remove what is damaged, so that it is made again. Exit status 1 where something was."""
    from apexlang.cli.commands.store import verify

    raise typer.Exit(verify(files or (), chosen(context, store), keep, json))


@store.command("why", short_help="Say what a thing in the store was made from.")
def store_why(
    context: typer.Context,
    key: Annotated[str, typer.Argument(metavar="KEY", help="Its key, or the first digits of it (four or more).")],
    files: Films = None,
    json: Json = False,
    store: StoreAt = None,
) -> None:
    """Say what a thing in the store was made from: its inputs, its values, the tools."""
    from apexlang.cli.commands.store import why

    raise typer.Exit(why(key, files or (), chosen(context, store), json))


@app.command(short_help="Say what this machine can do, and why not more.")
def doctor(json: Json = False) -> None:
    """Say what this machine can do: FFmpeg, extras, graphics card, generators, and why each is or is not usable."""
    from apexlang.cli.commands.doctor import run

    raise typer.Exit(run(json))


def _terminated(number: int, frame: object) -> None:
    signal.signal(number, signal.SIG_IGN)  # once is enough: what follows is the tidying up
    raise say.Terminated(number)


def main() -> None:
    """The program. Always ends the process."""
    say.set_up()
    for name in ("SIGTERM", "SIGHUP"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) == signal.SIG_DFL:
            signal.signal(number, _terminated)
    try:
        app()
    except KeyboardInterrupt as stop:
        say.err("\nStopped.")
        sys.exit(say.status_of(stop))
    except BrokenPipeError:  # `apexc plan film.apex | head`
        say.abandon_stdout()
        sys.exit(0)
