namespace SocialHub.Tests;

/// <summary>
/// How long a test waits for what must come. Far more than anything takes, and no promise of speed: what is not there by then is not late because the
/// machine is busy with other tests. A bound that is itself the subject of a test stands in that test.
/// </summary>
internal static class Patience
{
    public static TimeSpan Limit { get; } = TimeSpan.FromMinutes(3);

    /// <summary>Cancelled when the patience is over, or the test is.</summary>
    public static CancellationTokenSource Begin()
    {
        var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(Limit);
        return patience;
    }

    /// <summary>Returns when <paramref name="holds"/> does; fails with these words after <see cref="Limit"/>.</summary>
    public static async Task UntilAsync(string what, Func<Task<bool>> holds)
    {
        // By time and never by tries: on a busy machine a look takes as long as many waits.
        var began = TimeProvider.System.GetTimestamp();
        while (!await holds())
        {
            Assert.True(TimeProvider.System.GetElapsedTime(began) < Limit, $"Waited {Limit} in vain until {what}.");
            await Task.Delay(25, TestContext.Current.CancellationToken);
        }
    }

    /// <inheritdoc cref="UntilAsync(string, Func{Task{bool}})"/>
    public static Task UntilAsync(string what, Func<bool> holds) => UntilAsync(what, () => Task.FromResult(holds()));
}
