using SocialHub.EndToEnd.Crashes.Steps;

namespace SocialHub.EndToEnd.Crashes.Invariants;

/// <summary>
/// Whatever the hub noted as told was handed over, and a mail program shows each event once: a mail may come twice, under one Message-ID. No mail holds a
/// text or the name of a citizen.
/// </summary>
public sealed class MailsShowOnce : Invariant
{
    public override async Task CheckAsync(CrashRun run)
    {
        foreach (var comment in run.Notes<CommentNotes>().Accepted.Where(comment => comment.Email is not null))
        {
            var mails = Mails.To(run, comment.Email!);
            Assert.All(mails.GroupBy(mail => mail.Subject, StringComparer.Ordinal), same => Assert.Single(same.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal)));
            var told = (await StoredRows.OfAsync(run, "Comments", $"l.{comment.Id}.", run.Site)).Where(row => row.GetString("What") == "told").Select(row => row.GetString("Why")).ToList();
            Assert.Equal(told.Count, told.Distinct(StringComparer.Ordinal).Count());
            Assert.True(mails.Select(mail => mail.Subject).Distinct(StringComparer.Ordinal).Count() >= told.Count, $"{comment.Id} was told {string.Join(", ", told)}, and got {string.Join(", ", mails.Select(mail => mail.Subject))}.");
        }

        foreach (var turn in Mails.To(run, Mails.OnCall(run)).GroupBy(mail => mail.Subject, StringComparer.Ordinal))
            Assert.Single(turn.Select(mail => mail.MessageId).Distinct(StringComparer.Ordinal));
        foreach (var mail in run.Notes<CommentNotes>().Accepted.Where(comment => comment.Email is not null).SelectMany(comment => Mails.To(run, comment.Email!)).Concat(Mails.To(run, Mails.OnCall(run))))
        {
            foreach (var comment in run.Notes<CommentNotes>().Accepted)
                Assert.All([comment.Name, .. comment.Texts.Values], words => Assert.False(Spellings.Holds(mail.TextBody! + mail.HtmlBody, words), $"\"{words}\" is in the mail \"{mail.Subject}\"."));
        }
    }
}
