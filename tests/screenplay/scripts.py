"""A whole short screenplay, in Fountain and in Final Draft's XML, with something of everything."""

from __future__ import annotations

FOUNTAIN = """\
Title:
    _**THE LIGHTHOUSE**_
    *a short film*
Credit: written by
Author: Ada Holm
Draft date: 3/4/2026
Contact:
    Harbour Films
    12 Quay Street

# ACT ONE

= Mara keeps the light, alone.

FADE IN:

EXT. LIGHTHOUSE - NIGHT #1#

= The storm begins.

Rain. The lamp turns, slow and even. The lens is a {Fresnel}; its beam // the only thing that moves.

SUPER: Skerry Point, 1952

MARA VOSS (40s, a keeper by birth), in oilskins, leans on the rail.
She does not blink.

[[Find the rail: the one in the north harbour is gone.]]

MARA
(to herself)
Not tonight.
(beat)
Not _again_.

CUT TO:

INT. LAMP ROOM - CONTINUOUS #1A#

The door SLAMS. TOMAS, 19, soaked, stands in it.

TOMAS (O.S.)
Aunt Mara!

CLOSE ON the lamp. It flickers.

MARA
Down!

TOMAS ^
Behind you!

/*
INT. CELLAR - NIGHT

A scene for another day.
*/

.THE SEA, FROM ABOVE

!SILENCE: nothing but water.

@McCready (on the radio)
Skerry Point, come in.
~There was a keeper
~who never slept

~And the light went round

> TEN YEARS LATER <

===

INT./EXT. BOAT - DAWN

He rows /* badly */ and does not look back.

张伟
走吧。

@张伟
走吧。

> A SLOW FADE TO WHITE

FADE OUT.

> THE END <
"""

FDX = """\
<?xml version="1.0" encoding="UTF-8" standalone="no" ?>
<FinalDraft DocumentType="Script" Template="No" Version="5">
  <Content>
    <Paragraph Type="Transition"><Text>FADE IN:</Text></Paragraph>
    <Paragraph Type="Scene Heading" Number="1">
      <SceneProperties Length="2/8" Page="1" Title="">
        <Summary><Paragraph><Text>The storm begins.</Text></Paragraph></Summary>
      </SceneProperties>
      <Text>EXT. LIGHTHOUSE - NIGHT</Text>
    </Paragraph>
    <Paragraph Type="Action">
      <ScriptNote Color="#FFFF00"><Paragraph><Text>Find the rail.</Text></Paragraph></ScriptNote>
      <Text>Rain &amp; wind. </Text><Text Style="Bold+Italic">The lamp</Text><Text> turns.</Text>
    </Paragraph>
    <Paragraph Type="Character"><Text>MARA (V.O.)</Text></Paragraph>
    <Paragraph Type="Parenthetical"><Text>(low)</Text></Paragraph>
    <Paragraph Type="Dialogue"><Text>Not </Text><Text Style="Underline">tonight</Text><Text>.</Text></Paragraph>
    <Paragraph Type="Shot"><Text>CLOSE ON THE LAMP</Text></Paragraph>
    <Paragraph>
      <DualDialogue>
        <Paragraph Type="Character"><Text>MARA</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Down!</Text></Paragraph>
        <Paragraph Type="Character"><Text>TOMAS</Text></Paragraph>
        <Paragraph Type="Dialogue"><Text>Behind you!</Text></Paragraph>
      </DualDialogue>
    </Paragraph>
    <Paragraph Type="Scene Heading" StartsNewPage="Yes"><Text Style="AllCaps">int. boat - dawn</Text></Paragraph>
    <Paragraph Type="General" Alignment="Center"><Text>THE END</Text></Paragraph>
  </Content>
  <TitlePage>
    <Content>
      <Paragraph Alignment="Center"><Text>The Lighthouse</Text></Paragraph>
      <Paragraph Alignment="Center"><Text>Written by</Text></Paragraph>
      <Paragraph Alignment="Center"><Text>Ada Holm</Text></Paragraph>
      <Paragraph Alignment="Left"><Text>Draft date: 3/4/2026</Text></Paragraph>
      <Paragraph Alignment="Left"><Text>Harbour Films</Text></Paragraph>
    </Content>
  </TitlePage>
</FinalDraft>
"""
