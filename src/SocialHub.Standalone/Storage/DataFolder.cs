namespace SocialHub.Standalone.Storage;

/// <summary>The folder in which the embedded storage keeps its data. It is one hub's at a time: two emulators on the same files spoil them.</summary>
internal static class DataFolder
{
    private const string LockFile = "running";

    /// <summary>Takes the folder until what is returned is disposed; the operating system lets go of it when the process dies, however it dies.</summary>
    /// <exception cref="EmbeddedAzuriteException">Another hub has it, or it cannot be written; the message says what to do.</exception>
    public static IDisposable Hold(string folder)
    {
        try
        {
            Directory.CreateDirectory(folder);
            return HeldFile.TryTake(Path.Combine(folder, LockFile))
                ?? throw new EmbeddedAzuriteException($"Another hub keeps its data in {folder}: stop it, or give this one a folder of its own with --data.");
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new EmbeddedAzuriteException($"The embedded storage cannot keep its data in {folder}: {e.Message} Give it another folder with --data.", e);
        }
    }
}
