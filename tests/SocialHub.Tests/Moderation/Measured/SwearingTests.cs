using SocialHub.Moderation;
using Xunit;

namespace SocialHub.Tests.Moderation.Measured;

/// <summary>Issue 4, 2: who swears at a day or at a form is not refused.</summary>
public sealed class SwearingTests
{
    [Fact]
    public void Swearing_that_hits_nobody_is_never_rejected()
    {
        var sentences = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "Moderation", "Measured", "swearing.txt")).Where(line => line[0] != '#').ToList();
        Assert.True(sentences.Count > 60);
        Assert.DoesNotContain(sentences, sentence => Judge.Text(sentence).Verdict is Verdict.Reject);
    }
}
