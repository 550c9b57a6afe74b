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
    public static async Task<int> RunAsync(string[] args)
    {
        // The host finishes what runs at SIGTERM; no second handler may cut that short.
        var configuration = new InvocationConfiguration { ProcessTerminationTimeout = null, EnableDefaultExceptionHandler = false };
        var parsed = Create().Parse(args);
        // How it is called stands beside what was wrong, and never where a program reads answers.
        if (parsed.Errors.Count > 0)
            configuration.Output = Console.Error;
        return await parsed.InvokeAsync(configuration);
    }

    /// <summary>Performs a command that writes for others: where they cannot take it any more, it ends.</summary>
    /// <param name="work">Gives the exit code.</param>
    /// <returns>The exit code; 1 when standard output was closed or has no room, or standard input cannot be read.</returns>
    public static async Task<int> WritingAsync(Func<Task<int>> work)
    {
        try
        {
            return await work();
        }
        catch (IOException e)
        {
            await Console.Error.WriteLineAsync($"Standard input or output failed: {e.Message}");
            return 1;
        }
    }

    /// <summary>What a file or standard input (<c>-</c>) holds; of a longer one just enough to tell that it is too long.</summary>
    /// <param name="path">As it was written on the command line.</param>
    /// <param name="most">Bytes that it may hold.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="IOException">It cannot be read; as may be the others that <see cref="File.OpenRead"/> throws.</exception>
    public static async Task<byte[]> ReadAsync(string path, int most, CancellationToken cancellationToken)
    {
        await using var input = path == "-" ? Console.OpenStandardInput() : File.OpenRead(path);
        var bytes = new byte[most + 1];
        return bytes[..await input.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancellationToken)];
    }

    /// <summary>Standard output. .NET's own takes what is written into a pipe that nobody reads any more for written, so a command without an end would never notice.</summary>
    public static Stream StandardOutput()
    {
        if (OperatingSystem.IsWindows())
            return Console.OpenStandardOutput();
        var pipe = new FileStream(new Microsoft.Win32.SafeHandles.SafeFileHandle(1, ownsHandle: false), FileAccess.Write, bufferSize: 0);
        // In a file it would write at places of its own counting, over what another program of the same shell writes behind it.
        return pipe.CanSeek ? Console.OpenStandardOutput() : pipe;
    }
}
