using System.Globalization;
using System.Text;
using System.Text.Encodings.Web;
using SocialHub.Comments;
using SocialHub.Moderation;

namespace SocialHub.Functions.Comments;

/// <summary>What an author is shown who is asked for other words: the own text with the places that hold it, each numbered as in the list of reasons. No word that does not stand there.</summary>
internal static class RewordPiece
{
    /// <summary>Until when, and the piece of HTML; null: its author is not asked, or no longer.</summary>
    public static RewordBody? Of(CommentRow comment, string language, DateTimeOffset now) =>
        Rewording.IsOpen(comment, now) ? new RewordBody(comment.RewordUntil!.Value, Html(comment.Body, comment.Findings, language)) : null;

    /// <summary>The same in one sentence, where the text and its reasons stand below.</summary>
    public static Wording Ask(DateTimeOffset until, string zone)
    {
        var moment = LocalMoment.Of(until, zone);
        return new(
            $"Votre commentaire est bien reçu et gardé. Une personne va le lire à cause de certains mots : vous pouvez le reformuler une fois avant, jusqu’au {moment.French}.",
            $"Your comment was received and is kept. A person will read it because of some words: before that you may put it in other words once, until {moment.English}.");
    }

    private static string Html(string text, IReadOnlyList<Finding> all, string language)
    {
        var findings = all.Where(finding => finding is { Verdict: not Verdict.Publish, Field: "text" }).ToList();
        var html = new StringBuilder("<blockquote>");
        // Spans may overlap: what lies between two of their ends is marked once.
        int[] cuts = [.. findings.Where(IsPlace).SelectMany(finding => (int[])[finding.Start, finding.Start + finding.Length]).Append(0).Append(text.Length).Where(cut => cut >= 0 && cut <= text.Length).Distinct().Order()];
        foreach (var (from, to) in cuts.Zip(cuts.Skip(1)))
        {
            var part = HtmlEncoder.Default.Encode(text[from..to]).Replace("&#xA;", "<br>", StringComparison.Ordinal);
            var inside = findings.Index().Where(each => IsPlace(each.Item) && each.Item.Start <= from && each.Item.Start + each.Item.Length >= to).ToList();
            if (inside.Count == 0)
            {
                html.Append(part);
                continue;
            }

            html.Append("<mark>").Append(part).Append("</mark>");
            var ends = inside.Where(each => each.Item.Start + each.Item.Length == to).Select(each => (each.Index + 1).ToString(CultureInfo.InvariantCulture)).ToList();
            // A colour alone tells nobody which reason is whose.
            if (ends.Count > 0)
                html.Append("<sup>[").AppendJoin(", ", ends).Append("]</sup>");
        }

        html.Append("</blockquote><ol>");
        foreach (var finding in findings)
            html.Append("<li>").Append(HtmlEncoder.Default.Encode(finding.Reason)).Append("</li>");
        return html.Append("</ol><p>").Append(HtmlEncoder.Default.Encode(Seen.In(language))).Append("</p>").ToString();
    }

    private static Wording Seen { get; } = new(
        "La critique est permise : changez ces mots, pas votre avis. Si une personne doit encore lire votre texte, elle verra aussi le premier.",
        "Criticism is allowed: change these words, not your opinion. If a person still has to read your text, they will see the first one, too.");

    private static bool IsPlace(Finding finding) => finding.Length > 0;
}
