using System.CommandLine;

namespace SocialHub.Standalone.Commands;

/// <summary>The commands of the one executable. Each is a class with a <c>Create</c> that describes and performs it.</summary>
internal static class CommandLine
{
    /// <summary>Everything that can be said; <c>run</c> is meant when no command is named.</summary>
    public static RootCommand Create()
    {
        var root = new RootCommand("SocialHub: comments, social posts and announcements of a local authority.");
        RunCommand.Describe(root);
        root.Add(RunCommand.Create());
        root.Add(ModerateCommand.Create());
        root.Add(CheckCommand.Create());
        root.Add(ReadFeedCommand.Create());
        return root;
    }

    /// <summary>Performs what <paramref name="args"/> say.</summary>
    /// <returns>The exit code: 0 done, 1 refused with the reason on standard error.</returns>
    public static Task<int> RunAsync(string[] args)
    {
        // The host finishes what runs at SIGTERM; no second handler may cut that short.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        return Create().Parse(args).InvokeAsync(configuration);
    }
}
