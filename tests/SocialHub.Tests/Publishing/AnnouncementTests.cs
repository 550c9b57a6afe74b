using System.Globalization;
using CsCheck;
using SocialHub.Connections;
using SocialHub.Connections.Bluesky;
using SocialHub.Connections.Mastodon;
using SocialHub.Publishing.Composition;

namespace SocialHub.Tests.Publishing;

public sealed class AnnouncementTests
{
    private const string Url = "https://www.saint-exemple.fr/actualites/conseil?utm_source=x&utm_medium=social&utm_id=0abc";

    private static readonly Gen<string> Word = Gen.OneOf(new[] { "conseil", "été", "e\u0301te\u0301", "L’école", "👨‍👩‍👧‍👦", "🇫🇷", "«\u00a0fête\u00a0»", "12", ":", "–", "déchèterie", "anticonstitutionnellement", "https://mairie.fr/agenda", "{url}", "a" }.Select(w => Gen.Const(w)).ToArray());
    private static readonly Gen<string> Words = Word.List[0, 120].Select(words => string.Join(' ', words));
    private static readonly Gen<TextRules> Rules = Gen.OneOf(new TextRules[] { BlueskyTextRules.Instance, MastodonTextRules.Default, new MastodonTextRules(300, 23) }.Select(r => Gen.Const(r)).ToArray());

    [Fact]
    public void An_announcement_fits_keeps_its_whole_link_and_splits_no_grapheme() =>
        Gen.Select(Words, Words, Rules).Sample((title, summary, rules) =>
        {
            var text = Announcement.Compose(null, new(title, summary, Url, ["Saint-Exemple", "été"]), rules);
            Assert.NotNull(text);
            Assert.True(rules.Fits(text));
            Assert.Contains(Url, text, StringComparison.Ordinal);
            var whole = new HashSet<string>(Elements($"{title} {summary} {Url} #SaintExemple #été … \n"), StringComparer.Ordinal);
            Assert.All(Elements(text), element => Assert.Contains(element, whole));
        }, iter: 60);

    [Fact]
    public void The_summary_is_shortened_before_the_title_and_as_little_as_possible() =>
        Gen.Select(Word.List[1, 10], Word.List[40, 120]).Sample((title, summary) =>
        {
            var rules = MastodonTextRules.Default;
            var text = Announcement.Compose("{title}\n{summary}\n{url}", new(string.Join(' ', title), string.Join(' ', summary), Url, []), rules)!;
            var lines = text.Split('\n');
            Assert.StartsWith(string.Join(' ', title), text, StringComparison.Ordinal);
            if (lines.Length < 3 || lines[1][^1] != '…')
                return;
            // With any later word of the summary it would not have fitted.
            var kept = lines[1][..^1];
            Assert.StartsWith(kept, string.Join(' ', summary), StringComparison.Ordinal);
            var longer = Shortening.Of(string.Join(' ', summary)).TakeWhile(form => form != lines[1]);
            Assert.All(longer, form => Assert.False(rules.Fits($"{lines[0]}\n{form}\n{Url}")));
        }, iter: 30);

    [Theory]
    [InlineData("{title} {url} {hashtags}", "Conseil municipal", "Ordre du jour", "Conseil municipal " + Url + " #Vie_locale #SaintExemple")]
    [InlineData("📣 {title}\n\n{summary}\n\n{url}", "Conseil", "", "📣 Conseil\n\n" + Url)]
    [InlineData("{title} — {summary} {url}", "Accolades {url}", "et {title}", "Accolades {url} — et {title} " + Url)]
    [InlineData("{title} {summary} {url}", "Même texte", "même texte", "Même texte  " + Url)]
    public void A_template_is_filled(string template, string title, string summary, string expected) =>
        Assert.Equal(expected, Announcement.Compose(template, new(title, summary, Url, ["Vie_locale", "Saint-Exemple", "#saintexemple", "!"]), MastodonTextRules.Default));

    [Fact]
    public void A_text_is_cut_behind_a_word_without_dangling_punctuation()
    {
        Assert.Equal(["Le conseil\u00a0: vote…", "Le conseil…", "Le…", ""], Shortening.Of("Le conseil\u00a0: vote, aujourd’hui"));
        Assert.Equal(["👨‍👩‍👧‍👦e\u0301…", "👨‍👩‍👧‍👦…", ""], Shortening.Of("👨‍👩‍👧‍👦e\u0301🇫🇷"));
    }

    [Fact]
    public void A_template_that_leaves_no_room_for_the_link_composes_nothing() =>
        Assert.Null(Announcement.Compose(new string('x', 490) + " {url}", new("t", "s", Url, ["a"]), MastodonTextRules.Default));

    [Theory]
    [InlineData("https://mairie.fr/a", "https://mairie.fr/a?utm_source=bluesky&utm_medium=social&utm_id=p1")]
    [InlineData("https://mairie.fr/spip.php?article12", "https://mairie.fr/spip.php?article12&utm_source=bluesky&utm_medium=social&utm_id=p1")]
    [InlineData("https://mairie.fr/a?x=1&utm_source=rss&utm_campaign=y#suite", "https://mairie.fr/a?x=1&utm_campaign=y&utm_source=bluesky&utm_medium=social&utm_id=p1#suite")]
    public void A_link_is_tagged_once_and_still_names_its_page(string address, string expected)
    {
        var tracked = TrackedLink.Of(address, "bluesky", "p1");
        Assert.Equal(expected, tracked);
        Assert.Equal(expected, TrackedLink.Of(tracked, "bluesky", "p1"));
    }

    private static IEnumerable<string> Elements(string text)
    {
        var elements = StringInfo.GetTextElementEnumerator(text);
        while (elements.MoveNext())
            yield return elements.GetTextElement();
    }
}
