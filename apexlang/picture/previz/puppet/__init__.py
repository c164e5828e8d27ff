"""Stop-motion puppets: the people of the previz stage.

`describe` turns a name and words into a person, `build` poses that person as triangles; `emotion_of` and `pose_of` read prose.
"""

from apexlang.picture.previz.puppet.build import Detail, build, outline
from apexlang.picture.previz.puppet.describe import describe
from apexlang.picture.previz.puppet.emotion import EMOTIONS, emotion_of
from apexlang.picture.previz.puppet.pose import pose_of
from apexlang.picture.previz.puppet.spec import Spec
from apexlang.picture.previz.puppet.stance import POSES, PROPS

__all__ = ["EMOTIONS", "POSES", "PROPS", "Detail", "Spec", "build", "describe", "emotion_of", "outline", "pose_of"]
