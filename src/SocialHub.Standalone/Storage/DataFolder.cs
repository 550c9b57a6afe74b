namespace SocialHub.Standalone.Storage;

/// <summary>The folder in which the embedded storage keeps its data. It is one hub's at a time: two emulators on the same files spoil them.</summary>
internal static class DataFolder
{
    private const string LockFile = "running";

    /// <summary>Takes the folder until what is returned is disposed; the operating system lets go of it when the process dies, however it dies.</summary>
    /// <exception cref="EmbeddedAzuriteException">Another hub has it; the message says what to do.</exception>
    public static IDisposable Hold(string folder)
    {
        Directory.CreateDirectory(folder);
        try
        {
            return new FileStream(Path.Combine(folder, LockFile), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None);
        }
        catch (IOException taken) when (taken.GetType() == typeof(IOException))
        {
            throw new EmbeddedAzuriteException($"Another hub keeps its data in {folder}: stop it, or give this one a folder of its own with --data.", taken);
        }
    }
}
