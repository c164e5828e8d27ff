"""The words a description is read by: tables from what people write to what a figure can wear and be.

Each table maps a value to the words that ask for it; a phrase of two words is written with a hyphen ("flat-cap") and
matches both spellings. Unknown words are passed over: the vocabulary is open, and says nothing it does not know.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

Table = MappingProxyType[str, str]


def _table(**rows: str) -> Table:
    return MappingProxyType({k.rstrip("_").replace("_", "-"): v for k, v in rows.items()})


SKIN: Final = _table(
    porcelain="#efcdb9", fair="#e4b598", light="#d7a07d", olive="#c18e65", tan="#b0764d", brown="#885d46",
    dark="#644536", deep="#46302a",
)
HAIR: Final = _table(
    black="#171311", dark="#2c1c14", brown="#4a2d1c", chestnut="#6b371b", auburn="#7f3517", red="#a4441d",
    ginger="#bd6022", blonde="#c49a55", sand="#9b7648", grey="#8b8986", white="#d8d4cb", silver="#b0b4b7",
    blue="#2a5587", pink="#bd577d", green="#4b7a4a", purple="#5b3a78",
)
HAIR_WORDS: Final = _table(
    black="black jet raven", dark="dark", brown="brown brunette", chestnut="chestnut", auburn="auburn",
    red="red copper", ginger="ginger", blonde="blonde blond golden fair", sand="sandy mousy", grey="grey gray greying graying",
    white="white snow-white", silver="silver", blue="blue", pink="pink", green="green", purple="purple violet",
)
EYES: Final = _table(
    brown="#623517", dark="#3a2211", hazel="#7d5c26", green="#4f7a40", blue="#3d759f", grey="#687882",
)
EYE_WORDS: Final = _table(
    brown="brown", dark="dark black", hazel="hazel amber", green="green emerald", blue="blue", grey="grey gray steel",
)
COLOURS: Final = _table(
    red="#a5322b", crimson="#8e2130", maroon="#5d2129", burgundy="#5e1f2c", scarlet="#b52a22", orange="#c7662a",
    rust="#98502c", amber="#c5852c", yellow="#d8a01c", gold="#b98f3c", mustard="#b4862c", cream="#ddd3ba", ivory="#e0d8c6",
    beige="#b9a688", tan="#a98557", camel="#a27c4c", khaki="#837a55", brown="#53392a", chocolate="#40291c",
    green="#405c3d", olive="#565b35", emerald="#2a6a4c", mint="#8fb8a0", forest="#2c4a34", teal="#2b6265",
    turquoise="#3a8c8c", blue="#345d8c", navy="#242c3c", sky="#7ba2c0", indigo="#34386c", purple="#573a6c",
    violet="#604a86", lavender="#948cb5", lilac="#a596ba", plum="#55304d", pink="#c27d8e", rose="#b06576",
    white="#dcd8ce", grey="#77797b", gray="#77797b", silver="#a2a6a9", charcoal="#383b40", black="#202124",
    denim="#43566f", bronze="#7c5a35", copper="#9a5c38", magenta="#97376d", slate="#525c66", peach="#d4a386",
)
PATTERNS: Final = _table(
    plaid="plaid checked checkered tartan flannel lumberjack", pinstripe="pinstripe pinstriped",
    stripes="striped stripes breton", tweed="tweed herringbone", denim="denim jean", dots="dotted polka polka-dot spotted",
    knit="knitted knit wool woollen woolen cable cabled", leather="leather", glossy="glossy shiny rubber vinyl oilskin",
)
AGE: Final = _table(
    teen="teen teenager teenage adolescent", child="child boy girl kid toddler", young="young",
    middle="middle-aged forties fifties", old="old elderly aged grandmother grandfather grandma grandpa retired ancient senior",
)
DECADES: Final = _table(twenties="25", thirties="35", forties="45", fifties="55", sixties="65", seventies="74", eighties="82")
WOMAN: Final = frozenset(
    "woman girl female she her hers lady grandmother grandma mother mum mom sister queen actress waitress wife daughter"
    " princess nun aunt madam mrs ms miss businesswoman policewoman heroine".split()
)
MAN: Final = frozenset(
    "man boy male he him his gentleman grandfather grandpa father dad brother king waiter husband son prince monk uncle"
    " mr sir businessman policeman fisherman lad guy".split()
)
WOMAN_NAMES: Final = frozenset(
    "lena sarah sara anna emma mary elizabeth jane alice ruth rachel ingrid karen nora iris helen jennifer susan linda"
    " grace rose claire zoe chloe mira ada eve hannah elena maria sophie kate amy lucy ines grete astrid ellen joan judy"
    " margaret dorothy irene carol alex-f maya leila fatima aisha mei yuki priya".split()
)
MAN_NAMES: Final = frozenset(
    "otto victor viktor john james jack joe luca joshua noah elijah ezra micah jonah hank cole tim thomas max paul peter"
    " mark david michael george frank henry charles leo hugo ivan oskar oscar felix karl klaus hans erik mikha dana-m"
    " ahmed omar kofi hiro kenji raj arjun bruno marco diego mateo sasha-m nikita-m".split()
)
BUILD: Final = _table(
    slim="slim thin slender lanky wiry gaunt lean skinny", heavy="heavy heavyset fat stout large burly big round plump portly",
    athletic="athletic strong muscular fit broad-shouldered stocky",
)
HAIR_STYLE: Final = _table(
    bald="bald balding", buzz="buzz buzzcut shaven crew-cut", side="side-part parted side-parted neat", slick="slicked slick slicked-back",
    quiff="quiff pompadour", curly="curly curls wavy", afro="afro", bob="bob bobbed", long="long", pony="ponytail pony-tail",
    bun="bun chignon", braids="braids braided pigtails plaits", messy="messy tousled shaggy unkempt wild", pixie="pixie", short="short cropped",
)
BEARD: Final = _table(
    full="beard bearded", goatee="goatee", moustache="moustache mustache", stubble="stubble unshaven stubbled",
)
HAT: Final = _table(
    fedora="fedora trilby", flat_cap="flat-cap flatcap newsboy paperboy", beanie="beanie watch-cap woollen-hat wool-hat",
    peaked="peaked-cap peaked police-cap captain's-cap", cap="cap baseball-cap", helmet="helmet", bowler="bowler",
    top="top-hat", wide="cowboy stetson sunhat sun-hat wide-brimmed hat", hood="hood hooded",
)
OUTFIT: Final = _table(
    raincoat="raincoat slicker mackintosh anorak oilskin", tactical="tactical kevlar body-armour body-armor flak",
    coat="coat overcoat trenchcoat trench-coat trench greatcoat", suit="suit tuxedo", hoodie="hoodie hooded-sweatshirt",
    uniform="uniform", apron="apron", sweater="sweater jumper turtleneck pullover cardigan", jacket="jacket blazer",
    dress="dress gown frock", vest="waistcoat vest", tee="t-shirt tee tshirt", shirt="shirt blouse", spacesuit="spacesuit jumpsuit overalls",
)
BOTTOMS: Final = _table(trousers="trousers pants slacks leggings chinos", jeans="jeans", shorts="shorts", skirt="skirt")
GLASSES: Final = _table(
    round="round-glasses round-spectacles pince-nez", square="glasses spectacles eyeglasses", dark="sunglasses shades dark-glasses",
)
FOOTWEAR: Final = _table(boots="boots wellingtons", shoes="shoes loafers brogues trainers sneakers heels")
TRADES: Final = _table(
    tactical="commander soldier mercenary operative trooper", uniform="police policeman policewoman officer sergeant guard pilot captain",
    suit="businessman businesswoman lawyer banker agent executive politician", apron="barista baker butcher cook chef blacksmith bartender",
    coat="detective spy doctor scientist", raincoat="fisherman sailor keeper lighthouse-keeper", spacesuit="astronaut engineer mechanic pilot",
)
