namespace SocialHub.Moderation.Rules;

/// <summary>E-mail addresses, disguised ones too, except those of the authority's own domains, those it lists and the mailboxes of public bodies, which are published anyway.</summary>
public sealed class EmailRule : ModerationRule
{
    private const int LongestLocalPart = 64; // RFC 5321, 4.5.3.1.1
    private const int LongestDomain = 255;
    private const int MostDrawn = 4; // letters of a word behind a sign that is drawn for one of them

    public override string Id => "email";

    public override string FindingClass => FindingClasses.PersonalData;

    public override Wording Reason { get; } = new("Une adresse électronique serait visible de tous.", "An e-mail address would be public.");

    public override void Judge(Reading reading, FindingSink findings)
    {
        foreach (var field in reading.Fields)
        {
            var text = field.Plain.Text;
            List<int> known = [];
            for (var at = text.IndexOf('@'); at >= 0;)
            {
                var start = at;
                while (start > 0 && at - start < LongestLocalPart && IsLocal(text[start - 1])) start--;
                var end = at + 1;
                while (end < text.Length && end - at <= LongestDomain && (Text.Words.IsLetterOrDigit(text[end]) || text[end] is '.' or '-')) end++;
                while (end > at + 1 && text[end - 1] is '.' or '-') end--;
                var domain = text[(at + 1)..end];
                var dot = domain.LastIndexOf('.');
                // "Le C@fé.in": the sign is drawn for a letter where hardly anything stands before it, little behind it and no usual ending.
                var isDrawn = at - start == 1 && dot is > 0 and <= MostDrawn && domain.Length - dot == 3 && !DisguisedEmail.IsEnding(domain[(dot + 1)..]);
                if (start < at && dot > 0 && !isDrawn && domain.Length - dot > 2 && char.IsLetter(domain[^1]) && !reading.Authority.Allows(domain.ToString())
                    && !reading.Authority.IsPublicEmail(text[start..end].ToString()) && !PublicMailbox.Is(text[start..at].ToString(), domain.ToString()))
                {
                    findings.Add(field, start, end);
                    known.Add(at);
                }

                var next = text[(at + 1)..].IndexOf('@');
                at = next < 0 ? -1 : at + 1 + next;
            }

            if (!string.Equals(field.Name, "url", StringComparison.Ordinal)) DisguisedEmail.Find(reading, field, known, findings);
        }
    }

    private static bool IsLocal(char c) => Text.Words.IsLetterOrDigit(c) || c is '.' or '_' or '-' or '+' or '%';
}
